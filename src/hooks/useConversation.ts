'use client'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { UseQueryResult, UseSuspenseQueryResult } from '@tanstack/react-query'
import type { ConversationInstance } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { detailOptionsOf } from '../queries/index.ts'
import type { MaybeId } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { readOptions } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'

/** One conversation. Without an id it waits for one. */
export function useConversation(
  id: MaybeId,
  options: ReadOptions = {},
): UseQueryResult<ConversationInstance, ConversationError> {
  const { queries, queryClient } = useConversationKit()
  return useQuery(
    {
      ...queries.detail(id),
      ...readOptions(options),
    },
    queryClient,
  )
}

/** One conversation, for use under `<Suspense>`. */
export function useSuspenseConversation(id: string): UseSuspenseQueryResult<ConversationInstance, ConversationError> {
  const { client, queryClient } = useConversationKit()
  return useSuspenseQuery(detailOptionsOf(client, id), queryClient)
}
