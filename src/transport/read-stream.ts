import type { LazyResponse } from './response-promise.ts'
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
  // Asked by name and not by class: who only reads need not load the client.
  const batches = (answer as Partial<Batched<U>>).batches?.({ signal })
  if (batches) await batches.next(false, onEvents)
  else await (await import('./read-foreign.ts')).readForeign(answer, { signal, onEvents })
}

/** An answer of our own client. */
type Batched<U> = Pick<LazyResponse<unknown, U>, 'batches'>
