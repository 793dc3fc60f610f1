import { detailOptions, listOptions } from './conversations.ts'
import type { MaybeId, QueryTransport } from './conversations.ts'
import { conversationKeys } from './keys.ts'
import type { ListParams, VoteTarget } from './keys.ts'
import { messagesOptions } from './messages.ts'
import { voteOptions } from './votes.ts'

/**
 * Options for `useQuery`, `useInfiniteQuery`, prefetching and loaders, made for a client:
 * `await queryClient.infiniteQuery(createConversationQueries(client).list({ take: 50 }))`.
 */
export function createConversationQueries(client: QueryTransport) {
  return {
    keys: conversationKeys,
    /** The conversations of the account, page by page. */
    list: (params?: ListParams) => listOptions(client, params),
    /** One conversation. */
    detail: (id: MaybeId) => detailOptions(client, id),
    /** The messages of a conversation: the newest page, then older ones; each page the newest first. */
    messages: (id: MaybeId, params?: { take?: number }) => messagesOptions(client, id, params),
    /** The vote the server has confirmed, written by `useVote`. */
    vote: (target: VoteTarget) => voteOptions(client, target),
  }
}

export type ConversationQueries = ReturnType<typeof createConversationQueries>
