import { ConversationClient as OfficialClient } from '@chatbotkit/sdk/conversation/index.js'
import { describe, expect, test } from 'vitest'
import { ConversationClient, readStream, toConversationError } from '../../src/transport/index.ts'
import type { ConversationStreamEvent, ConversationTransport } from '../../src/transport/index.ts'
import { RESULT, countedSignal, failure, lines, openBody, reply, serve, token } from './support.ts'

async function read(client: ConversationTransport, signal?: AbortSignal) {
  const batches: (readonly ConversationStreamEvent[])[] = []
  const done = readStream(client.complete('c1', { text: 'hi' }), { signal, onEvents: (events) => batches.push(events) })
  const error = await done.then(
    () => undefined,
    (error: unknown) => error,
  )
  return { batches, events: batches.flat(), error }
}

test('gives all events of a chunk at once', async () => {
  const body = openBody()
  const client = new ConversationClient({ baseUrl: 'http://a.test', fetch: async () => reply(body.stream) })
  body.write(lines(token('a'), token('b')))
  body.write(lines(RESULT))
  body.close()
  expect((await read(client)).batches).toEqual([[token('a'), token('b')], [RESULT]])
})

test('lets go when the reader throws', async () => {
  const body = openBody()
  const counted = countedSignal()
  const client = new ConversationClient({ baseUrl: 'http://a.test', fetch: async () => reply(body.stream) })
  body.write(lines(token('a')))
  const reading = readStream(client.complete('c1', {}), {
    signal: counted.signal,
    onEvents: () => {
      throw new RangeError('mine')
    },
  })
  await expect(reading).rejects.toThrow('mine')
  expect(body.cancelled).toBe(true)
  expect(counted.listeners).toBe(0)
})

describe.each([
  [
    'our client',
    (baseUrl: string): ConversationTransport => new ConversationClient({ secret: 'x', baseUrl, retries: 0 }),
  ],
  [
    'the official client',
    (baseUrl: string): ConversationTransport => new OfficialClient({ secret: 'x', baseUrl, retries: 0 }),
  ],
])('with %s', (_, clientOf) => {
  const serving = (...parts: unknown[]) =>
    serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write(lines(...parts))
      response.end()
    })

  test('reads a whole answer', async () => {
    const { url } = await serving(token('Hi'), RESULT)
    expect(await read(clientOf(url))).toMatchObject({ events: [token('Hi'), RESULT], error: undefined })
  })

  test('throws the failure that the server reports, after what came before', async () => {
    const { url } = await serving(token('Half'), { type: 'error', data: { code: 'GENERIC_ERROR', message: 'm' } })
    const { events, error } = await read(clientOf(url))
    expect(events).toEqual([token('Half')])
    expect(error).toMatchObject({ code: 'GENERIC_ERROR' })
  })

  test('says so when the answer ends too soon', async () => {
    const { url } = await serving(token('Half'))
    expect((await read(clientOf(url))).error).toMatchObject({ code: 'STREAM_INTERRUPTED' })
  })

  test('says so when a line is no JSON, without repeating it', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.end(`${lines(token('Half'))}a private word\n`)
    })
    const { error } = await read(clientOf(url))
    expect(error).toMatchObject({ code: 'STREAM_PARSE' })
    expect(String(error) + String((error as Error).cause)).not.toContain('private')
  })

  test('says so when the connection is cut', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write(lines(token('Half')))
      setTimeout(() => response.destroy(), 50)
    })
    expect((await read(clientOf(url))).error).toMatchObject({ code: 'STREAM_INTERRUPTED' })
  })

  test('knows a refusal', async () => {
    const { url } = await serve((_, response) =>
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"code":"NOT_FOUND","message":"Conversation not found"}'),
    )
    const { error } = await read(clientOf(url))
    expect(error).toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('Conversation not found') })
  })

  test('knows that nobody is there', async () => {
    const { error } = await read(clientOf('http://127.0.0.1:1'))
    expect(error).toMatchObject({ code: 'NETWORK', retryable: true })
  })

  test('stops at once on abort', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write(lines(token('Half')))
    })
    const counted = countedSignal()
    const reading = read(clientOf(url), counted.signal)
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
    const started = performance.now()
    counted.abort()
    expect((await reading).error).toMatchObject({ code: 'ABORTED' })
    expect(performance.now() - started).toBeLessThan(200)
  })

  test('sends nothing when it is aborted before', async () => {
    const { url, seen } = await serving(RESULT)
    expect((await read(clientOf(url), AbortSignal.abort())).error).toMatchObject({ code: 'ABORTED' })
    expect(seen).toEqual([])
  })
})

describe('toConversationError', () => {
  test.each([
    [new DOMException('x', 'AbortError'), 'ABORTED'],
    [new DOMException('x', 'TimeoutError'), 'TIMEOUT'],
    [new TypeError('fetch failed'), 'NETWORK'],
    [Object.assign(new Error('No'), { code: 'NOT_FOUND' }), 'NOT_FOUND'],
    [Object.assign(new Error('No'), { code: 'two words' }), 'UNKNOWN'],
    [new Error('No'), 'UNKNOWN'],
    ['a text', 'UNKNOWN'],
    [undefined, 'UNKNOWN'],
    [null, 'UNKNOWN'],
  ])('makes of %s a %s', (cause, code) => {
    const error = toConversationError(cause)
    expect(error).toMatchObject({ code })
    expect(error.cause).toBe(cause)
  })

  test('keeps one of ours', async () => {
    const error = await failure(new ConversationClient({ baseUrl: 'http://a.test' }).fetch(''))
    expect(toConversationError(error)).toBe(error)
  })
})
