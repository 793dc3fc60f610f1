import type { QueryClient } from '@tanstack/react-query'
import type { StoreApi } from 'zustand'
import type { QueryTransport } from '../../queries/index.ts'
import { createSearch } from './createSearch.ts'
import type { CreateSearchOptions, Search } from './createSearch.ts'
import { createLoader } from './load.ts'
import type { Loader } from './load.ts'
import { createSource } from './source.ts'
import { watchCache } from './watch.ts'

/** A search over what a page has loaded, and what it loads besides on request. */
export interface Desk {
  search: Search
  loader: Loader
  close: () => void
}

export interface DeskKit {
  client: QueryTransport
  queryClient: QueryClient
  /** Conversations that are being deleted, or are about to be. */
  gone: StoreApi<ReadonlySet<string>>
}

export function openDesk({ client, queryClient, gone }: DeskKit, options?: CreateSearchOptions): Desk {
  const search = createSearch(options)
  const source = createSource(search, gone)
  const watch = watchCache(queryClient, client.scope, source)
  const loader = createLoader({ client, source, placeOf: watch.place })
  loader.look()
  // What is searched and what there is more of changes together.
  search.subscribe(() => search.getStatus().pending === 0 && loader.look())
  return {
    search,
    loader,
    close() {
      watch.end()
      source.end()
      loader.cancel()
      search.dispose()
    },
  }
}
