'use client'
import { useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent } from 'react'
import { inPlaceOf, useLocale, useNow, useStrings } from '../../components/index.ts'
import { useBrowserLayoutEffect } from '../../hooks/index.ts'
import type { SearchHit } from './answer.ts'
import { focusHit, hitsIn } from './focus.ts'
import { Marked } from './Marked.tsx'
import type { UseSearchResult } from './useSearch.ts'
import { words as ownWords } from './words.ts'

/** What is opened: a conversation, and the message in it when it was found by one. */
export interface SearchTarget {
  conversationId: string
  messageId?: string
}

interface SearchHitsProps {
  search: UseSearchResult
  hits: readonly SearchHit[]
  onOpen: (target: SearchTarget) => void
}

/** What was found. Up and down go through it, and up from the first one back to the field. */
export function SearchHits({ search, hits, onOpen }: SearchHitsProps) {
  const words = useStrings(ownWords)
  const { fieldRef, listRef } = search
  const [current, setCurrent] = useState<string>()
  // One of them is in the order of the Tab key: it is as far to the end of 300 as of 3.
  const stop = hits.some(({ conversationId }) => conversationId === current) ? current : hits[0]?.conversationId

  const hasFocus = useKeptFocus(search, hits)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    const at = hitsIn(listRef.current).indexOf(document.activeElement as HTMLElement)
    if (at === -1) return
    const last = hits.length - 1
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: at - 1, Home: 0, End: last }[event.key]
    if (event.key === 'Escape' || to === -1) fieldRef.current?.focus()
    else if (to === undefined) return
    else focusHit(listRef.current, to)
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of the buttons in it
    <ol ref={listRef} className="ck-search-hits" aria-label={words.searchResults} onKeyDown={onKeyDown} {...hasFocus}>
      {hits.map((hit) => (
        <li key={hit.conversationId}>
          <button
            type="button"
            className="ck-search-hit"
            data-id={hit.conversationId}
            tabIndex={hit.conversationId === stop ? 0 : -1}
            onFocus={() => setCurrent(hit.conversationId)}
            onClick={() => onOpen(targetOf(hit))}
          >
            <Hit hit={hit} />
          </button>
        </li>
      ))}
    </ol>
  )
}

/** When what has the focus is not found any more, what is in its place has it, and the field where nothing is. */
function useKeptFocus({ fieldRef, listRef }: UseSearchResult, hits: readonly SearchHit[]) {
  const focused = useRef<string>(undefined)
  const before = useRef<readonly string[]>([])
  useBrowserLayoutEffect(() => {
    const ids = hits.map(({ conversationId }) => conversationId)
    const old = before.current
    const gone = focused.current
    before.current = ids
    if (gone === undefined || ids.includes(gone)) return
    const next = inPlaceOf(old, gone, (id) => ids.includes(id))
    focusHit(listRef.current, next === undefined ? 0 : ids.indexOf(next))
  }, [hits, listRef])
  useBrowserLayoutEffect(() => {
    const field = fieldRef.current
    return () => {
      if (focused.current !== undefined) field?.focus({ preventScroll: true })
    }
  }, [fieldRef])
  return {
    onFocus: ({ target }: FocusEvent<HTMLElement>) => void (focused.current = target.dataset.id),
    // React does not tell of what is taken off the page: that was not left by anybody. Who goes to another window comes back.
    onBlur: ({ target }: FocusEvent<HTMLElement>) => {
      if (target.ownerDocument.activeElement !== target) focused.current = undefined
    },
  }
}

const targetOf = ({ conversationId, message }: SearchHit): SearchTarget =>
  message ? { conversationId, messageId: message.messageId } : { conversationId }

function Hit({ hit: { name, detail, message, messages, updatedAt } }: { hit: SearchHit }) {
  const words = useStrings(ownWords)
  const locale = useLocale()
  const now = useNow()
  const at = message?.createdAt ?? updatedAt
  return (
    <>
      <span className="ck-search-name" dir="auto">
        {name ? <Marked {...name} /> : words.untitled}
      </span>
      {at !== undefined && (
        <time className="ck-search-time" dateTime={new Date(at).toISOString()}>
          {words.time({ date: new Date(at), now, locale })}
        </time>
      )}
      {detail && (
        <span className="ck-search-text" dir="auto">
          {detail.key !== undefined && <span className="ck-search-by">{`${detail.key}: `}</span>}
          <Marked {...detail} />
        </span>
      )}
      {message && (
        <span className="ck-search-text" dir="auto">
          <span className="ck-search-by">{`${words.searchSpokenBy({ type: message.type })}: `}</span>
          <Marked {...message} />
        </span>
      )}
      {messages > 1 && <span className="ck-search-in">{words.searchIn({ count: messages, locale })}</span>}
    </>
  )
}
