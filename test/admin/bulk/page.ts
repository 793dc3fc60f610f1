import { QueryClient } from '@tanstack/react-query'
import { ConversationClient } from 'conversation-kit/transport'
import type { ConversationServer } from 'conversation-kit/server'
import { createBulk } from '../../../src/admin/bulk/bulk.ts'
import type { Bulk, BulkOptions, BulkState, ShownJob } from '../../../src/admin/bulk/types.ts'
import { isOver, leftOf } from '../../../src/admin/bulk/job.ts'
import type { Locks } from '../../../src/admin/bulk/own.ts'
import type { BulkStorage } from '../../../src/admin/bulk/storage.ts'

/** What is after a page died: nothing answers it any more. */
const never = <T>() => new Promise<T>(() => undefined)

/** The locks of a browser, as several pages share them. */
export function createLocks() {
  const owners = new Map<string, Promise<unknown>>()
  return (died: Promise<void>): Locks => ({
    async request(name, options, work) {
      const before = owners.get(name)
      let free = () => {}
      owners.set(name, Promise.all([before, new Promise<void>((resolve) => (free = resolve))]))
      await Promise.race([
        before,
        new Promise<void>((_, reject) => {
          options.signal.addEventListener('abort', () => {
            free()
            reject(new DOMException('aborted', 'AbortError'))
          })
        }),
      ])
      void died.then(free)
      try {
        await work()
      } finally {
        free()
      }
    },
  })
}

export interface Fault {
  /** `before`: the call does not reach the server. `after`: its answer is lost. A number: it is answered with this status. */
  (operation: string, id: string): 'before' | 'after' | Response | undefined
}

export interface Page {
  bulk: Bulk
  queryClient: QueryClient
  client: ConversationClient
  /** The process is gone: nothing it began goes on, but what has left it may arrive. */
  kill: () => void
  state: () => BulkState
  job: () => ShownJob
  until: (what: (state: BulkState) => boolean) => Promise<void>
}

interface PageOptions extends BulkOptions {
  server: Pick<ConversationServer, 'fetch'>
  storage: BulkStorage
  locks: (died: Promise<void>) => Locks | undefined
  backOffMs?: number
  now?: () => number
  onDeleted?: (ids: readonly string[]) => void
  fault?: Fault
}

/** A page of somebody's browser, with its own cache, on a server and a storage that it shares with others. */
export function openPage({ server, storage, locks, fault, ...options }: PageOptions): Page {
  let dead = false
  let die = () => {}
  const died = new Promise<void>((resolve) => (die = resolve))
  const alive = async <T>(work: Promise<T>): Promise<T> => {
    if (dead) return never()
    const result = await work
    return dead ? never<T>() : result
  }
  const client = new ConversationClient({
    baseUrl: 'http://conversation-kit.test',
    retries: 0,
    async fetch(input, init) {
      if (dead) return never()
      const [, id = '', operation = ''] = /conversation\/(?:(.+?)\/)?(\w+)$/.exec(new URL(String(input)).pathname) ?? []
      const wrong = fault?.(operation, id)
      if (wrong instanceof Response) return alive(Promise.resolve(wrong))
      if (wrong === 'before') throw new TypeError('Failed to fetch')
      const response = await alive(server.fetch(new Request(input, init)))
      if (wrong === 'after') throw new TypeError('Failed to fetch')
      return response
    },
  })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const kept: BulkStorage = {
    durable: storage.durable,
    ids: () => alive(storage.ids()),
    read: (id, from) => alive(storage.read(id, from)),
    append: (...given) => (dead ? never() : alive(storage.append(...given))),
    pieces: (...given) => alive(storage.pieces(...given)),
    remove: (id) => (dead ? never() : alive(storage.remove(id))),
    claim: (...given) => (dead ? never() : alive(storage.claim(...given))),
    watch: (listener) => storage.watch((id) => dead || listener(id)),
  }
  const bulk = createBulk({
    client,
    queryClient,
    storage: kept,
    locks: locks(died),
    undoMs: 0,
    backOffMs: 1,
    ...options,
  })
  const close = bulk.open()
  const until: Page['until'] = (what) =>
    new Promise((resolve) => {
      const look = () => {
        if (!what(bulk.get())) return
        unsubscribe()
        resolve()
      }
      const unsubscribe = bulk.subscribe(look)
      look()
    })
  return {
    bulk,
    client,
    queryClient,
    until,
    kill() {
      dead = true
      close()
      die()
    },
    state: bulk.get,
    job() {
      const [job] = bulk.get().jobs
      if (!job) throw new Error('There is no job.')
      return job
    },
  }
}

/** All that was asked for, prepared and confirmed. */
export async function start(page: Page, ...[action, target]: Parameters<Bulk['prepare']>): Promise<void> {
  page.bulk.prepare(action, target)
  await page.until(({ draft }) => draft?.phase === 'preview')
  page.bulk.confirm()
}

export const over = ({ jobs }: BulkState): boolean => jobs.length > 0 && jobs.every(({ job }) => isOver(job))
export const left = ({ job }: ShownJob): number => leftOf(job)

export const seeds = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `c${String(at).padStart(4, '0')}`,
    name: `Conversation ${at}`,
    meta: { team: at % 2 ? 'red' : 'blue' },
  }))
