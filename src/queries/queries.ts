import { attachmentsOptions } from './attachments.ts'
import { contactListOptions, contactOptions } from './contacts.ts'
import { detailOptions, idOf, listOptions, usageOptions } from './conversations.ts'
import type { MaybeId, QueryTransport } from './conversations.ts'
import { conversationKeys } from './keys.ts'
import type { ListParams, RatingParams, UsageParams, VoteTarget } from './keys.ts'
import { messagesOptions } from './messages.ts'
import type { PageOptions } from './options.ts'
import { ratingsOptions } from './ratings.ts'
import { voteOptions } from './votes.ts'

/**
 * Options for `useQuery`, `useInfiniteQuery`, prefetching and loaders, made for a client:
 * `await queryClient.infiniteQuery(createConversationQueries(client).list({ take: 50 }))`.
 */
export const createConversationQueries = (client: QueryTransport) => ({
  keys: conversationKeys,
  /** The conversations of the account, page by page. */
  list: (params?: ListParams, options?: Pick<PageOptions, 'streaming'>) => listOptions(client, params, options),
  /** One conversation. */
  detail: (id: MaybeId) => detailOptions(client, idOf(id)),
  /** The messages of a conversation: the newest page, then older ones; each page the newest first. */
  messages: (id: MaybeId, params?: PageOptions) => messagesOptions(client, idOf(id), params),
  /** The vote the server has confirmed, written by `useVote`. */
  vote: (target: VoteTarget) => voteOptions(client, target),
  /** All attachments of a conversation. Needs our client. */
  attachments: (id: MaybeId) => attachmentsOptions(client, id),
  /** What a conversation has used. Needs our client. */
  usage: (id: MaybeId, params?: UsageParams) => usageOptions(client, id, params),
  /** One contact. Needs our client. */
  contact: (contactId: MaybeId) => contactOptions(client, contactId),
  /** The conversations of a contact, page by page. Needs our client. */
  contactConversations: (contactId: MaybeId, params?: ListParams) => contactListOptions(client, contactId, params),
  /** The votes that the server keeps, of one contact or of all, page by page. Needs our client. */
  ratings: (params?: RatingParams) => ratingsOptions(client, params),
})

export type ConversationQueries = ReturnType<typeof createConversationQueries>
