'use client'
import { useId, useState } from 'react'
import type { SubmitEvent } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import { listWords } from '../../internal/english/list.ts'
import type { ExportFormat } from '../export/formats.ts'
import { useModal } from '../keys/useModal.ts'
import { metaOf } from '../metaLines.ts'
import type { BulkAction, BulkJob } from './job.ts'
import { FormatField } from './FormatField.tsx'
import { MetaFields } from './MetaFields.tsx'
import { faultOf, NO_CHANGE } from './metaChange.ts'
import type { MetaChange } from './metaChange.ts'
import { reasonText } from './reason.ts'
import type { UseBulkResult } from './useBulk.ts'

interface BulkDialogProps {
  bulk: UseBulkResult
  draft: BulkJob
  onClose: () => void
  onConfirm: () => void
}

const dialogWords = { ...bulkWords, ...listWords }
/** So many are named as a sample. */
const NAMED = 5

/** What will be done, to how many and to which, before anything is. Renders a `<dialog>`. */
export function BulkDialog({ bulk, draft, onClose, onConfirm }: BulkDialogProps) {
  const words = useStrings(dialogWords)
  const locale = useLocale()
  const id = useId()
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [change, setChange] = useState(NO_CHANGE)
  const [tried, setTried] = useState(false)
  const leave = () => {
    bulk.discard()
    onClose()
  }
  const dialog = useModal(leave)
  const { kind } = draft.action
  const count = draft.items.length
  const counted = { count, locale }
  const ready = draft.phase === 'preview' && count > 0
  const fault = kind === 'mergeMeta' ? faultOf(change) : undefined

  const confirm = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (!ready || fault) return
    bulk.confirm(actionOf(kind, format, change))
    onConfirm()
  }
  const texts = {
    delete: { title: words.bulkDeleteTitle(counted), start: words.bulkDeleteStart(counted) },
    export: { title: words.bulkExportTitle, start: words.bulkExportStart(counted) },
    meta: { title: words.bulkMetaTitle, start: words.bulkMetaStart(counted) },
  }[kind === 'delete' || kind === 'export' ? kind : 'meta']
  // How many there are so far is not told aloud.
  const told = draft.problem ? words.bulkCollectFailed : draft.phase === 'preview' && words.bulkNothing
  const said = ready ? texts.start : told || ''
  return (
    <dialog ref={dialog} className="ck-bulk-dialog" aria-labelledby={`${id}-title`} data-ck="bulk-dialog">
      <form className="ck-bulk-form" onSubmit={confirm}>
        <h2 className="ck-bulk-title" id={`${id}-title`}>
          {ready || kind !== 'delete' ? texts.title : words.bulkDelete}
        </h2>
        {kind === 'delete' && (
          <p className="ck-bulk-text">
            {words.bulkDeleteBody({ seconds: Math.max(1, Math.round(bulk.undoMs / 1000)), locale })}
          </p>
        )}
        {kind === 'export' && <FormatField value={format} onChange={setFormat} />}
        {kind === 'mergeMeta' && <MetaFields value={change} onChange={setChange} fault={tried ? fault : undefined} />}
        <div className="ck-bulk-preview">
          <Preview draft={draft} onRetry={bulk.prepareAgain} />
        </div>
        <output className="ck-hidden">{said}</output>
        <div className="ck-bulk-foot">
          <button
            type="button"
            className="ck-button"
            data-focus={kind === 'delete' ? 'first' : undefined}
            onClick={leave}
          >
            {words.bulkCancel}
          </button>
          <button
            type="submit"
            className={`ck-button ${kind === 'delete' ? 'ck-bulk-danger' : 'ck-bulk-strong'}`}
            aria-disabled={!ready}
          >
            {ready ? texts.start : words.loading}
          </button>
        </div>
      </form>
    </dialog>
  )
}

function Preview({ draft, onRetry }: { draft: BulkJob; onRetry: () => void }) {
  const words = useStrings(dialogWords)
  const locale = useLocale()
  const { items, phase, problem, action } = draft
  const count = items.length
  if (problem) {
    return (
      <p className="ck-bulk-text" data-error="">
        {words.bulkCollectFailed} {reasonText(problem, words)}{' '}
        <button type="button" className="ck-button" onClick={onRetry}>
          {words.retry}
        </button>
      </p>
    )
  }
  if (phase === 'collecting') {
    return (
      <p className="ck-bulk-text ck-bulk-looking">
        <span className="ck-spinner" />
        {words.bulkCollecting({ count, locale })}
      </p>
    )
  }
  if (count === 0) return <p className="ck-bulk-text">{words.bulkNothing}</p>
  return (
    <>
      {action.kind === 'export' && <p className="ck-bulk-text">{words.bulkExportBody({ count, locale })}</p>}
      <p className="ck-bulk-label">{words.bulkAmongThem}</p>
      <ul className="ck-bulk-names">
        {items.slice(0, NAMED).map(({ id, name }) => (
          <li key={id} dir="auto">
            {name ?? words.untitled}
          </li>
        ))}
        {count > NAMED && <li>{words.bulkAndMore({ count: count - NAMED, locale })}</li>}
      </ul>
    </>
  )
}

function actionOf(kind: BulkAction['kind'], format: ExportFormat, { mode, lines }: MetaChange): BulkAction {
  if (kind === 'delete') return { kind }
  if (kind === 'export') return { kind, format }
  return { kind: mode === 'merge' ? 'mergeMeta' : 'setMeta', meta: metaOf(lines) }
}
