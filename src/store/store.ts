import { createJSONStorage, devtools, persist } from 'zustand/middleware'
import { createStore } from 'zustand/vanilla'
import type { StateCreator, StoreApi } from 'zustand/vanilla'
import type { ShownMessages } from './rows.ts'
import type { LiveTurn } from './turn.ts'

export interface ChatState {
  /** What the server has not stored yet, by conversation id, or by the local id of a conversation that is not created yet. */
  live: Readonly<Record<string, LiveTurn | undefined>>
  /** Which conversation a local id became. */
  created: Readonly<Record<string, string>>
  /** The local id of the chat that was given no conversation id, as long as it is shown. */
  unnamed: string | null
  /** The same of one that nobody shows any more. The next chat without an id goes on with it. */
  left: string | null
  /** How stored messages were shown before they were stored, by their id. */
  shown: ShownMessages
  /** What is typed and not sent, by the key the composer gives. */
  drafts: Readonly<Record<string, string>>
  panel: { open: boolean; unread: number; activeConversationId: string | null }
}

export interface ChatActions {
  setDraft: (key: string, text: string) => void
  /** Opening the panel marks everything read. */
  setOpen: (open: boolean) => void
  markRead: () => void
  setActive: (id: string | null) => void
  /** Ends every stream and forgets everything. */
  reset: () => void
}

export type ChatStore = StoreApi<ChatState & { actions: ChatActions }>

export interface ChatStoreOptions {
  /**
   * Keep drafts and the panel across reloads, under this name. `storage` is `localStorage` when it is left out.
   * @default false
   */
  persist?: false | { name: string; storage?: Storage }
  /** Show the store in the Redux devtools. @default false */
  devtools?: boolean
}

const EMPTY: ChatState = {
  live: {},
  created: {},
  unnamed: null,
  left: null,
  shown: {},
  drafts: {},
  panel: { open: false, unread: 0, activeConversationId: null },
}

type State = ChatState & { actions: ChatActions }

const initialize: StateCreator<State> = (set, get) => {
  const setPanel = (panel: Partial<ChatState['panel']>) => set((state) => ({ panel: { ...state.panel, ...panel } }))
  return {
    ...EMPTY,
    actions: {
      setDraft: (key, text) =>
        set(({ drafts: { [key]: _before, ...drafts } }) => ({
          drafts: text === '' ? drafts : { ...drafts, [key]: text },
        })),
      setOpen: (open) => setPanel(open ? { open, unread: 0 } : { open }),
      markRead: () => setPanel({ unread: 0 }),
      setActive: (activeConversationId) => setPanel({ activeConversationId }),
      reset: () => {
        const { live } = get()
        set(EMPTY)
        for (const turn of Object.values(live)) turn?.controller?.abort()
      },
    },
  }
}

/** A store for one provider: what is going on, what is typed, and the panel. Nothing in it comes from the server's storage. */
export function createChatStore(options: ChatStoreOptions = {}): ChatStore {
  let creator: StateCreator<State> = initialize
  if (options.persist) {
    const { name, storage } = options.persist
    creator = persist(creator, {
      name,
      storage: createJSONStorage(() => storage ?? localStorage),
      partialize: ({ drafts, panel: { open, activeConversationId } }) => ({
        drafts,
        panel: { open, activeConversationId },
      }),
      merge: (kept, state) => mergeKept(kept, state),
    }) as StateCreator<State>
  }
  if (options.devtools) creator = devtools(creator, { name: 'conversation-kit' }) as StateCreator<State>
  return createStore(creator)
}

/** What another version or somebody else left in the storage is taken only as far as it is what we keep there. */
function mergeKept(kept: unknown, state: State): State {
  if (typeof kept !== 'object' || kept === null) return state
  const { drafts, panel } = kept as { drafts?: unknown; panel?: unknown }
  const typed = Object.entries(typeof drafts === 'object' && drafts !== null ? drafts : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  const { open, activeConversationId } = (typeof panel === 'object' && panel !== null ? panel : {}) as Record<
    string,
    unknown
  >
  return {
    ...state,
    drafts: { ...state.drafts, ...Object.fromEntries(typed) },
    panel: {
      ...state.panel,
      ...(typeof open === 'boolean' && { open }),
      ...(typeof activeConversationId === 'string' && { activeConversationId }),
    },
  }
}
