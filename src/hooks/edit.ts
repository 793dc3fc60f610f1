import type { MessagePages } from '../queries/index.ts'
import type { MessageInstance } from '../protocol/index.ts'
import type { LiveTurn, restingTurn, TurnRows, writeTurn } from '../store/index.ts'
import type { regenerate } from './again.ts'
import type { mergeNewest, storedMessages } from './settle.ts'
import type { refusal, Thread } from './thread.ts'

/** What is needed for it. Given, so that this can be downloaded alone: few change what they have said. */
interface Hands {
  mergeNewest: typeof mergeNewest
  storedMessages: typeof storedMessages
  regenerate: typeof regenerate
  refusal: typeof refusal
  restingTurn: typeof restingTurn
  writeTurn: typeof writeTurn
}

/**
 * Says a stored message of the user otherwise, and has it answered again; what was said after it goes. The words are changed first,
 * then the newest message goes first: whatever fails in between, what is left is a talk from its beginning, and the same can be done
 * once more. Resolves when the answer has been asked for: what becomes of that is on the screen.
 */
export async function edit(
  thread: Thread,
  conversationId: string,
  id: string,
  text: string,
  hands: Hands,
): Promise<void> {
  const { client, queries, queryClient, store } = thread.kit
  const words = text.trim()
  if (words === '') throw hands.refusal('There is nothing to send.')
  const queryKey = queries.keys.messages(conversationId, client.scope)
  const change = (edited: (items: MessageInstance[]) => MessageInstance[]) =>
    queryClient.setQueryData<MessagePages>(
      queryKey,
      (pages) => pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: edited(page.items) })) },
    )
  await hands.mergeNewest(thread.kit, conversationId)
  const stored = hands.storedMessages(queryClient.getQueryData<MessagePages>(queryKey))
  const at = stored.findIndex((message) => message.id === id)
  if (at === -1) throw hands.refusal('This message is not there any more.')
  try {
    await client.message.update(conversationId, id, { text: words })
    change((items) => items.map((item) => (item.id === id ? { ...item, text: words } : item)))
    for (const message of stored.slice(at + 1).toReversed()) {
      await client.message.delete(conversationId, message.id).catch(unlessGone)
      change((items) => items.filter((item) => item.id !== message.id))
    }
  } catch (error) {
    // What the server did before it failed is not known.
    await queryClient.invalidateQueries({ queryKey, exact: true })
    throw error
  }
  const turn = store.getState().live[conversationId]
  if (turn) {
    const left = saidBefore(turn, stored, at)
    hands.writeTurn(store, conversationId, left.length > 0 ? hands.restingTurn(left) : undefined)
  }
  hands.regenerate(thread).catch(() => {})
}

/** What somebody else has deleted is deleted. */
function unlessGone(error: unknown): void {
  if ((error as { code?: string }).code !== 'NOT_FOUND') throw error
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
