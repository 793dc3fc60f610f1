import type { Page } from '../protocol/index.ts'

/** What a page is asked for with. */
export interface PageRequest {
  cursor?: string
  take: number
}

/** The largest page the API gives. */
const MAX_TAKE = 100

/**
 * Every item of a list, page after page. Works with any list of any client.
 *
 * @param list gets one page
 * @param take items a page, at most 100. @default 100
 * @example
 * for await (const message of iterateAll((page) => client.message.list(conversationId, page))) …
 */
export async function* iterateAll<T extends { id: string }>(
  list: (page: PageRequest) => PromiseLike<Page<T>>,
  take: number = MAX_TAKE,
): AsyncGenerator<T, void, undefined> {
  const size = Math.min(Math.max(Math.trunc(take) || MAX_TAKE, 1), MAX_TAKE)
  let cursor: string | undefined
  for (;;) {
    const page = await list(cursor === undefined ? { take: size } : { cursor, take: size })
    yield* page.items
    // The last page has a cursor too. A list without cursors goes on after its last item; `null` is the end of attachments.
    const next = page.cursor === undefined ? page.items.at(-1)?.id : page.cursor
    if (page.items.length < size || next === null || next === undefined || next === cursor) return
    cursor = next
  }
}
