import { STATUS_CODES } from '../../protocol/index.ts'
import { isJsonObject } from './body.ts'

/** Answers are for one visitor and never for a cache or a sniffing browser. */
const SAFE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** What the API says besides its body that a client needs. */
const PASSED_HEADERS = ['content-type', 'retry-after', 'x-failure-code', 'x-request-id']

/** The formats the API answers in; anything else would be somebody's page under the host's own origin. */
const PASSED_TYPES = new Set(['application/json', 'application/jsonl', 'text/event-stream'])

const MAX_ERROR_BYTES = 64_000

export function jsonAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...SAFE_HEADERS, ...headers },
  })
}

/** An error in the words of the API. The code is the one that goes with the status unless given. */
export function errorAnswer(
  status: number,
  message: string,
  { code, headers }: { code?: string; headers?: Record<string, string> } = {},
): Response {
  return jsonAnswer({ message, code: code ?? codeOf(status) }, status, headers)
}

export function codeOf(status: number): string {
  return (STATUS_CODES as Record<number, string>)[status] ?? (status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST')
}

/** The API's answer as the visitor may see it: no foreign headers, no foreign pages, no trace of the secret. */
export async function relayAnswer(upstream: Response, secret: string, signal: AbortSignal): Promise<Response> {
  // 304 is the API's way to say "this conversation has a contact already".
  if (upstream.status === 304) return new Response(null, { status: 304, headers: passedHeaders(upstream) })
  if (upstream.status >= 400) return relayError(upstream, secret)
  if (upstream.status < 200 || upstream.status >= 300) {
    await upstream.body?.cancel()
    return errorAnswer(502, 'The chat service answered with a redirect, which is not followed.')
  }
  if (!upstream.body) return new Response(null, { status: upstream.status, headers: passedHeaders(upstream) })
  const type = contentType(upstream)
  if (!PASSED_TYPES.has(type)) {
    await upstream.body.cancel()
    return errorAnswer(502, 'The chat service answered with something that is not JSON.')
  }
  const headers = passedHeaders(upstream)
  // Tells nginx and its kin to hand every line on as it comes.
  if (type !== 'application/json') headers.set('x-accel-buffering', 'no')
  return new Response(untilAborted(upstream.body, signal), { status: upstream.status, headers })
}

async function relayError(upstream: Response, secret: string): Promise<Response> {
  const { status } = upstream
  const said = await readErrorBody(upstream)
  // The visitor did nothing wrong and must not start to renew a session: it is the host's key that was refused.
  if (status === 401) return errorAnswer(502, 'The chat service does not accept the credentials of this server.')
  const message =
    typeof said['message'] === 'string' ? said['message'] : `The chat service answered with status ${status}.`
  const code = typeof said['code'] === 'string' ? said['code'] : codeOf(status)
  const headers = passedHeaders(upstream)
  headers.set('content-type', 'application/json')
  return new Response(JSON.stringify({ message: hide(message, secret), code: hide(code, secret) }), { status, headers })
}

async function readErrorBody(upstream: Response): Promise<Record<string, unknown>> {
  if (!upstream.body) return {}
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of upstream.body) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > MAX_ERROR_BYTES) return {}
    }
    const body: unknown = JSON.parse(text)
    return isJsonObject(body) ? body : {}
  } catch {
    return {}
  }
}

function hide(text: string, secret: string): string {
  return text.replaceAll(secret, '***')
}

function passedHeaders(upstream: Response): Headers {
  const headers = new Headers(SAFE_HEADERS)
  for (const name of PASSED_HEADERS) {
    const value = upstream.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}

function contentType(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
}

/** The same bytes, chunk by chunk as they come; ends with the signal even when the source does not listen to it. */
function untilAborted(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let onAbort = () => {}
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        onAbort = () => {
          controller.error(signal.reason)
          reader.cancel(signal.reason).catch(() => {})
        }
        if (signal.aborted) onAbort()
        else signal.addEventListener('abort', onAbort, { once: true })
      },
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (signal.aborted) return
          if (value) controller.enqueue(value)
          if (done) {
            signal.removeEventListener('abort', onAbort)
            controller.close()
          }
        } catch (error) {
          signal.removeEventListener('abort', onAbort)
          if (!signal.aborted) controller.error(error)
        }
      },
      cancel(reason) {
        signal.removeEventListener('abort', onAbort)
        return reader.cancel(reason)
      },
    },
    // Nothing is read ahead: who does not read does not make the service write.
    { highWaterMark: 0 },
  )
}

/** By shape: a framework may bring its own Response class. */
export function isResponse(value: unknown): value is Response {
  return (
    typeof value === 'object' && value !== null && 'status' in value && 'headers' in value && 'arrayBuffer' in value
  )
}
