import { createStore } from 'zustand'
import type { StoreApi } from 'zustand'
import type { ConversationKit } from '../provider/index.ts'
import { endThread } from './useWrites.ts'

const known = new WeakMap<ConversationKit, StoreApi<ReadonlySet<string>>>()

/** The conversations that are being deleted, or are about to be: no list of the provider shows them. */
export function goneOf(kit: ConversationKit): StoreApi<ReadonlySet<string>> {
  let gone = known.get(kit)
  if (!gone) known.set(kit, (gone = createStore<ReadonlySet<string>>(() => new Set())))
  return gone
}

/** Takes what was deleted without the hooks off every list of the provider, and ends what goes on in it. */
export function markGone(kit: ConversationKit, ids: readonly string[]): void {
  const gone = goneOf(kit)
  const fresh = ids.filter((id) => !gone.getState().has(id))
  if (fresh.length === 0) return
  gone.setState(new Set([...gone.getState(), ...fresh]), true)
  for (const id of fresh) endThread(kit, id)
}
