import { csvFormatter } from './csv.ts'
import { assemble } from './formats.ts'
import type { ExportedConversation, ExportFormat, Formatter } from './formats.ts'
import { htmlFormatter } from './html.ts'
import { jsonFormatter, markdownFormatter } from './text.ts'
import { exportWords } from './words.ts'
import type { ExportWords } from './words.ts'

export interface ExportOptions {
  /** A BCP 47 tag: times for people are written in it, in the reader's time zone. Without it they are told in UTC. CSV and JSON always have ISO 8601 in UTC. */
  locale?: string
  /** Other words than the English ones. */
  messages?: Partial<ExportWords>
  /** When it is written, in epoch milliseconds. @default now */
  now?: number
}

/** How a file of a format is made. */
export function formatterOf(
  format: ExportFormat,
  { locale, messages, now = Date.now() }: ExportOptions = {},
): Formatter {
  const words = { ...exportWords, ...messages }
  switch (format) {
    case 'csv':
      return csvFormatter('conversations')
    case 'csvMessages':
      return csvFormatter('messages')
    case 'json':
      return jsonFormatter()
    case 'html':
      return htmlFormatter({ locale, words, now })
    default:
      return markdownFormatter({ locale, words })
  }
}

/** Conversations as a file, piece by piece, so that it need not be in the memory whole. */
export async function* exportPieces(
  conversations: readonly ExportedConversation[],
  format: ExportFormat,
  options?: ExportOptions,
): AsyncGenerator<string, void, undefined> {
  const formatter = formatterOf(format, options)
  yield* assemble(formatter, conversations.length, async function* read(part) {
    for (const conversation of conversations) yield formatter.piece(conversation)[part]!
  })
}

/** A name with the day in it, by the reader's clock. */
export function exportFileName(format: ExportFormat, now: number = Date.now()): string {
  const date = new Date(now)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${format === 'csvMessages' ? 'messages' : 'conversations'}-${day}.${formatterOf(format).ending}`
}
