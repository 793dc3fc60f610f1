import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query'
import type { InfiniteData } from '@tanstack/react-query'
import type { ItemEvent } from '../protocol/index.ts'
import type { CallOptions, ConversationError, ResponsePromise } from '../transport/index.ts'
import { named } from './named.ts'
import { FRESH_MS, nextCursor, pageSize, retryConversation, shareById, toPage } from './paging.ts'
import type { Page } from './paging.ts'
import type { PageContext } from './stream-page.ts'

/** How a list is read. */
export interface PageOptions {
  /** Items a page, 1 to 100. @default what the server takes, 100 */
  take?: number
  /**
   * Show the items of a page while it is still arriving. Until it is whole the query is `isFetching`, `hasNextPage` is true, and
   * what broke off can be loaded on from there. What is read again is shown when it is whole.
   * @default false
   */
  streaming?: boolean
}

/** Gets one page. */
export type ListPage<T> = (
  page: { cursor?: string; take?: number },
  options: CallOptions,
) => ResponsePromise<{ items: T[]; cursor?: string | null }, ItemEvent<T>>

const common = { staleTime: FRESH_MS, retry: retryConversation }

/** The recipe of one thing. Without an id it waits. */
export const oneOptions = <T>(
  id: string | undefined,
  queryKey: readonly unknown[],
  read: (id: string, options: CallOptions) => PromiseLike<T>,
  meta: Record<string, unknown>,
) =>
  queryOptions<T, ConversationError>({
    ...common,
    queryKey,
    queryFn: id === undefined ? skipToken : async ({ signal }) => named(read(id, { signal })),
    meta,
  })

/** The recipe of a list, page by page. Without `list` it waits. */
export const pagesOptions = <T extends { id: string }>(
  queryKey: readonly unknown[],
  list: ListPage<T> | undefined,
  options: PageOptions,
  meta: Record<string, unknown>,
) =>
  infiniteQueryOptions<
    Page<T>,
    ConversationError,
    InfiniteData<Page<T>, string | undefined>,
    readonly unknown[],
    string | undefined
  >({
    ...common,
    queryKey,
    queryFn: list ? (context) => readPage(list, options, context) : skipToken,
    initialPageParam: undefined,
    getNextPageParam: nextCursor,
    structuralSharing: shareById,
    meta,
  })

async function readPage<T extends { id: string }>(
  list: ListPage<T>,
  { take, streaming }: PageOptions,
  context: PageContext,
): Promise<Page<T>> {
  const { pageParam: cursor, signal } = context
  if (!streaming) return toPage(await named(list({ take, cursor }, { signal })), take)
  // Only who shows lists while they arrive downloads what that takes.
  const { streamItems } = await import('./stream-page.ts')
  // As a stream, a list without a number goes on to its end.
  const items = await named(streamItems(list({ take: pageSize(take), cursor }, { signal }), context))
  return toPage({ items }, take)
}
