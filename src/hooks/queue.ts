import { changeQueue, isBusy, localKey, queueOf, reduceTurn, turnOf, userMessage, writeTurn } from '../store/index.ts'
import type { ChatState, LiveTurn, QueuedMessage } from '../store/index.ts'
import { busyError, finishInfo, refuseBusy } from './exchange.ts'
import type { FinishInfo } from './exchange.ts'
import { isLost, isOnline, onReturn } from './network.ts'
import { laterSteps } from './steps.ts'
import { send } from './talk.ts'
import { conversationIdOf, currentTurn, refusal } from './thread.ts'
import type { RunBody, Thread, UserInput } from './thread.ts'

/** Says something: at once when nothing is in its way, else when its turn comes. */
export async function say(thread: Thread, input: UserInput, body?: RunBody): Promise<FinishInfo> {
  const { text, entities, meta } = typeof input === 'string' ? { text: input } : input
  const words = text.trim()
  if (words === '') throw refusal('There is nothing to send.')
  const { kit, id } = thread
  const turn = currentTurn(thread)
  const busy = isBusy(turn)
  const { whileBusy = 'queue' } = thread.options()
  if (whileBusy === 'refuse') refuseBusy(turn)
  refuseTwice(thread, words)
  const row = userMessage(localKey(), words, Date.now(), meta)
  const request = { ...body, ...(entities && { entities }) }
  const waits = busy || !isOnline() || queueOf(kit.store.getState(), id).length > 0 || goesFirst(turn)
  if (!waits) return send(thread, row, request)

  const reply = new Promise<FinishInfo>((resolve, reject) => {
    const message = sendable(thread, { row: { ...row, status: 'queued' }, request }, resolve, reject)
    changeQueue(kit.store, id, (queue) => [...queue, message])
  })
  if (busy && whileBusy === 'interrupt') turn?.controller?.abort()
  // What is said after a failure goes on past it, unless that was lost, and goes first.
  if (goesFirst(turn)) resume(thread)
  else clearError(thread)
  return reply
}

/**
 * Whether something that the network took comes before what is said now: a message that the server does not have, or, as long as the
 * network is gone, an answer.
 */
const goesFirst = (turn: LiveTurn | undefined): boolean =>
  isLost(turn?.error) && (turn?.user?.status === 'failed' || !isOnline())

/** Puts an error away, and goes on with what waits. */
export function clearError(thread: Thread): void {
  const turn = currentTurn(thread)
  if (turn) writeTurn(thread.kit.store, thread.id, reduceTurn(turn, { type: 'clearError' }))
  resume(thread)
}

let now: { thread: Thread; words: string } | undefined

/** The same words twice in one moment are a form that was submitted twice. */
function refuseTwice(thread: Thread, words: string): void {
  if (now?.thread === thread && now.words === words) throw busyError()
  now = { thread, words }
  setTimeout(() => (now = undefined))
}

/** A message that can be sent when its turn comes. */
export const sendable = (
  thread: Thread,
  message: QueuedMessage,
  resolve: (info: FinishInfo) => void = () => {},
  reject: (error: unknown) => void = () => {},
): QueuedMessage => ({
  ...message,
  send: () => void send(thread, message.row, message.request).then(resolve, reject),
  drop: () => resolve(finishInfo(undefined, conversationIdOf(thread))),
})

/**
 * Goes on with what waits, when nothing is in its way: first what the network broke off, then the oldest message. Without a network
 * when it is back.
 */
export function resume(thread: Thread): void {
  const turn = currentTurn(thread)
  const [next] = queueOf(thread.kit.store.getState(), thread.id)
  const lost = turn?.status === 'error' && isLost(turn.error)
  if (isBusy(turn) || (turn?.status === 'error' && !lost) || (!lost && !next)) return
  if (!isOnline()) onReturn(() => resume(thread))
  else if (lost)
    laterSteps()
      .then(({ retry }) => retry(thread))
      .catch(() => {})
  else next?.send?.()
}

/** How much of what waits was left by pages that are gone, and nobody goes on with it yet. */
export const orphansOf = (state: ChatState, thread: string): number =>
  Number(turnOf(state, thread)?.restored ?? false) + queueOf(state, thread).filter((message) => !message.send).length
