'use client'
import { useCallback, useSyncExternalStore } from 'react'
import { createStore } from 'zustand'
import type { StoreApi } from 'zustand'
import { useConversationKit } from '../../provider/index.ts'
import type { ConversationKit } from '../../provider/index.ts'

type Unsaved = StoreApi<ReadonlyMap<string, unknown>>

const known = new WeakMap<ConversationKit['store'], Unsaved>()

function unsavedOf(store: ConversationKit['store']): Unsaved {
  let unsaved = known.get(store)
  if (!unsaved) known.set(store, (unsaved = createStore<ReadonlyMap<string, unknown>>(() => new Map())))
  return unsaved
}

/**
 * What was written in a place and not saved. It is a state that outlives its component: who opens another conversation, or scrolls,
 * finds it again. `undefined` is nothing. It goes with the page.
 */
export function useUnsaved<T>(place: string): [T | undefined, (change: (now: T | undefined) => T | undefined) => void] {
  const unsaved = unsavedOf(useConversationKit().store)
  const read = () => unsaved.getState().get(place) as T | undefined
  const set = useCallback(
    (change: (now: T | undefined) => T | undefined) => {
      const before = unsaved.getState()
      const next = change(before.get(place) as T | undefined)
      if (next === before.get(place)) return
      const after = new Map(before)
      if (next === undefined) after.delete(place)
      else after.set(place, next)
      unsaved.setState(after, true)
    },
    [unsaved, place],
  )
  return [useSyncExternalStore(unsaved.subscribe, read, read), set]
}
