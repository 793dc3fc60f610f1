import { sendNext, turnOf, writeTurn } from '../store/index.ts'
import { finishInfo } from './exchange.ts'
import type { Exchange, FinishInfo } from './exchange.ts'
import { laterSteps, mergeStored } from './steps.ts'
import { isLost, onReturn, watchNetwork } from './network.ts'
import { conversationIdOf, currentTurn, listable } from './thread.ts'
import type { Thread } from './thread.ts'

/** How long after a stop the server is asked again for what it stored of the reply. */
const LATE_PARTIAL_MS = [1000, 4000]

/** How long after its return the network is trusted again, when it was gone and back before a call noticed. */
const SETTLED_MS = 1000

/** Runs an exchange to its end and tells everybody: the caller, the callbacks, the store and the cache. */
export async function run(thread: Thread, exchange: Exchange, work: () => Promise<void>): Promise<FinishInfo> {
  const { resume } = thread
  const network = watchNetwork()
  laterSteps().catch(() => {})
  try {
    await work()
  } catch (cause) {
    if (!exchange.signal.aborted) {
      const error = exchange.fail(cause)
      if (resume && isLost(error)) {
        if (network.wasGone()) setTimeout(resume, SETTLED_MS)
        else onReturn(resume)
      }
      thread.options().onError?.(error)
      throw error
    }
  } finally {
    network.end()
  }
  const info = finishInfo(exchange.turn, conversationIdOf(thread))
  countUnread(thread, info)
  try {
    thread.options().onFinish?.(info)
  } finally {
    if (thread.single) forget(thread, exchange)
    else {
      await settle(thread, exchange)
      // What waits comes after what is stored now.
      if (resume) resume()
      else sendNext(thread.kit.store, thread.id)
    }
  }
  return info
}

function forget({ kit, id }: Thread, { controller }: Exchange): void {
  if (turnOf(kit.store.getState(), id)?.controller === controller) writeTurn(kit.store, id, undefined)
}

function countUnread({ kit }: Thread, { text, reason }: FinishInfo): void {
  if (text === '' || reason === 'abort') return
  kit.store.setState(({ panel }) => (panel.open ? {} : { panel: { ...panel, unread: panel.unread + 1 } }))
}

/** Hands what was said over to the cache. What the server does not have yet stays in the store, and is asked for again after a stop. */
async function settle(thread: Thread, exchange: Exchange): Promise<void> {
  const conversationId = listable(thread)
  if (conversationId === null) return
  const merge = () => mergeStored(thread.kit, conversationId)
  await merge()
  if (!exchange.signal.aborted) return
  for (const [index, wait] of LATE_PARTIAL_MS.entries()) {
    const earlier = LATE_PARTIAL_MS[index - 1] ?? 0
    setTimeout(() => {
      const left = currentTurn(thread)
      if (left?.controller === exchange.controller && left.reply) void merge()
    }, wait + earlier)
  }
}
