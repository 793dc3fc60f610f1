import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query'
import type { InfiniteData, SkipToken, UseMutationOptions } from '@tanstack/react-query'
import type {
  ConversationCreateRequest,
  ConversationInstance,
  ConversationListResponse,
  Id,
} from '../protocol/index.ts'
import type { ConversationError, ConversationTransport } from '../transport/index.ts'
import { named } from './named.ts'
import { conversationKeys, mutationKeys } from './keys.ts'
import type { ListParams } from './keys.ts'
import { FRESH_MS, nextCursor, retryConversation, shareById, toPage } from './paging.ts'

/** A client, ours or the official one. */
export type QueryTransport = ConversationTransport & { scope?: string }

/** An id, or nothing yet: `null`, `undefined` and `skipToken` switch a query off. */
export type MaybeId = string | SkipToken | null | undefined

/** The id when there is one. */
export const idOf = (id: MaybeId): string | undefined => (typeof id === 'string' && id !== '' ? id : undefined)

/** The conversations of the account, page by page. */
export function listOptions(client: QueryTransport, params: ListParams = {}) {
  return infiniteQueryOptions<
    ConversationListResponse,
    ConversationError,
    InfiniteData<ConversationListResponse, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    queryKey: conversationKeys.list(params, client.scope),
    queryFn: async ({ pageParam, signal }) =>
      toPage(await named(client.list({ ...params, cursor: pageParam }, { signal })), params.take),
    initialPageParam: undefined,
    getNextPageParam: nextCursor,
    structuralSharing: shareById,
    staleTime: FRESH_MS,
    retry: retryConversation,
    meta: { operation: 'conversation.list' },
  })
}

/** One conversation. */
export function detailOptionsOf(client: QueryTransport, id: string) {
  return queryOptions<ConversationInstance, ConversationError>({
    queryKey: conversationKeys.detail(id, client.scope),
    queryFn: ({ signal }) => named(client.fetch(id, { signal })),
    staleTime: FRESH_MS,
    retry: retryConversation,
    meta: { operation: 'conversation.fetch', conversationId: id },
  })
}

/** One conversation, once there is an id. */
export function detailOptions(client: QueryTransport, maybeId: MaybeId) {
  const id = idOf(maybeId)
  const options = detailOptionsOf(client, id ?? '')
  return queryOptions<ConversationInstance, ConversationError>(
    id === undefined ? { ...options, queryFn: skipToken } : options,
  )
}

/** Creates a conversation. The lists are read again. */
export function createOptions(
  client: QueryTransport,
): UseMutationOptions<Id, ConversationError, ConversationCreateRequest> {
  const { scope } = client
  return {
    mutationKey: mutationKeys.create(scope),
    mutationFn: (request) => named(client.create(request)),
    onSuccess: (_data, _request, _result, { client: queryClient }) =>
      queryClient.invalidateQueries({ queryKey: conversationKeys.lists(scope) }),
    meta: { operation: 'conversation.create' },
  }
}
