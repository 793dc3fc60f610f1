import { gone, named } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import type { MessageInstance } from '../protocol/index.ts'
import { restingTurn, turnOf, writeTurn } from '../store/index.ts'
import type { LiveTurn, TurnRows } from '../store/index.ts'
import { regenerate } from './again.ts'
import { refuseBusy } from './exchange.ts'
import { mergeNewest } from './merge.ts'
import { cachedPages, messagesKey, storedMessages } from './settle.ts'
import { currentTurn, listable, refusal } from './thread.ts'
import type { Thread } from './thread.ts'

/**
 * Says a stored message of the user otherwise, and has it answered again; what was said after it goes. The words are changed first,
 * then the newest message goes first: whatever fails in between, what is left is a talk from its beginning, and the same can be done
 * once more. Resolves when the answer has been asked for: what becomes of that is on the screen.
 */
export async function edit(thread: Thread, id: string, text: string): Promise<void> {
  const { kit } = thread
  const { client, queryClient, store } = kit
  const conversationId = listable(thread)
  if (conversationId === null) throw refusal('Only a message of a stored conversation can be changed.')
  refuseBusy(currentTurn(thread))
  const words = text.trim()
  if (words === '') throw refusal('There is nothing to send.')
  const queryKey = messagesKey(kit, conversationId)
  const change = (edited: (items: MessageInstance[]) => MessageInstance[]) =>
    queryClient.setQueryData<MessagePages>(
      queryKey,
      (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: edited(page.items) })) },
    )
  await mergeNewest(kit, conversationId)
  const stored = storedMessages(cachedPages(kit, conversationId))
  const at = stored.findIndex((message) => message.id === id)
  if (at === -1) throw refusal('This message is not there any more.')
  try {
    await named(client.message.update(conversationId, id, { text: words }))
    change((items) => items.map((item) => (item.id === id ? { ...item, text: words } : item)))
    for (const message of stored.slice(at + 1).toReversed()) {
      await gone(client.message.delete(conversationId, message.id), message.id)
      change((items) => items.filter((item) => item.id !== message.id))
    }
  } catch (error) {
    // What the server did before it failed is not known.
    await queryClient.invalidateQueries({ queryKey, exact: true })
    throw error
  }
  const turn = turnOf(store.getState(), conversationId)
  if (turn) {
    const left = saidBefore(turn, stored, at)
    writeTurn(store, conversationId, left.length > 0 ? restingTurn(left) : undefined)
  }
  regenerate(thread).catch(() => {})
}

/** Rows that are not stored and were said before a message. Answers that were cut after it go, and messages that were not sent. */
function saidBefore(
  { past, user, reply, after }: LiveTurn,
  stored: readonly MessageInstance[],
  at: number,
): readonly TurnRows[] {
  const isBefore = (rows: TurnRows) =>
    rows.user?.id !== stored[at]!.id && stored.findIndex((message) => message.id === rows.after) < at
  return [...past, { after, ...(user && { user }), ...(reply && { reply }) }].filter(isBefore)
}
