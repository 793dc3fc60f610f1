import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ConversationClient, ConversationError } from '../../src/transport/index.ts'
import { errorLine, line, ping, result, token } from '../support/fault-server.ts'
import { watchRejections } from '../support/rejections.ts'

watchRejections()

const LINES = [
  token('one '),
  token('zwei 🙂 '),
  ping,
  line({ type: 'reasoningToken', data: { token: 'hm' } }),
  line({ type: 'completeBegin', data: {} }),
  line({ type: 'operationBegin', data: { id: 'op-1', action: { id: 'a-1' } } }),
  errorLine({ code: 'ODD', message: 'It is odd' }),
  errorLine(),
  result('one zwei'),
  line({ code: 'GENERIC_ERROR', message: 'Something went wrong' }),
  '\n',
  'null\n',
  '{"type":"token"}\n',
  '<html>\n',
]

/** A stream with some of its bytes changed, lost or doubled. */
const damaged = fc
  .tuple(
    fc.array(fc.constantFrom(...LINES), { maxLength: 10 }),
    fc.array(fc.tuple(fc.constantFrom('flip', 'lose', 'double'), fc.nat(2000), fc.nat(255)), { maxLength: 2 }),
  )
  .map(([lines, damages]) => {
    let bytes = Buffer.from(lines.join(''))
    for (const [kind, place, value] of damages) {
      const at = bytes.length === 0 ? 0 : place % bytes.length
      const width = 1 + (value % 8)
      const [head, hit, tail] = [bytes.subarray(0, at), bytes.subarray(at, at + width), bytes.subarray(at + width)]
      const middle = {
        flip: Buffer.from(hit.map((byte) => byte ^ value)),
        lose: Buffer.alloc(0),
        double: Buffer.concat([hit, hit]),
      }
      bytes = Buffer.concat([head, middle[kind], tail])
    }
    return bytes
  })

const pieces = fc.array(fc.nat(400), { maxLength: 6 })
/** What ends the body: well, with a failure of the connection, or not at all. */
const ending = fc.constantFrom<'closed' | 'broken' | 'silent'>(
  'closed',
  'closed',
  'closed',
  'broken',
  'broken',
  'silent',
)

function bodyOf(bytes: Uint8Array, cuts: number[], end: 'closed' | 'broken' | 'silent'): ReadableStream<Uint8Array> {
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
  const chunks = places.slice(1).map((place, index) => bytes.slice(places[index], place))
  let next = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++]
      if (chunk) {
        controller.enqueue(chunk)
      } else if (end === 'closed') {
        controller.close()
      } else if (end === 'broken') {
        controller.error(new TypeError('terminated'))
      } else {
        return new Promise<void>(() => undefined)
      }
      return undefined
    },
  })
}

const answer = fc.record({
  status: fc.oneof({ weight: 6, arbitrary: fc.constant(200) }, fc.constantFrom(201, 400, 401, 404, 409, 429, 500, 503)),
  type: fc.oneof(
    { weight: 5, arbitrary: fc.constant('application/jsonl') },
    fc.constantFrom('application/json', 'text/html', '', 'x;;'),
  ),
  bytes: damaged,
  cuts: pieces,
  end: ending,
})

const clientOf = (response: () => Response) =>
  new ConversationClient({
    baseUrl: 'http://api.test',
    secret: 'sk-secret-of-the-test',
    retries: 0,
    timeout: 40,
    idleTimeout: 40,
    fetch: async () => response(),
  })

/** Reads a completion to its end, whatever that is. Only a typed error counts as one. */
async function read(client: ConversationClient) {
  const outcome = { words: '', whole: false, error: undefined as ConversationError | undefined }
  try {
    for await (const event of client.complete('c1', { text: 'hi there' }).stream()) {
      const { data } = event as { data?: { token?: unknown } | null }
      outcome.words += event.type === 'token' && typeof data?.token === 'string' ? data.token : ''
      outcome.whole ||= event.type === 'result'
    }
  } catch (error) {
    if (!ConversationError.is(error)) {
      throw error
    }
    outcome.error = error
  }
  return outcome
}

describe('whatever a server sends', () => {
  test('a stream is whole or a typed error, in time, and the words are the same on both', async () => {
    const met: Record<string, number> = {}
    await fc.assert(
      fc.asyncProperty(answer, async ({ status, type, bytes, cuts, end }) => {
        const client = clientOf(
          () => new Response(bodyOf(bytes, cuts, end), { status, headers: { 'content-type': type } }),
        )
        const began = performance.now()
        const { words, whole, error } = await read(client)
        const how = error?.code ?? 'whole'
        met[how] = (met[how] ?? 0) + 1
        expect(whole || error !== undefined, 'an end without a result is no end').toBe(true)
        expect(error?.partial ?? words).toBe(words)
        expect(error?.message ?? '').not.toMatch(/sk-secret|hi there|<html/)
        expect(performance.now() - began).toBeLessThan(1500)
      }),
      { numRuns: 400, seed: 7 },
    )
    // Otherwise it would only look at one kind of end.
    expect(Object.keys(met)).toEqual(
      expect.arrayContaining(['whole', 'STREAM_INTERRUPTED', 'STREAM_PARSE', 'STREAM_ERROR', 'ODD']),
    )
  }, 60_000)

  test('a plain answer is an object or a typed error, in time', async () => {
    await fc.assert(
      fc.asyncProperty(answer, fc.oneof(fc.json(), fc.constant('')), async ({ status, type, cuts, end }, text) => {
        const client = clientOf(
          () => new Response(bodyOf(Buffer.from(text), cuts, end), { status, headers: { 'content-type': type } }),
        )
        const value: unknown = await client.fetch('c1').then(undefined, (error: unknown) => error)
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
        expect(isObject).toBe(true)
        expect(ConversationError.is(value) || (status < 300 && end === 'closed'), text).toBe(true)
      }),
      { numRuns: 300, seed: 7 },
    )
  }, 60_000)
})
