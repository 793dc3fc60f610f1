import { createStore } from 'zustand'
import type { StoreApi } from 'zustand'

/** How long a deletion can be taken back, in milliseconds. */
export const UNDO_MS = 6000
/** So many are sent at once. */
const AT_ONCE = 4

/** What was deleted with one press, and can still be taken back with one. */
export type DeletedBatch = readonly string[]

/** What the server did not delete, and why. */
export interface RefusedDeletion<E = unknown> {
  id: string
  error: E
}

export interface DeferredState<E = unknown> {
  /** What can still be taken back, the newest last. */
  waiting: readonly DeletedBatch[]
  /** It is there again. */
  refused: readonly RefusedDeletion<E>[]
}

/** Where deletions that cannot be taken back any more are written down until the server has confirmed them. */
export interface DeletionJournal {
  read: () => readonly string[]
  write: (ids: readonly string[]) => void
}

export interface DeferredOptions<E> {
  /** The real deletion; rejects when it was refused. What somebody else has deleted is deleted. */
  send: (id: string) => Promise<unknown>
  /** What is deleted, or about to be: not to be shown. */
  gone: StoreApi<ReadonlySet<string>>
  journal?: DeletionJournal
  /** Whether nobody may see that something was refused, since the page is on its way out. */
  isLeaving?: () => boolean
  /** Told of what was refused. */
  onRefused?: (refused: RefusedDeletion<E>) => void
  /** @default 6000 */
  delay?: number
}

/**
 * Deletions that wait a while before they are made, so that they can be taken back. What is taken back was never sent; what was sent
 * cannot be taken back, and is written down until the server has confirmed it, so that a page that is closed meanwhile sends it again
 * when it is next opened.
 */
export interface DeferredDelete<E = unknown> {
  state: StoreApi<DeferredState<E>>
  /** Hides them, and deletes them after the delay. What is on its way out already is not deleted twice. */
  remove: (ids: readonly string[]) => void
  /** Takes back what was deleted last, and gives it; nothing when all of it has been sent. */
  undo: () => DeletedBatch
  /** Sends all that waits, now. */
  settle: () => void
  /** The delay stands still, while somebody reaches for what takes it back. */
  hold: (still: boolean) => void
  /** Sends again what was refused. */
  retry: () => void
  /** Leaves what was refused as it is. */
  dismiss: () => void
  /** Sends what an earlier page has written down and not seen confirmed. */
  resume: () => void
}

interface Timed {
  ids: DeletedBatch
  /** Milliseconds that are left of the delay, and since when it runs. */
  left: number
  since: number
  timer?: ReturnType<typeof setTimeout>
}

export function createDeferredDelete<E>(options: DeferredOptions<E>): DeferredDelete<E> {
  const { send, gone, journal, isLeaving, onRefused, delay = UNDO_MS } = options
  const state = createStore<DeferredState<E>>(() => ({ waiting: [], refused: [] }))
  let batches: Timed[] = []
  let still = false
  const line: string[] = []
  let under = 0

  const show = () => state.setState({ waiting: batches.map(({ ids }) => ids) })
  const hide = (ids: readonly string[], hidden: boolean) => {
    const next = new Set(gone.getState())
    for (const id of ids) next[hidden ? 'add' : 'delete'](id)
    gone.setState(next, true)
  }
  /** Another page may have written since. */
  const note = (ids: readonly string[], kept: boolean) => {
    if (!journal || ids.length === 0) return
    const others = journal.read().filter((id) => !ids.includes(id))
    journal.write(kept ? [...others, ...ids] : others)
  }

  const next = () => {
    for (; under < AT_ONCE && line.length > 0; under += 1) void one(line.shift()!)
  }
  const one = async (id: string) => {
    try {
      // It stays hidden: an answer that was written before may still be on its way.
      await send(id)
      note([id], false)
    } catch (error) {
      if (!isLeaving?.()) note([id], false)
      const refused = { id, error: error as E }
      state.setState(({ refused: others }) => ({ refused: [...others, refused] }))
      hide([id], false)
      onRefused?.(refused)
    }
    under -= 1
    next()
  }
  const commit = (ids: readonly string[]) => {
    note(ids, true)
    line.push(...ids)
    next()
  }
  const run = (batch: Timed) => {
    batch.since = Date.now()
    batch.timer = setTimeout(() => {
      batches = batches.filter((other) => other !== batch)
      commit(batch.ids)
      show()
    }, batch.left)
  }
  const isGone = (id: string) => gone.getState().has(id)
  const unrefuse = (ids: readonly string[]) =>
    state.setState(({ refused }) => ({ refused: refused.filter(({ id }) => !ids.includes(id)) }))

  return {
    state,
    remove(wanted) {
      const ids = [...new Set(wanted)].filter((id) => !isGone(id))
      if (ids.length === 0) return
      unrefuse(ids)
      const batch: Timed = { ids, left: delay, since: 0 }
      batches = [...batches, batch]
      hide(ids, true)
      if (!still) run(batch)
      show()
    },
    undo() {
      const batch = batches.at(-1)
      if (!batch) return []
      clearTimeout(batch.timer)
      batches = batches.slice(0, -1)
      hide(batch.ids, false)
      show()
      return batch.ids
    },
    settle() {
      const left = batches
      batches = []
      for (const { timer } of left) clearTimeout(timer)
      if (left.length === 0) return
      commit(left.flatMap(({ ids }) => ids))
      show()
    },
    hold(wanted) {
      if (still === wanted) return
      still = wanted
      for (const batch of batches) {
        clearTimeout(batch.timer)
        if (still) batch.left = Math.max(0, batch.left - (Date.now() - batch.since))
        else run(batch)
      }
    },
    retry() {
      const ids = state.getState().refused.map(({ id }) => id)
      unrefuse(ids)
      hide(ids, true)
      commit(ids)
    },
    dismiss() {
      const ids = state.getState().refused.map(({ id }) => id)
      unrefuse(ids)
      note(ids, false)
    },
    resume() {
      const refused = new Set(state.getState().refused.map(({ id }) => id))
      const ids = (journal?.read() ?? []).filter((id) => !isGone(id) && !refused.has(id))
      if (ids.length === 0) return
      hide(ids, true)
      commit(ids)
    },
  }
}
