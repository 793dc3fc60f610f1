import type { QueryTransport } from './conversations.ts'
import type { VoteTarget } from './keys.ts'
import { given } from './given.ts'
import type { VoteVariables } from './votes.ts'

/** Sends a vote. */
export function castVote(
  client: QueryTransport,
  { conversationId, messageId }: VoteTarget,
  { vote, value, reason }: Omit<VoteVariables, keyof VoteTarget>,
): Promise<{ id: string }> {
  const method = vote === 'up' ? 'upvote' : 'downvote'
  const request = given({ value, reason })
  return messageId === undefined
    ? client[method](conversationId, request)
    : client.message[method](conversationId, messageId, request)
}
