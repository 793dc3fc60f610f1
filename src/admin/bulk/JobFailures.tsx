'use client'
import { useLocale, useStrings } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import { listWords } from '../../internal/english/list.ts'
import type { BulkJob } from './job.ts'
import { isOver } from './job.ts'
import { reasonText } from './reason.ts'

const failureWords = { ...bulkWords, ...listWords }
/** So many are named. */
const NAMED = 100

/** What failed and why. `onRetry` is absent where another tab does the work. */
export function JobFailures({ job, onRetry }: { job: BulkJob; onRetry?: () => void }) {
  const words = useStrings(failureWords)
  const locale = useLocale()
  const { failures, items, phase } = job
  const count = failures.length
  const canRetry = onRetry && (isOver(job) || phase === 'running' || phase === 'paused')
  return (
    <div className="ck-bulk-failures">
      <details className="ck-bulk-details">
        <summary className="ck-bulk-summary">{words.bulkFailed({ count, locale })}</summary>
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it can be reached by keyboard */}
        <ul className="ck-bulk-reasons" aria-label={words.bulkReasons} tabIndex={0}>
          {failures.slice(0, NAMED).map(({ at, reason }) => (
            <li key={at} className="ck-bulk-reason">
              <bdi className="ck-bulk-name">{items[at]?.name ?? items[at]?.id ?? words.untitled}</bdi>
              <span className="ck-bulk-why">{reasonText(reason, words)}</span>
            </li>
          ))}
          {count > NAMED && <li>{words.bulkAndMore({ count: count - NAMED, locale })}</li>}
        </ul>
      </details>
      {canRetry && (
        <button type="button" className="ck-button" onClick={onRetry}>
          {words.bulkRetry({ count, locale })}
        </button>
      )}
    </div>
  )
}
