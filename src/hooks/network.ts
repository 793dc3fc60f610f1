import { onlineManager } from '@tanstack/react-query'
import type { ConversationError } from '../transport/index.ts'

/** How long after its return the network is trusted again, when it was gone and back before a call noticed. */
const SETTLED_MS = 1000

/** Whether there is a network, as far as the browser and TanStack Query know. */
export const isOnline = (): boolean => onlineManager.isOnline() && (globalThis.navigator?.onLine ?? true)

/** Whether a call failed because the network did, and not because of anything that was said. */
export const isLost = (error: ConversationError | null): boolean =>
  error?.code === 'NETWORK' || error?.code === 'STREAM_INTERRUPTED'

/** Waits until there is a network. */
export const whenOnline = (): Promise<void> =>
  isOnline() ? Promise.resolve() : new Promise((resolve) => void onReturn(resolve))

/** Calls once, when the network is back. Gives the function that ends the waiting. */
export function onReturn(listener: () => void): () => void {
  const back = () => {
    if (!isOnline()) return
    end()
    listener()
  }
  // Query counts as online until it is told otherwise, so of a page that was opened without a network only the browser tells.
  const unsubscribe = onlineManager.subscribe(back)
  globalThis.addEventListener?.('online', back)
  const end = () => {
    unsubscribe()
    globalThis.removeEventListener?.('online', back)
  }
  return end
}

/** Listens from now on, so that a network that was gone and back before a call failed is not waited for. */
export function watchNetwork() {
  let back = false
  let waiting: (() => void) | undefined
  const end = onReturn(() => {
    back = true
    waiting?.()
  })
  return {
    end,
    /** Whether it came back since: so it had gone. */
    wasGone: () => back,
    /** Calls when the network is back. */
    whenBack(listener: () => void) {
      if (back) setTimeout(listener, SETTLED_MS)
      else waiting = listener
    },
  }
}
