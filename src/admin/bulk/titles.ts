import type { BulkMessages } from '../../internal/english/admin/bulk.ts'
import type { BulkJob } from './job.ts'

/** What a job does, in words. */
export function titleOf({ action, items }: BulkJob, words: BulkMessages, locale: string): string {
  const values = { count: items.length, locale }
  if (action.kind === 'delete') return words.bulkDeleting(values)
  return action.kind === 'export' ? words.bulkExporting(values) : words.bulkChanging(values)
}

/** How a job has ended, in words. */
export function endOf({ action, phase, failures, done, items }: BulkJob, words: BulkMessages, locale: string): string {
  if (phase === 'cancelled')
    return action.kind === 'delete' && done === 0 && failures.length === 0 ? words.bulkUndone : words.bulkCancelled
  const failed = failures.length > 0 && words.bulkFailed({ count: failures.length, locale })
  return [`${words.bulkDone}: ${words.bulkCounts({ done, total: items.length, locale })}`, failed]
    .filter(Boolean)
    .join(', ')
}
