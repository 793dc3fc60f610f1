import { queryOptions, skipToken } from '@tanstack/react-query'
import type { ConversationError } from '../transport/index.ts'
import type { QueryTransport } from './conversations.ts'
import { keyOfVote } from './keys.ts'
import type { VoteTarget } from './keys.ts'

/** Which way somebody voted; `null` is not at all. */
export type Vote = 'up' | 'down' | null

export type VoteVariables = VoteTarget & {
  vote: 'up' | 'down'
  /** 1…100 for up, -100…-1 for down. @default 100 or -100 */
  value?: number
  reason?: string
}

/** The vote the server has confirmed. The API cannot be asked for it, so it is only ever written, by `useVote`. */
export function voteOptions(client: QueryTransport, target: VoteTarget) {
  return queryOptions<Vote, ConversationError, Vote>({
    queryKey: keyOfVote(target, client.scope),
    queryFn: skipToken,
    staleTime: 'static',
    gcTime: Number.POSITIVE_INFINITY,
  })
}
