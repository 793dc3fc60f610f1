'use client'
import { useSuspenseQuery } from '@tanstack/react-query'
import type { UseQueryResult, UseSuspenseQueryOptions, UseSuspenseQueryResult } from '@tanstack/react-query'
import type { ConversationInstance } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { detailOptions, idOf } from '../queries/index.ts'
import type { MaybeId } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { useOne } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'

/** One conversation. Without an id it waits for one. */
export const useConversation = (
  id: MaybeId,
  options?: ReadOptions,
): UseQueryResult<ConversationInstance, ConversationError> =>
  useOne(({ client }) => detailOptions(client, idOf(id)), options)

/** One conversation, for use under `<Suspense>`. */
export function useSuspenseConversation(id: string): UseSuspenseQueryResult<ConversationInstance, ConversationError> {
  const { client, queryClient } = useConversationKit()
  // With an id it always reads.
  const recipe = detailOptions(client, id) as UseSuspenseQueryOptions<ConversationInstance, ConversationError>
  return useSuspenseQuery(recipe, queryClient)
}
