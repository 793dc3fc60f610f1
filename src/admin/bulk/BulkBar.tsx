'use client'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { ALL_CHOSEN, chosenCount, NONE_CHOSEN, useLocale, useStrings } from '../../components/index.ts'
import type { ConversationSelection } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import { closeIcon, part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { deleteIcon } from '../icons.tsx'
import type { ConversationView, FactsOf, Matcher } from '../view/view.ts'
import { onDesk } from '../onDesk.ts'
import { BulkDialog } from './BulkDialog.tsx'
import type { BulkTarget } from './collect.ts'
import type { BulkAction } from './job.ts'
import type { UseBulkResult } from './useBulk.ts'

/** Every field is also a data attribute. */
export interface BulkBarState {
  /** Whether all that match are chosen, also what is not loaded. */
  all: boolean
}

export interface BulkBarProps extends Omit<PartProps<BulkBarState, HTMLElement>, 'children'> {
  /** What `useBulk()` gives. */
  bulk: UseBulkResult
  selection: ConversationSelection
  onSelectionChange: (selection: ConversationSelection) => void
  /** What "all that match" is. @default all there is */
  view?: ConversationView
  /** Decides what the API cannot be asked for. With a `search` in the view all that match can be chosen only when it is given. @default by the view */
  matches?: Matcher
  /** What is known of a conversation beside its record, for views by votes or by who spoke last. */
  factsOf?: FactsOf
}

/** What is done first, before the dialog says what exactly. */
const FIRST: Record<'export' | 'mergeMeta' | 'delete', BulkAction> = {
  export: { kind: 'export', format: 'csv' },
  mergeMeta: { kind: 'mergeMeta', meta: {} },
  delete: { kind: 'delete' },
}

/** How many conversations are chosen, and what can be done with them. Renders a `<section>`, and nothing while none is chosen. */
export const BulkBar = part<HTMLElement, BulkBarProps>(function BulkBar(props) {
  const { bulk, selection, onSelectionChange, view = {}, matches, factsOf, ...rest } = props
  const words = useStrings(bulkWords)
  const locale = useLocale()
  const [open, setOpen] = useState<keyof typeof FIRST>()
  const count = chosenCount(selection, { matching: 0, complete: false })
  const isTold = view.votes !== 'none' && (Boolean(factsOf) || !(view.votes ?? view.lastSpeaker))
  const canAll = Boolean(matches) || (!view.search?.trim() && isTold)
  if (count === 0 && !open) return null

  const prepare = (kind: keyof typeof FIRST) => {
    const target: BulkTarget = selection.all
      ? { view, except: selection.except, matches, factsOf }
      : { ids: selection.ids }
    bulk.prepare(FIRST[kind], target)
    setOpen(kind)
  }
  const button = (kind: keyof typeof FIRST, label: string, icon?: ReactElement) => (
    <button
      type="button"
      className={kind === 'delete' ? 'ck-button ck-bulk-danger' : 'ck-button'}
      aria-haspopup="dialog"
      onClick={() => prepare(kind)}
    >
      {icon}
      {label}
    </button>
  )
  const children = (
    <>
      <div className="ck-bulk-bar">
        <div className="ck-bulk-chosen">
          <button
            type="button"
            className="ck-icon-button"
            aria-label={words.bulkClear}
            title={words.bulkClear}
            onClick={() => onSelectionChange(NONE_CHOSEN)}
          >
            {closeIcon}
          </button>
          <output className="ck-bulk-count">
            {selection.all
              ? words.bulkAllChosen({ except: selection.except.length, locale })
              : words.bulkChosen({ count: selection.ids.length, locale })}
          </output>
        </div>
        {!(selection.all && selection.except.length === 0) && canAll && (
          <button type="button" className="ck-button" data-quiet="" onClick={() => onSelectionChange(ALL_CHOSEN)}>
            {words.bulkChooseAll}
          </button>
        )}
        <div className="ck-bulk-actions">
          {button('export', words.bulkExport)}
          {button('mergeMeta', words.bulkMeta)}
          {button('delete', words.bulkDelete, deleteIcon)}
        </div>
      </div>
      {open && bulk.draft && (
        <BulkDialog
          bulk={bulk}
          draft={bulk.draft}
          onClose={() => setOpen(undefined)}
          onConfirm={() => {
            setOpen(undefined)
            // What is gone cannot be chosen.
            if (open === 'delete') onSelectionChange(NONE_CHOSEN)
          }}
        />
      )}
    </>
  )
  const own = { 'aria-label': words.bulkBar, children }
  const state: BulkBarState = { all: Boolean(selection.all) }
  return renderPart({ tag: 'section', name: 'bulk', state, own }, onDesk(rest))
})
