'use client'
import { useCallback, useDeferredValue, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import { closeIcon, part, renderPart, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { filterIcon } from '../icons.tsx'
import { useCommandKeys, useShortcuts } from '../keys/Shortcuts.tsx'
import { onDesk } from '../onDesk.ts'
import { describeView } from './describe.ts'
import type { NameOf } from './describe.ts'
import { FilterFields } from './FilterFields.tsx'
import { Popup, useOpen } from './Popup.tsx'
import { countsOf, isOn, quickFilters, toggle, withoutFilters } from './quick.ts'
import type { QuickFilter } from './quick.ts'
import { SortSelect } from './SortSelect.tsx'
import type { ViewChange } from './useConversationView.ts'
import { isFiltered } from './view.ts'
import type { ConversationView, FactsOf } from './view.ts'
import { useToday } from './useToday.ts'

/** Every field is also a data attribute. */
export interface ViewBarState {
  /** Whether a filter is on. */
  filtered: boolean
}

export interface ViewBarProps extends Omit<PartProps<ViewBarState, HTMLDivElement>, 'children'> {
  view: ConversationView
  /** What `useConversationView` gives. */
  onViewChange: (view: ConversationView, how?: ViewChange) => void
  /** What is loaded: choices and numbers come from it. @default none */
  conversations?: readonly ConversationInstance[]
  /** Another function when what it knows has changed. */
  factsOf?: FactsOf
  /** The filters that are one press away. @default unanswered, voted down, today */
  quick?: readonly QuickFilter[]
  /** What bots, contacts, tasks and models are called. @default their ids */
  nameOf?: NameOf
  /** Comes last: saved views, say. */
  children?: ReactNode
}

const NONE: readonly ConversationInstance[] = []

/** Filters, order, and what of them is on. Renders a `<div>`. */
export const ViewBar = part<HTMLDivElement, ViewBarProps>(function ViewBar({
  view,
  onViewChange,
  conversations = NONE,
  factsOf,
  quick,
  nameOf,
  children,
  ref,
  ...props
}) {
  const words = useStrings(viewWords)
  const locale = useLocale()
  const root = useRef<HTMLDivElement>(null)
  const both = useMergedRef(root, ref)
  const [open, setOpen] = useOpen()
  const opens = useCallback(() => setOpen(true), [setOpen])
  useShortcuts({ filter: opens })
  const keys = useCommandKeys('filter')

  const filters = useMemo(() => quick ?? quickFilters(words), [quick, words])
  const counts = useCounts(filters, conversations, factsOf)
  const number = new Intl.NumberFormat(locale)
  const chips = describeView(view, words, { locale, nameOf })
  const on = filters.filter((filter) => isOn(filter, view))
  // What a chip above says is not said again.
  const others = chips.filter((chip) => !on.some((filter) => !isOn(filter, chip.without)))
  const filtered = isFiltered(view)

  const focus = (to: Element | null | undefined) => (to as HTMLElement | null)?.focus()
  const clear = () => {
    focus(root.current?.querySelector('.ck-view-chip'))
    onViewChange(withoutFilters(view))
  }

  const content = (
    <>
      <div className="ck-view-row">
        <div className="ck-view-quick">
          <button type="button" className="ck-view-chip" aria-pressed={!filtered} onClick={clear}>
            {words.viewAll}
          </button>
          {filters.map((filter) => (
            <button
              key={filter.id}
              type="button"
              className="ck-view-chip"
              aria-pressed={on.includes(filter)}
              onClick={() => onViewChange(toggle(filter, view))}
            >
              {filter.label}
              {counts.has(filter.id) && (
                <span className="ck-view-number">{number.format(counts.get(filter.id) ?? 0)}</span>
              )}
            </button>
          ))}
        </div>
        <div className="ck-view-tools">
          <Popup
            label={
              <>
                {filterIcon}
                <span className="ck-view-word">{words.viewFilters}</span>
                {chips.length > 0 && (
                  <span className="ck-view-badge">
                    <span aria-hidden="true">{number.format(chips.length)}</span>
                    <span className="ck-hidden">{words.viewFiltersOn({ count: chips.length, locale })}</span>
                  </span>
                )}
              </>
            }
            title={words.viewFilters}
            open={open}
            onOpenChange={setOpen}
            aria-keyshortcuts={keys['aria-keyshortcuts']}
          >
            <FilterFields view={view} onViewChange={onViewChange} conversations={conversations} nameOf={nameOf} />
          </Popup>
          <SortSelect view={view} onViewChange={onViewChange} />
          {children}
        </div>
      </div>
      {others.length > 0 && (
        <ul className="ck-view-active" aria-label={words.viewActive}>
          {others.map((chip) => (
            <li key={chip.id} className="ck-view-item">
              <span className="ck-view-text" dir="auto">
                {chip.label}
              </span>
              <button
                type="button"
                className="ck-view-remove"
                aria-label={words.viewRemove({ filter: chip.label })}
                onClick={({ currentTarget }) => {
                  const item = currentTarget.closest('li')
                  const next = item?.nextElementSibling ?? item?.previousElementSibling
                  const isLast = others.length === 1
                  focus((isLast ? root.current : next)?.querySelector(isLast ? '.ck-popup-button' : 'button'))
                  onViewChange(chip.without)
                }}
              >
                {closeIcon}
              </button>
            </li>
          ))}
          <li className="ck-view-item-clear">
            <button type="button" className="ck-button" data-quiet="" onClick={clear}>
              {words.viewClear}
            </button>
          </li>
        </ul>
      )}
    </>
  )
  return renderPart(
    {
      tag: 'div',
      name: 'view-bar',
      state: { filtered },
      own: { role: 'group', 'aria-label': words.viewBar, children: content },
    },
    { ...onDesk(props), ref: both },
  )
})

/**
 * How many of what is loaded each quick filter shows by itself. Nothing is said of one that goes by what is not known of all of them:
 * a number would be a guess. A moment late, where there are very many.
 */
function useCounts(
  filters: readonly QuickFilter[],
  conversations: readonly ConversationInstance[],
  factsOf?: FactsOf,
): ReadonlyMap<string, number> {
  const loaded = useDeferredValue(conversations)
  const today = useToday()
  return useMemo(() => countsOf(filters, loaded, factsOf, today), [filters, loaded, factsOf, today])
}
