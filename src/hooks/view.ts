import type { ConversationKit } from '../provider/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { joinThread, queueOf, turnOf } from '../store/index.ts'
import type { ChatMessage, JoinOptions, LiveTurn, QueuedMessage, ShownMessages } from '../store/index.ts'
import { givenIn } from './given.ts'
import type { Given } from './given.ts'
import { messagesKey, storedMessages } from './settle.ts'

interface View {
  pages: MessagePages | undefined
  shown: ShownMessages
  turn: LiveTurn | undefined
  queue: readonly QueuedMessage[]
  keys: string[]
  rows: Given['rows']
  said: readonly { text: string }[]
}

/**
 * What is on screen of one conversation, for all who look at single rows of it. A token changes one row and tells the reader of
 * that row only, so that its cost does not grow with the length of the thread.
 */
export interface ThreadView {
  keys: () => string[]
  row: (key: string) => ChatMessage | undefined
  /** What the rows say, in order, for who looks at all of them at once; one that is being streamed is as it began. */
  said: () => View['said']
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

/** No row has this key. */
const KEYS = ''

function createView(kit: ConversationKit, thread: string): ThreadView {
  const { store, queryClient } = kit
  let view: View | undefined
  /** By the key of the row they look at, or under `KEYS`. */
  const listeners = new Map<string, Set<() => void>>()
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
    const same = before?.rows === after.rows
    const reply = after.turn?.reply?.key
    for (const [key, told] of listeners) {
      const calm =
        key === KEYS
          ? before?.keys === after.keys
          : key !== reply && (same || before?.rows.get(key) === after.rows.get(key))
      if (!calm) for (const listener of told) listener()
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
  const listen = (key: string, listener: () => void) => {
    if (!stop) start()
    const told = listeners.get(key) ?? new Set()
    listeners.set(key, told)
    told.add(listener)
    return () => {
      told.delete(listener)
      if (told.size === 0 && listeners.get(key) === told) listeners.delete(key)
      if (listeners.size > 0) return
      stop?.()
      stop = undefined
      view = undefined
    }
  }

  const self: ThreadView = {
    keys: () => current().keys,
    said: () => current().said,
    row: (key) => {
      const { turn, rows } = current()
      const reply = turn?.reply
      return reply?.key === key && reply.status === 'streaming' ? reply : rows.get(key)
    },
    onKeys: (listener) => listen(KEYS, listener),
    onRow: listen,
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
  // No row is made before it is seen, as long as there are no others.
  const given = now.pages || include || now.queue.length > 0 ? undefined : givenIn(now.turn)
  if (given) return { ...now, ...given }
  const rows = new Map<string, ChatMessage>()
  for (const row of allRows(now, include)) rows.set(row.key, row)
  const keys = [...rows.keys()]
  const same = before?.keys.length === keys.length && before.keys.every((key, index) => key === keys[index])
  return { ...now, keys: same ? before.keys : keys, rows, said: [...rows.values()] }
}

/** What is stored, what is going on, and what waits. */
export const allRows = ({ pages, turn, shown, queue }: Sources, include: JoinOptions['include']): ChatMessage[] => [
  ...joinThread(storedMessages(pages), turn, { shown, include }),
  ...queue.map(({ row }) => row),
]
