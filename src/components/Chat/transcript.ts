import type { ChatMessage, MessagePart } from '../../hooks/index.ts'
import { chatWords } from '../../internal/index.ts'
import type { Messages } from '../../internal/index.ts'

export type TranscriptFormat = 'markdown' | 'json'

export interface TranscriptOptions {
  /** Stands over it. */
  title?: string
  /** A BCP 47 tag: times are written in it, and in the time zone of the reader. Without it they are told in UTC. */
  locale?: string
  /** Other words than the English ones. */
  messages?: Partial<Messages>
}

/**
 * A talk as a text to be kept: who said what and when, the oldest first. Markdown is for people; JSON has everything, also what was
 * thought and called. What waits to be sent was not said yet, and is left out.
 */
export function exportTranscript(
  messages: readonly ChatMessage[],
  format: TranscriptFormat,
  options: TranscriptOptions = {},
): string {
  const said = messages.filter(({ status }) => status !== 'queued')
  const words = { ...chatWords, ...options.messages }
  const nameOf = ({ role }: ChatMessage) => (role === 'user' ? words.you : role === 'system' ? role : words.assistant)
  const { title, locale } = options
  if (format === 'json') {
    const items = said.map((message) => ({
      id: message.id,
      role: message.role,
      name: nameOf(message),
      createdAt: isoOf(message.createdAt),
      status: message.status,
      text: message.text,
      ...extras(message.parts),
      ...(message.usage && { usage: message.usage }),
    }))
    return `${JSON.stringify({ ...(title && { title }), messages: items }, replaceUnwritable, 2)}\n`
  }
  const blocks = said.map((message) => {
    const { role, status, text } = message
    const marks = { stopped: words.replyStopped, failed: role === 'user' ? words.notSent : words.replyFailed }
    const mark = status === 'stopped' || status === 'failed' ? marks[status] : ''
    const head = [nameOf(message), timeOf(message.createdAt, locale), mark].filter(Boolean).join(' · ')
    return [`## ${head}`, enclosed(text.trim(), role !== 'assistant')]
  })
  const parts = [...(title ? [`# ${title.replaceAll(/\s+/g, ' ').trim()}`] : []), ...blocks.flat()]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

/** What was thought and called, where there is any. */
function extras(parts: readonly MessagePart[]) {
  const reasoning = parts.flatMap((part) => (part.type === 'reasoning' ? [part.text] : [])).join('\n\n')
  const tools = parts.flatMap((part) => {
    if (part.type !== 'tool') return []
    const { type: _type, ...call } = part
    return [call]
  })
  return { ...(reasoning && { reasoning }), ...(tools.length > 0 && { tools }) }
}

const replaceUnwritable = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

function isoOf(time: number): string | null {
  const date = new Date(time)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

function timeOf(time: number, locale: string | undefined): string {
  const iso = isoOf(time)
  if (!iso) return ''
  if (locale === undefined) return `${iso.slice(0, 16).replace('T', ' ')} UTC`
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(time)
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/

/**
 * A message that ends where it ends: a block of code or of HTML left open in it would take in what others say after it. In words that
 * are no Markdown, what would be a heading is none.
 */
function enclosed(text: string, plain: boolean): string {
  let open: string | undefined
  const lines = text.split('\n').map((line) => {
    const [, marks = '', rest = ''] = FENCE.exec(line) ?? []
    if (open !== undefined) {
      if (marks[0] === open[0] && marks.length >= open.length && rest.trim() === '') open = undefined
      return line
    }
    // Of backticks, some later on the line make it no fence.
    if (marks && !(marks[0] === '`' && rest.includes('`'))) {
      open = marks
      return line
    }
    const shielded = line.replace(/^( {0,3})<(?=[!?/a-z])(?!(?:https?|mailto|tel):)/i, String.raw`$1\<`)
    return plain ? shielded.replace(/^( {0,3})(#{1,6}\s)/, String.raw`$1\$2`) : shielded
  })
  return open === undefined ? lines.join('\n') : [...lines, open].join('\n')
}

const ENDINGS = { markdown: 'md', json: 'json' }
/** Longer names are refused by file systems. */
const MOST_BYTES = 200

/** A name that every system takes for a file: without what is a path, a command or invisible, and not cut inside of a letter. */
export function transcriptFileName(title: string, format: TranscriptFormat): string {
  const clean = title
    .replaceAll(/[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu, ' ')
    .replaceAll(/[<>:"/\\|?*]+/g, '-')
    .replaceAll(/\s+/g, ' ')
  let name = ''
  let bytes = 0
  for (const letter of lettersOf(clean)) {
    bytes += new TextEncoder().encode(letter).length
    if (bytes > MOST_BYTES) break
    name += letter
  }
  name = name.replaceAll(/^[\s.-]+|[\s.-]+$/g, '')
  if (/^(?:con|prn|aux|nul|com\d|lpt\d)$/i.test(name)) name = `_${name}`
  return `${name || 'chat'}.${ENDINGS[format]}`
}

const lettersOf = (text: string): string[] =>
  'Segmenter' in Intl ? Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment) : Array.from(text)
