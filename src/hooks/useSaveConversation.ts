'use client'
import { useCallback } from 'react'
import type { ConversationUpdateRequest, Id } from '../protocol/index.ts'
import { useMutations } from './useWrites.ts'

/**
 * Changes the options of any conversation, as `useUpdateConversation` does of one: for lists, whose rows come and go while a change is
 * on its way. Rejects with a `ConversationError`.
 */
export function useSaveConversation(): (id: string, request: ConversationUpdateRequest) => Promise<Id> {
  const { kit, mutations } = useMutations()
  const { queryClient } = kit
  return useCallback(
    (id, request) => queryClient.getMutationCache().build(queryClient, mutations.update(id)).execute(request),
    [queryClient, mutations],
  )
}
