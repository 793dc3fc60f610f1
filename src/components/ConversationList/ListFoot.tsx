'use client'
import { useEffect, useRef } from 'react'
import type { useListQuery } from '../../hooks/index.ts'
import { useLatest } from '../../hooks/index.ts'
import { listWords } from '../../internal/english/list.ts'
import { errorText } from '../errorText.ts'
import { useStrings } from '../useStrings.ts'

interface ListFootProps {
  list: ReturnType<typeof useListQuery>
  none: boolean
  filtered: boolean
  infinite: 'auto' | 'button' | false
}

/** What comes after the last conversation shown: more of them, or why there are none. */
export function ListFoot({ list, none, filtered, infinite }: ListFootProps) {
  const words = useStrings(listWords)
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list
  // A list that is still arriving says that there is more, and is not to be asked for it.
  const arriving = isFetchingNextPage || list.isFetching
  if (list.isPending) return <Skeleton label={words.loading} />
  if (list.error && !list.isFetching) {
    return (
      <div className="ck-conversations-note" role="alert">
        {/* It is no conversation that is not there, but the way to them. */}
        {list.error.status === 404 ? words.errorGeneric : errorText(list.error, words)}
        <button
          type="button"
          className="ck-button"
          onClick={() => void (list.isFetchNextPageError ? list.fetchNextPage() : list.refetch())}
        >
          {words.retry}
        </button>
      </div>
    )
  }
  return (
    <>
      {none && <p className="ck-conversations-note">{filtered ? words.noResults : words.noConversations}</p>}
      {hasNextPage && infinite && (
        <div className="ck-conversations-more">
          {infinite === 'auto' && <Near onNear={() => void (arriving || fetchNextPage())} />}
          <button
            type="button"
            className="ck-button"
            aria-busy={isFetchingNextPage}
            onClick={() => void (isFetchingNextPage || fetchNextPage())}
          >
            {isFetchingNextPage ? words.loading : words.loadMore}
          </button>
        </div>
      )}
    </>
  )
}

/** Tells when it comes near the view. The button beside it stays for the keyboard. */
function Near({ onNear }: { onNear: () => void }) {
  const mark = useRef<HTMLSpanElement>(null)
  const latest = useLatest(onNear)
  useEffect(() => {
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      root: mark.current?.closest('.ck-conversations-scroll'),
      rootMargin: '200px',
    })
    if (mark.current) observer.observe(mark.current)
    return () => observer.disconnect()
  })
  return <span ref={mark} />
}

const SKELETON_ROWS = [0, 1, 2, 3, 4]

function Skeleton({ label }: { label: string }) {
  return (
    <output className="ck-conversations-items" aria-label={label}>
      {SKELETON_ROWS.map((row) => (
        <span key={row} className="ck-conversation-skeleton" />
      ))}
    </output>
  )
}
