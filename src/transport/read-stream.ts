import { clean, isCode } from './answer.ts'
import { ConversationError } from './errors.ts'
import { Ledger } from './ledger.ts'
import { Life } from './life.ts'
import { LazyResponse } from './response-promise.ts'
import type { ResponsePromise } from './types.ts'

export interface ReadStreamOptions<U> {
  signal?: AbortSignal
  /** Gets the events in batches, all that came at once. */
  onEvents: (events: readonly U[]) => void
}

/**
 * Reads the stream of an answer that ends with a `result`, such as `complete`, in batches; resolves when it has ended well.
 * With the official client too: failures it yields or keeps to itself are thrown as by ours. Whoever reads has the text that came
 * before a failure; the error does not repeat it.
 */
export async function readStream<U>(
  answer: Pick<ResponsePromise<unknown, U>, 'stream'>,
  { signal, onEvents }: ReadStreamOptions<U>,
): Promise<void> {
  if (!(answer instanceof LazyResponse)) return await readForeign(answer, { signal, onEvents })
  await (answer as LazyResponse<unknown, U>).batches({ signal }).each(onEvents)
}

async function readForeign<U>(
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

/** Any failure as one of ours, `partial` the text that came before when something did: those of the official client and of the platform keep their meaning, and their cause. */
export function toConversationError(cause: unknown, partial?: string): ConversationError {
  if (ConversationError.is(cause)) return cause
  const { name, code, message } = (typeof cause === 'object' && cause ? cause : {}) as Partial<Error> & {
    code?: unknown
  }
  const meaning = {
    AbortError: 'ABORTED',
    TimeoutError: 'TIMEOUT',
    SyntaxError: 'STREAM_PARSE',
    TypeError: partial === undefined ? 'NETWORK' : 'STREAM_INTERRUPTED',
  }[name as string]
  return new ConversationError({
    code: meaning ?? (isCode(code) ? code : 'UNKNOWN'),
    // Only what carries a code was written to be shown. What a parser says quotes the text it could not read.
    message: isCode(code) ? `The call failed: ${clean(message ?? '')}` : 'The call failed.',
    cause: name === 'SyntaxError' ? undefined : cause,
    partial,
  })
}
