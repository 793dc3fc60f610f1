import type { MessageType, Meta } from '../protocol/index.ts'
import type { ConversationError } from '../transport/index.ts'

/** A function the assistant called, with its answer once there is one. */
export interface ToolPart {
  type: 'tool'
  name: string
  args?: unknown
  result?: unknown
  error?: string
  state: 'running' | 'done' | 'error'
}

/** A piece of a message. `streaming` while text may still be added to it. */
export type MessagePart =
  | { type: 'text'; text: string; streaming: boolean }
  | { type: 'reasoning'; text: string; streaming: boolean }
  | ToolPart
  | { type: 'data'; name: string; data: unknown }

/** One row of a conversation: what somebody said, with what the assistant thought and did for it. */
export interface ChatMessage {
  /** The React key, the same from the first word to the day the message is read from the server. */
  key: string
  /** The server's id; `null` until it is known. Of several stored messages that make one row, the last one that speaks. */
  id: string | null
  role: 'user' | 'assistant' | 'system'
  type: MessageType
  parts: MessagePart[]
  /** The text parts, joined. */
  text: string
  /** `queued`: it waits, for the reply under way to end or for the network. `stopped`: the reader ended it. `failed`: it broke off, or was not sent. */
  status: 'queued' | 'sending' | 'streaming' | 'sent' | 'stopped' | 'failed'
  /** Epoch milliseconds. */
  createdAt: number
  error?: ConversationError
  /** Why an answer ends where it does, when that is its limit of length. Known of answers given since the page was opened, as is `usage`. */
  end?: 'length'
  /** What the answer took, in tokens. */
  usage?: { token: number }
  meta?: Meta
}

/** Stands between the texts of one row. */
const TEXT_GAP = '\n\n'

/** The text of a row, from its parts. */
export const textOf = (parts: readonly MessagePart[]): string =>
  parts.flatMap((part) => (part.type === 'text' && part.text) || []).join(TEXT_GAP)

type TextRow = Omit<ChatMessage, 'parts' | 'role' | 'meta'> & { meta: Meta | undefined }

/** A row that is one text. Written out, for a thread of ten thousand: to copy what is left of an object takes ten times as long. */
export function textMessage({ key, id, type, text, status, createdAt, meta }: TextRow): ChatMessage {
  const role = type === 'user' ? 'user' : type === 'bot' ? 'assistant' : 'system'
  const parts: MessagePart[] = [{ type: 'text', text, streaming: false }]
  const row: ChatMessage = { key, id, role, type, parts, text, status, createdAt }
  if (meta) row.meta = meta
  return row
}

/** A user's words as a row. */
export const userMessage = (key: string, text: string, createdAt: number, meta?: Meta): ChatMessage =>
  textMessage({ key, id: null, type: 'user', text, status: 'sending', createdAt, meta })
