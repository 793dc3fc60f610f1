import type { QueryClient } from '@tanstack/react-query'
import { createCell } from '../../internal/index.ts'
import { randomId } from '../../internal/randomId.ts'
import type { QueryTransport } from '../../queries/index.ts'
import { ConversationError, toConversationError } from '../../transport/index.ts'
import { exportFileName, formatterOf } from '../export/write.ts'
import type { ExportOptions } from '../export/write.ts'
import { assemble } from '../export/formats.ts'
import { readConversation } from '../export/read.ts'
import { collect } from './collect.ts'
import type { BulkTarget } from './collect.ts'
import { pageBulkStorage } from './indexedDb.ts'
import { createJob, isOver, reduceJob } from './job.ts'
import type { BulkAction, BulkEvent, BulkJob } from './job.ts'
import { owning } from './own.ts'
import type { Locks } from './own.ts'
import { isMetaKey } from '../metaLines.ts'
import { reasonOf } from './perform.ts'
import { deletedIn, entriesOf, replay } from './record.ts'
import type { Entry } from './record.ts'
import { startRunner } from './runner.ts'
import type { Runner, Running } from './runner.ts'
import type { BulkStorage } from './storage.ts'

export interface BulkOptions {
  /** Calls under way at once. Fewer while the server asks to wait. @default 4 */
  concurrency?: number
  /** How long a deletion can be taken back, in milliseconds. @default 8000 */
  undoMs?: number
  /** Where jobs are written down. @default IndexedDB, else as long as the page is open */
  storage?: BulkStorage
}

/** What a job works with beside its options. */
export interface BulkKit extends BulkOptions {
  client: QueryTransport
  queryClient: QueryClient
  /** The language of exported files, asked for each. */
  language?: () => ExportOptions
  /** @default those of the browser */
  locks?: Locks
  /** The first wait when the server cannot be reached, or does not say how long to wait, in milliseconds. It doubles. @default 1000 */
  backOffMs?: number
  /** Epoch milliseconds. @default Date.now */
  now?: () => number
  /** Told of conversations that were deleted, by this page or by another one that does the work. May name one twice. */
  onDeleted?: (ids: readonly string[]) => void
}

/** A job as it is shown. */
export interface ShownJob extends Running {
  /** Whether this page does it; else another tab does, and it is only shown here. */
  mine: boolean
}

export interface BulkState {
  /** What is prepared and not confirmed yet. Nothing has been done of it. */
  draft?: BulkJob
  /** What was confirmed, the oldest first. */
  jobs: readonly ShownJob[]
  /** Whether work goes on after a reload. */
  durable: boolean
  /** How many records of earlier work were damaged or of another version. They are gone. */
  dropped: number
}

/** Work on many conversations. */
export interface Bulk {
  get: () => BulkState
  subscribe: (listener: () => void) => () => void
  /** Goes on with what was begun before the page was loaded. The returned function pauses it until then. */
  open: () => () => void
  /** Looks up what a job is about. It becomes the draft, in place of the one there is. */
  prepare: (action: BulkAction, target: BulkTarget) => void
  /** Tries again to look it up. */
  prepareAgain: () => void
  /** Begins with the draft, once all was found. `action`: in place of the one it was prepared for. */
  confirm: (action?: BulkAction) => void
  /** Leaves the draft. */
  discard: () => void
  /** Takes a deletion back that has not begun. */
  undo: (id: string) => void
  pause: (id: string) => void
  resume: (id: string) => void
  /** What is on its way still ends. */
  cancel: (id: string) => void
  /** Does what failed again, and nothing else. */
  retry: (id: string) => void
  /** Forgets a job that is over, with its file. */
  dismiss: (id: string) => void
  /** The file of an export that is done. */
  file: (id: string) => Promise<File>
}

export const UNDO_MS = 8000
/** Pieces of an export that are read from the storage at once. */
const PIECES = 100

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

/** Work on many conversations for one client and cache. Nothing begins before it is opened. */
export function createBulk(kit: BulkKit): Bulk {
  const {
    client,
    queryClient,
    concurrency = 4,
    undoMs = UNDO_MS,
    backOffMs = 1000,
    now = Date.now,
    language = () => ({}),
    onDeleted = () => {},
  } = kit
  const locks: Locks | undefined = kit.locks ?? globalThis.navigator?.locks
  const name = `conversation-kit-bulk:${client.scope ?? 'default'}`
  const cell = createCell<BulkState>({ jobs: [], durable: true, dropped: 0 })
  const held = new Map<string, Held>()
  let target: BulkTarget | undefined
  let collecting = new AbortController()
  let closing = new AbortController()
  let opened: Promise<BulkStorage> | undefined
  /** What still ends after it was closed. */
  const endings = new Set<Promise<void>>()
  const storage = () => (opened ??= kit.storage ? Promise.resolve(kit.storage) : pageBulkStorage(name))

  const set = (change: Partial<BulkState>) => cell.set({ ...cell.get(), ...change })
  const show = () =>
    set({
      jobs: [...held.values()]
        .flatMap(({ shown }) => shown ?? [])
        .toSorted((a, b) => a.job.createdAt - b.job.createdAt),
    })

  const draft = (event: BulkEvent) => {
    const { draft: before } = cell.get()
    if (before) set({ draft: reduceJob(before, event) })
  }

  async function look(): Promise<void> {
    if (!target) return
    collecting.abort()
    collecting = new AbortController()
    const { signal } = collecting
    try {
      for await (const items of collect({ client, queryClient }, target, signal)) {
        if (signal.aborted) return
        draft({ type: 'collected', items, more: true })
      }
      if (!signal.aborted) draft({ type: 'collected', items: [], more: false })
    } catch (error) {
      if (!signal.aborted) draft({ type: 'collectFailed', reason: reasonOf(toConversationError(error)) })
    }
  }

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

  /** The piece of a file that is one conversation's own. */
  async function write({ action }: BulkJob, id: string, signal: AbortSignal): Promise<unknown> {
    if (action.kind !== 'export') return undefined
    return formatterOf(action.format, language()).piece(await readConversation(client, queryClient, id, signal))
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
    set({ dropped: cell.get().dropped + 1 })
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
    get: cell.get,
    subscribe: cell.subscribe,
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
        collecting.abort()
        ending.abort()
        held.clear()
      }
    },
    prepare(action, about) {
      check(action)
      target = about
      set({ draft: createJob(randomId(), action, now()) })
      void look()
    },
    prepareAgain() {
      draft({ type: 'collectAgain' })
      void look()
    },
    confirm(action) {
      const { draft: prepared } = cell.get()
      if (prepared?.phase !== 'preview') return
      if (action) check(action)
      const chosen = { ...prepared, action: action ?? prepared.action, createdAt: now() }
      const job = reduceJob(chosen, { type: 'confirmed' })
      held.set(job.id, { read: 0, shown: { job, mine: true } })
      set({ draft: undefined })
      show()
      work(job.id, async () => ({ job, written: 0, unwritten: entriesOf(chosen) }))
    },
    discard() {
      collecting.abort()
      set({ draft: undefined })
    },
    undo: (id) => tell(id, { type: 'undone' }),
    pause: (id) => tell(id, { type: 'paused', by: 'user' }),
    resume: (id) => tell(id, { type: 'resumed' }),
    cancel: (id) => tell(id, { type: 'cancelled' }),
    retry: (id) => tell(id, { type: 'retried' }),
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
    async file(id) {
      const job = held.get(id)?.shown?.job
      if (job?.action.kind !== 'export' || job.phase !== 'done') throw badRequest('There is no file of this job yet.')
      const { format } = job.action
      const formatter = formatterOf(format, { ...language(), now: job.createdAt })
      const at = await storage()
      const read = async function* read(part: number): AsyncGenerator<string, void, undefined> {
        for (let from = 0; from < job.items.length; from += PIECES)
          for (const [, piece] of await at.pieces(id, from, from + PIECES))
            yield (piece as readonly string[])[part] ?? ''
      }
      const blobs: Blob[] = []
      let texts: string[] = []
      let length = 0
      // The browser may put what is a blob on the disk.
      const close = () => {
        blobs.push(new Blob(texts))
        texts = []
        length = 0
      }
      for await (const text of assemble(formatter, job.done, read)) {
        texts.push(text)
        length += text.length
        if (length > BLOB_LENGTH) close()
      }
      close()
      return new File(blobs, exportFileName(format, job.createdAt), { type: `${formatter.type};charset=utf-8` })
    },
  }
}

const BLOB_LENGTH = 4_000_000

const badRequest = (message: string) => new ConversationError({ code: 'BAD_REQUEST', message, retryable: false })

/** Refuses what the server would refuse for each, or would not keep. */
function check(action: BulkAction): void {
  if (action.kind !== 'setMeta' && action.kind !== 'mergeMeta') return
  const wrong = Object.keys(action.meta).find((key) => !isMetaKey(key))
  if (wrong !== undefined) throw badRequest(`A key of meta begins with a letter or a digit, and "${wrong}" does not.`)
}
