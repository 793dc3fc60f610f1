import type { ConversationInstance, MessageInstance } from '../../protocol/index.ts'

/** `csv` has one row a conversation, `csvMessages` one row a message. `json` and `html` can be read back with `importTranscript`. */
export type ExportFormat = 'csv' | 'csvMessages' | 'json' | 'markdown' | 'html'

export const EXPORT_FORMATS: readonly ExportFormat[] = ['csv', 'csvMessages', 'json', 'markdown', 'html']

/** A vote as far as it is known. */
export interface ExportedVote {
  vote: 'up' | 'down'
  /** Absent when it is not known of which message, or when it is of the conversation. */
  messageId?: string
  reason?: string
  /** Epoch milliseconds. */
  createdAt?: number
}

/** A conversation with all that was said in it, the oldest first. */
export interface ExportedConversation extends ConversationInstance {
  messages: MessageInstance[]
  /** Absent when none are known. */
  votes?: ExportedVote[]
}

/** What stands around the pieces of a file. */
export interface Frame {
  /** Which of the pieces of a conversation stand in it. */
  part: number
  before: string
  between: string
  after: string
}

/** How a file of one format is made, piece by piece. */
export interface Formatter {
  /** The MIME type. */
  type: string
  /** What file names end with. */
  ending: string
  /** What a conversation adds to each part of the file. */
  piece: (conversation: ExportedConversation) => readonly string[]
  /** The parts of a file of so many conversations, in order. */
  frames: (count: number) => readonly Frame[]
}

/** A file in pieces. `read` gives a part's piece of each conversation, in order. */
export async function* assemble(
  { frames }: Pick<Formatter, 'frames'>,
  count: number,
  read: (part: number) => AsyncIterable<string>,
): AsyncGenerator<string, void, undefined> {
  for (const { part, before, between, after } of frames(count)) {
    yield before
    let first = true
    for await (const piece of read(part)) {
      if (!first) yield between
      first = false
      yield piece
    }
    yield after
  }
}
