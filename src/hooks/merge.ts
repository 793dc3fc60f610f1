import type { Query } from '@tanstack/react-query'
import type { ConversationKit } from '../provider/index.ts'
import { listTail, mergeTail, named, newestOf, PAGE_SIZE } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { settleTurn, turnOf, writeTurn } from '../store/index.ts'
import type { Exchange } from './exchange.ts'
import { cachedPages, messagesKey, storedMessages } from './settle.ts'
import { currentTurn, listable } from './thread.ts'
import type { Thread } from './thread.ts'

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

/** How long after a stop the server is asked again for what it stored of the reply. */
const LATE_PARTIAL_MS = [1000, 4000]

/** Hands what was said over to the cache. What the server does not have yet stays in the store, and is asked for again after a stop. */
export async function settle(thread: Thread, exchange: Exchange): Promise<void> {
  const conversationId = listable(thread)
  if (conversationId === null) return
  const merge = () => mergeNewest(thread.kit, conversationId).catch(() => {})
  await merge()
  if (!exchange.signal.aborted) return
  for (const [index, wait] of LATE_PARTIAL_MS.entries()) {
    const earlier = LATE_PARTIAL_MS[index - 1] ?? 0
    setTimeout(() => {
      const left = currentTurn(thread)
      if (left?.controller === exchange.controller && left.reply) void merge()
    }, wait + earlier)
  }
}
