'use client'
import { useMutation } from '@tanstack/react-query'
import type { UseMutationOptions, UseMutationResult } from '@tanstack/react-query'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { useLatest } from './useLatest.ts'

/** What a write tells its caller, also after the component has gone. */
export interface WriteOptions<V, D = { id: string }> {
  onSuccess?: (data: D, variables: V) => void
  onError?: (error: ConversationError, variables: V) => void
}

/** A mutation on the provider's cache that does what its recipe says, and then tells the caller. */
export function useWrite<D, V, C>(
  recipe: UseMutationOptions<D, ConversationError, V, C>,
  options: WriteOptions<V, D> = {},
): UseMutationResult<D, ConversationError, V, C> {
  const { queryClient } = useConversationKit()
  const latest = useLatest(options)
  return useMutation<D, ConversationError, V, C>(
    {
      ...recipe,
      onSuccess: async (data, variables, undo, context) => {
        const done = recipe.onSuccess?.(data, variables, undo, context)
        latest.current.onSuccess?.(data, variables)
        await done
      },
      onError: async (error, variables, undo, context) => {
        await recipe.onError?.(error, variables, undo, context)
        latest.current.onError?.(error, variables)
      },
    },
    queryClient,
  )
}
