import type { MessageInstance } from '../protocol/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import type { MessagePages } from '../queries/index.ts'

/**
 * Removes messages, from the screen at once and from the server; puts them back when the server refuses. Downloaded when it is
 * needed, alone, since it needs the network anyway.
 */
export async function takeBack(
  kit: ConversationKit,
  queryKey: readonly unknown[],
  conversationId: string,
  last: readonly MessageInstance[],
): Promise<void> {
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
    for (const message of last) await kit.client.message.delete(conversationId, message.id)
  } catch (error) {
    await kit.queryClient.invalidateQueries({ queryKey, exact: true })
    throw error
  }
}
