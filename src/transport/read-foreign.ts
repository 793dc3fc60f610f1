import { Ledger } from './ledger.ts'
import { Life } from './life.ts'
import type { ReadStreamOptions } from './read-stream.ts'
import { toConversationError } from './to-error.ts'
import type { ResponsePromise } from './types.ts'

/** Reads the stream of another client than ours, by its events one by one. Downloaded by who has such a client. */
export async function readForeign<U>(
  answer: Pick<ResponsePromise<unknown, U>, 'stream'>,
  { signal, onEvents }: ReadStreamOptions<U>,
): Promise<void> {
  const ledger = new Ledger('run')
  ledger.keepsText = false
  const life = new Life([signal])
  let events: AsyncGenerator<U, void, undefined> | undefined
  let begun = false
  try {
    life.check()
    events = answer.stream({ signal, abortSignal: signal })
    for (;;) {
      const { done, value } = await life.guard(events.next())
      if (done) break
      begun = true
      const batch = ledger.take([value])
      if (batch.length > 0) onEvents(batch)
    }
  } catch (cause) {
    // It may wait for the network, and nobody waits for it.
    void events?.return().catch(() => {})
    if (life.error) throw life.error
    throw toConversationError(cause, begun ? '' : undefined)
  } finally {
    life.close()
  }
  const error = ledger.end({})
  if (error) throw error
}
