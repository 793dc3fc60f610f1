import { createStore } from 'zustand/vanilla'
import type { StateCreator, StoreApi } from 'zustand/vanilla'
import { persistIn } from './persist.ts'
import type { PersistOptions } from './attempt.ts'
import type { QueuedMessage, WaitingVote } from './queue.ts'
import type { ShownMessages } from './rows.ts'
import type { LiveTurn } from './turn.ts'

export interface ChatState {
  /** What the server has not stored yet, by conversation id, or by the local id of a conversation that is not created yet. */
  live: Readonly<Record<string, LiveTurn | undefined>>
  /** What was said and waits to be sent, in that order, by the same ids. */
  queued: Readonly<Record<string, readonly QueuedMessage[]>>
  /** Votes that are not confirmed, by what they are on. */
  votes: Readonly<Record<string, WaitingVote>>
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
   * Keep drafts, the panel and what waits to be sent across reloads. What a page has left waits for a chat of its conversation, or
   * its vote buttons, to be shown.
   * @default false
   */
  persist?: false | PersistOptions
  /** Show the store in the Redux devtools. @default false */
  devtools?: boolean
}

const EMPTY: ChatState = {
  live: {},
  queued: {},
  votes: {},
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
        const { live, queued } = get()
        set(EMPTY)
        for (const turn of Object.values(live)) turn?.controller?.abort()
        for (const { drop } of Object.values(queued).flat()) drop?.()
      },
    },
  }
}

/** A store that keeps nothing across reloads. */
export const createPlainStore = (): ChatStore => createStore(initialize)

/** A store for one provider: what is going on, what is typed, and the panel. Nothing in it comes from the server's storage. */
export function createChatStore(options: ChatStoreOptions = {}): ChatStore {
  const store = createPlainStore()
  if (options.persist) {
    persistIn(store, options.persist)
    void keepQueue(store, options.persist)
  }
  if (options.devtools) void mirrorInDevtools(store)
  return store
}

/** Only who keeps what waits downloads what that takes. */
async function keepQueue(store: ChatStore, options: PersistOptions): Promise<void> {
  const { keepOutbox } = await import('./outbox.ts')
  keepOutbox(store, options)
}

/** The devtools see a store that follows ours, so that nobody else downloads what they need. */
async function mirrorInDevtools(store: ChatStore): Promise<void> {
  const { devtools } = await import('zustand/middleware')
  const mirror = createStore(devtools(() => store.getState(), { name: 'conversation-kit' }))
  store.subscribe((state) => mirror.setState(state))
}
