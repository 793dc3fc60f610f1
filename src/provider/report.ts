import type { MutationCacheNotifyEvent, QueryCacheNotifyEvent, QueryClient } from '@tanstack/react-query'
import { keyOfAll } from '../queries/index.ts'
import { toConversationError } from '../transport/index.ts'
import type { ConversationError } from '../transport/index.ts'

/** What an error came from. */
export interface ErrorContext {
  /** As in `conversation.complete` or `message.list`. */
  operation: string
  conversationId?: string
}

/** Tells of every error of our reads and writes in this cache, once each. What the reader ended is none. */
export function reportErrors(
  queryClient: QueryClient,
  scope: string | undefined,
  onError: (error: ConversationError, context: ErrorContext) => void,
): () => void {
  const [root, name] = keyOfAll(scope)
  const tell = (event: QueryCacheNotifyEvent | MutationCacheNotifyEvent) => {
    if (event.type !== 'updated' || event.action.type !== 'error') return
    const { key, meta } =
      'query' in event
        ? { key: event.query.queryKey, meta: event.query.meta }
        : { key: event.mutation.options.mutationKey, meta: event.mutation.meta }
    if (key?.[0] !== root || key[1] !== name) return
    const failure = toConversationError(event.action.error)
    if (failure.code === 'ABORTED' || failure.code === 'BUSY') return
    const { operation, conversationId } = meta ?? {}
    onError(failure, {
      operation: typeof operation === 'string' ? operation : 'unknown',
      ...(typeof conversationId === 'string' && { conversationId }),
    })
  }
  const stops = [queryClient.getQueryCache().subscribe(tell), queryClient.getMutationCache().subscribe(tell)]
  return () => stops.forEach((stop) => stop())
}
