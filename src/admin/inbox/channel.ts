import type { QueryTransport } from '../../queries/index.ts'
import type { ConversationClient } from '../../transport/index.ts'

interface Ears {
  /** Whether the channel can be heard. */
  onHears: (hears: boolean) => void
  onEvent: () => void
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/** Listens to a channel until the signal ends it, and again when it breaks off. A client without channels hears nothing. */
export async function listen(client: QueryTransport, channelId: string, signal: AbortSignal, ears: Ears) {
  const { channel } = client as Partial<ConversationClient>
  if (typeof channel?.subscribe !== 'function') return
  let wait = FIRST_WAIT_MS
  while (!signal.aborted) {
    try {
      for await (const event of channel.subscribe(channelId, { historyLength: 0 }, { signal }).stream({ signal })) {
        // The first line says that it can be heard.
        ears.onHears(true)
        wait = FIRST_WAIT_MS
        if (event.type === 'message') ears.onEvent()
      }
    } catch {
      // It broke off, or is refused: the page goes on by looking for itself.
    }
    ears.onHears(false)
    if (signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait)
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
    })
    wait = Math.min(LONGEST_WAIT_MS, wait * 2)
  }
}
