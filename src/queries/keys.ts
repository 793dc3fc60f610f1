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

/** A conversation, or one message of it. */
export type VoteTarget = { conversationId: string; messageId?: string }

/** The scope of a client that names none. */
export const DEFAULT_SCOPE = 'default'

/**
 * The names under which the kit keeps things in a `QueryClient`, and nothing else of it is touched. All that belongs to one
 * conversation begins with its `detail` key. `scope` is the client's, so that two accounts on a page share nothing.
 */
export const conversationKeys = {
  all: (scope: string = DEFAULT_SCOPE) => ['conversation-kit', scope] as const,
  lists: (scope?: string) => [...conversationKeys.all(scope), 'list'] as const,
  list: (params: ListParams = {}, scope?: string) => [...conversationKeys.lists(scope), params] as const,
  detail: (id: string, scope?: string) => [...conversationKeys.all(scope), 'detail', id] as const,
  messages: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'messages'] as const,
  attachments: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'attachments'] as const,
  usage: (id: string, params: UsageParams = {}, scope?: string) =>
    [...conversationKeys.detail(id, scope), 'usage', params] as const,
  contact: (contactId: string, scope?: string) => [...conversationKeys.all(scope), 'contact', contactId] as const,
  /** One of the `lists`: what changes in these changes in it. */
  contactList: (contactId: string, params: ListParams = {}, scope?: string) =>
    [...conversationKeys.lists(scope), 'contact', contactId, params] as const,
  /** The last element is the message's id; empty for the conversation itself. */
  vote: ({ conversationId, messageId = '' }: VoteTarget, scope?: string) =>
    [...conversationKeys.detail(conversationId, scope), 'vote', messageId] as const,
}

/** The names of what is being written, for `useIsMutating` and `useMutationState`. */
export const mutationKeys = {
  create: (scope?: string) => [...conversationKeys.all(scope), 'create'] as const,
  delete: (scope?: string) => [...conversationKeys.all(scope), 'delete'] as const,
  update: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'update'] as const,
  complete: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'complete'] as const,
  send: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'send'] as const,
  /** All that is being written to the messages of a conversation by hand. */
  message: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'message'] as const,
  createMessage: (id: string, scope?: string) => [...mutationKeys.message(id, scope), 'create'] as const,
  updateMessage: (id: string, scope?: string) => [...mutationKeys.message(id, scope), 'update'] as const,
  deleteMessage: (id: string, scope?: string) => [...mutationKeys.message(id, scope), 'delete'] as const,
  uploadAttachment: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'upload'] as const,
  upsertContact: (id: string, scope?: string) => [...conversationKeys.detail(id, scope), 'contact'] as const,
  vote: (target: VoteTarget, scope?: string) => conversationKeys.vote(target, scope),
}
