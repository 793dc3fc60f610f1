import type { ConversationKit } from '../provider/index.ts'
import { named } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { isReply } from '../store/index.ts'
import { cachedPages, mergeNewest, messagesKey, storedMessages } from './settle.ts'

/**
 * Removes what the assistant said last, from the screen at once and from the server; puts it back when the server refuses. Downloaded
 * when it is needed, since it needs the network anyway.
 */
export async function takeBack(kit: ConversationKit, conversationId: string): Promise<void> {
  const queryKey = messagesKey(kit, conversationId)
  await mergeNewest(kit, conversationId)
  const stored = storedMessages(cachedPages(kit, conversationId))
  const asked = stored.findLastIndex((message) => message.type === 'user')
  const last = stored.slice(asked + 1).filter(isReply)
  const gone = new Set(last.map((message) => message.id))
  kit.queryClient.setQueryData<MessagePages>(
    queryKey,
    (pages) =>
      pages && {
        ...pages,
        pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((message) => !gone.has(message.id)) })),
      },
  )
  try {
    for (const message of last) await named(kit.client.message.delete(conversationId, message.id))
  } catch (error) {
    await kit.queryClient.invalidateQueries({ queryKey, exact: true })
    throw error
  }
}
