import type { ExportedConversation, ExportedVote, Formatter } from './formats.ts'

/** Tells every program that it is UTF-8. */
const BOM = '\uFEFF'
const LINE_END = '\r\n'

type Cell = string | number | boolean | null | undefined
type Columns<T> = Readonly<Record<string, (row: T) => Cell>>

const iso = (time: number | null | undefined): string => {
  const date = new Date(time ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
const json = (value: unknown): string => (value === null || value === undefined ? '' : JSON.stringify(value))
const countOf = ({ messages }: ExportedConversation, type: string) =>
  messages.filter((message) => message.type === type).length
const votesOf = ({ votes = [] }: ExportedConversation, way: 'up' | 'down') =>
  votes.filter(({ vote }) => vote === way).length
const said = ({ messages }: ExportedConversation) => messages.filter(({ type }) => type === 'user' || type === 'bot')

/** One row a conversation. Columns are only ever added, at the end. Times are ISO 8601 in UTC; `meta` is JSON. */
const CONVERSATION: Columns<ExportedConversation> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  description: ({ description }) => description,
  createdAt: ({ createdAt }) => iso(createdAt),
  updatedAt: ({ updatedAt }) => iso(updatedAt),
  contactId: ({ contactId }) => contactId,
  botId: ({ botId }) => botId,
  taskId: ({ taskId }) => taskId,
  model: ({ model }) => model,
  userMessages: (row) => countOf(row, 'user'),
  botMessages: (row) => countOf(row, 'bot'),
  firstMessageAt: (row) => iso(said(row)[0]?.createdAt),
  lastMessageAt: (row) => iso(said(row).at(-1)?.createdAt),
  lastSpeaker: (row) => said(row).at(-1)?.type,
  upvotes: (row) => votesOf(row, 'up'),
  downvotes: (row) => votesOf(row, 'down'),
  voteReasons: ({ votes = [] }) => votes.flatMap(({ reason }) => (reason ? [reason] : [])).join('\n'),
  meta: ({ meta }) => json(meta),
}

interface MessageRow {
  conversation: ExportedConversation
  message: ExportedConversation['messages'][number]
  vote?: ExportedVote
}

/** One row a message, the oldest of a conversation first. Columns are only ever added, at the end. */
const MESSAGE: Columns<MessageRow> = {
  conversationId: ({ conversation }) => conversation.id,
  conversationName: ({ conversation }) => conversation.name,
  id: ({ message }) => message.id,
  type: ({ message }) => message.type,
  text: ({ message }) => message.text,
  createdAt: ({ message }) => iso(message.createdAt),
  updatedAt: ({ message }) => iso(message.updatedAt),
  vote: ({ vote }) => vote?.vote,
  voteReason: ({ vote }) => vote?.reason,
  meta: ({ message }) => json(message.meta),
}

/**
 * A table as RFC 4180 has it, in UTF-8. What a spreadsheet would take for a formula begins with an apostrophe; numbers stay as they
 * are.
 */
export function csvFormatter(rows: 'conversations' | 'messages'): Formatter {
  const piece = (conversation: ExportedConversation) => {
    if (rows === 'conversations') return [rowOf(CONVERSATION, conversation)]
    const votes = new Map(conversation.votes?.map((vote) => [vote.messageId, vote]))
    return [
      conversation.messages
        .map((message) => rowOf(MESSAGE, { conversation, message, vote: votes.get(message.id) }))
        .join(''),
    ]
  }
  const names = Object.keys(rows === 'conversations' ? CONVERSATION : MESSAGE)
  return {
    type: 'text/csv',
    ending: 'csv',
    piece,
    frames: () => [{ part: 0, before: `${BOM}${names.join(',')}${LINE_END}`, between: '', after: '' }],
  }
}

const rowOf = <T>(columns: Columns<T>, row: T): string =>
  `${Object.values(columns)
    .map((cell) => csvCell(cell(row)))
    .join(',')}${LINE_END}`

/** Before what begins a formula there may be blanks, quotes and what is not seen. The last ones are as wide as a letter of Chinese. */
const FORMULA = /^["'\s\p{Cc}\p{Cf}]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]|^\n/u
const NUMBER = /^[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)(?:e[+-]?\d{1,3})?$/i
/** Where a spreadsheet of another country, to which our quotes are letters, would begin a cell or a row of its own. A list in a text stays one. */
const INNER =
  /[;|\t](?=[^\S\t\r\n"']*["']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])|[\r\n](?=[^\S\t\r\n"']*["']*[=@\uFF1D\uFF20])/gu
/** Also what parts columns in other countries: a formula after it would begin a cell there. */
const QUOTED = /[",;|\t\r\n\p{Cc}]|^\s|\s$/u

/** A value as it stands in a table. */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return ''
  const text = String(value).replaceAll(/[\0\p{Cs}]/gu, '\uFFFD')
  const begun = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  const safe = begun.replaceAll(INNER, "$&'")
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
