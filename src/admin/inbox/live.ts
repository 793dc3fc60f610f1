import { isOnline, mergeStored } from '../../hooks/index.ts'
import type { ConversationKit } from '../../provider/index.ts'
import { conversationKeys, mutationKeys, refreshHead } from '../../queries/index.ts'
import type { ListParams } from '../../queries/index.ts'
import { listen } from './channel.ts'

/** How an inbox learns of what others do. */
export interface LiveOptions {
  /** Milliseconds between two looks at the newest page, while the page is in front. Behind another window it is twice that. @default 10000 */
  interval?: number
  /**
   * A channel of the API on which a backend of yours says that something has happened, or on which a dispatched reply runs. Each event
   * leads to a look at once, and while it can be heard the inbox looks six times less often by itself.
   */
  channelId?: string
}

const INTERVAL_MS = 10_000
/** Events come in bursts: so long is waited for the end of one. */
const BURST_MS = 250
const LONGEST_MS = 300_000

interface Watched {
  params: ListParams
  /** The conversation that is open. */
  open: string | null
}

/**
 * Keeps a list and the open conversation as the server has them: looks at the newest page and at the newest messages, more slowly when
 * nobody looks or the server refuses, not at all while the page is hidden or without a network, and at once when that is over. Ends
 * when the signal does.
 */
export function keepLive(
  kit: ConversationKit,
  watched: () => Watched,
  { interval = INTERVAL_MS, channelId }: LiveOptions,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let hears = false
  let looking = false
  let again = false
  /** Whether a look is planned because something happened. */
  let soon = false

  const pause = () => {
    const calm = interval * (document.hasFocus() ? 1 : 2) * (hears ? 6 : 1)
    return Math.min(LONGEST_MS, calm * 2 ** failures)
  }
  const plan = (ms: number) => {
    clearTimeout(timer)
    if (!signal.aborted) timer = setTimeout(() => void look(), ms)
  }
  const look = async () => {
    if (looking) {
      again = true
      return
    }
    clearTimeout(timer)
    soon = false
    // Somebody who comes back is told of at once.
    if (document.hidden || !isOnline()) return
    looking = true
    again = false
    try {
      await refresh(kit, watched(), signal)
      failures = 0
    } catch {
      // Whoever reads the list by hand is told why it cannot be read.
      failures += 1
    } finally {
      looking = false
      plan(again || soon ? BURST_MS : pause())
    }
  }

  const wake = () => void look()
  document.addEventListener('visibilitychange', wake, { signal })
  globalThis.addEventListener('focus', wake, { signal })
  globalThis.addEventListener('online', wake, { signal })
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  if (channelId !== undefined) {
    void listen(kit.client, channelId, signal, {
      onHears: (now) => (hears = now),
      onEvent: () => {
        if (!soon) plan(BURST_MS)
        soon = true
      },
    })
  }
  plan(pause())
}

async function refresh(kit: ConversationKit, { params, open }: Watched, signal: AbortSignal): Promise<void> {
  const { client, queryClient } = kit
  const { scope } = client
  // What is being written would be written over by what the server said before.
  const isQuiet = (mutationKey: readonly unknown[]) => queryClient.isMutating({ mutationKey }) === 0
  await Promise.all([
    refreshHead(client, queryClient, params, signal),
    open !== null && isQuiet(mutationKeys.message(open, scope)) && mergeStored(kit, open),
    open !== null &&
      isQuiet(mutationKeys.update(open, scope)) &&
      queryClient.invalidateQueries({ queryKey: conversationKeys.detail(open, scope), exact: true }),
  ])
}
