import type { ConversationKit } from '../provider/index.ts'
import { goneOf } from './gone.ts'
import { endThread } from './useWrites.ts'

/** Takes what was deleted without the hooks off every list of the provider, and ends what goes on in it. */
export function markGone(kit: ConversationKit, ids: readonly string[]): void {
  const gone = goneOf(kit)
  const fresh = ids.filter((id) => !gone.getState().has(id))
  if (fresh.length === 0) return
  gone.setState(new Set([...gone.getState(), ...fresh]), true)
  for (const id of fresh) endThread(kit, id)
}
