import { whenIdle } from '../../internal/index.ts'
import type { SearchAnswer, SearchOptions } from './answer.ts'
import type { SearchDocument, SearchRef } from './documents.ts'
import { pageEngine, workerEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { createKept, createQueue } from './kept.ts'
import type { SearchStats } from './searchIndex.ts'
import type { FromIndex } from './serve.ts'
import { startWorker } from './startWorker.ts'

/** Where an index stands. */
export interface SearchStatus extends SearchStats {
  /**
   * Who searches: nobody as long as there is nothing to search, a worker, or the page itself, a few milliseconds at a time, where no worker
   * can be had.
   */
  engine: 'none' | 'worker' | 'page'
  /** Documents that are not searched yet. */
  pending: number
  /** How often the index was lost and made again. */
  rebuilt: number
}

export interface SearchQueryOptions extends SearchOptions {
  signal?: AbortSignal
}

/** A search that is asked from a page and works beside it. */
export interface Search {
  /** Adds documents, or puts them in place of those with the same ids. It takes no time: they are handed over when the page is idle. */
  add: (documents: readonly SearchDocument[]) => void
  /** Takes out messages, or conversations with all of their messages. */
  remove: (refs: readonly SearchRef[]) => void
  /**
   * Searches what is indexed by now. A newer question ends this one: it then rejects with an `AbortError`, as it does when `signal` says so
   * and when the search is disposed of.
   */
  query: (text: string, options?: SearchQueryOptions) => Promise<SearchAnswer>
  getStatus: () => SearchStatus
  /** Calls when the status has changed. */
  subscribe: (listener: () => void) => () => void
  /** Ends the worker and forgets everything. */
  dispose: () => void
}

export interface CreateSearchOptions {
  /** Makes the worker; `false` searches in the page. @default the worker of this package, as the bundler of the page has it */
  worker?: (() => Worker) | false
}

interface Question {
  id: number
  text: string
  options: SearchOptions
  resolve: (answer: SearchAnswer) => void
  reject: (reason: unknown) => void
}

/** Slices that are on their way at a time. A question waits for no more than these. */
const WINDOW = 2
/** A worker that broke this often breaks by what it is told, or cannot be had: the page does it then. */
const MAX_LOST = 2

const aborted = (message: string) => new DOMException(message, 'AbortError')

/**
 * Makes a search. Nothing is loaded before something is to be searched. A worker that breaks is started again once, and told everything again;
 * where none can be had (an old browser, a policy of the page, a test), the page does the same work in slices.
 */
export function createSearch({ worker = startWorker }: CreateSearchOptions = {}): Search {
  const queue = createQueue()
  const kept = createKept()
  const listeners = new Set<() => void>()
  const none = { conversations: 0, messages: 0, shortened: 0 }
  let status: SearchStatus = { engine: 'none', ...none, pending: 0, rebuilt: 0 }
  let engine: Engine | undefined
  let wasReady = false
  let lost = 0
  /** How much is in each slice that was handed over and is not searched yet. */
  const onWay: number[] = []
  let sending: (() => void) | undefined
  let question: Question | undefined
  let asked: number | undefined
  let questions = 0
  let disposed = false

  function tell(change: Partial<SearchStatus>): void {
    const next = { ...status, ...change }
    if (Object.keys(next).every((name) => Object.is(Reflect.get(next, name), Reflect.get(status, name)))) return
    status = next
    for (const listener of listeners) listener()
  }

  const pending = () => onWay.reduce((sum, count) => sum + count, queue.length)

  function begin(): void {
    if (engine || disposed) return
    wasReady = false
    if (worker && lost < MAX_LOST) {
      try {
        engine = workerEngine(worker, { onMessage: hear, onLost })
        tell({ engine: 'worker' })
        return
      } catch {
        // No workers here, or not for this page.
      }
    }
    engine = pageEngine({ onMessage: hear })
    kept.clear()
    tell({ engine: 'page' })
  }

  function hear(message: FromIndex): void {
    if (message.type === 'ready') wasReady = true
    else if (message.type === 'done') {
      onWay.shift()
      tell({ ...message.stats, pending: pending() })
    } else {
      asked = undefined
      if (message.id === question?.id) {
        const { resolve, reject } = question
        question = undefined
        if (message.type === 'answer') resolve(message.answer)
        else reject(new Error(message.message))
      }
      ask()
    }
    pump()
  }

  function onLost(): void {
    engine = undefined
    // One that never came will not come the second time.
    lost = wasReady ? lost + 1 : MAX_LOST
    onWay.length = 0
    asked = undefined
    const rest = queue.drain()
    for (const change of [kept.all(), ...rest]) queue.push(change)
    tell({ engine: 'none', ...none, pending: queue.length, rebuilt: status.rebuilt + 1 })
    begin()
    ask()
    pump()
  }

  /** Hands over what waits, slice by slice, when the page has nothing better to do. */
  function pump(): void {
    if (sending || disposed || queue.length === 0 || onWay.length >= WINDOW) return
    sending = whenIdle(() => {
      sending = undefined
      begin()
      const change = queue.next()
      if (!change) return
      onWay.push('add' in change ? change.add.length : change.remove.length)
      if (status.engine === 'worker') kept.apply(change)
      if ('add' in change) engine?.send({ type: 'add', documents: [...change.add] })
      else engine?.send({ type: 'remove', refs: [...change.remove] })
      pump()
    })
  }

  function ask(): void {
    if (!question || asked !== undefined || disposed) return
    begin()
    const { id, text, options } = question
    asked = id
    engine?.send({ type: 'query', id, text, options })
  }

  return {
    add(documents) {
      if (disposed) return
      queue.push({ add: documents })
      tell({ pending: pending() })
      pump()
    },
    remove(refs) {
      if (disposed) return
      queue.push({ remove: refs })
      tell({ pending: pending() })
      pump()
    },
    query(text, { signal, ...options } = {}) {
      question?.reject(aborted('A newer question was asked.'))
      question = undefined
      if (disposed) return Promise.reject(aborted('The search was disposed of.'))
      if (signal?.aborted) return Promise.reject(signal.reason as Error)
      return new Promise<SearchAnswer>((resolve, reject) => {
        questions += 1
        const mine: Question = { id: questions, text, options, resolve: end(resolve), reject: end(reject) }
        const onAbort = () => {
          if (question === mine) question = undefined
          mine.reject(signal?.reason)
        }
        function end<T>(settle: (value: T) => void) {
          return (value: T) => {
            signal?.removeEventListener('abort', onAbort)
            settle(value)
          }
        }
        signal?.addEventListener('abort', onAbort)
        question = mine
        ask()
      })
    },
    getStatus: () => status,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose() {
      if (disposed) return
      disposed = true
      sending?.()
      engine?.end()
      engine = undefined
      queue.drain()
      kept.clear()
      const left = question
      question = undefined
      left?.reject(aborted('The search was disposed of.'))
      listeners.clear()
    },
  }
}
