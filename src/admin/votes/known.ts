import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { ConversationInstance, MessageInstance } from '../../protocol/index.ts'
import { keyOfAll } from '../../queries/index.ts'
import type { Vote } from '../../queries/index.ts'
import { votesToldBy } from './activities.ts'
import type { ToldVote } from './activities.ts'
import type { OwnVote } from './collect.ts'

/** What the cache knows that bears on votes. */
export interface Known {
  conversations: ReadonlyMap<string, ConversationInstance>
  /** Conversations that the server does not have any more. */
  gone: ReadonlySet<string>
  told: readonly ToldVote[]
  own: readonly OwnVote[]
}

type Pages<T> = InfiniteData<{ items: T[] }>

/** What messages tell, as long as they are the same: a cache holds many, and one conversation changes at a time. */
const toldBy = new WeakMap<object, ToldVote[]>()

/** Reads the cache, and asks for nothing. */
export function readKnown(queryClient: QueryClient, scope: string | undefined): Known {
  const conversations = new Map<string, ConversationInstance>()
  const gone = new Set<string>()
  const told: ToldVote[] = []
  const own: OwnVote[] = []
  for (const { queryKey, state } of queryClient.getQueryCache().findAll({ queryKey: keyOfAll(scope) })) {
    const { data, dataUpdatedAt, error } = state
    const [, , kind, conversationId, part, messageId] = queryKey as readonly string[]
    if ((error as { status?: number } | null)?.status === 404 && kind === 'detail' && part === undefined) {
      gone.add(conversationId!)
    }
    if (data === undefined) continue
    if (kind === 'list') {
      for (const page of (data as Pages<ConversationInstance>).pages) {
        for (const each of page.items) if (!conversations.has(each.id)) conversations.set(each.id, each)
      }
    } else if (kind !== 'detail' || conversationId === undefined) {
      continue
    } else if (part === undefined) {
      conversations.set(conversationId, data as ConversationInstance)
    } else if (part === 'messages') {
      told.push(...toldIn(conversationId, data as Pages<MessageInstance>))
    } else if (part === 'vote' && data !== null) {
      const target = { conversationId, ...(messageId && { messageId }) }
      own.push({ ...target, vote: data as NonNullable<Vote>, at: dataUpdatedAt })
    }
  }
  return { conversations, gone, told, own }
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
