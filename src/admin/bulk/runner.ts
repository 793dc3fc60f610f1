import type { QueryClient } from '@tanstack/react-query'
import { isOnline, onReturn } from '../../hooks/index.ts'
import type { QueryTransport } from '../../queries/index.ts'
import { toConversationError } from '../../transport/index.ts'
import { agree } from './agree.ts'
import { reduceJob } from './job.ts'
import type { BulkEvent, BulkJob, BulkOutcome } from './job.ts'
import { createPace } from './pace.ts'
import { isDone, perform, reasonOf } from './perform.ts'
import { deletedIn } from './record.ts'
import type { Entry } from './record.ts'
import type { BulkStorage, Piece } from './storage.ts'

/** How many items one entry of the record names before they are sent. */
const NAMED_AT_ONCE = 16
/** How long results wait for others, so that they are told and written together. */
const GATHER_MS = 100
/** So often an item is sent while others arrive and it does not. */
const MOST_LOST = 3

/** What a runner works with. */
export interface RunnerKit {
  client: QueryTransport
  queryClient: QueryClient
  storage: BulkStorage
  /** Calls under way at once. */
  concurrency: number
  /** How long a deletion can be taken back, in milliseconds. */
  undoMs: number
  backOffMs: number
  now: () => number
  /** Told of conversations that were deleted. */
  onDeleted: (ids: readonly string[]) => void
  /** Reads a conversation and makes the piece of the file that is its own. */
  write: (job: BulkJob, id: string, signal: AbortSignal) => Promise<unknown>
}

/** What is seen of a runner beside its job. */
export interface Running {
  job: BulkJob
  /** When the deletion begins, in epoch milliseconds. */
  beginsAt?: number
  /** The server asked to wait, or cannot be reached: when the next call is made. */
  waitsUntil?: number
}

export interface Runner {
  readonly state: () => Running
  readonly dispatch: (event: BulkEvent) => void
  /** Sends nothing more, waits for what is on its way and writes it down. */
  readonly stop: () => Promise<void>
}

export interface RunnerOptions {
  /** How many entries the record has. */
  written: number
  /** Those that are not in it yet. */
  unwritten?: readonly Entry[]
  onChange: () => void
  /** Another page has gone on with the job. */
  onLost: () => void
}

/**
 * Does what a job says. Each item is named in the record before it is sent, and settled there afterwards: what is named and not settled
 * when the page dies is looked at before it is sent again.
 */
export function startRunner(kit: RunnerKit, begin: BulkJob, options: RunnerOptions): Runner {
  const { client, queryClient, storage, now, undoMs } = kit
  const { onChange, onLost } = options
  const id = begin.id
  const pace = createPace(kit.concurrency, kit.backOffMs, now)
  let ending = new AbortController()
  let job = begin
  let { written } = options
  const buffer: Entry[] = [...(options.unwritten ?? [])]
  const pieces: Piece[] = []
  /** Named in the record, and not sent yet. */
  let ready: number[] = []
  const flying = new Set<number>()
  let results: BulkOutcome[] = []
  /** Done since the cache was told. */
  let fresh = new Set<string>()
  const lost = new Map<number, { times: number; since: number }>()
  let arrived = 0
  let naming = false
  let stopped = false
  let beginsAt: number | undefined
  let writing: Promise<boolean> = Promise.resolve(true)
  let idle: (() => void) | undefined
  let endWaiting: (() => void) | undefined
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const once = (name: string, ms: number, work: () => void) => {
    if (timers.has(name)) return
    timers.set(
      name,
      setTimeout(() => {
        timers.delete(name)
        work()
      }, ms),
    )
  }

  const apply = (event: BulkEvent): boolean => {
    const next = reduceJob(job, event)
    if (next === job) return false
    job = next
    buffer.push(event)
    return true
  }

  const dispatch = (event: BulkEvent) => {
    settleNow()
    if (!apply(event)) return
    if (event.type === 'cancelled') ending.abort()
    if (event.type === 'retried') ending = new AbortController()
    onChange()
    void flush()
    turn()
  }

  function settleNow(): void {
    if (results.length === 0) return
    const settled = results
    results = []
    const event: BulkEvent = { type: 'settled', results: settled }
    for (const { at, outcome } of settled) if (outcome === 'done') fresh.add(job.items[at]!.id)
    apply(event)
    kit.onDeleted(deletedIn([event], job))
    onChange()
  }

  /** False when it could not be written: then nothing may be sent. */
  function flush(): Promise<boolean> {
    writing = writing.then(async () => {
      if (buffer.length === 0) return true
      const entries = buffer.splice(0)
      const contents = pieces.splice(0)
      try {
        const fits = await storage.append(id, written, entries, contents)
        if (!fits) {
          halt()
          onLost()
          return false
        }
        written += entries.length
        return true
      } catch {
        buffer.unshift(...entries)
        pieces.unshift(...contents)
        return false
      }
    })
    return writing
  }

  function turn(): void {
    if (stopped) return
    if (job.phase === 'waiting') {
      beginsAt ??= now() + undoMs
      once('begin', Math.max(0, beginsAt - now()), () => dispatch({ type: 'begun' }))
      return
    }
    beginsAt = undefined
    if (job.phase !== 'running') {
      rest()
      return
    }
    if (!isOnline()) {
      dispatch({ type: 'paused', by: 'offline' })
      return
    }
    const wait = pace.waitsFor()
    if (wait > 0) {
      once('pace', wait, () => {
        onChange()
        turn()
      })
      return
    }
    while (ready.length > 0 && flying.size < pace.lanes()) void send(ready.shift()!)
    if (!naming && ready.length < pace.lanes() && job.again.length + job.items.length - job.next > 0) void name()
    // The last results have nobody to wait for.
    if (flying.size === 0 && results.length > 0 && !naming) {
      settleNow()
      turn()
    }
  }

  /** Nothing is sent: what was named only goes back, and when nothing is on its way either, all is written and told. */
  function rest(): void {
    giveBack()
    if (job.phase === 'cancelled' && flying.size === 0) lookAtFlown()
    if (job.phase === 'paused' && job.pausedBy === 'offline') {
      endWaiting ??= onReturn(() => {
        endWaiting = undefined
        // Somebody may have paused it meanwhile.
        if (job.pausedBy === 'offline') dispatch({ type: 'resumed' })
      })
    }
    if (flying.size > 0 || naming) return
    settleNow()
    void flush()
    const ids = fresh
    fresh = new Set()
    if (ids.size > 0) void agree(queryClient, client.scope, job.action, ids)
    idle?.()
  }

  function giveBack(): void {
    if (ready.length === 0) return
    results.push(...ready.map((at) => ({ at, outcome: 'again' as const })))
    ready = []
    settleNow()
  }

  /** After a reload, what was on its way when the job was cancelled. */
  function lookAtFlown(): void {
    const known = new Set(results.map(({ at }) => at))
    for (const at of job.inFlight) if (!known.has(at) && !flying.has(at)) void send(at)
  }

  async function name(): Promise<void> {
    naming = true
    settleNow()
    const before = new Set(job.inFlight)
    apply({ type: 'taken', count: Math.max(NAMED_AT_ONCE, pace.lanes() * 2) })
    onChange()
    const named = job.inFlight.filter((at) => !before.has(at))
    const safe = await flush()
    naming = false
    // Some may have been given back while it was written down.
    const mine = new Set(job.inFlight)
    ready.push(...named.filter((at) => mine.has(at)))
    if (!safe && !stopped) {
      apply({ type: 'paused', by: 'storage' })
      onChange()
    }
    turn()
    if (stopped) idle?.()
  }

  async function send(at: number): Promise<void> {
    flying.add(at)
    const outcome = await attempt(at)
    results.push(outcome)
    flying.delete(at)
    if (results.length >= NAMED_AT_ONCE) settleNow()
    else
      once('gather', GATHER_MS, () => {
        settleNow()
        void flush()
      })
    turn()
    if (stopped && flying.size === 0) idle?.()
  }

  async function attempt(at: number): Promise<BulkOutcome> {
    const item = job.items[at]!
    const cancelled = () => job.phase === 'cancelled'
    try {
      if (job.unsure.includes(at) && (await isDone(client, job.action, item.id))) return { at, outcome: 'done' }
      if (cancelled()) return { at, outcome: 'again' }
      if (job.action.kind === 'export') pieces.push([at, await kit.write(job, item.id, ending.signal)])
      else await perform(client, job.action, item.id)
      arrived += 1
      lost.delete(at)
      pace.went()
      return { at, outcome: 'done' }
    } catch (error) {
      return judge(at, error)
    }
  }

  function judge(at: number, thrown: unknown): BulkOutcome {
    const error = toConversationError(thrown)
    const reason = reasonOf(error)
    if (error.code === 'ABORTED') return { at, outcome: 'again' }
    if (error.status === 429) {
      pace.refused(error.retryAfter)
      onChange()
      return { at, outcome: 'again' }
    }
    if (error.status === 401) {
      // All others would be refused too.
      if (apply({ type: 'paused', by: 'session' })) onChange()
      return { at, outcome: 'again' }
    }
    if (error.code !== 'NETWORK') return { at, outcome: 'failed', reason }
    const { times, since } = lost.get(at) ?? { times: 0, since: arrived }
    // As long as nothing arrives it is not the item's fault.
    if (times + 1 >= MOST_LOST && arrived > since) {
      lost.delete(at)
      return { at, outcome: 'failed', reason }
    }
    lost.set(at, { times: times + 1, since })
    pace.lost()
    onChange()
    return { at, outcome: 'unsure', reason }
  }

  function halt(): void {
    stopped = true
    endWaiting?.()
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
  }

  turn()
  void flush()
  return {
    state: () => ({ job, beginsAt, waitsUntil: job.phase === 'running' ? pace.waitsUntil() : undefined }),
    dispatch,
    async stop() {
      halt()
      if (job.action.kind === 'export') ending.abort()
      if (flying.size > 0 || naming)
        await new Promise<void>((resolve) => {
          idle = () => flying.size === 0 && !naming && resolve()
        })
      giveBack()
      settleNow()
      await flush()
      if (fresh.size > 0) await agree(queryClient, client.scope, job.action, fresh)
    },
  }
}
