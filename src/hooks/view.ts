import type { ConversationKit } from '../provider/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { joinThread, queueOf, turnOf } from '../store/index.ts'
import type { ChatMessage, JoinOptions, LiveTurn, QueuedMessage, ShownMessages } from '../store/index.ts'
import { messagesKey, storedMessages } from './settle.ts'

interface View {
  pages: MessagePages | undefined
  shown: ShownMessages
  turn: LiveTurn | undefined
  queue: readonly QueuedMessage[]
  keys: string[]
  rows: ReadonlyMap<string, ChatMessage>
}

/**
 * What is on screen of one conversation, for all who look at single rows of it. A token changes one row and tells the reader of
 * that row only, so that its cost does not grow with the length of the thread.
 */
export interface ThreadView {
  keys: () => string[]
  row: (key: string) => ChatMessage | undefined
  /** All rows, for who looks at many of them at once; one that is being streamed is as it began. */
  rows: () => ReadonlyMap<string, ChatMessage>
  /** Told when rows come, go or are handed over. */
  onKeys: (listener: () => void) => () => void
  onRow: (key: string, listener: () => void) => () => void
  /** What the talk begins with, for the first rendering: the store is told of it after that. */
  opening?: LiveTurn | undefined
}

const views = new WeakMap<ConversationKit, Map<string, ThreadView>>()

/** The view of a conversation, or of a local id; one for each provider. */
export function viewOf(kit: ConversationKit, thread: string): ThreadView {
  let known = views.get(kit)
  if (!known) views.set(kit, (known = new Map()))
  let view = known.get(thread)
  if (!view) known.set(thread, (view = createView(kit, thread)))
  return view
}

function createView(kit: ConversationKit, thread: string): ThreadView {
  const { store, queryClient } = kit
  let view: View | undefined
  const keyListeners = new Set<() => void>()
  const rowListeners = new Map<string, Set<() => void>>()
  let stop: (() => void) | undefined
  let place: { id: string; hash: string } | undefined

  /** Where the cache holds the messages. Asked for several times a frame, and a key costs more to hash than all the rest. */
  const hash = (): string => {
    const id = store.getState().created[thread] ?? thread
    if (place?.id !== id)
      place = { id, hash: queryClient.defaultQueryOptions({ queryKey: messagesKey(kit, id) }).queryHash }
    return place.hash
  }
  const current = (): View => {
    const state = store.getState()
    const pages = queryClient.getQueryCache().get<MessagePages>(hash())?.state.data
    const turn = turnOf(state, thread) ?? self.opening
    const now = { pages, shown: state.shown, turn, queue: queueOf(state, thread) }
    if (view && isSame(view, now) && view.turn === turn) return view
    view = grown(view, now) ?? joined(view, now, kit.include)
    return view
  }

  const update = () => {
    const before = view
    const after = current()
    if (before === after) return
    if (before?.keys !== after.keys) for (const listener of keyListeners) listener()
    if (before?.rows === after.rows) {
      // Only the reply went on.
      const key = after.turn?.reply?.key
      if (key !== undefined) for (const listener of rowListeners.get(key) ?? []) listener()
      return
    }
    for (const [key, listeners] of rowListeners) {
      if (before?.rows.get(key) === after.rows.get(key) && key !== after.turn?.reply?.key) continue
      for (const listener of listeners) listener()
    }
  }

  const start = () => {
    current()
    const stops = [
      store.subscribe(update),
      queryClient.getQueryCache().subscribe((event) => {
        if (event.query.queryHash === hash()) update()
      }),
    ]
    stop = () => stops.forEach((end) => end())
  }
  const listen = (listeners: Set<() => void>, listener: () => void, done: () => void) => {
    if (!stop) start()
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      done()
      if (keyListeners.size > 0 || rowListeners.size > 0) return
      stop?.()
      stop = undefined
      view = undefined
    }
  }

  const self: ThreadView = {
    keys: () => current().keys,
    rows: () => current().rows,
    row: (key) => {
      const { turn, rows } = current()
      const reply = turn?.reply
      return reply?.key === key && reply.status === 'streaming' ? reply : rows.get(key)
    },
    onKeys: (listener) => listen(keyListeners, listener, () => {}),
    onRow: (key, listener) => {
      const listeners = rowListeners.get(key) ?? new Set()
      rowListeners.set(key, listeners)
      return listen(listeners, listener, () => {
        if (listeners.size === 0 && rowListeners.get(key) === listeners) rowListeners.delete(key)
      })
    },
  }
  return self
}

type Sources = Pick<View, 'pages' | 'shown' | 'turn' | 'queue'>

/** Whether nothing happened, but maybe in the turn. */
const isSame = (before: Sources, now: Sources): boolean =>
  before.pages === now.pages && before.shown === now.shown && before.queue === now.queue

/** The view after a reply went on and nothing else happened. */
function grown(before: View | undefined, now: Sources): View | undefined {
  const old = before?.turn
  const { turn } = now
  if (!before || !old?.reply || !turn?.reply || !isSame(before, now)) return undefined
  const same =
    old.reply.key === turn.reply.key &&
    old.reply.status === 'streaming' &&
    turn.reply.status === 'streaming' &&
    old.user === turn.user &&
    old.past === turn.past
  return same ? { ...before, turn } : undefined
}

function joined(before: View | undefined, now: Sources, include: JoinOptions['include']): View {
  const rows = new Map<string, ChatMessage>()
  for (const row of allRows(now, include)) rows.set(row.key, row)
  const keys = [...rows.keys()]
  const same = before?.keys.length === keys.length && before.keys.every((key, index) => key === keys[index])
  return { ...now, keys: same ? before.keys : keys, rows }
}

/** What is stored, what is going on, and what waits. */
export const allRows = ({ pages, turn, shown, queue }: Sources, include: JoinOptions['include']): ChatMessage[] => [
  ...joinThread(storedMessages(pages), turn, { shown, include }),
  ...queue.map(({ row }) => row),
]
