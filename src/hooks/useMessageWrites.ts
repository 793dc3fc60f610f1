'use client'
import type { UseMutationOptions, UseMutationResult } from '@tanstack/react-query'
import type { Id, MessageCreateRequest } from '../protocol/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import type { MessageUpdate } from '../queries/index.ts'
import { idOfRow } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { idAt } from './idAt.ts'
import { mergeStored } from './steps.ts'
import { useMutations } from './useWrites.ts'
import { useWrite } from './writeOptions.ts'
import type { WriteOptions } from './writeOptions.ts'

/** Stores a message of any type; nobody answers it. It is in the list of messages when this succeeds. */
export function useCreateMessage(
  conversationId: string,
  options?: WriteOptions<MessageCreateRequest>,
): UseMutationResult<Id, ConversationError, MessageCreateRequest> {
  const { kit, mutations } = useMutations()
  // It is stored; when the list cannot be read now, it comes with the next reading.
  const onSuccess = () => mergeStored(kit, conversationId)
  return useWrite({ ...mutations.createMessage(conversationId), onSuccess }, options)
}

/**
 * Changes a message. Shown at once, taken back when the server refuses; of two quick changes the second one stays. `messageId` may
 * be the key of a row: while it has no id yet, the change waits for it.
 */
export function useUpdateMessage(
  conversationId: string,
  options?: WriteOptions<MessageUpdate>,
): UseMutationResult<Id, ConversationError, MessageUpdate> {
  const { kit, mutations } = useMutations()
  const recipe = mutations.updateMessage(conversationId)
  return useWrite(
    forRow(
      kit,
      conversationId,
      recipe,
      ({ messageId }) => messageId,
      (update, messageId) => ({ ...update, messageId }),
    ),
    options,
  )
}

/**
 * Deletes a message; the variable is its id, or the key of its row. It goes at once and comes back when the server refuses. One
 * that is gone already is deleted.
 */
export function useDeleteMessage(
  conversationId: string,
  options?: WriteOptions<string>,
): UseMutationResult<Id, ConversationError, string> {
  const { kit, mutations } = useMutations()
  const recipe = mutations.deleteMessage(conversationId)
  return useWrite(
    forRow(
      kit,
      conversationId,
      recipe,
      (id) => id,
      (_key, id) => id,
    ),
    options,
  )
}

/** A recipe that takes the key of a row where it takes the id of a message. */
function forRow<V, C>(
  { store }: ConversationKit,
  conversationId: string,
  recipe: UseMutationOptions<Id, ConversationError, V, C>,
  keyIn: (variables: V) => string,
  withId: (variables: V, id: string) => V,
): UseMutationOptions<Id, ConversationError, V, C> {
  const idIn = (variables: V) => idOfRow(store.getState(), conversationId, keyIn(variables))
  const known = (variables: V) => withId(variables, idIn(variables) ?? keyIn(variables))
  return {
    ...recipe,
    onMutate: (variables, context) => recipe.onMutate?.(known(variables), context) as C,
    mutationFn: async (variables, context) => {
      await idAt(store, conversationId, keyIn(variables))
      return recipe.mutationFn!(known(variables), context)
    },
  }
}
