import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { ConversationInstance, MessageInstance } from '../../protocol/index.ts'
import { keyOfAll } from '../../queries/index.ts'
import type { Vote } from '../../queries/index.ts'
import { isGone } from '../isGone.ts'
import { votesToldBy } from './activities.ts'
import type { ToldVote } from './activities.ts'
import type { OwnVote } from './collect.ts'

/** What the cache tells of votes. */
export interface KnownVotes {
  told: readonly ToldVote[]
  own: readonly OwnVote[]
}

/** What the cache tells of conversations. */
export interface KnownConversations {
  conversations: ReadonlyMap<string, ConversationInstance>
  /** Those that the server does not have any more. */
  gone: ReadonlySet<string>
}

/** What of the kit a cache entry holds, by its key. */
export function partOf(queryKey: readonly unknown[]): 'list' | 'conversation' | 'messages' | 'vote' | undefined {
  const [, , kind, id, part] = queryKey
  if (kind === 'list') return 'list'
  if (kind !== 'detail' || id === undefined) return undefined
  if (part === undefined) return 'conversation'
  return part === 'messages' || part === 'vote' ? part : undefined
}

type Pages<T> = InfiniteData<{ items: T[] }>

/** What messages tell, as long as they are the same: a cache holds many, and one conversation changes at a time. */
const toldBy = new WeakMap<object, ToldVote[]>()

/** Reads the cache, and asks for nothing. */
export function readVotes(queryClient: QueryClient, scope: string | undefined): KnownVotes {
  const told: ToldVote[] = []
  const own: OwnVote[] = []
  for (const { queryKey, state } of queryClient.getQueryCache().findAll({ queryKey: keyOfAll(scope) })) {
    const { data, dataUpdatedAt } = state
    const part = partOf(queryKey)
    const [, , , conversationId, , messageId] = queryKey as string[]
    if (!data) continue
    if (part === 'messages') told.push(...toldIn(conversationId!, data as Pages<MessageInstance>))
    if (part === 'vote') {
      const target = { conversationId: conversationId!, ...(messageId && { messageId }) }
      own.push({ ...target, vote: data as NonNullable<Vote>, at: dataUpdatedAt })
    }
  }
  return { told, own }
}

/** Reads the cache, and asks for nothing. */
export function readConversations(queryClient: QueryClient, scope: string | undefined): KnownConversations {
  const conversations = new Map<string, ConversationInstance>()
  const gone = new Set<string>()
  for (const { queryKey, state } of queryClient.getQueryCache().findAll({ queryKey: keyOfAll(scope) })) {
    const { data, error } = state
    const part = partOf(queryKey)
    if (part === 'list') {
      for (const page of (data as Pages<ConversationInstance> | undefined)?.pages ?? []) {
        for (const each of page.items) if (!conversations.has(each.id)) conversations.set(each.id, each)
      }
    } else if (part === 'conversation') {
      const id = queryKey[3] as string
      if (data) conversations.set(id, data as ConversationInstance)
      if (error && isGone(error)) gone.add(id)
    }
  }
  return { conversations, gone }
}

function toldIn(conversationId: string, data: Pages<MessageInstance>): ToldVote[] {
  const known = toldBy.get(data)
  if (known) return known
  const told = votesToldBy(
    conversationId,
    data.pages.flatMap((page) => page.items),
  )
  toldBy.set(data, told)
  return told
}
