import type { QueryClient } from '@tanstack/react-query'
import { conversationKeys } from '../queries/index.ts'
import type { Vote } from '../queries/index.ts'
import { attemptStorage } from '../store/index.ts'
import type { PersistOptions } from '../store/index.ts'

/** The oldest are forgotten beyond this number. */
const MOST_VOTES = 1000

type Kept = [conversationId: string, messageId: string, vote: 'up' | 'down'][]

/**
 * Knows votes again after a reload: the API cannot be asked for them. What is in the storage goes into the cache, and each vote the
 * server confirms goes into the storage. Gives the function that ends it.
 */
export function keepVotes(queryClient: QueryClient, scope: string | undefined, options: PersistOptions): () => void {
  const name = `${options.name}:${scope ?? 'default'}`
  const read = () => attemptStorage(options, (place) => parse(place.getItem(name))) ?? []
  for (const [conversationId, messageId, vote] of read()) {
    const key = conversationKeys.vote({ conversationId, messageId }, scope)
    queryClient.setQueryData<Vote>(key, (known) => known ?? vote)
  }
  const [root, inScope] = conversationKeys.all(scope)
  return queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [first, second, , conversationId, kind, messageId] = event.query.queryKey
    if (first !== root || second !== inScope || kind !== 'vote') return
    const vote: unknown = event.query.state.data
    // Read again each time: another tab may have written.
    const others = read().filter(
      ([inConversation, ofMessage]) => inConversation !== conversationId || ofMessage !== messageId,
    )
    const entry = [conversationId, messageId, vote]
    const next = isKept(entry) ? [...others, entry] : others
    attemptStorage(options, (place) => place.setItem(name, JSON.stringify(next.slice(-MOST_VOTES))))
  })
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
