import type { QueryClient } from '@tanstack/react-query'
import type { QueryTransport } from '../../queries/index.ts'
import type { ExportOptions } from '../export/write.ts'
import type { BulkTarget } from './collect.ts'
import type { BulkAction, BulkJob } from './job.ts'
import type { Locks } from './own.ts'
import type { Running } from './runner.ts'
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
