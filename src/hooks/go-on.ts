import type { CompleteResult, MessageInstance } from '../protocol/index.ts'
import { named } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { findStored, isReply, localKey } from '../store/index.ts'
import type { LiveTurn, TurnRows } from '../store/index.ts'
import { answer, ask, described } from './calls.ts'
import { observed } from './exchange.ts'
import type { Exchange } from './exchange.ts'
import { mergeNewest } from './merge.ts'
import { cachedPages, messagesKey, storedMessages } from './settle.ts'
import { listable, position } from './thread.ts'
import type { Thread } from './thread.ts'

/** Goes on with a failed exchange that has been begun again. */
export async function goOn(thread: Thread, exchange: Exchange, failed: LiveTurn): Promise<void> {
  const stored = await whatIsStored(thread, exchange, failed)
  if (exchange.signal.aborted) return
  if (typeof stored === 'object') {
    exchange.happen({ type: 'result', data: stored })
    return
  }
  const conversationId = listable(thread)
  if (failed.redo && conversationId !== null) await takeBackLast(thread, exchange, conversationId)
  const again = stored === 'nothing'
  exchange.happen({
    type: 'retry',
    again,
    replyKey: localKey(),
    after: position(thread),
    at: Date.now(),
    controller: exchange.controller,
  })
  await (again && failed.user ? ask(thread, exchange) : answer(thread, exchange))
}

/**
 * How much of a failed exchange the server has. A reply that it has sent as a whole message is all of it: to ask again would have it
 * there twice.
 */
async function whatIsStored(
  thread: Thread,
  exchange: Exchange,
  failed: LiveTurn,
): Promise<'nothing' | 'message' | CompleteResult> {
  const conversationId = listable(thread)
  const told = failed.whole ? failed.reply?.parts.findLast((part) => part.type === 'text') : undefined
  const text = told?.type === 'text' ? told.text : undefined
  const all = (id: string | undefined): CompleteResult => ({
    ...(id !== undefined && { id }),
    text: text ?? '',
    usage: failed.result?.usage ?? { token: 0 },
    end: { reason: 'stop' },
  })
  if (conversationId === null) {
    if (thread.stateless || !failed.answered) return 'nothing'
    return text === undefined ? 'message' : all(failed.reply?.id ?? undefined)
  }
  // The rows of the exchange leave the turn when they are merged, so it is looked at as it failed.
  await observed(
    thread.kit,
    { mutationFn: () => mergeNewest(thread.kit, conversationId), ...described(thread, 'message.list') },
    undefined,
  )
  const stored = storedMessages(cachedPages(thread.kit, conversationId))
  const exchanges: TurnRows[] = [...failed.past, failed]
  const found = findStored(stored, exchanges, thread.kit.store.getState().shown)
  // What the server has begun to answer it has, whether or not it can be told from the same words said earlier.
  if (failed.user && !found.users.has(failed)) return failed.user.status === 'sent' ? 'message' : 'nothing'
  if (found.replies.get(failed)?.length === 0) exchange.happen({ type: 'dropThoughts' })
  const reply = found.replies.get(failed)?.findLast((message) => message.type === 'bot')
  // Of a reply that nobody has seen, what is stored is what there is.
  if (reply && failed.restored) return { ...all(reply.id), text: reply.text }
  return reply && reply.text === text ? all(reply.id) : 'message'
}

/** Removes what the assistant said last, from the screen at once and from the server; puts it back when the server refuses. */
export async function takeBackLast(thread: Thread, exchange: Exchange, conversationId: string): Promise<void> {
  const { kit } = thread
  await mergeNewest(kit, conversationId)
  const stored = storedMessages(cachedPages(kit, conversationId))
  const last = stored.slice(1 + stored.findLastIndex((message) => message.type === 'user')).filter(isReply)
  await named(takeBack(thread, conversationId, last))
  exchange.begin((turn) => ({ ...turn!, redo: false }))
}

async function takeBack({ kit }: Thread, conversationId: string, last: readonly MessageInstance[]): Promise<void> {
  const queryKey = messagesKey(kit, conversationId)
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
