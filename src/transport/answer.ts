import { STATUS_CODES, parseSafely } from '../protocol/index.ts'
import { ConversationError } from './errors.ts'
import { clean, isCode } from './foreign.ts'
import type { CallFacts, Life } from './life.ts'
import { parseRetryAfter } from './retry.ts'

/** How many characters of an error's body are read. */
const MOST_OF_AN_ERROR = 64 * 1024
/** One of these is in every answer of the API that is not an error. */
const MEMBERS = ['id', 'items', 'text', 'token', 'tokens', 'channelId', 'type']

/** As much of a stream's reader as is used. */
export interface ChunkReader {
  read(): Promise<{ done: boolean; value?: Uint8Array<ArrayBuffer> | undefined }>
}

/** Reads the bytes of an answer. Ask the life what ended it. The end of the life lets the connection go, even one that does not listen to a signal. */
export function chunkReader(response: Response, life: Life): ChunkReader {
  const { body } = response
  const reader = body?.getReader()
  if (reader) {
    life.onEnd = () => drop(reader)
    // Dropping the platform's own settles a read that waits; another's is not waited for.
    return globalThis.ReadableStream && body instanceof ReadableStream
      ? reader
      : { read: () => life.guard(reader.read()) }
  }
  // An answer without a body, or a platform without streams.
  let done = false
  return {
    async read() {
      if (done) return { done }
      done = true
      return { done: false, value: new Uint8Array(await life.guard(response.arrayBuffer())) }
    },
  }
}

/** Lets go of something that nobody will read. */
export function drop(body: { cancel(): Promise<void> } | null): void {
  body?.cancel().catch(() => {})
}

async function* chunksOf(response: Response, life: Life): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const reader = chunkReader(response, life)
  for (;;) {
    const { value } = await reader.read()
    life.check()
    if (!value) return
    yield value
  }
}

/** The object in a plain answer. Anything else is an error, even with status 200. */
export async function readObject(
  response: Response,
  life: Life,
  facts: CallFacts,
  repeated: readonly string[],
): Promise<object> {
  const value = parseObject(await readText(response, life))
  const wrong = value
    ? errorBody(value, repeated)
    : { message: `The server answered ${response.status} without a JSON object. Check baseUrl.` }
  if (!wrong) return value as object
  throw new ConversationError({ ...factsOf(response, facts), code: 'BAD_RESPONSE', ...wrong, retryable: false })
}

async function readText(response: Response, life: Life, most = Infinity): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunksOf(response, life)) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > most) break
  }
  return text + decoder.decode()
}

export async function readBlob(response: Response, life: Life): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  for await (const chunk of chunksOf(response, life)) chunks.push(chunk)
  return new Blob(chunks, { type: response.headers.get('content-type') ?? '' })
}

/** What an answer that is not a success says. Words of the caller that it repeats, such as a token, are taken out. */
export async function readError(
  response: Response,
  life: Life,
  facts: CallFacts,
  repeated: readonly string[],
): Promise<ConversationError> {
  let text = ''
  try {
    text = await readText(response, life, MOST_OF_AN_ERROR)
  } catch (error) {
    // A body that broke off says nothing; the status still does.
    if (life.error?.code === 'ABORTED') throw error
  }
  const { status } = response
  const body = errorBody(parseObject(text) ?? {}, repeated)
  const code = body?.code ?? STATUS_CODES[status as keyof typeof STATUS_CODES] ?? `ERROR_${status}`
  const said = body?.message ? `: ${body.message}` : ''
  return new ConversationError({
    ...factsOf(response, facts),
    code,
    message: `The server answered ${status}${said}.`,
    retryAfter: parseRetryAfter(response.headers.get('retry-after')),
  })
}

/**
 * What an object says when it is the body of an error, whatever the status: a code or a message, and nothing of an answer.
 * Only a word is taken for a code; anything else might be what somebody wrote.
 */
export function errorBody(
  value: object,
  repeated: readonly string[] = [],
): { code?: string; message: string } | undefined {
  const { code, message } = value as Record<string, unknown>
  if (typeof message !== 'string' && typeof code !== 'string') return undefined
  if (MEMBERS.some((member) => member in value)) return undefined
  const said = typeof message === 'string' ? clean(message, repeated) : ''
  return { ...(isCode(code) && { code }), message: said || 'The server reported an error.' }
}

export function factsOf(response: Response, facts: CallFacts) {
  return {
    ...facts,
    status: response.status,
    requestId: response.headers.get('x-request-id') ?? undefined,
  }
}

function parseObject(text: string): object | undefined {
  try {
    const value = parseSafely(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
