import { createStore } from 'zustand'
import type { StoreApi } from 'zustand'
import type { ConversationKit } from '../provider/index.ts'

const known = new WeakMap<ConversationKit, StoreApi<ReadonlySet<string>>>()

/** The conversations that are being deleted, or are about to be: no list of the provider shows them. */
export function goneOf(kit: ConversationKit): StoreApi<ReadonlySet<string>> {
  let gone = known.get(kit)
  if (!gone) known.set(kit, (gone = createStore<ReadonlySet<string>>(() => new Set())))
  return gone
}
