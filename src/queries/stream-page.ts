import type { InfiniteData, QueryFunctionContext } from '@tanstack/react-query'
import type { ItemEvent } from '../protocol/index.ts'
import type { ResponsePromise } from '../transport/index.ts'
import type { Page } from './paging.ts'

/** How long items are collected before they are shown, in milliseconds. A list that is faster is shown once. */
const SHOW_MS = 50

type Pages = InfiniteData<Page<{ id: string }>, string | undefined>
export type PageContext = QueryFunctionContext<readonly unknown[], string | undefined>

/**
 * The items of a page, which are in the cache before the last of them is here. A page that the cache holds from an earlier
 * reading stays until the new one is whole, so that no row goes and comes back.
 */
export async function streamItems<T extends { id: string }>(
  answer: Pick<ResponsePromise<unknown, ItemEvent<T>>, 'stream'>,
  { client, queryKey, pageParam, signal }: PageContext,
): Promise<T[]> {
  const { pages = [], pageParams = [] } = client.getQueryData<Pages>(queryKey) ?? {}
  const isNew = pages.length === 0 || (pageParam !== undefined && pages.at(-1)?.cursor === pageParam)
  const items: T[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = () => {
    clearTimeout(timer)
    timer = undefined
    const cursor = items.at(-1)?.id
    if (!isNew || cursor === undefined || signal.aborted) return
    const page = { items: items.slice(), cursor }
    // It is not whole: whoever comes later reads it again.
    const options = { updatedAt: 0 }
    client.setQueryData<Pages>(queryKey, { pages: [...pages, page], pageParams: [...pageParams, pageParam] }, options)
  }
  try {
    for await (const event of answer.stream({ signal, abortSignal: signal })) {
      if (event.type === 'item') {
        items.push(event.data)
        timer ??= setTimeout(show, SHOW_MS)
      }
      // The official client hands over a failure like an item,
      else if ((event.type as string) === 'error') throw event.data as unknown
    }
    // and ends without a word when it is stopped.
    signal.throwIfAborted()
    return items
  } catch (error) {
    show()
    throw error
  } finally {
    clearTimeout(timer)
  }
}
