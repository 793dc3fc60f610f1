import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ConversationClient } from '../../src/transport/index.ts'
import type { ConversationClientOptions } from '../../src/transport/index.ts'
import { parseRetryAfter } from '../../src/transport/retry.ts'
import { RESULT, countedSignal, drain, failure, json, lines, reply, serve } from './support.ts'

/** A client whose network answers with these, one after another, the last one for ever; and when it was asked. */
function scripted(answers: (Response | Error | (() => Promise<Response>))[], options: ConversationClientOptions = {}) {
  const at: number[] = []
  const client = new ConversationClient({
    baseUrl: 'http://api.test',
    ...options,
    fetch: async () => {
      const next = answers[Math.min(at.length, answers.length - 1)]!
      at.push(Date.now())
      if (next instanceof Error) throw next
      return typeof next === 'function' ? await next() : next.clone()
    },
  })
  const waits = () => at.slice(1).map((time, index) => time - at[index]!)
  return { client, at, waits }
}

const refused = (status: number, headers?: Record<string, string>) =>
  Response.json({ code: 'SOME_CODE', message: 'No' }, { status, headers })
const ok = () => Response.json({ id: 'c1', items: [] })
const lost = new TypeError('fetch failed')

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') })
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('what is tried again', () => {
  test.each([408, 429, 500, 502, 503, 504])('reading is, after %i', async (status) => {
    const { client, at } = scripted([refused(status), refused(status), ok()])
    const read = client.fetch('c1')
    const value = Promise.resolve(read)
    await vi.runAllTimersAsync()
    expect(await value).toMatchObject({ id: 'c1' })
    expect(at).toHaveLength(3)
  })

  test('reading is, after a network error, as a stream too', async () => {
    const { client, at } = scripted([lost, async () => reply(lines({ type: 'item', data: {} }))])
    const read = drain(client.list().stream())
    await vi.runAllTimersAsync()
    expect((await read).events).toHaveLength(1)
    expect(at).toHaveLength(2)
  })

  test.each([400, 401, 402, 403, 404, 409, 413, 422, 501])('nothing is, after %i', async (status) => {
    const { client, at } = scripted([refused(status)])
    const error = failure(client.fetch('c1'))
    await vi.runAllTimersAsync()
    expect(await error).toMatchObject({ status, code: 'SOME_CODE' })
    expect(at).toHaveLength(1)
  })

  test.each([408, 500, 502, 503, 504])('what was sent is not, after %i', async (status) => {
    for (const call of [
      (c: ConversationClient) => c.complete('c1', { text: 'hi' }).stream().next(),
      (c: ConversationClient) => c.complete('c1', { text: 'hi' }),
      (c: ConversationClient) => c.message.upvote('c1', 'm1', {}),
      (c: ConversationClient) => c.create({}),
    ]) {
      const { client, at } = scripted([refused(status)])
      const error = failure(call(client))
      await vi.runAllTimersAsync()
      expect(await error).toMatchObject({ status, retryable: true })
      expect(at).toHaveLength(1)
    }
  })

  test('what was sent is not, after a network error', async () => {
    const { client, at } = scripted([lost])
    const error = failure(client.send('c1', { text: 'hi' }))
    await vi.runAllTimersAsync()
    expect(await error).toMatchObject({ code: 'NETWORK', retryable: true, cause: lost, method: 'POST' })
    expect(at).toHaveLength(1)
  })

  test('what was sent is, after 429, since that never got in', async () => {
    const { client, at } = scripted([refused(429), async () => reply(lines(RESULT))])
    const read = drain(client.complete('c1', { text: 'hi' }).stream())
    await vi.runAllTimersAsync()
    expect((await read).events).toEqual([RESULT])
    expect(at).toHaveLength(2)
  })

  test('a time-out is only when that was asked for, and only of reading', async () => {
    const silent = () => new Promise<Response>(() => {})
    for (const [options, call, tries] of [
      [{}, (c: ConversationClient) => c.fetch('c1'), 1],
      [{ retryTimeout: true }, (c: ConversationClient) => c.fetch('c1'), 4],
      [{ retryTimeout: true }, (c: ConversationClient) => c.delete('c1'), 1],
    ] as const) {
      const { client, at } = scripted([silent], { timeout: 1000, ...options })
      const error = failure(call(client))
      await vi.runAllTimersAsync()
      expect((await error).code).toBe('TIMEOUT')
      expect(at).toHaveLength(tries)
    }
  })
})

describe('how long is waited', () => {
  test('a random part of a delay that doubles', async () => {
    const { client, waits } = scripted([lost])
    const error = failure(client.fetch('c1'))
    await vi.runAllTimersAsync()
    expect((await error).code).toBe('NETWORK')
    expect(waits()).toEqual([125, 250, 500])
  })

  test('as the options of the client or the call say', async () => {
    const { client, waits } = scripted([lost], { retries: 5, retryDelay: 1000 })
    const error = failure(client.fetch('c1', { retries: 2 }))
    await vi.runAllTimersAsync()
    await error
    expect(waits()).toEqual([500, 1000])
  })

  test('never longer than half a minute by itself', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1)
    const { client, waits } = scripted([lost], { retries: 9, retryDelay: 1000 })
    const error = failure(client.fetch('c1'))
    await vi.runAllTimersAsync()
    await error
    expect(Math.max(...waits())).toBe(30_000)
  })

  test.each([
    ['7', 7000],
    ['0', 0],
    ['60', 60_000],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ])('exactly as Retry-After: %s says', async (value, wait) => {
    const { client, waits } = scripted([refused(503, { 'retry-after': value }), ok()])
    const read = Promise.resolve(client.fetch('c1'))
    await vi.runAllTimersAsync()
    await read
    expect(waits()).toEqual([wait])
  })

  test('not at all when the server asks for more than a minute; the error tells it', async () => {
    const { client, at } = scripted([refused(429, { 'retry-after': '61' })])
    const error = failure(client.fetch('c1'))
    await vi.runAllTimersAsync()
    expect(await error).toMatchObject({ status: 429, retryAfter: 61, retryable: true })
    expect(at).toHaveLength(1)
  })

  test('understands only what Retry-After may be', () => {
    for (const value of ['', ' ', 'soon', '-5', '1e3', '5 s', '2026-01-01', null])
      expect(parseRetryAfter(value)).toBeUndefined()
    expect(parseRetryAfter(' 1.5 ')).toBe(1.5)
  })
})

test('stops waiting at once when the caller aborts, and nobody listens any more', async () => {
  const { client, at } = scripted([refused(429, { 'retry-after': '30' })])
  const counted = countedSignal()
  const error = failure(client.fetch('c1', { signal: counted.signal }))
  await vi.advanceTimersByTimeAsync(1000)
  counted.abort()
  expect((await error).code).toBe('ABORTED')
  expect(at).toHaveLength(1)
  expect(counted.listeners).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('leaving a stream that waits for its next try ends it quietly', async () => {
  const { client, at } = scripted([refused(429, { 'retry-after': '30' })])
  const stream = client.complete('c1', { text: 'hi' }).stream()
  const next = stream.next()
  await vi.advanceTimersByTimeAsync(1000)
  await stream.return()
  expect(await next).toEqual({ done: true, value: undefined })
  await vi.runAllTimersAsync()
  expect(at).toHaveLength(1)
})

test('a real server is asked again after it closed the connection, for reading only', async () => {
  vi.useRealTimers()
  const { url, seen } = await serve((_, response, count) => {
    if (count === 1) response.destroy()
    else json(response, { id: 'c1' })
  })
  const client = new ConversationClient({ baseUrl: url, retryDelay: 1 })
  expect(await client.fetch('c1')).toEqual({ id: 'c1' })
  expect(seen).toHaveLength(2)
})

test('a plain answer that breaks off is asked for again, for reading only', async () => {
  vi.useRealTimers()
  const { url, seen } = await serve((_, response, count) => {
    if (count % 2 === 0) return json(response, { id: 'c1' })
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"id":')
    return setTimeout(() => response.destroy(), 10)
  })
  const client = new ConversationClient({ baseUrl: url, retryDelay: 1 })
  expect(await client.fetch('c1')).toEqual({ id: 'c1' })
  expect(seen).toHaveLength(2)
  expect((await failure(client.create({}))).code).toBe('NETWORK')
  expect(seen).toHaveLength(3)
})
