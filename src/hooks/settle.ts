import type { ConversationKit } from '../provider/index.ts'
import { keyOfMessages, newestOf, oldestFirst } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import type { MessageInstance } from '../protocol/index.ts'

const stored = new WeakMap<MessagePages, readonly MessageInstance[]>()
const NONE: readonly MessageInstance[] = []

/** The cached messages, oldest first; the same array for the same pages. */
export function storedMessages(pages: MessagePages | undefined): readonly MessageInstance[] {
  if (!pages) return NONE
  let messages = stored.get(pages)
  if (!messages) {
    messages = oldestFirst(pages)
    stored.set(pages, messages)
  }
  return messages
}

/** Where the cache holds the messages of a conversation. */
export const messagesKey = ({ client }: ConversationKit, conversationId: string) =>
  keyOfMessages(conversationId, client.scope)

/** The messages of a conversation that the cache holds; `undefined` when it was never read. */
export const cachedPages = (kit: ConversationKit, conversationId: string): MessagePages | undefined =>
  kit.queryClient.getQueryData<MessagePages>(messagesKey(kit, conversationId))

/** The newest message the cache knows of: `null` when there is none, `undefined` when it was never read. */
export function newestStored(kit: ConversationKit, conversationId: string): string | null | undefined {
  const pages = cachedPages(kit, conversationId)
  return pages && (newestOf(pages)?.id ?? null)
}
