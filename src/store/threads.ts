import type { ChatState, ChatStore } from './store.ts'
import { mergeShown } from './thread.ts'
import type { ShownMessages } from './rows.ts'
import type { LiveTurn } from './turn.ts'

/** What goes on under an id: of a conversation, or the local id of one that is not created yet. */
export const turnOf = (state: ChatState, thread: string): LiveTurn | undefined =>
  state.live[state.created[thread] ?? thread]

/** Writes a turn, and the marks of its stored messages. `undefined` takes it out of the store. */
export function writeTurn(
  store: ChatStore,
  thread: string,
  turn: LiveTurn | undefined,
  marks: ShownMessages = {},
): void {
  store.setState((state) => {
    const id = state.created[thread] ?? thread
    const shown = mergeShown(state.shown, marks)
    if (state.live[id] === turn && shown === state.shown) return state
    return { live: replaced(state.live, id, turn), shown }
  })
}

/** Names the conversation that a local id has become. What went on under the local id goes on under the new one. */
export function nameThread(store: ChatStore, local: string, conversationId: string): void {
  store.setState((state) => ({
    created: { ...state.created, [local]: conversationId },
    live: replaced(replaced(state.live, local, undefined), conversationId, state.live[local]),
    queued: replaced(replaced(state.queued, local, undefined), conversationId, state.queued[local]),
  }))
}

/** A record with something else in one place, or with nothing there. */
export function replaced<T>(
  record: Readonly<Record<string, T | undefined>>,
  id: string,
  value: T | undefined,
): Record<string, T> {
  const { [id]: _before, ...others } = record
  return (value === undefined ? others : { ...others, [id]: value }) as Record<string, T>
}

/** The server's id of a row, found by its key or its id; `undefined` when it is not known yet. `null` when nobody is going to know it. */
export function idOfRow(state: ChatState, thread: string, keyOrId: string): string | null | undefined {
  const turn = turnOf(state, thread)
  for (const rows of turn ? [turn, ...turn.past] : []) {
    for (const row of [rows.user, rows.reply]) if (row?.key === keyOrId) return row.id ?? undefined
  }
  if (!isLocalKey(keyOrId)) return keyOrId
  return Object.values(state.shown).find((mark) => mark.key === keyOrId)?.id ?? null
}

const LOCAL = 'local:'

/** A key for something that the server has not named. */
export const localKey = (): string =>
  `${LOCAL}${Math.random().toString(36).slice(2, 12)}${(sequence += 1).toString(36)}`

let sequence = 0

/** Whether a key was made here and is no server id. */
export const isLocalKey = (key: string): boolean => key.startsWith(LOCAL)
