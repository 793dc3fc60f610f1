import type { Query, QueryClient } from '@tanstack/react-query'
import { keyOfAll, keyOfVote } from '../queries/index.ts'
import type { Vote } from '../queries/index.ts'
import { attemptStorage } from '../store/index.ts'
import type { PersistOptions } from '../store/index.ts'

/** The oldest are forgotten beyond this number. */
const MOST_VOTES = 1000

type Kept = [conversationId: string, messageId: string, vote: 'up' | 'down'][]

/**
 * Knows votes again after a reload: the API cannot be asked for them. What is in the storage goes into the cache, and each vote the
 * server confirms goes into the storage, until the signal ends it.
 */
export function keepVotes(
  queryClient: QueryClient,
  scope: string | undefined,
  options: PersistOptions,
  signal: AbortSignal,
): void {
  if (signal.aborted) return
  const [root, inScope] = keyOfAll(scope)
  const name = `${options.name}:${inScope}`
  const read = () => attemptStorage(options, (place) => parse(place.getItem(name))) ?? []
  for (const [conversationId, messageId, vote] of read()) {
    queryClient.setQueryData<Vote>(keyOfVote({ conversationId, messageId }, scope), (known) => known ?? vote)
  }
  const keep = ({ queryKey, state }: Query) => {
    const [first, second, , conversationId, kind, messageId] = queryKey
    if (first !== root || second !== inScope || kind !== 'vote' || state.data === undefined) return
    // Read again each time: another tab may have written.
    const others = read().filter(
      ([inConversation, ofMessage]) => inConversation !== conversationId || ofMessage !== messageId,
    )
    const entry = [conversationId, messageId, state.data]
    const next = isKept(entry) ? [...others, entry] : others
    attemptStorage(options, (place) => place.setItem(name, JSON.stringify(next.slice(-MOST_VOTES))))
  }
  const cache = queryClient.getQueryCache()
  // Votes may have been confirmed before this was here.
  for (const query of cache.findAll({ queryKey: [root, inScope] })) keep(query)
  const stop = cache.subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') keep(event.query)
  })
  signal.addEventListener('abort', stop)
}

function parse(text: string | null): Kept {
  const kept: unknown = JSON.parse(text ?? '[]')
  return Array.isArray(kept) ? kept.filter(isKept) : []
}

function isKept(entry: unknown): entry is Kept[number] {
  if (!Array.isArray(entry)) return false
  const [conversationId, messageId, vote] = entry as unknown[]
  return typeof conversationId === 'string' && typeof messageId === 'string' && (vote === 'up' || vote === 'down')
}
