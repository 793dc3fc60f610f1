import type { Query } from '@tanstack/react-query'
import type { ConversationKit } from '../provider/index.ts'
import { listTail, mergeTail, named, newestOf, PAGE_SIZE } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { settleTurn, turnOf, writeTurn } from '../store/index.ts'
import { cachedPages, messagesKey, storedMessages } from './settle.ts'

/** Takes out of the store what the cache holds. */
export function settleFromCache(kit: ConversationKit, conversationId: string): void {
  const pages = cachedPages(kit, conversationId)
  const state = kit.store.getState()
  const turn = turnOf(state, conversationId)
  if (!pages || !turn) return
  const settled = settleTurn(turn, storedMessages(pages), state.shown)
  writeTurn(kit.store, conversationId, settled.turn, settled.shown)
}

/**
 * Brings what the server has stored since into the cache, and takes it out of the store in the same moment, so that no row is
 * missing in between and none is there twice. Throws when the server cannot be asked.
 */
export async function mergeNewest(kit: ConversationKit, conversationId: string): Promise<void> {
  const queryKey = messagesKey(kit, conversationId)
  const find = () => kit.queryClient.getQueryCache().find<MessagePages>({ queryKey })
  // The history comes first: the tail is found by its newest message.
  while (!cachedPages(kit, conversationId) && isFetching(find())) await fetched(find())
  const after = newestOf(cachedPages(kit, conversationId))?.id
  const tail = await named(listTail(kit.client, conversationId, after))
  // An answer that is on its way was written before this one and would take it out of the cache again.
  while (isFetching(find())) await fetched(find())
  const take = find()?.meta?.take
  const pageSize = typeof take === 'number' ? take : PAGE_SIZE
  const before = cachedPages(kit, conversationId)
  if (tail.messages.length > 0 || !before) {
    kit.queryClient.setQueryData<MessagePages>(queryKey, mergeTail(before, tail, pageSize))
  }
  settleFromCache(kit, conversationId)
}

const isFetching = (query: Query<MessagePages> | undefined) => query?.state.fetchStatus === 'fetching'

async function fetched(query: Query<MessagePages> | undefined): Promise<void> {
  await query?.promise?.catch(() => {})
  // Its end is noted right after its promise.
  await new Promise((resolve) => setTimeout(resolve, 0))
}
