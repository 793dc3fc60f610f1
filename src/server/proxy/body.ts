/** A body over this many bytes is refused with 413. */
export const MAX_BODY_BYTES = 1_000_000

/** What a visitor may say when the host has no `transformBody`: words, votes and labels, never a prompt, a model or functions. */
const PASSED_MEMBERS = ['text', 'entities', 'name', 'meta', 'value', 'reason'] as const

const LIST_PARAMETERS = new Set(['cursor', 'take', 'order', 'botId', 'contactId', 'taskId', 'from', 'to'])

export type JsonObject = Record<string, unknown>

export type ReadBody = { kind: 'ok'; body: JsonObject } | { kind: 'bad' } | { kind: 'large' }

/** Reads a JSON object of at most {@link MAX_BODY_BYTES}. An empty body is an empty object. */
export async function readJsonObject(request: Request): Promise<ReadBody> {
  // A length that is announced too large is refused before a byte is read.
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return { kind: 'large' }
  const text = request.body ? await readText(request.body) : ''
  if (text === null) return { kind: 'large' }
  if (text.trim() === '') return { kind: 'ok', body: {} }
  try {
    const body: unknown = JSON.parse(text, withoutPrototypes)
    return isJsonObject(body) ? { kind: 'ok', body } : { kind: 'bad' }
  } catch {
    return { kind: 'bad' }
  }
}

async function readText(stream: ReadableStream<Uint8Array>): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.byteLength
    // Leaving the loop cancels the stream, so the rest is never received.
    if (bytes > MAX_BODY_BYTES) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Keeps objects that a careless merge further on could turn into somebody's prototype from ever arriving there. */
function withoutPrototypes(key: string, value: unknown): unknown {
  return key === '__proto__' || (key === 'constructor' && typeof value === 'object') ? undefined : value
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The members of a body that a visitor may set by default. */
export function pickPassedMembers(body: JsonObject): JsonObject {
  return Object.fromEntries(
    PASSED_MEMBERS.filter((name) => Object.hasOwn(body, name)).map((name) => [name, body[name]]),
  )
}

/** Writes the host's meta over the visitor's, in both forms of a meta: whole, and the `{ $update }` that only updates know. */
export function forceMeta(body: JsonObject, meta: Record<string, string>, isUpdate: boolean): JsonObject {
  const { $update: update, ...given } = isJsonObject(body['meta']) ? body['meta'] : {}
  if (isUpdate && isJsonObject(update)) return { ...body, meta: { $update: { ...update, ...meta } } }
  return { ...body, meta: { ...given, ...meta } }
}

/** The list parameters of a query, with the host's meta as filters in place of the visitor's. */
export function pickListParameters(query: URLSearchParams, meta: Record<string, string> = {}): URLSearchParams {
  const picked = new URLSearchParams()
  for (const [name, value] of query) {
    const key = metaKey(name)
    const passes = key === null ? LIST_PARAMETERS.has(name) : mayFilterBy(key, meta)
    if (passes) picked.append(name, value)
  }
  for (const [key, value] of Object.entries(meta)) picked.set(`meta.${key}`, value)
  return picked
}

/** Keys with brackets are read in more than one way, and one of them could take the place of the host's filter. */
const PLAIN_KEY = /^[\w-]+(?:\.[\w-]+)*$/

function mayFilterBy(key: string, meta: Record<string, string>): boolean {
  const overlaps = (own: string) => `${own}.`.startsWith(`${key}.`) || `${key}.`.startsWith(`${own}.`)
  return PLAIN_KEY.test(key) && !Object.keys(meta).some(overlaps)
}

/** The key of a meta filter in either spelling, `meta.key` or `meta[key]`; `null` for other parameters. */
function metaKey(name: string): string | null {
  if (name.startsWith('meta.')) return name.slice('meta.'.length)
  return name.startsWith('meta[') && name.endsWith(']') ? name.slice('meta['.length, -1) : null
}
