import { sendNext, turnOf, writeTurn } from '../store/index.ts'
import { finishInfo } from './exchange.ts'
import type { Exchange, FinishInfo } from './exchange.ts'
import { laterSteps } from './steps.ts'
import { isLost, onReturn, watchNetwork } from './network.ts'
import { conversationIdOf } from './thread.ts'
import type { Thread } from './thread.ts'

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
      // What cannot be handed over now stays in the store as it is.
      await laterSteps()
        .then(({ settle }) => settle(thread, exchange))
        .catch(() => {})
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
