import { localKey, reduceTurn } from '../store/index.ts'
import type { LiveTurn } from '../store/index.ts'
import { answer, ask } from './calls.ts'
import { refuseBusy } from './exchange.ts'
import type { FinishInfo } from './exchange.ts'
import { goOn, takeBackLast } from './go-on.ts'
import { run } from './run.ts'
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
  return run(thread, exchange, () => goOn(thread, exchange, failed))
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
    await takeBackLast(thread, exchange, conversationId)
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
