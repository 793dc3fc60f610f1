import { exportPiece } from './exportFile.ts'
import { pageBulkStorage } from './indexedDb.ts'
import { isOver, reduceJob } from './job.ts'
import type { BulkEvent, BulkJob } from './job.ts'
import { owning } from './own.ts'
import type { Locks } from './own.ts'
import { deletedIn, entriesOf, replay } from './record.ts'
import type { Entry } from './record.ts'
import { startRunner } from './runner.ts'
import type { Runner } from './runner.ts'
import type { BulkStorage } from './storage.ts'
import type { BulkKit, BulkState, ShownJob } from './types.ts'

/** How long a deletion can be taken back, in milliseconds. */
export const BULK_UNDO_MS = 8000

interface Held {
  /** Absent until it was read. */
  shown?: ShownJob
  /** How many entries of its record are known. */
  read: number
  runner?: Runner
  /** What was pressed before the runner was there. */
  early?: BulkEvent[]
  /** Ends that it is this page's. */
  release?: () => void
}

/** A job as its runner begins with it. */
interface Begun {
  job: BulkJob
  written: number
  unwritten: Entry[]
}

/** The jobs that were confirmed, by this page or by another one, and who does them. */
export interface Jobs {
  /** Goes on with what was begun before. The returned function pauses it until then. */
  open: () => () => void
  /** Begins with one that was prepared here. */
  begin: (prepared: BulkJob) => void
  /** Tells one that is this page's what was pressed. */
  tell: (id: string, event: BulkEvent) => void
  /** Forgets one that is over. */
  dismiss: (id: string) => void
  job: (id: string) => BulkJob | undefined
  storage: () => Promise<BulkStorage>
}

/** `set`: shows what has changed. */
export function createJobs(kit: BulkKit, set: (change: Partial<BulkState>) => void): Jobs {
  const {
    client,
    queryClient,
    concurrency = 4,
    undoMs = BULK_UNDO_MS,
    backOffMs = 1000,
    now = Date.now,
    onDeleted = () => {},
  } = kit
  const write = (job: BulkJob, id: string, signal: AbortSignal) => exportPiece(kit, job, id, signal)
  const locks: Locks | undefined = kit.locks ?? globalThis.navigator?.locks
  const name = `conversation-kit-bulk:${client.scope ?? 'default'}`
  const held = new Map<string, Held>()
  let dropped = 0
  let closing = new AbortController()
  let opened: Promise<BulkStorage> | undefined
  /** What still ends after it was closed. */
  const endings = new Set<Promise<void>>()
  const storage = () => (opened ??= kit.storage ? Promise.resolve(kit.storage) : pageBulkStorage(name))

  const show = () =>
    set({
      jobs: [...held.values()]
        .flatMap(({ shown }) => shown ?? [])
        .toSorted((a, b) => a.job.createdAt - b.job.createdAt),
    })

  /** Does a job, as soon as it is this page's. `begin` gives it as it is then, or nothing when there is none any more. */
  function work(id: string, begin: () => Promise<Begun | undefined>, waiting?: AbortSignal): void {
    const { signal } = closing
    const run = async () => {
      const begun = await begin()
      const place = held.get(id)
      if (!begun || !place) return
      const at = await storage()
      let lost = false
      await new Promise<void>((resolve) => {
        const update = () => {
          if (held.get(id) !== place) return
          place.shown = { ...runner.state(), mine: true }
          show()
        }
        const onLost = () => {
          lost = true
          resolve()
        }
        const with_ = { client, queryClient, storage: at, concurrency, undoMs, backOffMs, now, write, onDeleted }
        const runner = startRunner(with_, begun.job, { ...begun, onChange: () => queueMicrotask(update), onLost })
        place.runner = runner
        place.release = resolve
        update()
        for (const event of place.early ?? []) runner.dispatch(event)
        place.early = undefined
        const stop = () => void runner.stop().finally(resolve)
        if (signal.aborted) stop()
        else signal.addEventListener('abort', stop)
      })
      if (!lost || held.get(id) !== place) return
      held.delete(id)
      hear(id)
    }
    const ended = storage()
      .then((storage) => owning({ locks, storage, now }, name, id, waiting ?? new AbortController().signal, run))
      .catch(() => undefined)
      .finally(() => endings.delete(ended))
    endings.add(ended)
  }

  /** Reads what was written of a job since it was last read. False when there is none any more, or when it cannot be understood. */
  async function read(id: string): Promise<boolean> {
    const at = await storage()
    const place = held.get(id) ?? { read: 0 }
    const entries = await at.read(id, place.read)
    if (entries.length === 0 && place.shown && (await at.read(id, 0)).length > 0) return true
    const job = replay(entries, place.shown?.job)
    if (!job) {
      held.delete(id)
      show()
      if (entries.length > 0) drop(id)
      return false
    }
    held.set(id, Object.assign(place, { read: place.read + entries.length, shown: { job, mine: false } }))
    onDeleted(deletedIn(entries as readonly Entry[], job))
    show()
    return true
  }

  /** Forgets a record that cannot be understood, when it is nobody's: another tab may be of a newer version. */
  function drop(id: string): void {
    dropped += 1
    set({ dropped })
    const remove = async () => (await storage()).remove(id)
    void storage()
      .then((storage) => owning({ locks, storage, now }, name, id, closing.signal, remove))
      .catch(() => undefined)
  }

  /** Shows a job that was begun by another page, or before the page was loaded, and goes on with it when nobody else does. */
  async function adopt(id: string): Promise<void> {
    if (!(await read(id))) return
    const { signal } = closing
    const begin = async () => {
      if (signal.aborted || !(await inTurn(() => read(id)))) return undefined
      const place = held.get(id)!
      const { job } = place.shown!
      if (isOver(job) && job.failures.length === 0 && job.action.kind !== 'export') {
        await forget(id)
        return undefined
      }
      const woken: BulkEvent = { type: 'awoken' }
      return { job: reduceJob(job, woken), written: place.read, unwritten: [woken] }
    }
    work(id, begin, signal)
  }

  async function forget(id: string): Promise<void> {
    held.delete(id)
    show()
    await (await storage()).remove(id)
  }

  /** Records are read in the order they were written, one reading at a time. */
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work)
    turn = next.catch(() => undefined)
    return next
  }
  const hear = (id: string) => {
    const { signal } = closing
    const listen = async () => {
      const place = held.get(id)
      if (place?.shown?.mine || signal.aborted) return
      await (place ? read(id) : adopt(id))
    }
    // When it cannot be read now, there is nothing to show of it now.
    inTurn(listen).catch(() => undefined)
  }

  const tell = (id: string, event: BulkEvent) => {
    const place = held.get(id)
    if (!place?.shown?.mine) return
    if (place.runner) place.runner.dispatch(event)
    else (place.early ??= []).push(event)
  }

  return {
    open() {
      const ending = new AbortController()
      closing = ending
      const { signal } = ending
      const begin = async () => {
        await Promise.all(endings)
        const at = await storage()
        if (signal.aborted) return
        set({ durable: at.durable })
        show()
        signal.addEventListener('abort', at.watch(hear))
        for (const id of await at.ids()) hear(id)
      }
      // A storage that cannot be read has nothing to go on with.
      begin().catch(() => undefined)
      return () => {
        ending.abort()
        held.clear()
      }
    },
    begin(prepared) {
      const job = reduceJob(prepared, { type: 'confirmed' })
      held.set(job.id, { read: 0, shown: { job, mine: true } })
      show()
      work(job.id, async () => ({ job, written: 0, unwritten: entriesOf(prepared) }))
    },
    tell,
    dismiss(id) {
      const place = held.get(id)
      if (!place?.shown?.mine || !isOver(place.shown.job)) return
      void place.runner
        ?.stop()
        .then(() => forget(id))
        // It is shown again after a reload, then.
        .catch(() => {})
        .finally(() => place.release?.())
    },
    job: (id) => held.get(id)?.shown?.job,
    storage,
  }
}
