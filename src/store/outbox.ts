import { ConversationError } from '../transport/index.ts'
import { userMessage } from './message.ts'
import type { ChatMessage } from './message.ts'
import { attemptStorage } from './attempt.ts'
import type { PersistOptions } from './attempt.ts'
import { voteKey } from './queue.ts'
import type { QueuedMessage, RunRequest, WaitingVote } from './queue.ts'
import type { ChatState, ChatStore } from './store.ts'
import { isLocalKey, localKey } from './threads.ts'
import { isBusy, restingTurn } from './turn.ts'
import type { LiveTurn } from './turn.ts'

/** What a page leaves behind: messages that wait, those whose answer had not come, and votes. */
interface Kept {
  threads: KeptThread[]
  votes: WaitingVote[]
}

interface KeptThread {
  id: string
  queued: KeptMessage[]
  /** Under way: the server may have it, and has it when it had `arrived`. `code` is how it had failed. */
  flying?: KeptMessage & { after?: string | null; arrived?: boolean; code: string }
}

interface KeptMessage {
  row: Pick<ChatMessage, 'key' | 'text' | 'createdAt' | 'meta'>
  request: RunRequest
}

/**
 * Keeps what waits across reloads. Each page has a place of its own in the storage, locked as long as the page lives; what a page
 * leaves there is taken over by the next one, and by one only.
 */
export function keepOutbox(store: ChatStore, options: PersistOptions): void {
  const prefix = `${options.name}:outbox:`
  const own = prefix + localKey()
  const keys = attemptStorage(options, (place) => Array.from({ length: place.length }, (_, at) => place.key(at)))
  let written: string | undefined
  const write = () => {
    const kept = keptOf(store.getState())
    const text = kept.threads.length + kept.votes.length > 0 ? JSON.stringify(kept) : undefined
    if (text === written) return
    written = text
    attemptStorage(options, (place) => (text === undefined ? place.removeItem(own) : place.setItem(own, text)))
  }
  whenFree(own, () => {
    write()
    store.subscribe(write)
    // For as long as the page lives.
    return new Promise(() => {})
  })
  for (const key of keys ?? []) {
    if (!key?.startsWith(prefix)) continue
    whenFree(key, () => {
      const kept = attemptStorage(options, (place) => parseKept(place.getItem(key)))
      // Written to our own place before it leaves the other.
      if (kept) restore(store, kept)
      attemptStorage(options, (place) => place.removeItem(key))
    })
  }
}

/** Works under a lock that the browser frees when a page is gone. Where there are no locks, at once. */
function whenFree(name: string, work: () => unknown): void {
  const locks = globalThis.navigator?.locks as LockManager | undefined
  if (locks) void locks.request(name, async () => work()).catch(() => {})
  else void work()
}

function keptOf({ live, queued, votes }: ChatState): Kept {
  const ids = new Set([...Object.keys(live), ...Object.keys(queued)])
  const threads = [...ids].flatMap((id) => {
    const flying = flyingIn(live[id])
    // A message that begins to be sent is for a moment in both places, and a page may be gone in that moment.
    const waiting = (queued[id] ?? []).filter(({ row }) => row.key !== flying?.row.key)
    const thread = { id, queued: waiting.map(keptMessage), flying }
    return thread.flying || thread.queued.length > 0 ? [thread] : []
  })
  return { threads, votes: Object.values(votes) }
}

const keptMessage = ({
  row: { key, text, createdAt, meta },
  request,
}: Omit<KeptMessage, 'row'> & { row: ChatMessage }) => ({
  row: { key, text, createdAt, ...(meta && { meta }) },
  request,
})

function flyingIn(turn: LiveTurn | undefined): KeptThread['flying'] {
  if (!turn?.user || !(isBusy(turn) || turn.status === 'error')) return undefined
  const { user, request = {}, after, error } = turn
  const arrived = user.status === 'sent'
  return { ...keptMessage({ row: user, request }), after, arrived, code: error?.code ?? 'STREAM_INTERRUPTED' }
}

function restore(store: ChatStore, { threads, votes }: Kept): void {
  store.setState((state) => {
    const next = { live: { ...state.live }, queued: { ...state.queued }, votes: { ...state.votes }, left: state.left }
    for (const { id: kept, queued, flying } of threads) {
      const unnamed = isLocalKey(kept)
      // A chat that had no name yet goes on in the one that is shown, or in the next one.
      const id = unnamed ? (state.unnamed ?? kept) : kept
      if (unnamed && id === kept) next.left = id
      if (queued.length > 0) next.queued[id] = [...queued.map(restoredMessage), ...(next.queued[id] ?? [])]
      if (!flying) continue
      const { row } = restoredMessage(flying)
      const user: ChatMessage = { ...row, status: flying.arrived ? 'sent' : 'failed' }
      const turn = next.live[id]
      const past = turn ? [...turn.past, ...(turn.user || turn.reply ? [turn] : [])] : []
      if (turn && (isBusy(turn) || turn.status === 'error'))
        next.live[id] = { ...turn, past: [...turn.past, { user, after: flying.after }] }
      else next.live[id] = { ...brokenOff(user, flying), past }
    }
    for (const vote of votes) next.votes[voteKey(vote)] ??= { ...vote, restored: true }
    return next
  })
}

const brokenOff = (user: ChatMessage, { request, after, code }: NonNullable<KeptThread['flying']>): LiveTurn => ({
  ...restingTurn([]),
  status: 'error',
  error: new ConversationError({ code, message: 'The page was closed before this was answered.' }),
  end: 'error',
  startedAt: user.createdAt,
  user,
  request,
  after,
  restored: true,
})

const restoredMessage = ({ row: { key, text, createdAt, meta }, request }: KeptMessage): QueuedMessage => ({
  row: { ...userMessage(key, text, createdAt, meta), status: 'queued' },
  request,
})

/** What another version or somebody else left there is taken only as far as it is what we keep. */
function parseKept(text: string | null): Kept {
  const { threads, votes } = JSON.parse(text ?? '{}') as { threads?: unknown; votes?: unknown }
  return {
    threads: listOf<KeptThread>(threads).flatMap(({ id, queued, flying }) =>
      typeof id === 'string'
        ? [{ id, queued: listOf<KeptMessage>(queued).filter(isMessage), ...(isMessage(flying) && { flying }) }]
        : [],
    ),
    votes: listOf<WaitingVote>(votes).filter(
      (vote) => typeof vote.conversationId === 'string' && (vote.vote === 'up' || vote.vote === 'down'),
    ),
  }
}

/** The objects of a list from elsewhere, whose members may be anything. */
const listOf = <T extends object>(value: unknown): T[] =>
  (Array.isArray(value) ? (value as T[]) : []).filter((item) => typeof item === 'object' && item !== null)

const isMessage = <T extends KeptMessage>(message: T | undefined): message is T =>
  typeof message?.row?.key === 'string' && typeof message.row.text === 'string' && typeof message.request === 'object'
