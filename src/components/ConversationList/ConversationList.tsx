'use client'
import { useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { KeyboardEvent } from 'react'
import { useBrowserLayoutEffect, useLatest, useListQuery, useListView, useLiveStatuses } from '../../hooks/index.ts'
import { listWords } from '../../internal/english/list.ts'
import { createCell, part, plusIcon, renderPart, useCell, useRendered } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { ListParams } from '../../queries/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { createClock } from './clock.ts'
import { createHold } from './hold.ts'
import type { Hold } from './hold.ts'
import type { List, ListWords, RenderConversation, VoteCount } from './list.ts'
import { ListFoot } from './ListFoot.tsx'
import { ListItems } from './ListItems.tsx'
import { rowFor } from './moves.ts'
import { NOTHING } from './selection.ts'
import type { ConversationSelection } from './selection.ts'
import { useDesk } from './useDesk.ts'

/** Every field is also a data attribute. */
export interface ConversationListState {
  /** Whether there is nothing to show. */
  empty: boolean
  loading: boolean
}

export interface ConversationListProps extends Omit<
  PartProps<ConversationListState, HTMLElement>,
  'children' | 'onSelect' | 'defaultValue'
> {
  params?: ListParams
  /** The id of the conversation that is open; `null` for a new one. */
  value?: string | null
  defaultValue?: string | null
  onValueChange?: (id: string | null) => void
  /**
   * Which of the conversations fetched so far are shown: a word in the name or description, or a function. Keep the function the same
   * between renders: with each new one all of them are looked at again.
   */
  filter?: string | ((conversation: ConversationInstance) => boolean)
  /** The order of those fetched so far, as in `toSorted`. Keep the function the same between renders. @default the order of the API */
  sort?: (one: ConversationInstance, other: ConversationInstance) => number
  /** How further conversations come: when the end comes near, by a button, or not at all. @default 'button' */
  infinite?: 'auto' | 'button' | false
  /** In place of the name, time and description of a conversation. */
  renderItem?: RenderConversation
  /**
   * The conversations that are chosen. With this, `defaultSelection` or `onSelectionChange` each row has a check box: Space or Ctrl and a
   * click choose one, Shift with a click or an arrow key all up to it, Ctrl+A all that match, Escape none. What this adds is downloaded
   * when it is first used, and is styled by `conversation-kit/admin/styles.css`.
   */
  selection?: ConversationSelection
  /** @default { ids: [] } */
  defaultSelection?: ConversationSelection
  onSelectionChange?: (selection: ConversationSelection) => void
  /**
   * What can be done to a conversation in its place; downloaded and styled as `selection` is.
   *
   * `rename`: by the button or F2. Enter or leaving the field saves, Escape leaves the name as it was. The new name shows at once; when
   * the server refuses it the old one is back, and the field is open again with what was typed and the reason.
   *
   * `delete`: by the button or the Delete key; of a row that is chosen, all that are chosen and loaded. It leaves the list at once, and
   * for 6 seconds the button below the list or Ctrl+Z takes it back. Only then is the server told. It is told at once when the page is
   * hidden or left, or the list goes off it. A deletion that was decided and not confirmed when the page was closed is sent again by the
   * next page that has such a list; until then its id is in `localStorage`. What the server refuses comes back, with the reason.
   */
  actions?: readonly ('rename' | 'delete')[]
  /** Votes to be shown in a row; downloaded and styled as `selection` is. Another function has the rows rendered again. */
  votes?: (id: string) => VoteCount | undefined
}

/**
 * The conversations, newest first, and a button for a new one. Rows come while the list is still arriving. Of more than a hundred only
 * those near the view are on the page. What comes on top while the reader is further down moves nothing: a button tells how many they
 * are. One row is reached by Tab, the others from there by the arrow keys, Home, End, Page Up and Page Down. Renders a `<nav>`.
 */
export const ConversationList = part<HTMLElement, ConversationListProps>(function ConversationList({
  params,
  value,
  defaultValue = null,
  onValueChange,
  filter,
  sort,
  infinite = 'button',
  renderItem: render,
  selection,
  defaultSelection = NOTHING,
  onSelectionChange,
  actions,
  votes,
  ...props
}) {
  const words = useStrings(listWords)
  const locale = useLocale()
  const loading = useListQuery(params)
  const match = useMemo(() => matcher(filter), [filter])
  const { view, shown } = useListView(params, match, sort)
  const ids = useSyncExternalStore(shown.onIds, shown.ids, shown.ids)
  const live = useLiveStatuses()
  const [ownValue, setOwnValue] = useState(defaultValue)
  const [ownSelection, setOwnSelection] = useState(defaultSelection)
  const [{ hold, clock, tabbable }] = useState(() => create(ids[0]))

  const selected = value === undefined ? ownValue : value
  const selects = selection !== undefined || defaultSelection !== NOTHING || onSelectionChange !== undefined
  const canRename = actions?.includes('rename') ?? false
  const canDelete = actions?.includes('delete') ?? false
  const wantsDesk = selects || canRename || canDelete || votes !== undefined
  const desk = useDesk(wantsDesk)
  const state = useMemo(() => desk?.create(), [desk])

  const changes = useLatest({ onValueChange, onSelectionChange })
  const valueNow = useRendered(selected)
  const chosenNow = useRendered(selection ?? ownSelection)
  const idsNow = useRendered(ids)
  const fixed = useMemo(
    () => ({
      open(id: string | null) {
        setOwnValue(id)
        changes.current.onValueChange?.(id)
      },
      choose(next: ConversationSelection) {
        setOwnSelection(next)
        changes.current.onSelectionChange?.(next)
      },
    }),
    [changes],
  )
  const list = useMemo(
    (): List => ({
      ...fixed,
      view,
      hold,
      clock,
      live,
      tabbable,
      words,
      locale,
      render,
      votes,
      canRename,
      canDelete,
      wantsDesk,
      desk,
      state,
      value: valueNow,
      ids: idsNow,
      selection: selects ? chosenNow : undefined,
    }),
    // prettier-ignore
    [fixed, view, hold, clock, live, tabbable, words, locale, render, votes, canRename, canDelete, wantsDesk, desk, state, valueNow, idsNow, chosenNow, selects],
  )

  const viewport = useRef<HTMLDivElement>(null)
  useBrowserLayoutEffect(() => hold.attach(viewport.current!), [hold])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.defaultPrevented) return
    const id = (event.target as Element).closest('[data-id]')?.getAttribute('data-id') ?? undefined
    if (desk?.onKeyDown(event, id, list)) return event.preventDefault()
    const next = id === undefined ? undefined : rowFor(event, ids, id, hold)
    if (next === undefined) return
    hold.focus(next)
    event.preventDefault()
  }
  const children = (
    <>
      <div className="ck-conversations-header">
        <h2 className="ck-conversations-title">{words.conversations}</h2>
        <button
          type="button"
          className="ck-icon-button"
          aria-label={words.newConversation}
          title={words.newConversation}
          onClick={() => list.open(null)}
        >
          {plusIcon}
        </button>
      </div>
      {desk && selects && <desk.Bar list={list} complete={!loading.hasNextPage} />}
      <Fresh hold={hold} words={words} locale={locale} />
      <div
        ref={viewport}
        className="ck-conversations-scroll"
        aria-busy={loading.isFetching}
        onFocus={({ target }) => {
          const id = target.closest('[data-id]')?.getAttribute('data-id')
          if (id) tabbable.set(id)
        }}
      >
        <ListItems list={list} ids={ids} more={loading.hasNextPage} />
        <ListFoot list={loading} none={ids.length === 0} filtered={filter !== undefined} infinite={infinite} />
      </div>
      {desk && (canRename || canDelete) && <desk.Foot list={list} />}
    </>
  )
  const own = { 'aria-label': words.conversations, onKeyDown, ...desk?.around(list), children }
  const shownState: ConversationListState = { empty: ids.length === 0, loading: loading.isPending }
  return renderPart({ tag: 'nav', name: 'conversations', state: shownState, own }, props)
})

const create = (first: string | undefined) => ({
  hold: createHold(),
  clock: createClock(),
  tabbable: createCell(first),
})

/** How many came on top, unseen, and the way there. */
function Fresh({ hold, words, locale }: { hold: Hold; words: ListWords; locale: string }) {
  const count = useCell(hold.fresh)
  return (
    <output className="ck-conversations-fresh">
      {count > 0 && (
        <button type="button" className="ck-button" onClick={hold.toTop}>
          {words.listNew({ count, locale })}
        </button>
      )}
    </output>
  )
}

function matcher(
  filter: ConversationListProps['filter'],
): ((conversation: ConversationInstance) => boolean) | undefined {
  if (typeof filter === 'function') return filter
  const word = filter?.trim().toLocaleLowerCase()
  if (!word) return undefined
  return ({ name, description }) => `${name ?? ''}\n${description ?? ''}`.toLocaleLowerCase().includes(word)
}
