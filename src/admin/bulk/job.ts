import type { Meta } from '../../protocol/index.ts'
import type { ExportFormat } from '../export/formats.ts'

/** What is done to each conversation. */
export type BulkAction =
  | { kind: 'delete' }
  /** In place of all that its meta has. */
  | { kind: 'setMeta'; meta: Meta }
  /** Into its meta; what else is there stays. */
  | { kind: 'mergeMeta'; meta: Meta }
  | { kind: 'export'; format: ExportFormat }

/**
 * `collecting`: all that match are looked up. `preview`: it is shown what will be done, and nothing is done before somebody confirms it.
 * `waiting`: a deletion can still be taken back. `cancelled`: what was not sent stays as it is; what was on its way still ends.
 */
export type BulkPhase = 'collecting' | 'preview' | 'waiting' | 'running' | 'paused' | 'cancelled' | 'done'

/** `user`: somebody pressed it. `offline`: no network; it goes on by itself. `session`: one has to sign in again. `storage`: progress cannot be written down. */
export type PauseReason = 'user' | 'offline' | 'session' | 'storage'

export interface BulkItem {
  id: string
  name?: string
}

/** Why something failed. */
export interface Reason {
  code: string
  status?: number
  /** For whoever builds the page. */
  message: string
  retryAfter?: number
}

export interface BulkFailure {
  /** The place among the items of the job. */
  at: number
  reason: Reason
}

/** What came of one item. `again`: it was not done, and its turn comes again. `unsure`: nobody knows whether it was done. */
export type BulkOutcome =
  | { at: number; outcome: 'done' }
  | { at: number; outcome: 'failed'; reason: Reason }
  | { at: number; outcome: 'again' }
  | { at: number; outcome: 'unsure'; reason: Reason }

/** Work on many conversations. Plain data. */
export interface BulkJob {
  id: string
  action: BulkAction
  phase: BulkPhase
  /** Epoch milliseconds. */
  createdAt: number
  /** All it is about; more come while it collects. */
  items: readonly BulkItem[]
  /** Why collecting stopped. */
  problem?: Reason
  pausedBy?: PauseReason
  /** The first of the items whose turn was not yet. */
  next: number
  /** Places of those whose turn comes again, before the others. */
  again: readonly number[]
  /** Places of those that were sent or are about to be: they are looked at before they are sent again. */
  unsure: readonly number[]
  /** Places of those that are on their way. */
  inFlight: readonly number[]
  done: number
  failures: readonly BulkFailure[]
  /** How many it was cancelled for. */
  skipped: number
  /** Whether it began before the page was loaded. */
  resumed: boolean
}

/** What happens to a job. Plain data: a job is written down as these. */
export type BulkEvent =
  | { type: 'collected'; items: readonly BulkItem[]; more: boolean }
  | { type: 'collectFailed'; reason: Reason }
  | { type: 'collectAgain' }
  | { type: 'confirmed' }
  | { type: 'undone' }
  /** The time to take a deletion back is over. */
  | { type: 'begun' }
  /** The next ones, as many as `count`, are on their way. */
  | { type: 'taken'; count: number }
  | { type: 'settled'; results: readonly BulkOutcome[] }
  | { type: 'paused'; by: PauseReason }
  | { type: 'resumed' }
  | { type: 'cancelled' }
  | { type: 'retried' }
  /** The page was loaded anew: what was on its way may or may not have arrived. */
  | { type: 'awoken' }

/** A job of which nothing has happened. */
export const createJob = (id: string, action: BulkAction, createdAt: number): BulkJob => ({
  id,
  action,
  createdAt,
  phase: 'collecting',
  items: [],
  next: 0,
  again: [],
  unsure: [],
  inFlight: [],
  done: 0,
  failures: [],
  skipped: 0,
  resumed: false,
})

/** How many are neither done, nor failed, nor left out. */
export const leftOf = ({ items, next, again, inFlight }: BulkJob): number =>
  items.length - next + again.length + inFlight.length

/** Whether nothing more will happen to it by itself. */
export const isOver = ({ phase, inFlight }: BulkJob): boolean =>
  phase === 'done' || (phase === 'cancelled' && inFlight.length === 0)

/** The job so far and one event in, the next job out. What cannot happen now changes nothing. */
export function reduceJob(job: BulkJob, event: BulkEvent): BulkJob {
  const { phase } = job
  switch (event.type) {
    case 'collected':
      if (phase !== 'collecting') return job
      return { ...job, items: [...job.items, ...event.items], phase: event.more ? 'collecting' : 'preview' }
    case 'collectFailed':
      return phase === 'collecting' ? { ...job, problem: event.reason } : job
    case 'collectAgain':
      return phase === 'collecting' && job.problem ? { ...without(job, 'problem'), items: [] } : job
    case 'confirmed':
      return phase === 'preview' ? ended({ ...job, phase: job.action.kind === 'delete' ? 'waiting' : 'running' }) : job
    case 'undone':
      return phase === 'waiting' ? cancel(job) : job
    case 'begun':
      return phase === 'waiting' ? { ...job, phase: 'running' } : job
    case 'taken':
      return phase === 'running' ? take(job, event.count) : job
    case 'settled':
      return settle(job, event.results)
    case 'paused':
      // Who paused it goes on with it: a network that comes back does not.
      if (phase === 'paused' && event.by === 'user') return { ...job, pausedBy: 'user' }
      return phase === 'running' ? { ...job, phase: 'paused', pausedBy: event.by } : job
    case 'resumed':
      return phase === 'paused' ? ended({ ...without(job, 'pausedBy'), phase: 'running' }) : job
    case 'cancelled':
      return phase === 'done' || phase === 'cancelled' ? job : cancel(job)
    case 'retried':
      return retry(job)
    case 'awoken':
      return awake(job)
    default:
      return job
  }
}

function take(job: BulkJob, count: number): BulkJob {
  const again = job.again.slice(0, count)
  const next = Math.min(job.next + Math.max(0, count - again.length), job.items.length)
  const fresh = Array.from({ length: next - job.next }, (_, index) => job.next + index)
  return { ...job, next, again: job.again.slice(again.length), inFlight: [...job.inFlight, ...again, ...fresh] }
}

function settle(job: BulkJob, results: readonly BulkOutcome[]): BulkJob {
  const inFlight = new Set(job.inFlight)
  const unsure = new Set(job.unsure)
  const again: number[] = []
  const failures: BulkFailure[] = []
  let { done, skipped } = job
  for (const result of results) {
    const { at } = result
    // What is not on its way is settled already.
    if (!inFlight.delete(at)) continue
    if (result.outcome === 'done') {
      done += 1
      unsure.delete(at)
    } else if (result.outcome === 'again') {
      if (job.phase === 'cancelled') skipped += 1
      else again.push(at)
    } else {
      unsure.add(at)
      // Its turn does not come again, so that nobody knows has to be said.
      if (result.outcome === 'unsure' && job.phase !== 'cancelled') again.push(at)
      else failures.push({ at, reason: result.reason })
    }
  }
  return ended({
    ...job,
    done,
    skipped,
    inFlight: [...inFlight],
    unsure: [...unsure],
    again: again.length > 0 ? [...again, ...job.again] : job.again,
    failures: failures.length > 0 ? [...job.failures, ...failures] : job.failures,
  })
}

const cancel = (job: BulkJob): BulkJob => ({
  ...without(without(job, 'pausedBy'), 'problem'),
  phase: 'cancelled',
  skipped: job.skipped + job.items.length - job.next + job.again.length,
  next: job.items.length,
  again: [],
})

/** Only the failed ones have their turn again. */
function retry(job: BulkJob): BulkJob {
  const { phase, failures } = job
  if (failures.length === 0 || !(isOver(job) || phase === 'running' || phase === 'paused')) return job
  return {
    ...job,
    phase: phase === 'paused' ? 'paused' : 'running',
    again: [...job.again, ...failures.map(({ at }) => at)],
    failures: [],
  }
}

function awake(job: BulkJob): BulkJob {
  const { inFlight, phase } = job
  const woken = { ...job, resumed: true, unsure: [...new Set([...job.unsure, ...inFlight])] }
  // What was on its way when it was cancelled is only looked at.
  if (phase === 'cancelled') return woken
  const queued = { ...woken, inFlight: [], again: [...inFlight, ...job.again] }
  // A network or a storage that was gone may be back; what somebody has paused stays so.
  return phase === 'paused' && job.pausedBy !== 'user' ? { ...without(queued, 'pausedBy'), phase: 'running' } : queued
}

/** It is done when nothing is left. */
function ended(job: BulkJob): BulkJob {
  const working = job.phase === 'waiting' || job.phase === 'running' || job.phase === 'paused'
  return working && leftOf(job) === 0 ? { ...without(job, 'pausedBy'), phase: 'done' } : job
}

function without(job: BulkJob, name: 'problem' | 'pausedBy'): BulkJob {
  const { [name]: _gone, ...rest } = job
  return rest
}
