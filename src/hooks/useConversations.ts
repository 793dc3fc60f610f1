'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ConversationInstance, ConversationListResponse } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import type { ListParams } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { readOptions } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'

/** The conversations of the account. `data` is all that was loaded, flat; `fetchNextPage` loads more. */
export function useConversations(
  params?: ListParams,
  options: ReadOptions = {},
): UseInfiniteQueryResult<ConversationInstance[], ConversationError> {
  const { queries, queryClient } = useConversationKit()
  return useInfiniteQuery(
    {
      ...queries.list(params),
      ...readOptions(options),
      select: allItems,
    },
    queryClient,
  )
}

const allItems = (data: InfiniteData<ConversationListResponse, string | undefined>): ConversationInstance[] =>
  data.pages.flatMap((page) => page.items)
