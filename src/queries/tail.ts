import type { MessageInstance } from '../protocol/index.ts'
import type { ConversationTransport } from '../transport/index.ts'
import type { MessagePage, MessagePages } from './messages.ts'

/** Messages a page, when nobody names a number: what the server sends at most. */
export const PAGE_SIZE = 100

/** The newest messages of a conversation, as they were listed after something happened in it. */
export interface Tail {
  /** Oldest first. */
  messages: MessageInstance[]
  /** `after`: all that follows the message asked for. `newest`: the newest page. `whole`: the newest page, and there is no older one. */
  kind: 'after' | 'newest' | 'whole'
  /** The message they follow. */
  after?: string
}

/** What came after the newest message we hold, however much it is: one request as a rule. Without a held message, the newest page. */
export async function listTail(
  client: Pick<ConversationTransport, 'message'>,
  conversationId: string,
  after: string | undefined,
  signal?: AbortSignal,
): Promise<Tail> {
  const messages: MessageInstance[] = []
  let cursor = after
  while (cursor !== undefined) {
    const page = await client.message.list(conversationId, { order: 'asc', take: PAGE_SIZE, cursor }, { signal })
    messages.push(...page.items)
    cursor = page.items.length < PAGE_SIZE ? undefined : page.items.at(-1)?.id
  }
  if (messages.length > 0) return { messages, kind: 'after', after }
  // Nothing after it, or the message is gone from the server, which then answers an empty page as well: look once without it.
  const newest = await client.message.list(conversationId, { order: 'desc', take: PAGE_SIZE }, { signal })
  return { messages: newest.items.toReversed(), kind: newest.items.length < PAGE_SIZE ? 'whole' : 'newest' }
}

/** The pages of the cache with the tail in place. What was held below it stays as it is, and so does every unchanged message. */
export function mergeTail(pages: MessagePages | undefined, tail: Tail, pageSize: number = PAGE_SIZE): MessagePages {
  const fresh = tail.messages.toReversed()
  const held = pages?.pages.flatMap((page) => page.items) ?? []
  const { newer, older } = around(tail, held, fresh)
  const connected = tail.kind === 'after' || older.length > 0
  const cursor = connected ? pages?.pages.at(-1)?.cursor : tail.kind === 'newest' ? fresh.at(-1)?.id : undefined
  return paginate([...newer, ...fresh, ...older], cursor, pageSize)
}

/** The held messages above and below the tail. */
function around(
  { kind, after }: Tail,
  held: readonly MessageInstance[],
  fresh: readonly MessageInstance[],
): { newer: MessageInstance[]; older: MessageInstance[] } {
  const ids = new Set(fresh.map((message) => message.id))
  const others = held.filter((message) => !ids.has(message.id))
  if (kind === 'whole') return { newer: [], older: [] }
  if (kind === 'newest') {
    // The page and what we hold overlap, or there is a gap between them and what we hold cannot stay.
    const overlap = held.findLastIndex((message) => ids.has(message.id))
    return { newer: [], older: overlap === -1 ? [] : held.slice(overlap + 1) }
  }
  // Another answer may have brought what came after this one was written.
  const anchor = others.findIndex((message) => message.id === after)
  const last = fresh[0]?.createdAt ?? 0
  const isNewer = (message: MessageInstance, index: number) => index < anchor && message.createdAt > last
  return {
    newer: others.filter(isNewer),
    older: others.filter((message, index) => !isNewer(message, index)),
  }
}

/** Cuts into pages again, so that a later refetch of as many pages brings all of it back. */
export function paginate(
  items: readonly MessageInstance[],
  lastCursor: string | undefined,
  pageSize: number = PAGE_SIZE,
): MessagePages {
  const pages: MessagePage[] = []
  const pageParams: (string | undefined)[] = []
  for (let at = 0; at === 0 || at < items.length; at += pageSize) {
    const page = items.slice(at, at + pageSize)
    const last = at + pageSize >= items.length
    const cursor = last ? lastCursor : page.at(-1)?.id
    pageParams.push(pages.at(-1)?.cursor)
    pages.push(cursor === undefined ? { items: page } : { items: page, cursor })
  }
  return { pages, pageParams }
}
