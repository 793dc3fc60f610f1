'use client'
import type { UseMutationResult } from '@tanstack/react-query'
import { useMemo } from 'react'
import type {
  ContactRequest,
  ConversationCreateRequest,
  ConversationSendMessageRequest,
  ConversationSendMessageResponse,
  ConversationUpdateRequest,
  Id,
} from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { createConversationMutations } from '../queries/index.ts'
import { cancelQueued, turnOf, writeTurn } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { mergeStored } from './steps.ts'
import { useWrite } from './writeOptions.ts'
import type { WriteOptions } from './writeOptions.ts'

/** The provider's things, and the recipes for writing made of them. */
export function useMutations() {
  const kit = useConversationKit()
  const mutations = useMemo(() => createConversationMutations(kit.client), [kit.client])
  return { kit, mutations }
}

/** Creates a conversation. The lists are read again. */
export function useCreateConversation(
  options?: WriteOptions<ConversationCreateRequest>,
): UseMutationResult<Id, ConversationError, ConversationCreateRequest> {
  return useWrite(useMutations().mutations.create(), options)
}

/** Changes the options of a conversation. Shown at once in its detail and in the lists, taken back when the server refuses. */
export function useUpdateConversation(
  id: string,
  options?: WriteOptions<ConversationUpdateRequest>,
): UseMutationResult<Id, ConversationError, ConversationUpdateRequest> {
  return useWrite(useMutations().mutations.update(id), options)
}

/** Deletes a conversation. It leaves the lists at once and comes back when the server refuses. A reply under way in it ends. */
export function useDeleteConversation(
  options?: WriteOptions<string>,
): UseMutationResult<Id, ConversationError, string> {
  const { kit, mutations } = useMutations()
  const recipe = mutations.delete()
  return useWrite(
    {
      ...recipe,
      onSuccess: (data, id, undo, context) => {
        endThread(kit, id)
        return recipe.onSuccess?.(data, id, undo, context)
      },
    },
    options,
  )
}

/** Nothing is said any more in a conversation that is gone. */
export function endThread({ store }: ConversationKit, id: string): void {
  const turn = turnOf(store.getState(), id)
  cancelQueued(store, id)
  writeTurn(store, id, undefined)
  turn?.controller?.abort()
}

/** Stores a user message without asking for a reply. It is in the list of messages when this succeeds. */
export function useSendMessage(
  id: string,
  options?: WriteOptions<ConversationSendMessageRequest, ConversationSendMessageResponse>,
): UseMutationResult<ConversationSendMessageResponse, ConversationError, ConversationSendMessageRequest> {
  const { kit, mutations } = useMutations()
  // It is stored; when the list cannot be read now, it comes with the next reading.
  return useWrite({ ...mutations.send(id), onSuccess: () => mergeStored(kit, id) }, options)
}

/** Attaches a contact to a conversation that has none. */
export function useUpsertContact(
  id: string,
  options?: WriteOptions<ContactRequest>,
): UseMutationResult<Id, ConversationError, ContactRequest> {
  return useWrite(useMutations().mutations.upsertContact(id), options)
}
