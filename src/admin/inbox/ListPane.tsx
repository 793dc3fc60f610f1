'use client'
import { useEffect, useMemo, useRef } from 'react'
import type { ReactElement } from 'react'
import { ConversationList } from '../../components/index.ts'
import type { ConversationSelection } from '../../components/index.ts'
import { useConversations } from '../../hooks/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { ListParams } from '../../queries/index.ts'
import { BulkBar } from '../bulk/BulkBar.tsx'
import { BulkProgress } from '../bulk/BulkProgress.tsx'
import { CommandMenuButton } from '../keys/CommandMenu.tsx'
import { useBulk } from '../bulk/useBulk.ts'
import { SearchField } from '../search/SearchField.tsx'
import { SearchResults } from '../search/SearchResults.tsx'
import { useSearch } from '../search/useSearch.ts'
import type { UseConversationViewResult } from '../view/useConversationView.ts'
import { SavedViews } from '../view/SavedViews.tsx'
import type { FactsOf } from '../view/view.ts'
import type { ConversationView } from '../view/view.ts'
import { ViewBar } from '../view/ViewBar.tsx'
import { ViewNote } from '../view/ViewNote.tsx'

export interface ListPaneProps {
  params: ListParams
  view: ConversationView
  onViewChange: UseConversationViewResult[1]
  factsOf: FactsOf
  /** Absent where all that is loaded is shown. */
  filter: ((conversation: ConversationInstance) => boolean) | undefined
  sort: ((one: ConversationInstance, other: ConversationInstance) => number) | undefined
  open: string | null
  onOpen: (id: string | null, messageId?: string) => void
  selection: ConversationSelection
  onSelectionChange: (selection: ConversationSelection) => void
}

const ACTIONS = ['rename', 'delete'] as const

/** The conversations of an inbox, what of them is shown, what is found in them, and what is done with many at once. */
export function ListPane(props: ListPaneProps): ReactElement {
  const { params, view, onViewChange, factsOf, filter, sort, open, onOpen, selection, onSelectionChange } = props
  const text = view.search ?? ''
  const search = useSearch(text)
  const bulk = useBulk()
  const list = useRef<HTMLElement>(null)
  const isChosen = selection.all || selection.ids.length > 0
  const wasChosen = useRef(isChosen)
  useEffect(() => {
    const isLeft = wasChosen.current && !isChosen
    wasChosen.current = isChosen
    // The bar of what is chosen has gone, and with it what was pressed.
    if (!isLeft || document.activeElement !== document.body) return
    const row = list.current?.querySelector<HTMLElement>('.ck-conversation[tabindex="0"]')
    const next = row ?? list.current?.querySelector<HTMLElement>('button')
    next?.focus({ preventScroll: true })
  }, [isChosen])
  return (
    <>
      <div className="ck-inbox-tools">
        <SearchField
          search={search}
          value={text}
          onValueChange={(value) =>
            onViewChange(({ search: _before, ...rest }) => (value === '' ? rest : { ...rest, search: value }), {
              typing: true,
            })
          }
        />
        <Filters params={params} view={view} onViewChange={onViewChange} factsOf={factsOf} />
      </div>
      {text.trim() !== '' && (
        <SearchResults
          className="ck-inbox-found"
          search={search}
          onOpen={({ conversationId, messageId }) => onOpen(conversationId, messageId)}
        />
      )}
      {/* It stays while something is searched for: its place, and what is chosen in it. */}
      <ConversationList
        ref={list}
        hidden={text.trim() !== ''}
        params={params}
        value={open}
        onValueChange={onOpen}
        filter={filter}
        sort={sort}
        // Of what the API cannot be asked for, the end of the list may be far off: the note has a button.
        infinite={filter ? false : 'auto'}
        selection={selection}
        onSelectionChange={onSelectionChange}
        actions={ACTIONS}
        votes={factsOf}
      />
      {text.trim() === '' && <Note params={params} view={view} factsOf={factsOf} filter={filter} />}
      <BulkBar bulk={bulk} selection={selection} onSelectionChange={onSelectionChange} view={view} factsOf={factsOf} />
      <BulkProgress bulk={bulk} />
    </>
  )
}

type ListPart = Pick<ListPaneProps, 'params' | 'view' | 'factsOf'>

/** Reads all rows, so that the list beside it need not. */
function Filters({ params, view, onViewChange, factsOf }: ListPart & Pick<ListPaneProps, 'onViewChange'>) {
  const { data } = useConversations(params)
  return (
    <ViewBar view={view} onViewChange={onViewChange} conversations={data} factsOf={factsOf}>
      <SavedViews view={view} onViewChange={onViewChange} />
      <CommandMenuButton />
    </ViewBar>
  )
}

function Note({ params, view, factsOf, filter }: ListPart & Pick<ListPaneProps, 'filter'>) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useConversations(params)
  const shown = useMemo(() => (filter ? data?.filter(filter) : data)?.length ?? 0, [data, filter])
  const unknown = useMemo(
    () => (view.lastSpeaker && data ? data.filter(({ id }) => !factsOf(id)?.lastSpeaker).length : 0),
    [view.lastSpeaker, data, factsOf],
  )
  if (!data) return null
  return (
    <ViewNote
      view={view}
      loaded={data.length}
      shown={shown}
      unknown={unknown}
      hasMore={hasNextPage}
      loading={isFetchingNextPage}
      onLoadMore={() => void fetchNextPage()}
    />
  )
}
