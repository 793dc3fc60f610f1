'use client'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'
import { goneOf } from '../../hooks/index.ts'
import { useConversationKit } from '../../provider/index.ts'
import type { SearchAnswer } from './answer.ts'
import type { CreateSearchOptions, SearchStatus } from './createSearch.ts'
import { openDesk } from './desk.ts'
import type { Desk } from './desk.ts'
import { facetId } from './facets.ts'
import type { SearchFacet } from './facets.ts'
import type { LoadState } from './load.ts'
import { useAnswer } from './useAnswer.ts'

export interface UseSearchOptions extends CreateSearchOptions {
  /** Conversations shown at first; `showMore` shows as many more. @default 30 */
  limit?: number
}

export interface UseSearchResult {
  query: string
  /** The last answer: it stays until the next one is there. `undefined` while nothing is asked. */
  answer: SearchAnswer | undefined
  /** Whether a newer answer is on its way. */
  isSearching: boolean
  error: Error | undefined
  facets: readonly SearchFacet[]
  /** Chooses a facet, or no longer. */
  toggleFacet: (facet: SearchFacet) => void
  clearFacets: () => void
  showMore: () => void
  /** What is searched. `undefined` before the first question, or `begin`. */
  status: SearchStatus | undefined
  /** Loading in the background. `undefined` as long as `status` is. */
  load: LoadState | undefined
  /** Loads more conversations, and the messages of all, and searches them too. */
  loadMore: () => void
  cancelLoading: () => void
  /** Begins to index what is loaded, before the first question: the field calls it when it has the focus. */
  begin: () => void
  /** The field and the list, each of which hands the focus to the other. */
  fieldRef: RefObject<HTMLInputElement | null>
  listRef: RefObject<HTMLOListElement | null>
}

const LIMIT = 30
const NO_FACETS: readonly SearchFacet[] = []
const nothing = () => () => undefined

/**
 * Searches all conversations and messages that the page has loaded, as they change. Nothing is indexed before the first question. It is made
 * anew when the component is, so have it in one that stays.
 */
export function useSearch(query: string, { limit = LIMIT, worker }: UseSearchOptions = {}): UseSearchResult {
  const asks = query.trim() !== ''
  const [begun, setBegun] = useState(false)
  const begin = useCallback(() => setBegun(true), [])
  // Once there is an index it stays, for the next question.
  if (asks && !begun) setBegun(true)
  const desk = useDesk(begun || asks, worker)
  const [facets, setFacets] = useState(NO_FACETS)
  const [rounds, setRounds] = useState(1)
  const [asked, setAsked] = useState(query)
  if (asked !== query) {
    setAsked(query)
    setRounds(1)
    if (!asks) setFacets(NO_FACETS)
  }
  const answered = useAnswer(desk?.search, asks ? query : undefined, { limit: limit * rounds, facets })

  const toggleFacet = useCallback((facet: SearchFacet) => {
    const id = facetId(facet)
    setFacets((before) => {
      const others = before.filter((other) => facetId(other) !== id)
      return others.length < before.length ? others : [...before, facet]
    })
  }, [])
  const clearFacets = useCallback(() => setFacets(NO_FACETS), [])
  const showMore = useCallback(() => setRounds((rounds) => rounds + 1), [])
  const loader = desk?.loader
  const fieldRef = useRef<HTMLInputElement>(null)
  const listRef = useRef<HTMLOListElement>(null)
  const status = useSyncExternalStore(desk?.search.subscribe ?? nothing, () => desk?.search.getStatus(), noStatus)
  const load = useSyncExternalStore(loader?.subscribe ?? nothing, () => loader?.get(), noStatus)
  return {
    query,
    ...answered,
    facets,
    toggleFacet,
    clearFacets,
    showMore,
    status,
    load,
    loadMore: useCallback(() => loader?.load(), [loader]),
    cancelLoading: useCallback(() => loader?.cancel(), [loader]),
    begin,
    fieldRef,
    listRef,
  }
}

const noStatus = () => undefined

/** Opened by an effect: what is opened while rendering may never be closed. */
function useDesk(wanted: boolean, worker: CreateSearchOptions['worker']): Desk | undefined {
  const kit = useConversationKit()
  const { client, queryClient } = kit
  const gone = goneOf(kit)
  const [desk, setDesk] = useState<Desk>()
  const options = useMemo(() => (worker === undefined ? {} : { worker }), [worker])
  useEffect(() => {
    if (!wanted) return undefined
    const opened = openDesk({ client, queryClient, gone }, options)
    // eslint-disable-next-line react/set-state-in-effect -- see above: it is there one commit later
    setDesk(opened)
    return () => {
      opened.close()
      setDesk(undefined)
    }
  }, [wanted, client, queryClient, gone, options])
  return desk
}
