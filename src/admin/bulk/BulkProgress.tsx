'use client'
import { useLocale, useStrings } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { onDesk } from '../onDesk.ts'
import { JobCard } from './JobCard.tsx'
import { useJobNews } from './useJobNews.ts'
import type { UseBulkResult } from './useBulk.ts'

/** Every field is also a data attribute. */
export interface BulkProgressState {
  /** Whether there is no work. */
  empty: boolean
}

export interface BulkProgressProps extends Omit<PartProps<BulkProgressState, HTMLElement>, 'children'> {
  /** What `useBulk()` gives. */
  bulk: UseBulkResult
}

/**
 * The work on many conversations: how far it is, what failed and why, what can be done about it, and the file of an export. Renders a
 * `<section>`, empty while there is no work.
 */
export const BulkProgress = part<HTMLElement, BulkProgressProps>(function BulkProgress({ bulk, ...props }) {
  const words = useStrings(bulkWords)
  const locale = useLocale()
  const news = useJobNews(bulk.jobs)
  const empty = bulk.jobs.length === 0 && bulk.dropped === 0
  const children = (
    <>
      {bulk.dropped > 0 && <p className="ck-bulk-text">{words.bulkDropped({ count: bulk.dropped, locale })}</p>}
      {bulk.jobs.length > 0 && (
        <ul className="ck-bulk-jobs">
          {bulk.jobs.map((shown) => (
            <JobCard key={shown.job.id} bulk={bulk} shown={shown} />
          ))}
        </ul>
      )}
      <output className="ck-hidden">{news}</output>
    </>
  )
  const own = { 'aria-label': words.bulkWork, tabIndex: -1, children }
  return renderPart({ tag: 'section', name: 'bulk-progress', state: { empty }, own }, onDesk(props))
})
