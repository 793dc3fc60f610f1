import { replaceEqualDeep } from '@tanstack/react-query'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { ConversationInstance } from '../protocol/index.ts'
import type { QueryTransport } from './conversations.ts'
import { conversationKeys, keyOfAll } from './keys.ts'
import type { ListParams } from './keys.ts'
import { named } from './named.ts'
import { toPage } from './paging.ts'
import type { Page } from './paging.ts'

type Pages<T> = InfiniteData<Page<T>, string | undefined>

/**
 * A list, newest first, with its newest page as it is now. Every other page stays the object that it is, and so does every unchanged
 * item. What is between the new items and was not listed again is gone from the server. `undefined` when the list and the new page
 * have nothing in common: what is between them nobody knows.
 */
export function mergeHead<T extends { id: string }>(held: Pages<T>, fresh: Page<T>): Pages<T> | undefined {
  const items = held.pages.flatMap((page) => page.items)
  if (fresh.cursor === undefined || items.length === 0) return whole(held, fresh)
  const ids = new Set(fresh.items.map(({ id }) => id))
  // The new page is in order: all that is held above the last of it that is held, is in it or gone.
  const seam = items.findLastIndex(({ id }) => ids.has(id))
  if (seam < 0) return undefined
  // It reaches below all that is held.
  if (items[seam]!.id !== fresh.items.at(-1)!.id) return whole(held, fresh)
  let skipped = 0
  const pages: Page<T>[] = []
  const known = new Map(items.slice(0, seam + 1).map((item) => [item.id, item]))
  const head = fresh.items.map((item) => replaceEqualDeep(known.get(item.id), item))
  for (const page of held.pages) {
    const end = skipped + page.items.length
    if (skipped > seam) pages.push(page)
    // The page that the seam is in: what is new in front of it, and what it holds below.
    else if (end > seam) pages.push(sameOr(page, [...head, ...page.items.slice(seam + 1 - skipped)]))
    skipped = end
  }
  const same = pages.length === held.pages.length && pages.every((page, index) => page === held.pages[index])
  if (same) return held
  return { pages, pageParams: [undefined, ...held.pageParams.slice(held.pages.length - pages.length + 1)] }
}

/** All there is, in one page. */
function whole<T extends { id: string }>(held: Pages<T>, fresh: Page<T>): Pages<T> {
  const known = new Map(held.pages.flatMap((page) => page.items.map((item) => [item.id, item] as const)))
  const items = fresh.items.map((item) => replaceEqualDeep(known.get(item.id), item))
  const [first] = held.pages
  const page: Page<T> = fresh.cursor === undefined ? { items } : { items, cursor: fresh.cursor }
  if (first && held.pages.length === 1 && first.cursor === page.cursor && isSame(first.items, items)) return held
  return { pages: [page], pageParams: [undefined] }
}

const isSame = <T>(one: readonly T[], two: readonly T[]) =>
  one.length === two.length && one.every((item, index) => item === two[index])

const sameOr = <T extends { id: string }>(page: Page<T>, items: T[]): Page<T> =>
  isSame(page.items, items) ? page : { ...page, items }

/**
 * Looks at the newest page of a list of conversations and brings what it says into the cache, without reading the other pages. When it
 * leaves a gap, or the list is the oldest first, all that is shown of it is read again. Nothing happens to a list that is being read,
 * and none of this overwrites what is being changed meanwhile.
 */
export async function refreshHead(
  client: QueryTransport,
  queryClient: QueryClient,
  params: ListParams,
  signal: AbortSignal,
): Promise<void> {
  const queryKey = conversationKeys.list(params, client.scope)
  const query = queryClient.getQueryCache().find<Pages<ConversationInstance>>({ queryKey, exact: true })
  if (!query?.state.data || query.state.fetchStatus !== 'idle') return
  if (params.order === 'asc') return queryClient.invalidateQueries({ queryKey, exact: true })
  const { dataUpdateCount } = query.state
  const writing = () => queryClient.isMutating({ mutationKey: keyOfAll(client.scope) }) > 0
  if (writing()) return undefined
  const page = toPage(await named(client.list(params, { signal })), params.take)
  // Somebody has changed the list since: the answer may be older than that.
  const { data, fetchStatus } = query.state
  if (signal.aborted || !data || fetchStatus !== 'idle' || query.state.dataUpdateCount !== dataUpdateCount || writing())
    return undefined
  const merged = mergeHead(data, page)
  if (!merged) return queryClient.invalidateQueries({ queryKey, exact: true })
  if (merged !== data) queryClient.setQueryData(queryKey, merged)
  return undefined
}
