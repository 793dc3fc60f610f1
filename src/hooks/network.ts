import { onlineManager } from '@tanstack/react-query'
import type { ConversationError } from '../transport/index.ts'

/** Whether there is a network, as far as the browser and TanStack Query know. */
export const isOnline = (): boolean => onlineManager.isOnline() && (globalThis.navigator?.onLine ?? true)

/** Whether a call failed because the network did, and not because of anything that was said. */
export const isLost = (error: ConversationError | null | undefined): boolean =>
  error?.code === 'NETWORK' || error?.code === 'STREAM_INTERRUPTED'

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

/** Waits for the network, if there is none. */
export const online = async (): Promise<void> => {
  if (!isOnline()) await new Promise<void>((resolve) => void onReturn(resolve))
}

/** Listens from now on, so that a network that was gone and back before a call failed is not waited for. */
export function watchNetwork() {
  let gone = false
  const end = onReturn(() => (gone = true))
  return { end, wasGone: () => gone }
}
