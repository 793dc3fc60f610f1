import { createJob, reduceJob } from './job.ts'
import type { BulkEvent, BulkItem, BulkJob } from './job.ts'

/** What a record of another time is known by. */
const VERSION = 1
/** Items that one entry of a record holds at most. */
const CHUNK = 500

interface Head {
  type: 'created'
  version: number
  job: Pick<BulkJob, 'id' | 'action' | 'createdAt'>
}

/** One thing that is written down. */
export type Entry = Head | BulkEvent

/** What is written down of a job when it is confirmed. */
export function entriesOf({ id, action, createdAt, items }: BulkJob): Entry[] {
  const chunks: BulkEvent[] = []
  for (let at = 0; at < items.length; at += CHUNK)
    chunks.push({ type: 'collected', items: items.slice(at, at + CHUNK), more: at + CHUNK < items.length })
  if (chunks.length === 0) chunks.push({ type: 'collected', items: [], more: false })
  return [{ type: 'created', version: VERSION, job: { id, action, createdAt } }, ...chunks, { type: 'confirmed' }]
}

/** The job that a record tells of, with what has come since. `undefined`: it is of another version, or damaged. */
export function replay(entries: readonly unknown[], before?: BulkJob): BulkJob | undefined {
  let job = before
  for (const entry of entries) {
    if (!isRecord(entry)) return undefined
    if (entry.type === 'created') {
      job = !job && isHead(entry) ? createJob(entry.job.id, entry.job.action, entry.job.createdAt) : undefined
    } else if (job && isEvent(entry)) {
      job = reduceJob(job, entry)
    } else job = undefined
    if (!job) return undefined
  }
  return job
}

/** The conversations that a job has deleted, by some entries of its record. */
export const deletedIn = (entries: readonly Entry[], { action, items }: BulkJob): string[] =>
  action.kind !== 'delete'
    ? []
    : entries.flatMap((entry) =>
        entry.type === 'settled'
          ? entry.results.flatMap(({ at, outcome }) => (outcome === 'done' && items[at] ? items[at].id : []))
          : [],
      )

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function isHead(entry: Record<string, unknown>): entry is Record<string, unknown> & Head {
  const { version, job } = entry
  if (version !== VERSION || !isRecord(job) || !isRecord(job.action)) return false
  const { kind, meta, format } = job.action
  const known =
    kind === 'delete' ||
    ((kind === 'setMeta' || kind === 'mergeMeta') && isRecord(meta)) ||
    (kind === 'export' && typeof format === 'string')
  return known && typeof job.id === 'string' && typeof job.createdAt === 'number'
}

const PLAIN = new Set(['confirmed', 'undone', 'begun', 'resumed', 'cancelled', 'retried', 'awoken'])

function isEvent(entry: Record<string, unknown>): entry is Record<string, unknown> & BulkEvent {
  const { type, items, results, count, by } = entry
  switch (type) {
    case 'collected':
      return Array.isArray(items) && items.every(isItem)
    case 'settled':
      return Array.isArray(results) && results.every((result) => isRecord(result) && isPlace(result.at))
    case 'taken':
      return isPlace(count)
    case 'paused':
      return typeof by === 'string'
    default:
      return typeof type === 'string' && PLAIN.has(type)
  }
}

const isItem = (item: unknown): item is BulkItem => isRecord(item) && typeof item.id === 'string' && item.id !== ''
