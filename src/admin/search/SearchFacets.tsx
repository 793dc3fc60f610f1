'use client'
import { useLocale, useStrings } from '../../components/index.ts'
import type { SearchMessages } from '../../internal/english/admin/search.ts'
import { facetId, groupId } from './facets.ts'
import type { SearchFacet, SearchFacetCount } from './facets.ts'
import type { UseSearchResult } from './useSearch.ts'
import { words as ownWords } from './words.ts'

/** By what the results can be narrowed: a group of buttons for each field, that stay pressed. */
export function SearchFacets({ search }: { search: UseSearchResult }) {
  const words = useStrings(ownWords)
  const locale = useLocale()
  const { answer, facets: chosen, toggleFacet, clearFacets } = search
  const isChosen = new Set(chosen.map(facetId))
  const groups = groupsOf(answer?.facets ?? []).filter((facets) => isUseful(facets, isChosen))
  if (groups.length === 0) return null
  return (
    <section className="ck-search-facets" aria-label={words.searchFacets}>
      {groups.map((facets) => {
        const name = nameOf(facets[0]!, words)
        return (
          <fieldset key={groupId(facets[0]!)} className="ck-search-facet" aria-label={name}>
            <span className="ck-search-facet-name" aria-hidden="true">
              {name}
            </span>
            {facets.map((facet) => (
              <button
                key={facetId(facet)}
                type="button"
                className="ck-chip ck-search-chip"
                aria-pressed={isChosen.has(facetId(facet))}
                onClick={() => toggleFacet(plain(facet))}
              >
                <span className="ck-search-value" dir="auto">
                  {valueOf(facet, words)}
                </span>
                <span className="ck-search-count">{new Intl.NumberFormat(locale).format(facet.count)}</span>
              </button>
            ))}
          </fieldset>
        )
      })}
      {chosen.length > 0 && (
        <button type="button" className="ck-button" data-quiet="" onClick={clearFacets}>
          {words.searchClearFacets}
        </button>
      )}
    </section>
  )
}

/** One value that all have narrows nothing. */
const isUseful = (facets: readonly SearchFacet[], isChosen: ReadonlySet<string>) =>
  facets.length > 1 || facets.some((facet) => isChosen.has(facetId(facet)))

function groupsOf(facets: readonly SearchFacetCount[]): SearchFacetCount[][] {
  const groups = new Map<string, SearchFacetCount[]>()
  for (const facet of facets) {
    const group = groups.get(groupId(facet))
    if (group) group.push(facet)
    else groups.set(groupId(facet), [facet])
  }
  return [...groups.values()]
}

const plain = ({ field, key, value, label }: SearchFacetCount): SearchFacet => ({ field, key, value, label })

function nameOf({ field, key = '' }: SearchFacet, words: SearchMessages): string {
  if (field === 'bot') return words.searchBot
  if (field === 'contact') return words.searchContact
  if (field === 'model') return words.searchModel
  return field === 'speaker' ? words.searchSpeaker : key
}

const valueOf = ({ field, value, label }: SearchFacet, words: SearchMessages): string =>
  field === 'speaker' ? words.searchSpokenBy({ type: value }) : (label ?? value)
