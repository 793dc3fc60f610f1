'use client'
import type { KeyboardEvent } from 'react'
import { useStrings } from '../../components/index.ts'
import { closeIcon, part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { searchIcon } from '../icons.tsx'
import { focusHit } from './focus.ts'
import { onDesk } from '../onDesk.ts'
import type { UseSearchResult } from './useSearch.ts'
import { words as ownWords } from './words.ts'

/** Every field is also a data attribute. */
export interface SearchFieldState {
  empty: boolean
  searching: boolean
}

export interface SearchFieldProps extends Omit<PartProps<SearchFieldState, HTMLDivElement>, 'children'> {
  /** What `useSearch` gives for `value`. */
  search: UseSearchResult
  value: string
  onValueChange: (value: string) => void
  placeholder?: string
}

/** The field of a search. Down and Enter go on to what was found, Escape empties it. Renders a `<div role="search">`. */
export const SearchField = part<HTMLDivElement, SearchFieldProps>(function SearchField({
  search,
  value,
  onValueChange,
  placeholder,
  ...props
}) {
  const words = useStrings(ownWords)
  const state: SearchFieldState = { empty: value === '', searching: search.isSearching }
  const clear = () => {
    onValueChange('')
    search.fieldRef.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Letters that are being put together are no keys of ours.
    if (event.nativeEvent.isComposing || event.defaultPrevented) return
    if (event.key === 'Escape' && value !== '') {
      // What is around it does not close too.
      event.preventDefault()
      event.stopPropagation()
      clear()
    }
    if ((event.key === 'ArrowDown' || event.key === 'Enter') && focusHit(search.listRef.current, 0))
      event.preventDefault()
  }
  const children = (
    <>
      {searchIcon}
      <input
        ref={search.fieldRef}
        className="ck-search-input"
        type="search"
        enterKeyHint="search"
        autoComplete="off"
        spellCheck={false}
        // What is empty has the direction of the page, and so has what stands in its place.
        dir={value ? 'auto' : undefined}
        aria-label={words.searchLabel}
        placeholder={placeholder ?? words.searchPlaceholder}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        onFocus={search.begin}
        onKeyDown={onKeyDown}
      />
      {value !== '' && (
        <button
          type="button"
          className="ck-icon-button"
          aria-label={words.searchClear}
          title={words.searchClear}
          onClick={clear}
        >
          {closeIcon}
        </button>
      )}
    </>
  )
  const own = { role: 'search', children }
  return renderPart({ tag: 'div', name: 'search-field', state, own }, onDesk(props))
})
