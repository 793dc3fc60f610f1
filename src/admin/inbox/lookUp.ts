import type { ConversationKit } from '../../provider/index.ts'
import { named } from '../../queries/index.ts'

/** So many are asked for at once. */
const AT_ONCE = 4
/** Notes and what is for the model come after what was said last, but seldom so many. */
const TAKE = 8
/** What was learned is told so often at most, in milliseconds. */
const TELL_MS = 200

/**
 * Asks who spoke last in conversations whose messages nobody has read, a few at a time, and tells what it learns. One that cannot be
 * read is left out: it is asked for again with the next list. Ends when the signal does.
 */
export async function lookUpSpeakers(
  { client }: ConversationKit,
  ids: readonly string[],
  tell: (speakers: ReadonlyMap<string, 'user' | 'bot'>) => void,
  signal: AbortSignal,
): Promise<void> {
  let learned = new Map<string, 'user' | 'bot'>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (learned.size > 0) tell(learned)
    learned = new Map()
  }
  const queue = ids.values()
  const worker = async () => {
    for (const id of queue) {
      if (signal.aborted) return
      try {
        const { items } = await named(client.message.list(id, { order: 'desc', take: TAKE }, { signal }))
        const spoken = items.find(({ type }) => type === 'user' || type === 'bot')
        if (spoken) learned.set(id, spoken.type as 'user' | 'bot')
        timer ??= setTimeout(flush, TELL_MS)
      } catch {
        // Gone, or no network.
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  flush()
}
