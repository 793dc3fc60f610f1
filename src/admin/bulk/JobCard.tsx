'use client'
import { useEffect, useId, useRef, useState } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import type { BulkMessages } from '../../internal/english/admin/bulk.ts'
import type { ShownJob } from './types.ts'
import { isOver } from './job.ts'
import { JobFailures } from './JobFailures.tsx'
import { saveFile } from './saveFile.ts'
import { endOf, titleOf } from './titles.ts'
import type { UseBulkResult } from './useBulk.ts'

interface JobCardProps {
  bulk: UseBulkResult
  shown: ShownJob
}

/** One job: what it does, how far it is, and what can be done about it. */
export function JobCard({ bulk, shown }: JobCardProps) {
  const { job, mine } = shown
  const { phase, action, done, failures, items } = job
  const words = useStrings(bulkWords)
  const locale = useLocale()
  const id = useId()
  const card = useRef<HTMLLIElement>(null)
  const over = isOver(job)
  const title = titleOf(job, words, locale)
  const act = (what: (id: string) => void) => () => {
    what(job.id)
    // The button that was pressed is about to go.
    card.current?.focus()
  }
  const leave = () => {
    const next = card.current?.closest<HTMLElement>('[data-ck="bulk-progress"]')
    bulk.dismiss(job.id)
    next?.focus()
  }
  return (
    <li ref={card} className="ck-bulk-job" data-phase={phase} tabIndex={-1} aria-labelledby={`${id}-title`}>
      <div className="ck-bulk-job-head">
        <h3 className="ck-bulk-job-title" id={`${id}-title`}>
          {title}
        </h3>
        {mine && (
          <div className="ck-bulk-job-actions">
            {phase === 'waiting' && <Act label={words.bulkUndo} onClick={act(bulk.undo)} strong />}
            {phase === 'running' && <Act label={words.bulkPause} onClick={act(bulk.pause)} />}
            {phase === 'paused' && <Act label={words.bulkResume} onClick={act(bulk.resume)} strong />}
            {(phase === 'running' || phase === 'paused') && <Act label={words.bulkCancel} onClick={act(bulk.cancel)} />}
            {phase === 'done' && action.kind === 'export' && done > 0 && <Download bulk={bulk} id={job.id} />}
            {over && <Act label={words.bulkDismiss} onClick={leave} />}
          </div>
        )}
      </div>
      {phase !== 'waiting' && !over && (
        <div className="ck-bulk-meter">
          <progress
            className="ck-bulk-meter"
            value={done + failures.length}
            max={Math.max(1, items.length)}
            aria-labelledby={`${id}-title`}
          />
          <span className="ck-bulk-numbers">{words.bulkCounts({ done, total: items.length, locale })}</span>
        </div>
      )}
      {/* Another time is counted down from its beginning. */}
      <Note key={shown.beginsAt ?? shown.waitsUntil ?? 0} shown={shown} durable={bulk.durable} />
      {job.resumed && !over && mine && <p className="ck-bulk-text">{words.bulkResumed}</p>}
      {phase === 'done' && action.kind === 'export' && failures.length > 0 && done > 0 && (
        <p className="ck-bulk-text">{words.bulkIncomplete({ count: failures.length, locale })}</p>
      )}
      {failures.length > 0 && <JobFailures job={job} onRetry={mine ? act(bulk.retry) : undefined} />}
    </li>
  )
}

function Act({ label, onClick, strong = false }: { label: string; onClick: () => void; strong?: boolean }) {
  return (
    <button type="button" className={strong ? 'ck-button ck-bulk-strong' : 'ck-button'} onClick={onClick}>
      {label}
    </button>
  )
}

function Download({ bulk, id }: { bulk: UseBulkResult; id: string }) {
  const words = useStrings(bulkWords)
  const [state, setState] = useState<'busy' | 'failed'>()
  const save = async () => {
    if (state === 'busy') return
    setState('busy')
    try {
      saveFile(await bulk.file(id))
      setState(undefined)
    } catch {
      setState('failed')
    }
  }
  return (
    <>
      {state === 'failed' && (
        <span className="ck-bulk-text" data-error="" role="alert">
          {words.errorGeneric}
        </span>
      )}
      <button
        type="button"
        className="ck-button ck-bulk-strong"
        aria-busy={state === 'busy'}
        onClick={() => void save()}
      >
        {words.bulkDownload}
      </button>
    </>
  )
}

/** What is to be known about it now. */
function Note({ shown, durable }: { shown: ShownJob; durable: boolean }) {
  const words = useStrings(bulkWords)
  const locale = useLocale()
  const now = useSeconds(shown.beginsAt ?? shown.waitsUntil)
  const note = noteOf(shown, durable, words, locale, now)
  return note ? <p className="ck-bulk-text">{note}</p> : null
}

function noteOf(
  { job, mine, beginsAt, waitsUntil }: ShownJob,
  durable: boolean,
  words: BulkMessages,
  locale: string,
  now: number,
): string | undefined {
  const seconds = (until: number) => Math.max(1, Math.ceil((until - now) / 1000))
  if (isOver(job)) return endOf(job, words, locale)
  if (!mine) return words.bulkElsewhere
  if (beginsAt !== undefined) return words.bulkDeletingIn({ seconds: seconds(beginsAt), locale })
  if (job.phase === 'paused') {
    switch (job.pausedBy) {
      case 'offline':
        return words.bulkOffline
      case 'session':
        return words.bulkSession
      case 'storage':
        return words.bulkStorage
      default:
        return words.bulkPaused
    }
  }
  if (waitsUntil !== undefined) return words.bulkSlow({ seconds: seconds(waitsUntil), locale })
  return durable ? undefined : words.bulkNotKept
}

/** The time in epoch milliseconds, told anew every second until a time. */
function useSeconds(until: number | undefined): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (until === undefined) return undefined
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [until])
  return now
}
