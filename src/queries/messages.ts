import { infiniteQueryOptions, skipToken } from '@tanstack/react-query'
import type { InfiniteData } from '@tanstack/react-query'
import type { MessageInstance } from '../protocol/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { idOf } from './conversations.ts'
import type { MaybeId, QueryTransport } from './conversations.ts'
import { named } from './named.ts'
import { conversationKeys } from './keys.ts'
import { FRESH_MS, nextCursor, retryConversation, shareById, toPage } from './paging.ts'

/** A page of messages, the newest first. */
export interface MessagePage {
  items: MessageInstance[]
  cursor?: string
}

/** The messages of a conversation as the cache keeps them: the newest page first, each page the newest message first. */
export type MessagePages = InfiniteData<MessagePage, string | undefined>

/** The messages of a conversation: the newest page, then older ones. */
export function messagesOptions(client: QueryTransport, maybeId: MaybeId, { take }: { take?: number } = {}) {
  const id = idOf(maybeId)
  return infiniteQueryOptions<MessagePage, ConversationError, MessagePages, readonly unknown[], string | undefined>({
    queryKey: conversationKeys.messages(id ?? '', client.scope),
    queryFn:
      id === undefined
        ? skipToken
        : async ({ pageParam, signal }) =>
            toPage(await named(client.message.list(id, { order: 'desc', take, cursor: pageParam }, { signal })), take),
    initialPageParam: undefined,
    getNextPageParam: nextCursor,
    structuralSharing: shareById,
    staleTime: FRESH_MS,
    retry: retryConversation,
    meta: { operation: 'message.list', conversationId: id, take },
  })
}
