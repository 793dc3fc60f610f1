'use client'
import { useEffect, useState } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { onDesk } from '../onDesk.ts'
import { SearchCoverage } from './SearchCoverage.tsx'
import { SearchFacets } from './SearchFacets.tsx'
import { SearchHits } from './SearchHits.tsx'
import type { SearchTarget } from './SearchHits.tsx'
import type { UseSearchResult } from './useSearch.ts'
import { words as ownWords } from './words.ts'

/** Every field is also a data attribute. */
export interface SearchResultsState {
  /** Whether something was asked, and nothing was found. */
  empty: boolean
  /** Whether newer results are on their way; the old ones are shown until then. */
  searching: boolean
}

export interface SearchResultsProps extends Omit<PartProps<SearchResultsState, HTMLDivElement>, 'children'> {
  /** What `useSearch` gives. */
  search: UseSearchResult
  /** Called with the conversation, and the message in it that fits best, when there is one. */
  onOpen: (target: SearchTarget) => void
}

/** What a search has found, what it can be narrowed by, and what is searched. Renders a `<div>`. */
export const SearchResults = part<HTMLDivElement, SearchResultsProps>(function SearchResults({
  search,
  onOpen,
  ...props
}) {
  const words = useStrings(ownWords)
  const locale = useLocale()
  const { answer, isSearching, error, showMore } = search
  const empty = answer?.total === 0 && !isSearching
  const state: SearchResultsState = { empty, searching: isSearching }
  const found = answer && answer.total > 0 ? words.searchFound({ count: answer.total, locale }) : undefined
  const children = (
    <>
      <SearchCoverage search={search} />
      <Said text={isSearching ? undefined : empty ? words.searchNothing : found} />
      {error && (
        <p className="ck-search-trouble" role="alert">
          {words.searchFailed}
        </p>
      )}
      {answer && <SearchFacets search={search} />}
      {found && (
        <p className="ck-search-found" aria-hidden="true">
          {found}
        </p>
      )}
      {answer && answer.total > 0 && !answer.complete && <p className="ck-search-note">{words.searchSome}</p>}
      {answer && answer.hits.length > 0 && <SearchHits search={search} hits={answer.hits} onOpen={onOpen} />}
      {answer && answer.hits.length < answer.total && (
        <div className="ck-search-more">
          <span>{words.searchShown({ count: answer.hits.length, total: answer.total, locale })}</span>
          <button type="button" className="ck-button" onClick={showMore}>
            {words.searchShowMore}
          </button>
        </div>
      )}
      {empty && <Nothing search={search} />}
    </>
  )
  const own = { 'aria-busy': isSearching, children }
  return renderPart({ tag: 'div', name: 'search-results', state, own }, onDesk(props))
})

/** Says that nothing was found, and what can be done. */
function Nothing({ search: { load, facets } }: { search: UseSearchResult }) {
  const words = useStrings(ownWords)
  const more = load?.more || (load?.unread ?? 0) > 0
  return (
    <div className="ck-search-nothing">
      <p className="ck-search-nothing-title">{words.searchNothing}</p>
      <ul>
        {facets.length > 0 && <li>{words.searchNothingChosen}</li>}
        {more && <li>{words.searchNothingLoaded}</li>}
        <li>{words.searchNothingSpelling}</li>
      </ul>
    </div>
  )
}

/** Until then the reader may go on typing. */
const SAID_AFTER_MS = 700

/** How much was found, for those who do not see it. */
function Said({ text }: { text: string | undefined }) {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSaid(text ?? ''), SAID_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return <output className="ck-hidden">{said}</output>
}
