import { replaceEqualDeep } from '@tanstack/react-query'
import type { InfiniteData } from '@tanstack/react-query'
import { ConversationError } from '../transport/index.ts'

/** The most a page holds, and what the server sends when it is not told. */
const FULL_PAGE = 100

/**
 * How long what was read counts as fresh, in milliseconds: a list that was prefetched, hydrated or just merged is not asked
 * for again by the next component that shows it.
 */
export const FRESH_MS = 30_000

/** A page as the cache keeps it. The cursor is there when there may be more. */
export interface Page<T> {
  items: T[]
  cursor?: string
}

/** How many items a page of `take` has: the server counts neither more than a full page nor less than one. */
export const pageSize = (take: number = FULL_PAGE): number => Math.min(Math.max(take, 1), FULL_PAGE)

/** A page as the cache keeps it: with a cursor only when there may be more. The server sends one on the last page too. */
export function toPage<T extends { id: string }>(page: { items: T[]; cursor?: string | null }, take?: number): Page<T> {
  const { items } = page
  if (items.length < pageSize(take)) return { items }
  return { items, cursor: page.cursor ?? items.at(-1)?.id }
}

/** The cursor of the page after this one, `undefined` at the end. */
export const nextCursor = (page: { cursor?: string | null }): string | undefined => page.cursor ?? undefined

const isPages = (value: unknown): value is InfiniteData<Page<{ id: string }>> =>
  typeof value === 'object' && value !== null && 'pages' in value && 'pageParams' in value

/**
 * New pages with every unchanged item of the old ones in place of its equal, found by id. Query's own sharing goes by
 * position: one item more at the front, and all behind it would be new objects and render again.
 */
export function shareById(before: unknown, after: unknown): unknown {
  if (!isPages(before) || !isPages(after)) return after
  // A page that is there as it was is looked at no more: a change of one row costs the same in a list of any length.
  const kept = new Set(after.pages)
  const gone = before.pages.filter((page) => !kept.has(page))
  const known = new Map(gone.flatMap((page) => page.items.map((item) => [item.id, item] as const)))
  const pages = after.pages.map((page, index) => {
    if (page === before.pages[index]) return page
    const items = page.items.map((item) => replaceEqualDeep(known.get(item.id), item))
    const old = before.pages[index]
    const same =
      old?.items.length === items.length &&
      old.cursor === page.cursor &&
      items.every((item, i) => item === old.items[i])
    return same ? old : { ...page, items }
  })
  const same = pages.length === before.pages.length && pages.every((page, index) => page === before.pages[index])
  return same ? before : { ...after, pages }
}

/**
 * Whether Query may ask again. The client has tried again by itself what may be tried, so the answer is no for every error
 * that says what it is, and yes, three times, for what nobody has named.
 */
export function retryConversation(failureCount: number, error: Error): boolean {
  return !ConversationError.is(error) && failureCount < 3
}
