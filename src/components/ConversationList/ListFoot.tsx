'use client'
import type { useConversations } from '../../hooks/index.ts'
import { errorText } from '../errorText.ts'
import { useStrings } from '../useStrings.ts'

interface ListFootProps {
  list: ReturnType<typeof useConversations>
  none: boolean
  filtered: boolean
}

/** What comes after the last conversation shown: more of them, or why there are none. */
export function ListFoot({ list, none, filtered }: ListFootProps) {
  const words = useStrings()
  if (list.isPending) return <Skeleton label={words.loading} />
  if (list.error && !list.isFetching) {
    return (
      <div className="ck-conversations-note" role="alert">
        {errorText(list.error, words)}
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
      {list.hasNextPage && (
        <div className="ck-conversations-more">
          <button
            type="button"
            className="ck-button"
            aria-busy={list.isFetchingNextPage}
            onClick={() => void (list.isFetchingNextPage || list.fetchNextPage())}
          >
            {list.isFetchingNextPage ? words.loading : words.loadMore}
          </button>
        </div>
      )}
    </>
  )
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
