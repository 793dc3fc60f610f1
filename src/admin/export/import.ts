import type { MessageInstance } from '../../protocol/index.ts'
import { ConversationError } from '../../transport/index.ts'
import type { ExportedConversation } from './formats.ts'
import { GENERATOR, VERSION } from './html.ts'
import { readPage } from './page.ts'

/**
 * Reads back what was exported as JSON or HTML: the same conversations with the same messages, letter by letter. Needs no browser.
 * Throws a `ConversationError` with the code `BAD_REQUEST` for a file that is not ours, is damaged, or was written by a newer version.
 */
export function importTranscript(text: string): ExportedConversation[] {
  const plain = text.replace(/^\uFEFF/, '')
  const first = plain.trimStart()[0]
  if (first === '[' || first === '{') return fromJson(plain)
  if (first === '<') return fromHtml(plain)
  throw refused('This file is no transcript: it is neither JSON nor HTML.')
}

function fromJson(text: string): ExportedConversation[] {
  let value: unknown
  try {
    value = parse(text)
  } catch (cause) {
    throw refused('This file is damaged: its JSON cannot be read.', cause)
  }
  if (!Array.isArray(value)) throw refused('This file is no transcript: it is JSON, but no list of conversations.')
  return value.map((item: unknown, at) => {
    if (!isConversation(item)) throw refused(`This file is no transcript: item ${at + 1} of it is no conversation.`)
    const wrong = item.messages.findIndex((message) => !isMessage(message))
    if (wrong >= 0) throw refused(`This file is damaged: message ${wrong + 1} of conversation ${at + 1} is none.`)
    return item
  })
}

function fromHtml(html: string): ExportedConversation[] {
  const { generator, sections, whole } = readPage(html)
  const [name, version] = [generator?.replace(/ \d+$/, ''), Number(/\d+$/.exec(generator ?? '')?.[0])]
  if (name !== GENERATOR) throw refused('This file is no transcript: it is HTML of somebody else.')
  if (version > VERSION) throw refused('This file was written by a newer version. Update conversation-kit to read it.')
  if (!whole) throw refused('This file is damaged: its end is missing.')
  return sections.map(({ facts, count, messages }, at) => {
    const conversation: unknown = Object.assign(data(facts, at), { messages: [] })
    const read = messages.map(({ facts: about, exact, text }) => {
      const said = exact === undefined ? text : parseText(exact, at)
      const message: unknown = Object.assign(data(about, at), { text: said })
      if (!isMessage(message)) throw damaged(at)
      return message
    })
    if (!isConversation(conversation) || read.length !== Number(count)) throw damaged(at)
    return Object.assign(conversation, { messages: read })
  })
}

function data(text: string, at: number): object {
  try {
    const value = parse(text)
    if (isRecord(value)) return value
  } catch {
    // Said below.
  }
  throw damaged(at)
}

function parseText(text: string, at: number): string {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'string') return value
  } catch {
    // Said below.
  }
  throw damaged(at)
}

/** Without members that could reach a prototype, as in all that comes from elsewhere. */
const parse = (text: string): unknown =>
  JSON.parse(text, (key, value: unknown) =>
    key === '__proto__' || (key === 'constructor' && typeof value === 'object') ? undefined : value,
  )

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isConversation = (value: unknown): value is ExportedConversation =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  value.id !== '' &&
  (value.name === undefined || value.name === null || typeof value.name === 'string') &&
  (value.votes === undefined || (Array.isArray(value.votes) && value.votes.every(isRecord))) &&
  Array.isArray(value.messages)

const isMessage = (value: unknown): value is MessageInstance =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  typeof value.text === 'string' &&
  // Newer servers have types that are not known yet.
  typeof value.type === 'string'

const refused = (message: string, cause?: unknown) =>
  new ConversationError({ code: 'BAD_REQUEST', message, cause, retryable: false })

const damaged = (at: number) => refused(`This file is damaged: conversation ${at + 1} of it cannot be read.`)
