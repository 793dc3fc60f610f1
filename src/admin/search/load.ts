import { isOnline, onReturn } from '../../hooks/index.ts'
import { named } from '../../queries/index.ts'
import type { QueryTransport } from '../../queries/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { toConversationError } from '../../transport/index.ts'
import type { ConversationError } from '../../transport/index.ts'
import { isGone } from '../isGone.ts'
import type { Source } from './source.ts'

/** Where loading in the background stands. */
export interface LoadState {
  /**
   * `offline`: it goes on by itself when the network is back. `failed`: something could not be read; all the rest was, and the next `load` goes on
   * with it.
   */
  status: 'idle' | 'loading' | 'offline' | 'failed'
  /** Whether there are conversations that nobody has loaded. Assumed as long as none was read. */
  more: boolean
  /** Conversations that are known, and whose messages were not all read. */
  unread: number
  /** Conversations of this round whose messages were read, */
  done: number
  /** of how many. It grows while more are listed. */
  total: number
  /** Conversations whose messages could not be read. */
  failed: number
  /** The last error. */
  error?: ConversationError
}

export interface Loader {
  get: () => LoadState
  subscribe: (listener: () => void) => () => void
  /** Loads the next 500 conversations, and the messages of all that are known and were not read. While it does, nothing more. */
  load: () => void
  /** Looks whether there is more to load, by what the page has loaded meanwhile. */
  look: () => void
  /** Ends it. What was loaded stays, and the next `load` goes on from there. */
  cancel: () => void
}

/** How far a list of all conversations was read. */
export interface Place {
  /** The last ones of it, in order. */
  ids: readonly string[]
  /** Whether there are conversations behind them. */
  more: boolean
}

interface LoaderOptions {
  client: QueryTransport
  source: Source
  /** Where the page's own list of all conversations ends; `undefined` when there is none. */
  placeOf: () => Place | undefined
}

const PAGE = 100
/** Pages of conversations that one press loads. */
const PAGES = 5
/** Conversations whose messages are read at a time: a browser keeps six connections to a server, and the reader needs some. */
const AT_ONCE = 3
/** Of a longer conversation the newest 2,000 messages are read. */
const MESSAGE_PAGES = 20

export function createLoader({ client, source, placeOf }: LoaderOptions): Loader {
  const listeners = new Set<() => void>()
  const failures = new Set<string>()
  let state: LoadState = { status: 'idle', more: true, unread: 0, done: 0, total: 0, failed: 0 }
  let place: Place | undefined
  let stop: AbortController | undefined

  function tell(change: Partial<LoadState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  /** Waits for the network, and asks again what was lost with it. */
  async function ask<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    for (;;) {
      await back(signal)
      try {
        return await call()
      } catch (error) {
        signal.throwIfAborted()
        if (isOnline()) throw error
      }
    }
  }

  async function back(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (isOnline()) return
    tell({ status: 'offline' })
    await new Promise<void>((resolve) => {
      const end = onReturn(resolve)
      signal.addEventListener('abort', () => {
        end()
        resolve()
      })
    })
    signal.throwIfAborted()
    tell({ status: 'loading' })
  }

  async function readMessages(id: string, signal: AbortSignal): Promise<void> {
    let next: string | undefined
    for (let page = 0; page < MESSAGE_PAGES; page += 1) {
      const at = next
      const { items } = await ask(signal, () =>
        named(client.message.list(id, { order: 'desc', take: PAGE, cursor: at }, { signal })),
      )
      for (const message of items) source.putMessage(id, message)
      source.flush()
      next = items.length < PAGE ? undefined : items.at(-1)?.id
      if (next === undefined) break
    }
    source.setWhole(id)
  }

  /**
   * The page behind some conversations. Behind one that was deleted meanwhile the server knows no place and answers with nothing, as it does
   * at the end: it is asked for what is behind one before, and at last for what there is at all.
   */
  async function listAfter(ids: readonly string[], signal: AbortSignal): Promise<readonly ConversationInstance[]> {
    for (let back = 1; ; back *= 2) {
      const cursor = ids.at(-back)
      const { items } = await ask(signal, () => named(client.list({ order: 'desc', take: PAGE, cursor }, { signal })))
      if (items.length > 0 || cursor === undefined) return items
    }
  }

  async function run(signal: AbortSignal): Promise<void> {
    const waiting = source.partial()
    const queued = new Set(waiting)
    let listing = true
    let wake: (() => void)[] = []
    const wakeAll = () => {
      for (const each of wake.splice(0)) each()
    }
    signal.addEventListener('abort', wakeAll)
    failures.clear()
    tell({ status: 'loading', done: 0, total: waiting.length, failed: 0, error: undefined })

    async function list(): Promise<void> {
      try {
        let now = place ?? placeOf() ?? { ids: [], more: true }
        for (let page = 0; page < PAGES && now.more; page += 1) {
          const items = await listAfter(now.ids, signal)
          place = now = { ids: items.map(({ id }) => id), more: items.length === PAGE }
          for (const conversation of items) {
            source.putConversation(conversation)
            if (!queued.has(conversation.id)) waiting.push(conversation.id)
            queued.add(conversation.id)
          }
          source.flush()
          const partial = new Set(source.partial())
          const left = waiting.filter((id) => partial.has(id))
          waiting.splice(0, waiting.length, ...left)
          tell({ more: now.more, total: state.done + failures.size + busy + waiting.length })
          wakeAll()
        }
      } finally {
        listing = false
        wakeAll()
      }
    }

    let busy = 0
    async function work(): Promise<void> {
      while (!signal.aborted) {
        const id = waiting.shift()
        if (id === undefined) {
          if (!listing) return
          await new Promise<void>((resolve) => void wake.push(resolve))
          continue
        }
        busy += 1
        try {
          await readMessages(id, signal)
          tell({ done: state.done + 1 })
        } catch (error) {
          signal.throwIfAborted()
          const failure = toConversationError(error)
          // What somebody has deleted meanwhile has no messages.
          if (isGone(failure)) {
            source.removeConversation(id)
            tell({ done: state.done + 1 })
          } else {
            failures.add(id)
            tell({ failed: failures.size, error: failure })
          }
        } finally {
          busy -= 1
        }
      }
    }

    const results = await Promise.allSettled([list(), ...Array.from({ length: AT_ONCE }, work)])
    signal.removeEventListener('abort', wakeAll)
    if (signal.aborted) return
    const broken = results.find((result) => result.status === 'rejected')
    if (broken) tell({ error: toConversationError(broken.reason) })
    tell({ status: broken || failures.size > 0 ? 'failed' : 'idle', unread: source.partial().length })
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    load() {
      if (stop) return
      const mine = new AbortController()
      stop = mine
      void run(mine.signal).finally(() => {
        if (stop === mine) stop = undefined
      })
    },
    look() {
      if (stop) return
      const { more } = place ?? placeOf() ?? { more: true }
      const unread = source.partial().length
      if (more !== state.more || unread !== state.unread) tell({ more, unread })
    },
    cancel() {
      if (!stop) return
      stop.abort()
      stop = undefined
      tell({ status: 'idle' })
    },
  }
}
