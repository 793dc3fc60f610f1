'use client'
import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { ConversationKit } from '../provider/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { createConversationMutations } from '../queries/index.ts'
import { attemptStorage } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { createDeferredDelete } from './deferred.ts'
import type { DeferredDelete, DeferredState, DeletionJournal } from './deferred.ts'
import { goneOf } from './gone.ts'
import { endThread } from './useWrites.ts'

const known = new WeakMap<ConversationKit, DeferredDelete<ConversationError>>()
const watchers = new WeakMap<DeferredDelete<ConversationError>, number>()

/** The deletions of a provider that can still be taken back. */
function deferredOf(kit: ConversationKit): DeferredDelete<ConversationError> {
  let deferred = known.get(kit)
  if (!deferred) {
    deferred = createDeferredDelete<ConversationError>({
      send: (id) => deleteNow(kit, id),
      gone: goneOf(kit),
      journal: journalOf(kit.client.scope),
      isLeaving: () => document.hidden,
    })
    known.set(kit, deferred)
  }
  return deferred
}

function deleteNow(kit: ConversationKit, id: string): Promise<unknown> {
  const { queryClient, client } = kit
  const recipe = createConversationMutations(client).delete()
  const options: typeof recipe = {
    ...recipe,
    onSuccess: (...told) => {
      endThread(kit, id)
      return recipe.onSuccess?.(...told)
    },
  }
  return queryClient.getMutationCache().build(queryClient, options).execute(id)
}

function journalOf(scope = 'default'): DeletionJournal {
  const options = { name: `conversation-kit:deleting:${scope}` }
  return {
    read: () => attemptStorage(options, (place) => parse(place.getItem(options.name))) ?? [],
    write: (ids) =>
      attemptStorage(options, (place) =>
        ids.length > 0 ? place.setItem(options.name, JSON.stringify(ids)) : place.removeItem(options.name),
      ),
  }
}

function parse(text: string | null): string[] {
  const ids: unknown = JSON.parse(text ?? '[]')
  return Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string' && id !== '') : []
}

/**
 * Deletes conversations so that it can be taken back: they leave every list of the provider at once, and the server is told 6 seconds
 * later. It is told right away when the page is hidden or left, and when the last component that uses this goes: nobody could take
 * it back any more. From then on the deletion is also written down in `localStorage`, by id, until the server has confirmed it; what a
 * closed page has not seen confirmed, the next one sends again. What was refused comes back, and is in `refused`.
 */
export function useDeferredDelete(): DeferredState<ConversationError> &
  Omit<DeferredDelete<ConversationError>, 'state'> {
  const kit = useConversationKit()
  const deferred = deferredOf(kit)
  useEffect(() => {
    watchers.set(deferred, (watchers.get(deferred) ?? 0) + 1)
    deferred.resume()
    const onHidden = () => {
      if (document.hidden) deferred.settle()
    }
    document.addEventListener('visibilitychange', onHidden)
    addEventListener('pagehide', deferred.settle)
    return () => {
      document.removeEventListener('visibilitychange', onHidden)
      removeEventListener('pagehide', deferred.settle)
      watchers.set(deferred, watchers.get(deferred)! - 1)
      // Another one may come in its place in the same moment.
      setTimeout(() => watchers.get(deferred) === 0 && deferred.settle(), 0)
    }
  }, [deferred])
  const { state, ...rest } = deferred
  return { ...useStore(state), ...rest }
}
