import { createCell } from '../../internal/index.ts'
import { randomId } from '../../internal/randomId.ts'
import { ConversationError, toConversationError } from '../../transport/index.ts'
import { isMetaKey } from '../metaLines.ts'
import { collect } from './collect.ts'
import type { BulkTarget } from './collect.ts'
import { exportFile } from './exportFile.ts'
import { createJob, reduceJob } from './job.ts'
import type { BulkAction, BulkEvent } from './job.ts'
import { createJobs } from './jobs.ts'
import { reasonOf } from './perform.ts'
import type { Bulk, BulkKit, BulkState } from './types.ts'

/** Work on many conversations for one client and cache. Nothing begins before it is opened. */
export function createBulk(kit: BulkKit): Bulk {
  const { client, queryClient, now = Date.now, language = () => ({}) } = kit
  const cell = createCell<BulkState>({ jobs: [], durable: true, dropped: 0 })
  const set = (change: Partial<BulkState>) => cell.set({ ...cell.get(), ...change })
  const jobs = createJobs(kit, set)
  let target: BulkTarget | undefined
  let collecting = new AbortController()

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

  return {
    get: cell.get,
    subscribe: cell.subscribe,
    open() {
      const close = jobs.open()
      return () => {
        collecting.abort()
        close()
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
      set({ draft: undefined })
      jobs.begin(chosen)
    },
    discard() {
      collecting.abort()
      set({ draft: undefined })
    },
    undo: (id) => jobs.tell(id, { type: 'undone' }),
    pause: (id) => jobs.tell(id, { type: 'paused', by: 'user' }),
    resume: (id) => jobs.tell(id, { type: 'resumed' }),
    cancel: (id) => jobs.tell(id, { type: 'cancelled' }),
    retry: (id) => jobs.tell(id, { type: 'retried' }),
    dismiss: jobs.dismiss,
    file: (id) => exportFile(jobs.job(id), jobs.storage, language()),
  }
}

/** Refuses what the server would refuse for each, or would not keep. */
function check(action: BulkAction): void {
  if (action.kind !== 'setMeta' && action.kind !== 'mergeMeta') return
  const wrong = Object.keys(action.meta).find((key) => !isMetaKey(key))
  if (wrong === undefined) return
  const message = `A key of meta begins with a letter or a digit, and "${wrong}" does not.`
  throw new ConversationError({ code: 'BAD_REQUEST', message, retryable: false })
}
