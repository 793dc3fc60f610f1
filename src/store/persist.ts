import type { StoreApi } from 'zustand/vanilla'
import { attemptStorage } from './attempt.ts'
import type { PersistOptions } from './attempt.ts'
import type { ChatState } from './store.ts'

/** What is kept across reloads. */
type Kept = Pick<ChatState, 'drafts'> & { panel: Pick<ChatState['panel'], 'open' | 'activeConversationId'> }

/** Reads drafts and the panel from a storage, and writes them there when they change. */
export function persistIn<S extends ChatState>(store: StoreApi<S>, options: PersistOptions): void {
  const { name } = options
  const kept = attemptStorage(options, (place) => parseKept(place.getItem(name)))
  if (kept)
    store.setState((state) => ({
      ...state,
      drafts: { ...state.drafts, ...kept.drafts },
      panel: { ...state.panel, ...kept.panel },
    }))
  store.subscribe(({ drafts, panel }, before) => {
    if (drafts === before.drafts && panel === before.panel) return
    const { open, activeConversationId } = panel
    const next: Kept = { drafts, panel: { open, activeConversationId } }
    attemptStorage(options, (place) => place.setItem(name, JSON.stringify(next)))
  })
}

/** What another version or somebody else left there is taken only as far as it is what we keep. */
function parseKept(text: string | null): { drafts: Kept['drafts']; panel: Partial<Kept['panel']> } {
  const { drafts, panel } = asRecord(JSON.parse(text ?? 'null'))
  const { open, activeConversationId } = asRecord(panel)
  return {
    drafts: Object.fromEntries(
      Object.entries(asRecord(drafts)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    panel: {
      ...(typeof open === 'boolean' && { open }),
      ...(typeof activeConversationId === 'string' && { activeConversationId }),
    },
  }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
