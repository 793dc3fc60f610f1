import type { MessageInstance, MessageType } from '../protocol/index.ts'
import type { ChatMessage } from './message.ts'
import { isReply, storedRows } from './rows.ts'
import type { Shown, ShownMessages } from './rows.ts'
import type { LiveTurn, TurnRows } from './turn.ts'

/** The rows of exchanges found again among the stored messages. */
export interface Found {
  /** By server id: the rows those messages already are. */
  shown: ShownMessages
  /** The stored message after which the next exchange is looked for, for each exchange that was found. */
  anchors: ReadonlyMap<TurnRows, string>
  /** The rows that are stored. */
  rows: ReadonlySet<ChatMessage>
  /** The user message of each exchange, when it is stored. */
  users: ReadonlyMap<TurnRows, MessageInstance>
  /** What the assistant stored for each exchange. */
  replies: ReadonlyMap<TurnRows, readonly MessageInstance[]>
}

/**
 * Finds exchanges again among stored messages, oldest first: by their ids, and where an id never arrived, by place and text.
 * A message that is known to be another row is not taken for theirs.
 */
export function findStored(
  stored: readonly MessageInstance[],
  exchanges: readonly TurnRows[],
  known: ShownMessages = {},
): Found {
  const shown: Record<string, Shown> = {}
  const anchors = new Map<TurnRows, string>()
  const rows = new Set<ChatMessage>()
  const users = new Map<TurnRows, MessageInstance>()
  const replies = new Map<TurnRows, readonly MessageInstance[]>()
  const ids = new Set(exchanges.map(({ user }) => user?.id))
  const isFree = ({ id }: MessageInstance, key: string) =>
    !ids.has(id) && (known[id] === undefined || known[id].key === key)
  let from = 0
  for (const [index, exchange] of exchanges.entries()) {
    const { user, reply } = exchange
    const start = user ? findUser(stored, exchange, from, isFree) : Math.max(from, 1 + indexOf(stored, exchange.after))
    if (start === -1) continue
    from = start
    if (user) {
      const message = stored[start]!
      users.set(exchange, message)
      shown[message.id] = { key: user.key, id: message.id }
      rows.add(user)
      anchors.set(exchange, message.id)
      from += 1
    }
    const found = findReply(stored, reply, from, beginOf(stored, exchanges[index + 1]))
    replies.set(exchange, found)
    const last = found.at(-1)
    if (!reply || !last) continue
    const mark = markOf(reply, found)
    for (const message of found) shown[message.id] = mark
    rows.add(reply)
    anchors.set(exchange, last.id)
    from = stored.indexOf(last) + 1
  }
  return { shown, anchors, rows, users, replies }
}

function markOf(reply: ChatMessage, found: readonly MessageInstance[]): Shown {
  const reasoning = found.some((message) => message.type === 'reasoning')
    ? ''
    : reply.parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('')
  const speaker = found.findLast((message) => message.type === 'bot') ?? found.at(-1)
  return {
    key: reply.key,
    id: speaker?.id ?? '',
    ...((reply.status === 'stopped' || reply.status === 'failed') && { status: reply.status }),
    ...(reasoning && { reasoning }),
    ...(reply.end && { end: reply.end }),
    ...(reply.usage && { usage: reply.usage }),
  }
}

const indexOf = (stored: readonly MessageInstance[], id: string | null | undefined): number =>
  id === null || id === undefined ? -1 : stored.findLastIndex((message) => message.id === id)

/** The index of the user message of an exchange, -1 when it is not stored. */
function findUser(
  stored: readonly MessageInstance[],
  { user, after }: TurnRows,
  from: number,
  isFree: (message: MessageInstance, key: string) => boolean,
): number {
  if (!user) return -1
  if (user.id !== null) return indexOf(stored, user.id)
  const text = user.text.trim()
  const same = (message: MessageInstance) =>
    message.type === 'user' && message.text.trim() === text && isFree(message, user.key)
  const before = indexOf(stored, after)
  if (after === null || before !== -1) {
    const begin = Math.max(from, before + 1)
    const at = stored.slice(begin).findIndex(same)
    return at === -1 ? -1 : begin + at
  }
  // Nobody knows what was stored before it. An unanswered last word can be told from the same word said earlier, and one that the
  // server is known to have is the last one.
  const last = stored.findLastIndex((message) => message.type === 'user')
  const candidate = stored[last]
  const answered = stored.slice(last + 1).some(isReply)
  return candidate && last >= from && same(candidate) && (user.status === 'sent' || !answered) ? last : -1
}

/** Where the stored messages of an exchange can begin at the earliest. */
function beginOf(stored: readonly MessageInstance[], exchange: TurnRows | undefined): number {
  const after = indexOf(stored, exchange?.after)
  return after === -1 ? stored.length : after + 1
}

/** The stored messages of a reply. While it is streamed none is. */
function findReply(
  stored: readonly MessageInstance[],
  reply: ChatMessage | undefined,
  from: number,
  until: number,
): readonly MessageInstance[] {
  if (reply?.status === 'streaming') return []
  if (reply && reply.id !== null) {
    const end = indexOf(stored, reply.id)
    if (end < from) return []
    let begin = end
    while (begin > from && isPiece(reply, stored[begin - 1]!)) begin -= 1
    return stored.slice(begin, end + 1).filter(isReply)
  }
  const found: MessageInstance[] = []
  for (const message of stored.slice(from, until)) {
    if (message.type === 'user') {
      // What somebody else says in between may be stored before a reply that was cut.
      if (!reply?.text) break
      found.length = 0
      continue
    }
    // Its words go on at least as long as those that were shown: the server stored what it had sent, and maybe more.
    const last = reply?.text && message.type === 'bot' && message.text.startsWith(lastText(reply))
    if (isReply(message) && (last || !reply?.text || isPiece(reply, message))) found.push(message)
    if (last) return found
  }
  // Without a row of its own, what is there is what is there.
  return reply === undefined || reply.text === '' ? found : []
}

/** Whether a stored message may be a piece of a reply. The answer to another window is none. */
const isPiece = (reply: ChatMessage, { type, text }: MessageInstance): boolean =>
  type !== 'user' &&
  (type !== 'bot' || reply.parts.some((part) => part.type === 'text' && part.text.trim() === text.trim()))

const lastText = (reply: ChatMessage): string => {
  const part = reply.parts.findLast((part) => part.type === 'text')
  return part?.type === 'text' ? part.text.trimEnd() : ''
}

/** All that was said and may not be stored, the oldest first. */
export const exchangesOf = (turn: LiveTurn): TurnRows[] => [...turn.past, turn]

export interface JoinOptions {
  shown?: ShownMessages
  include?: readonly MessageType[]
}

/**
 * Stored messages, oldest first, and what is going on become one list of rows: each message once, a row that the server has
 * taken over in its old place under its old key, and what is not stored where it was said.
 */
export function joinThread(
  stored: readonly MessageInstance[],
  turn: LiveTurn | undefined,
  { shown, include }: JoinOptions = {},
): readonly ChatMessage[] {
  if (!turn) return storedRows(stored, shown, include)
  const exchanges = exchangesOf(turn)
  // Of ten thousand messages that were given, where none is stored, none has to be looked for.
  const found = stored.length > 0 ? findStored(stored, exchanges, shown) : undefined
  const base = storedRows(stored, mergeShown(shown ?? {}, found?.shown ?? {}), include)
  const rows = base.slice()
  const visible = (row: ChatMessage | undefined): row is ChatMessage =>
    row !== undefined && !found?.rows.has(row) && (include === undefined || include.includes(row.type))
  let at = -1
  for (const exchange of exchanges) {
    const open = [exchange.user, exchange.reply].filter(visible)
    const anchor = found?.anchors.get(exchange) ?? exchange.after
    const place = anchor === null || anchor === undefined ? -1 : rowOf(rows, stored, anchor)
    if (exchange === turn) rows.push(...open)
    else if (open.length > 0) {
      at = anchor === null ? Math.max(at, 0) : place === -1 ? (at === -1 ? rows.length : at) : Math.max(at, place + 1)
      rows.splice(at, 0, ...open)
      at += open.length
    }
  }
  return rows
}

/** Marks of before, and new ones; the same object when there is nothing new, so that rows need not be made again. */
export function mergeShown(shown: ShownMessages, more: ShownMessages): ShownMessages {
  const news = Object.entries(more).filter(([id, mark]) => !sameMark(shown[id], mark))
  return news.length === 0 ? shown : { ...shown, ...Object.fromEntries(news) }
}

const sameMark = (one: Shown | undefined, two: Shown): boolean => JSON.stringify(one) === JSON.stringify(two)

/** The index of the row that a stored message is in. */
function rowOf(rows: readonly ChatMessage[], stored: readonly MessageInstance[], id: string): number {
  const exact = rows.findLastIndex((row) => row.id === id)
  if (exact !== -1) return exact
  // It is inside of a row, or hidden: the last row that began before it.
  const message = stored.find((other) => other.id === id)
  return message ? rows.findLastIndex((row) => row.id !== null && row.createdAt <= message.createdAt) : -1
}
