import type { SkipToken, UseMutationOptions } from '@tanstack/react-query'
import type { ConversationCreateRequest, ConversationInstance, Id, UsageFetchResponse } from '../protocol/index.ts'
import type { ConversationError, ConversationTransport } from '../transport/index.ts'
import { extra } from './extra.ts'
import { conversationKeys, keyOfCreate, keyOfLists } from './keys.ts'
import type { ListParams, UsageParams } from './keys.ts'
import { named } from './named.ts'
import { oneOptions, pagesOptions } from './options.ts'
import type { PageOptions } from './options.ts'

/** A client, ours or the official one. */
export type QueryTransport = ConversationTransport & { scope?: string }

/** An id, or nothing yet: `null`, `undefined` and `skipToken` switch a query off. */
export type MaybeId = string | SkipToken | null | undefined

/** The id when there is one. */
export const idOf = (id: MaybeId): string | undefined => (typeof id === 'string' && id !== '' ? id : undefined)

/** The conversations of the account, page by page. */
export const listOptions = (
  client: QueryTransport,
  params: ListParams = {},
  { streaming }: Pick<PageOptions, 'streaming'> = {},
) =>
  pagesOptions<ConversationInstance>(
    conversationKeys.list(params, client.scope),
    (page, options) => client.list({ ...params, ...page }, options),
    { take: params.take, streaming },
    { operation: 'conversation.list' },
  )

/** One conversation. */
export const detailOptions = (client: QueryTransport, id: string | undefined) =>
  oneOptions<ConversationInstance>(
    id,
    conversationKeys.detail(id ?? '', client.scope),
    (conversationId, options) => client.fetch(conversationId, options),
    { operation: 'conversation.fetch', conversationId: id },
  )

/** What a conversation has used. */
export const usageOptions = (client: QueryTransport, maybeId: MaybeId, params?: UsageParams) => {
  const id = idOf(maybeId)
  return oneOptions<UsageFetchResponse>(
    id,
    conversationKeys.usage(id ?? '', params, client.scope),
    (conversationId, options) => extra(client, 'usage').fetch(conversationId, params, options),
    { operation: 'usage.fetch', conversationId: id },
  )
}

/** Creates a conversation. The lists are read again. */
export function createOptions(
  client: QueryTransport,
): UseMutationOptions<Id, ConversationError, ConversationCreateRequest> {
  const { scope } = client
  return {
    mutationKey: keyOfCreate(scope),
    mutationFn: (request) => named(client.create(request)),
    onSuccess: (_data, _request, _result, { client: queryClient }) =>
      queryClient.invalidateQueries({ queryKey: keyOfLists(scope) }),
    meta: { operation: 'conversation.create' },
  }
}
