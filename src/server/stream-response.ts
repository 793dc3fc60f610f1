/** Something that streams events: a completion of a client, or any async iterable. */
export type StreamSource =
  | { stream(options?: { signal?: AbortSignal; abortSignal?: AbortSignal }): AsyncIterable<unknown> }
  | AsyncIterable<unknown>

/**
 * A Response that hands events on as JSON lines, one chunk a line, no faster than they are read. When the reader leaves, or
 * `signal` aborts, the source is stopped. A source that throws ends the stream with an `error` line.
 * @example return streamResponse(client.complete(id, { text }), { signal: request.signal })
 */
export function streamResponse(source: StreamSource, init: ResponseInit & { signal?: AbortSignal } = {}): Response {
  const { signal, ...responseInit } = init
  const headers = new Headers(responseInit.headers)
  if (!headers.has('content-type')) headers.set('content-type', 'application/jsonl')
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (!headers.has('x-accel-buffering')) headers.set('x-accel-buffering', 'no')
  return new Response(lines(source, signal), { ...responseInit, headers })
}

function lines(source: StreamSource, signal?: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const stop = new AbortController()
  let events: AsyncIterator<unknown> | undefined
  let onAbort = () => {}

  function leave(reason: unknown) {
    signal?.removeEventListener('abort', onAbort)
    stop.abort(reason)
    // A generator that waits inside `next()` hears of it through the signal; this is for all others.
    Promise.resolve(events?.return?.()).catch(() => {})
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          leave(signal?.reason)
          // Cut, not closed: a reader can tell that the answer is not whole.
          controller.error(signal?.reason)
        }
        if (signal?.aborted) onAbort()
        else signal?.addEventListener('abort', onAbort, { once: true })
      },
      async pull(controller) {
        try {
          events ??= open(source, stop.signal)
          const line = await nextLine(events)
          if (stop.signal.aborted) return
          if (line !== null) return controller.enqueue(encoder.encode(line))
        } catch (error) {
          if (stop.signal.aborted) return
          controller.enqueue(encoder.encode(`${JSON.stringify(errorEvent(error))}\n`))
        }
        signal?.removeEventListener('abort', onAbort)
        controller.close()
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  )
}

function open(source: StreamSource, signal: AbortSignal): AsyncIterator<unknown> {
  // Both names: `signal` is ours, `abortSignal` the official client's.
  const events = 'stream' in source ? source.stream({ signal, abortSignal: signal }) : source
  return events[Symbol.asyncIterator]()
}

/** The next event as a line; `null` at the end. What JSON cannot hold is skipped: a blank line would break readers. */
async function nextLine(events: AsyncIterator<unknown>): Promise<string | null> {
  for (;;) {
    const { done, value } = await events.next()
    if (done) return null
    const json = JSON.stringify(value) as string | undefined
    if (json !== undefined) return `${json}\n`
  }
}

/** Our own errors are written for readers; any other may hold what is nobody's business. */
function errorEvent(error: unknown): { type: 'error'; data: { message: string; code: string } } {
  const { name, message, code } = (error ?? {}) as { name?: unknown; message?: unknown; code?: unknown }
  const known = name === 'ConversationError' && typeof message === 'string' && typeof code === 'string'
  return { type: 'error', data: known ? { message, code } : { message: 'Something went wrong', code: 'GENERIC_ERROR' } }
}
