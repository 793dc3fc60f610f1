import type { StreamEvent } from '../protocol/index.ts'
import { ApiError } from './api-error.ts'
import { CONTENT_TYPES, framer } from './framing.ts'
import type { Answer, Call, Format, Listing } from './call.ts'
import type { Run } from './run.ts'

/** A stream that has said nothing for this long after its beginning says `nop`, so that its headers leave. */
const SILENCE_MS = 16_700
/** A JSON answer that takes longer sends its headers, and what comes then has the status 200 whatever it is. */
const EARLY_HEADERS_MS = 18_750
const PING_INTERVAL_MS = 10_000
/** Chunks a slow reader may be behind before the run waits for it. */
const MAX_CHUNKS_BEHIND = 1024

/** What sending an answer needs to know about the request. */
export type Recipient = Pick<Call, 'format' | 'house'> & {
  signal: AbortSignal
  /** Told once when the caller goes before the end. */
  left(): void
  /** Told once when nothing more will be sent. */
  done(): void
}

/** The answer as it goes over the wire. Rejects with the failure when nothing has been sent yet. */
export async function respond(answer: Answer, to: Recipient): Promise<Response> {
  if ('run' in answer) {
    if (to.format === 'json') return jsonRun(answer.run, to)
    return streamRun(answer.run, to.format, to, answer)
  }
  if ('listing' in answer) return list(answer.listing, to)
  to.done()
  if ('response' in answer) return answer.response
  if ('stored' in answer) {
    const { status, contentType, body } = answer.stored
    return new Response(body || null, { status, headers: { 'content-type': contentType } })
  }
  if (answer.status === 304) return new Response(null, { status: 304 })
  return jsonResponse(answer.json, answer.status)
}

export function jsonResponse(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } })
}

export function errorResponse(error: ApiError): Response {
  const response = jsonResponse(error.body, error.status)
  if (error.status === 403 || error.status === 429) response.headers.set('x-failure-code', error.code)
  if (error.retryAfter !== undefined) response.headers.set('retry-after', String(error.retryAfter))
  return response
}

async function jsonRun(run: Run, to: Recipient): Promise<Response> {
  const gone = new AbortController()
  const leave = () => {
    to.left()
    gone.abort(to.signal.reason)
  }
  to.signal.addEventListener('abort', leave, { once: true })
  if (to.signal.aborted) leave()
  const result = run.result(gone.signal).finally(() => {
    to.signal.removeEventListener('abort', leave)
    to.done()
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), EARLY_HEADERS_MS)
  })
  try {
    const first = await Promise.race([result.then((value) => ({ value })), late])
    if (first !== 'late') return jsonResponse(first.value)
  } finally {
    clearTimeout(timer)
  }
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      try {
        const value = await result.catch((error: unknown) => bodyOf(error))
        controller.enqueue(new TextEncoder().encode(JSON.stringify(value)))
        controller.close()
      } catch (error) {
        controller.error(error)
      }
    },
    cancel: leave,
  })
  return new Response(body, { headers: { 'content-type': CONTENT_TYPES.json } })
}

/** Streams a run. The response exists once there is something to say. */
function streamRun(
  run: Run,
  format: Exclude<Format, 'json'>,
  to: Recipient,
  { asEvents = false, pings = false }: { asEvents?: boolean; pings?: boolean },
): Promise<Response> {
  const frame = framer(format)
  const encoder = new TextEncoder()
  const timers = new Set<ReturnType<typeof setInterval>>()
  let silent = true
  let over = false
  let stopReading = () => {}

  return new Promise<Response>((resolve, reject) => {
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined
    const body = new ReadableStream<Uint8Array>(
      {
        start(started) {
          controller = started
        },
        pull: () => run.wake(),
        cancel: () => leave(),
      },
      { highWaterMark: MAX_CHUNKS_BEHIND },
    )

    function write(event: StreamEvent): void {
      if (over) return
      const text = frame(event)
      if (text === '') return
      controller?.enqueue(encoder.encode(text))
      if (silent) answerNow()
    }
    function answerNow(): void {
      silent = false
      resolve(new Response(body, { headers: { 'content-type': CONTENT_TYPES[format], 'cache-control': 'no-cache' } }))
    }
    function finish(): void {
      over = true
      for (const timer of timers) clearInterval(timer)
      to.signal.removeEventListener('abort', abort)
      stopReading()
      to.done()
    }
    function leave(): void {
      if (over) return
      to.left()
      finish()
    }
    function breakOff(error: unknown): void {
      if (silent) reject(error)
      else controller?.error(error)
    }
    function abort(): void {
      // A host that hears of it too cancels the body in the same breath; then there is nothing to break.
      queueMicrotask(() => {
        if (over) return
        leave()
        breakOff(to.signal.reason)
      })
    }

    to.signal.addEventListener('abort', abort, { once: true })
    const stop = run.read({
      event: write,
      end(failure) {
        if (over) return
        if (failure && silent && !asEvents) {
          finish()
          reject(failure)
          return
        }
        if (failure) write({ type: 'error', data: failure.body })
        if (silent) answerNow()
        finish()
        controller?.close()
      },
      cut(error) {
        if (over) return
        finish()
        breakOff(error)
      },
      hasRoom: () => over || (controller?.desiredSize ?? 1) > 0,
    })
    stopReading = stop
    if (over) return
    if (to.signal.aborted) abort()
    timers.add(
      setTimeout(() => {
        if (silent) write({ type: 'nop', data: {} })
      }, SILENCE_MS),
    )
    const interval = to.house.options.pingInterval ?? PING_INTERVAL_MS
    if (pings) timers.add(setInterval(() => write({ type: 'ping', data: {} }), interval))
  })
}

async function list(listing: Listing, to: Recipient): Promise<Response> {
  if (to.format === 'json') {
    const entries = await listing.page(listing.cursor, listing.size)
    const cursor = listing.endsWithNull && entries.length < listing.size ? null : entries.at(-1)?.cursor
    to.done()
    return jsonResponse({ items: entries.map((entry) => entry.data), ...(cursor === undefined ? {} : { cursor }) })
  }
  const pages = pagesOf(listing, framer(to.format))
  // The first page is read before the headers leave: a failure there is an answer of its own.
  let next = await pages.next()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next.done) {
          to.done()
          controller.close()
          return
        }
        controller.enqueue(encoder.encode(next.value))
        next = await pages.next()
      },
      cancel() {
        to.left()
        to.done()
      },
    },
    { highWaterMark: 0 },
  )
  return new Response(body, { headers: { 'content-type': CONTENT_TYPES[to.format] } })
}

async function* pagesOf(
  listing: Listing,
  frame: (event: StreamEvent) => string,
): AsyncGenerator<string, undefined, undefined> {
  let { cursor } = listing
  for (let sent = 0; sent < listing.wanted;) {
    const entries = await listing.page(cursor, listing.size)
    cursor = entries.at(-1)?.cursor
    if (cursor === undefined) return undefined
    yield entries.map((entry) => frame({ type: 'item', data: entry.data })).join('')
    sent += entries.length
    if (entries.length < listing.size) return undefined
  }
  return undefined
}

/** A failure as a body; a connection that broke is none. */
function bodyOf(error: unknown): unknown {
  if (error instanceof ApiError) return error.body
  throw error
}
