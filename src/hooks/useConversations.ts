'use client'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import type { UseInfiniteQueryResult, UseSuspenseInfiniteQueryResult } from '@tanstack/react-query'
import type { ConversationInstance, ConversationListResponse } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { listOptions } from '../queries/index.ts'
import type { ListParams, PageOptions } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { allItems, usePages } from './readOptions.ts'
import type { ReadOptions, SuspensePages } from './readOptions.ts'

/** How a list behaves. */
export type ListOptions = ReadOptions & Pick<PageOptions, 'streaming'>

/** The conversations of the account. `data` is all that was loaded, flat; `fetchNextPage` loads more. */
export const useConversations = (
  params?: ListParams,
  options?: ListOptions,
): UseInfiniteQueryResult<ConversationInstance[], ConversationError> =>
  usePages(({ client }) => listOptions(client, params, options), allItems, options)

/** The conversations of the account, for use under `<Suspense>`. */
export function useSuspenseConversations(
  params?: ListParams,
): UseSuspenseInfiniteQueryResult<ConversationInstance[], ConversationError> {
  const { client, queryClient } = useConversationKit()
  return useSuspenseInfiniteQuery(
    { ...(listOptions(client, params) as SuspensePages<ConversationListResponse>), select: allItems },
    queryClient,
  )
}
