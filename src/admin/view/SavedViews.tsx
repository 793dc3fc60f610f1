'use client'
import { useRef, useState } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import { checkIcon, chevronIcon } from '../../internal/index.ts'
import { saveFile } from '../bulk/saveFile.ts'
import { bookmarkIcon } from '../icons.tsx'
import { ImportReport } from './ImportReport.tsx'
import { focusPanel, Popup, useOpen } from './Popup.tsx'
import type { ImportResult, SavedView } from './saved.ts'
import { SavedViewRow } from './SavedViewRow.tsx'
import { SaveView } from './SaveView.tsx'
import type { ViewChange } from './useConversationView.ts'
import { useSavedViews } from './useSavedViews.ts'
import type { UseSavedViewsOptions } from './useSavedViews.ts'
import { isFiltered, isSame } from './view.ts'
import type { ConversationView } from './view.ts'

export interface SavedViewsProps extends UseSavedViewsOptions {
  view: ConversationView
  /** What `useConversationView` gives. */
  onViewChange: (view: ConversationView, how?: ViewChange) => void
}

/** Views under a name: to open, to save, to put in order, and to take along as a file. Renders a `<div>` with a button. */
export function SavedViews({ view, onViewChange, ...options }: SavedViewsProps) {
  const words = useStrings(viewWords)
  const locale = useLocale()
  const saved = useSavedViews(options)
  const [open, setOpen] = useOpen()
  const [managing, setManaging] = useState(false)
  const [openedId, setOpenedId] = useState<string>()
  const [report, setReport] = useState<Omit<ImportResult, 'views'>>()
  const file = useRef<HTMLInputElement>(null)

  const { views } = saved
  const shown = views.find((each) => isSame(each.view, view))
  // One that was opened and then changed can be saved again under its name.
  const changed = shown ? undefined : views.find(({ id }) => id === openedId)
  const change = (next: boolean) => {
    setOpen(next)
    if (next) return
    setManaging(false)
    setReport(undefined)
  }
  const openView = (one: SavedView, from: Element) => {
    from.closest('.ck-popup')?.querySelector<HTMLElement>('.ck-popup-button')?.focus()
    setOpenedId(one.id)
    onViewChange(one.view)
    change(false)
  }
  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    // Views are small; a file that is not would only stop the page.
    const text = chosen.size > LARGEST_FILE ? '' : await chosen.text().catch(() => '')
    setReport(saved.importViews(text))
  }

  return (
    <div className="ck-desk ck-saved-views" data-ck="saved-views">
      <Popup
        className="ck-saved-popup"
        label={
          <>
            {bookmarkIcon}
            <span className={shown ? 'ck-saved-current' : 'ck-view-word'} dir="auto">
              {shown?.name ?? words.viewSaved}
            </span>
            <span className="ck-saved-arrow">{chevronIcon}</span>
          </>
        }
        name={shown ? words.viewChip({ filter: words.viewSaved, value: shown.name }) : words.viewSaved}
        title={words.viewSaved}
        open={open}
        onOpenChange={change}
      >
        <div className="ck-saved">
          {views.length === 0 && <p className="ck-saved-none">{words.viewNoSaved}</p>}
          <ul className="ck-saved-list" aria-label={words.viewSaved}>
            {views.map((one, index) =>
              managing ? (
                <SavedViewRow
                  key={one.id}
                  one={one}
                  saved={saved}
                  first={index === 0}
                  last={index === views.length - 1}
                />
              ) : (
                <li key={one.id} className="ck-saved-row">
                  <button
                    type="button"
                    className="ck-saved-open"
                    data-focus={index === 0 ? 'first' : undefined}
                    aria-current={one === shown ? 'true' : undefined}
                    onClick={({ currentTarget }) => openView(one, currentTarget)}
                  >
                    <span className="ck-saved-name">
                      <bdi className="ck-saved-words">{one.name}</bdi>
                    </span>
                    {one.id === saved.first?.id && <span className="ck-saved-mark">{words.viewDefaultMark}</span>}
                    {one === shown && checkIcon}
                  </button>
                </li>
              ),
            )}
          </ul>
          {saved.removed && (
            <div className="ck-saved-undo">
              <output className="ck-saved-name">{words.viewDeleted({ name: saved.removed.view.name })}</output>
              <button
                type="button"
                className="ck-button"
                data-quiet=""
                onClick={({ currentTarget }) => {
                  focusPanel(currentTarget)
                  saved.undoRemove()
                }}
              >
                {words.viewUndo}
              </button>
            </div>
          )}
          {changed && (
            <button
              type="button"
              className="ck-button ck-saved-update"
              onClick={({ currentTarget }) => {
                currentTarget.closest('.ck-popup')?.querySelector<HTMLElement>('.ck-popup-button')?.focus()
                saved.update(changed.id, view)
                change(false)
              }}
            >
              {words.viewUpdate({ name: changed.name })}
            </button>
          )}
          {!shown && !managing && (isFiltered(view) || views.length > 0) && (
            <SaveView
              isTaken={saved.isTaken}
              onSave={(name) => {
                const made = saved.save(name, view)
                if (made) setOpenedId(made.id)
                return made !== undefined
              }}
            />
          )}
          {!saved.kept && (
            <p className="ck-saved-problem" role="alert">
              {words.viewNotKept}
            </p>
          )}
          {report && <ImportReport report={report} locale={locale} />}
          <div className="ck-saved-foot">
            {views.length > 0 && (
              <button
                type="button"
                className="ck-button"
                data-quiet=""
                aria-pressed={managing}
                onClick={() => setManaging(!managing)}
              >
                {managing ? words.viewManaged : words.viewManage}
              </button>
            )}
            <span className="ck-saved-space" />
            <button type="button" className="ck-button" data-quiet="" onClick={() => file.current?.click()}>
              {words.viewImport}
            </button>
            <button
              type="button"
              className="ck-button"
              data-quiet=""
              disabled={views.length === 0}
              onClick={() => saveFile(new File([saved.exportViews()], 'views.json', { type: 'application/json' }))}
            >
              {words.viewExport}
            </button>
            <input
              ref={file}
              type="file"
              className="ck-saved-file"
              accept=".json,application/json"
              aria-label={words.viewImport}
              tabIndex={-1}
              hidden
              onChange={({ target }) => {
                void read(target.files?.[0])
                // The same file can be chosen again.
                target.value = ''
              }}
            />
          </div>
        </div>
      </Popup>
    </div>
  )
}

const LARGEST_FILE = 1_000_000
