import { ConversationError } from '../transport/index.ts'
import type { ConversationClient } from '../transport/index.ts'
import type { QueryTransport } from './conversations.ts'

/** What our client can do and the official one cannot, and what one knows it by. */
const MARKS = { attachment: 'download', contact: 'fetch', usage: 'fetch' } as const

/** A part of the client that only ours has. Throws a `BAD_REQUEST` when this one has not. */
export function extra<N extends keyof typeof MARKS>(client: QueryTransport, noun: N): ConversationClient[N] {
  const part = Reflect.get(client, noun) as ConversationClient[N] | undefined
  if (part && MARKS[noun] in part) return part
  throw lacking(noun)
}

/** What a call of something the client does not have is answered. */
export const lacking = (what: string): ConversationError =>
  new ConversationError({
    code: 'BAD_REQUEST',
    message: `This client has no "${what}". Give the provider a ConversationClient of this package.`,
  })
