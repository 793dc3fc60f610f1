/** What a page of conversations is asked for. */
export type ListParams = {
  /** Items a page, 1 to 100. @default what the server takes, 100 */
  take?: number
  /** By time of creation. @default 'desc' */
  order?: 'asc' | 'desc'
  /** Only conversations whose meta has all of these values. */
  meta?: Record<string, string>
}

/** The time usage is asked for: ISO 8601, within the last 90 days. */
export type UsageParams = { from?: string; to?: string }

/** Which ratings are asked for. */
export type RatingParams = {
  /** @default every contact */
  contactId?: string
  /** Ratings a page of one contact, 1 to 100. @default 100 */
  take?: number
}

/** A conversation, or one message of it. */
export type VoteTarget = { conversationId: string; messageId?: string }

/** The scope of a client that names none. */
export const DEFAULT_SCOPE = 'default'

const all = (scope: string = DEFAULT_SCOPE) => ['conversation-kit', scope] as const
const lists = (scope?: string) => [...all(scope), 'list'] as const
const detail = (id: string, scope?: string) => [...all(scope), 'detail', id] as const
const message = (id: string, scope?: string) => [...detail(id, scope), 'message'] as const

// By themselves, so that a page has the names of what it does, and not of all that can be done.
export { all as keyOfAll, lists as keyOfLists }
export const keyOfMessages = (id: string, scope?: string) => [...detail(id, scope), 'messages'] as const
export const keyOfAttachments = (id: string, scope?: string) => [...detail(id, scope), 'attachments'] as const
export const keyOfUpload = (id: string, scope?: string) => [...detail(id, scope), 'upload'] as const
export const keyOfVote = ({ conversationId, messageId = '' }: VoteTarget, scope?: string) =>
  [...detail(conversationId, scope), 'vote', messageId] as const
export const keyOfCreate = (scope?: string) => [...all(scope), 'create'] as const
export const keyOfComplete = (id: string, scope?: string) => [...detail(id, scope), 'complete'] as const

/**
 * The names under which the kit keeps things in a `QueryClient`, and nothing else of it is touched. All that belongs to one
 * conversation begins with its `detail` key. `scope` is the client's, so that two accounts on a page share nothing.
 */
export const conversationKeys = {
  all,
  lists,
  list: (params: ListParams = {}, scope?: string) => [...lists(scope), params] as const,
  detail,
  messages: keyOfMessages,
  attachments: keyOfAttachments,
  usage: (id: string, params: UsageParams = {}, scope?: string) => [...detail(id, scope), 'usage', params] as const,
  contact: (contactId: string, scope?: string) => [...all(scope), 'contact', contactId] as const,
  /** One of the `lists`: what changes in these changes in it. */
  contactList: (contactId: string, params: ListParams = {}, scope?: string) =>
    [...lists(scope), 'contact', contactId, params] as const,
  ratings: (params: RatingParams = {}, scope?: string) => [...all(scope), 'ratings', params] as const,
  /** The last element is the message's id; empty for the conversation itself. */
  vote: keyOfVote,
}

/** The names of what is being written, for `useIsMutating` and `useMutationState`. */
export const mutationKeys = {
  create: keyOfCreate,
  delete: (scope?: string) => [...all(scope), 'delete'] as const,
  update: (id: string, scope?: string) => [...detail(id, scope), 'update'] as const,
  complete: keyOfComplete,
  send: (id: string, scope?: string) => [...detail(id, scope), 'send'] as const,
  /** All that is being written to the messages of a conversation by hand. */
  message,
  createMessage: (id: string, scope?: string) => [...message(id, scope), 'create'] as const,
  updateMessage: (id: string, scope?: string) => [...message(id, scope), 'update'] as const,
  deleteMessage: (id: string, scope?: string) => [...message(id, scope), 'delete'] as const,
  uploadAttachment: keyOfUpload,
  upsertContact: (id: string, scope?: string) => [...detail(id, scope), 'contact'] as const,
  vote: keyOfVote,
}
