import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { ConversationListResponse } from '../../protocol/index.ts'
import { conversationKeys } from '../../queries/index.ts'
import type { BulkAction } from './job.ts'

/** After work on many conversations the cache is what the server has: changed once, and read again once. */
export async function agree(
  queryClient: QueryClient,
  scope: string | undefined,
  { kind }: BulkAction,
  ids: ReadonlySet<string>,
): Promise<void> {
  if (kind === 'export' || ids.size === 0) return
  const lists = { queryKey: conversationKeys.lists(scope) }
  const [root, inScope, word] = conversationKeys.detail('', scope)
  const details = {
    queryKey: [root, inScope, word],
    predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => ids.has(String(queryKey[3])),
  }
  if (kind === 'delete') {
    // An answer that is on its way was written before they were gone.
    await queryClient.cancelQueries(lists)
    queryClient.setQueriesData<InfiniteData<ConversationListResponse>>(
      lists,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({ ...page, items: page.items.filter(({ id }) => !ids.has(id)) })),
        },
    )
    queryClient.removeQueries(details)
  } else await queryClient.invalidateQueries(details)
  await queryClient.invalidateQueries(lists)
}
