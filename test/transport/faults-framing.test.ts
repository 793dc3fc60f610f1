import { setImmediate as turn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ConversationClient, jsonl } from '../../src/transport/index.ts'
import { openFaultServer, type Exchange, type FaultServer } from '../support/fault-server.ts'

interface Line {
  value: { type: string; data?: unknown }
  /** As it is sent: padded, with blank lines before it, ended in one of two ways. */
  bytes: Buffer
}

// What is dropped on purpose has a test of its own.
const SAFE_KEY = fc
  .string({ unit: 'grapheme' })
  .filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key))
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(SAFE_KEY, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

const event = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }).map((token) => ({ type: 'token', data: { token } })),
  },
  fc.record({
    type: fc.constantFrom('message', 'ping', 'operationBegin', 'hologram'),
    data: json,
    createdAt: fc.integer({ min: 1 }),
  }),
)

const BLANK = ['', '', '', '\n', '\r\n', ' \n', '\t \r\n']
const dress = (value: { type: string; data?: unknown }, before: string, pad: string, end: string): Line => ({
  value,
  // A line break inside a value is escaped by JSON, so the line stays one.
  bytes: Buffer.from(`${before}${pad}${JSON.stringify(value)}${pad}${end}`),
})

const lines = fc.array(
  fc
    .tuple(event, fc.constantFrom(...BLANK), fc.constantFrom('', '', ' ', '\t'), fc.constantFrom('\n', '\n', '\r\n'))
    .map((parts) => dress(...parts)),
  { maxLength: 12 },
)

/** Where to cut, as parts of the whole, so that shrinking keeps its sense. */
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 })

function split(bytes: Uint8Array, at: number[]): Uint8Array[] {
  const ends = [...new Set(at.map((part) => Math.round(part * bytes.length)))].sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

const RESULT: Line = dress({ type: 'result', data: { id: 'm', text: '', usage: { token: 0 } } }, '', '', '\n')
const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const values = (list: Line[]) => list.map(({ value }) => JSON.parse(JSON.stringify(value)) as unknown)
const words = (list: Line[]) =>
  list.map(({ value }) => (value.type === 'token' ? (value.data as { token: string }).token : '')).join('')

const streamOf = (chunks: Uint8Array[]) => {
  let next = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const chunk = chunks[next++]
      if (chunk) {
        controller.enqueue(chunk)
      } else {
        controller.close()
      }
    },
  })
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString())
    return true
  } catch {
    return false
  }
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = []
  for await (const value of source) {
    seen.push(value)
  }
  return seen
}

describe('jsonl(), given any bytes in any pieces', () => {
  test('gives the same values however they are split', async () => {
    await fc.assert(
      fc.asyncProperty(lines, places, fc.boolean(), fc.boolean(), async (list, at, bom, open) => {
        let bytes = Buffer.concat([...(bom ? [BOM] : []), ...list.map((line) => line.bytes)])
        if (open) {
          // The last line may end with the stream.
          bytes = Buffer.from(bytes.toString().replace(/[\r\n]+$/, ''))
        }
        expect(await collect(jsonl(streamOf(split(bytes, at))))).toEqual(values(list))
      }),
      { numRuns: 300 },
    )
  })

  test('gives the same values byte by byte', async () => {
    const list = ['é', '漢字', '🙂👩‍👩‍👧', '\u0000\u2028\\"', 'نص'].map((token) =>
      dress({ type: 'token', data: { token } }, '', '', '\n'),
    )
    const bytes = Buffer.concat(list.map((line) => line.bytes))
    expect(await collect(jsonl(streamOf([...bytes].map((byte) => Uint8Array.of(byte)))))).toEqual(values(list))
  })

  test('gives a line of megabytes in small pieces in time that grows with its length only', async () => {
    const time = async (length: number) => {
      const bytes = Buffer.from(`${JSON.stringify({ type: 'token', data: { token: 'x'.repeat(length) } })}\n`)
      const pieces = Array.from({ length: Math.ceil(bytes.length / 64) }, (_, n) => bytes.subarray(n * 64, n * 64 + 64))
      const began = performance.now()
      expect(await collect(jsonl(streamOf(pieces)))).toHaveLength(1)
      return performance.now() - began
    }
    await time(100_000)
    const small = Math.min(await time(400_000), await time(400_000))
    const large = Math.min(await time(3_200_000), await time(3_200_000))
    // Eight times the bytes. Joining what came so far anew for each piece would cost sixty-four times.
    expect(large / small).toBeLessThan(32)
  })

  test('lets the body go when the reader leaves', async () => {
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(RESULT.bytes),
      cancel: () => void (cancelled = true),
    })
    for await (const _value of jsonl(body)) {
      break
    }
    expect(cancelled).toBe(true)
  })

  test('ends at once when its signal says so, even if the body stays silent', async () => {
    const controller = new AbortController()
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) })
    setTimeout(() => controller.abort(), 20)
    const began = performance.now()
    await expect(collect(jsonl(body, controller.signal))).rejects.toMatchObject({ name: 'AbortError' })
    expect(performance.now() - began).toBeLessThan(200)
    expect(cancelled).toBe(true)
  })
})

describe('a stream over a real connection, in any pieces', () => {
  let server: FaultServer
  let client: ConversationClient
  let next: (exchange: Exchange) => unknown = () => undefined
  beforeAll(async () => {
    server = await openFaultServer((exchange) => next(exchange))
    client = new ConversationClient({ baseUrl: server.url, retries: 0, idleTimeout: 5000 })
  })
  afterAll(() => server.close())

  const send = (pieces: Uint8Array[], last: (exchange: Exchange) => unknown) => async (exchange: Exchange) => {
    exchange.response.writeHead(200, { 'content-type': 'application/jsonl' })
    for (const piece of pieces) {
      exchange.response.write(piece)
      await turn()
    }
    last(exchange)
  }

  test('gives every event once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(lines, places, async (list, at) => {
        const all = [...list, RESULT]
        next = send(split(Buffer.concat(all.map((line) => line.bytes)), at), ({ response }) => response.end())
        expect(await collect(client.complete('c1', { text: 'hi' }).stream())).toEqual(values(all))
      }),
      { numRuns: 150 },
    )
  })

  test('cut anywhere, it gives the events that were whole, says so, and keeps the words', async () => {
    await fc.assert(
      fc.asyncProperty(lines, places, fc.double({ min: 0, max: 1, noNaN: true }), async (list, at, cut) => {
        const all = Buffer.concat(list.map((line) => line.bytes))
        const sent = all.subarray(0, Math.floor(cut * all.length))
        // A line is whole once its line break was sent; `\r` before it changes nothing.
        let end = 0
        const whole = list.filter((line) => (end += line.bytes.length) <= sent.length)
        // A cut just before a line break may count either way.
        fc.pre(!isJson(sent.subarray(Buffer.concat(whole.map((line) => line.bytes)).length)))
        next = send(split(sent, at), async ({ socket }) => {
          await new Promise((resolve) => setTimeout(resolve, 5))
          socket.destroy()
        })
        const seen: unknown[] = []
        const failure: unknown = await (async () => {
          for await (const event of client.complete('c1', { text: 'hi' }).stream()) {
            seen.push(event)
          }
        })().catch((error: unknown) => error)
        expect(seen).toEqual(values(whole))
        expect(failure).toMatchObject({ code: 'STREAM_INTERRUPTED' })
        expect((failure as { partial?: string }).partial ?? '').toBe(words(whole))
      }),
      { numRuns: 100 },
    )
  })
})
