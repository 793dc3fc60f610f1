'use client'
import { errorText, useLocale, useStrings } from '../../components/index.ts'
import type { UseSearchResult } from './useSearch.ts'
import { words as ownWords } from './words.ts'

/** Says what is searched, and loads more on request. */
export function SearchCoverage({ search }: { search: UseSearchResult }) {
  const words = useStrings(ownWords)
  const locale = useLocale()
  const { status, load, loadMore, cancelLoading } = search
  if (!status || !load) return null
  const { conversations, messages, pending, shortened } = status
  const isLoading = load.status === 'loading' || load.status === 'offline'
  const canLoad = load.more || load.unread > 0 || load.status === 'failed'
  return (
    <div className="ck-search-coverage" data-status={load.status}>
      <p className="ck-search-loaded">
        <span>{words.searchLoaded({ count: conversations, more: load.more, locale })}</span>
        {' · '}
        <span>{words.searchMessages({ count: messages, locale })}</span>
        {pending > 0 && ` · ${words.searchPending({ count: pending, locale })}`}
      </p>
      {shortened > 0 && <p className="ck-search-loaded">{words.searchShortened({ count: shortened, locale })}</p>}
      {isLoading && (
        <div className="ck-search-progress">
          <Progress search={search} />
          <button type="button" className="ck-button" onClick={cancelLoading}>
            {words.searchStop}
          </button>
        </div>
      )}
      {load.status === 'failed' && (
        <p className="ck-search-trouble" role="alert">
          {load.failed > 0 && `${words.searchNotRead({ count: load.failed, locale })} `}
          {load.error && errorText(load.error, words)}
        </p>
      )}
      {!isLoading && canLoad && (
        <button type="button" className="ck-button" onClick={loadMore}>
          {load.status === 'failed' ? words.searchGoOn : words.searchLoadMore}
        </button>
      )}
    </div>
  )
}

function Progress({ search: { load } }: { search: UseSearchResult }) {
  const words = useStrings(ownWords)
  const locale = useLocale()
  const { status, done, failed, total } = load!
  const text =
    status === 'offline'
      ? words.searchOffline
      : total === 0
        ? words.searchListing
        : words.searchLoading({ done, total, locale })
  return (
    <div className="ck-search-bar">
      <progress aria-label={words.searchLoadMore} value={total === 0 ? undefined : done + failed} max={total || 1} />
      <span aria-live={status === 'offline' ? 'polite' : 'off'}>{text}</span>
    </div>
  )
}
