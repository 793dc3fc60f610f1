import type { CompleteResult } from '../protocol/index.ts'
import { named } from '../queries/index.ts'
import { findStored, isReply, localKey, reduceTurn } from '../store/index.ts'
import type { LiveTurn, TurnRows } from '../store/index.ts'
import { answer, ask, described } from './calls.ts'
import { observed, refuseBusy } from './exchange.ts'
import type { Exchange, FinishInfo } from './exchange.ts'
import { run } from './run.ts'
import { cachedPages, mergeNewest, messagesKey, storedMessages } from './settle.ts'
import { receive } from './talk.ts'
import { currentTurn, exchangeIn, listable, position, refusal } from './thread.ts'
import type { Thread } from './thread.ts'

/**
 * Goes on after an error. What the server has stored decides how: everything, then there is nothing left to do; the user's
 * message, then only the answer is asked for; nothing, then it is sent again.
 */
export async function retry(thread: Thread): Promise<FinishInfo> {
  const failed = currentTurn(thread)
  if (failed?.status !== 'error') throw refusal('There is nothing to try again.')
  const exchange = exchangeIn(thread)
  exchange.begin((turn, controller) => ({
    ...(turn ?? failed),
    status: 'submitted',
    phase: 'thinking',
    error: null,
    end: null,
    restored: false,
    controller,
  }))
  return run(thread, exchange, async () => {
    const stored = await whatIsStored(thread, exchange, failed)
    if (exchange.signal.aborted) return
    if (typeof stored === 'object') {
      exchange.happen({ type: 'result', data: stored })
      return
    }
    const conversationId = listable(thread)
    if (failed.redo && conversationId !== null) await takeBack(thread, exchange, conversationId)
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
  })
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

/** Takes the last answer back and asks for another one. */
export async function regenerate(thread: Thread): Promise<FinishInfo> {
  const before = currentTurn(thread)
  refuseBusy(before)
  if (before?.status === 'error') return retry(thread)
  const exchange = exchangeIn(thread)
  const conversationId = listable(thread)
  if (conversationId === null && !thread.stateless) return receive(thread)
  const redo = conversationId !== null
  exchange.begin((turn, controller) => ({ ...regenerated(turn, position(thread), controller), redo }))
  return run(thread, exchange, async () => {
    if (!redo) return ask(thread, exchange)
    await takeBack(thread, exchange, conversationId)
    return answer(thread, exchange)
  })
}

/** A turn that answers the last user message of a thread that is not stored once more. */
function regenerated(
  turn: LiveTurn | undefined,
  after: string | null | undefined,
  controller: AbortController,
): LiveTurn {
  const next = { type: 'send', replyKey: localKey(), after, at: Date.now(), controller } as const
  if (!turn?.user) return reduceTurn(turn, next)
  const { user, reply: _reply, ...rest } = turn
  return reduceTurn({ ...rest }, { ...next, user, request: turn.request })
}

/** Removes what the assistant said last. */
async function takeBack({ kit }: Thread, exchange: Exchange, conversationId: string): Promise<void> {
  await mergeNewest(kit, conversationId)
  const stored = storedMessages(cachedPages(kit, conversationId))
  const last = stored.slice(1 + stored.findLastIndex((message) => message.type === 'user')).filter(isReply)
  const { takeBack } = await import('./take-back.ts')
  await named(takeBack(kit, messagesKey(kit, conversationId), conversationId, last))
  exchange.begin((turn) => ({ ...turn!, redo: false }))
}
