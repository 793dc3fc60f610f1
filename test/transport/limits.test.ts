import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ConversationClient } from '../../src/transport/index.ts'
import type { CallOptions, ConversationClientOptions } from '../../src/transport/index.ts'
import { countedSignal, drain, failure, openBody, reply, serve } from './support.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const silent = () => new Promise<Response>(() => {})
const clientOf = (fetch: () => Promise<Response>, options: ConversationClientOptions = {}) =>
  new ConversationClient({ baseUrl: 'http://api.test', retries: 0, ...options, fetch })

/** Milliseconds until a call fails, and its error. */
async function timeOf(call: PromiseLike<unknown>) {
  const started = Date.now()
  let ended = 0
  const error = failure(call).then((error) => ((ended = Date.now()), error))
  await vi.advanceTimersByTimeAsync(3_600_000)
  return { error: await error, ms: ended - started }
}

describe('time limits', () => {
  test('are 30 s for the headers of a plain call and of a stream', async () => {
    for (const call of [
      (client: ConversationClient) => client.fetch('c1'),
      (client: ConversationClient) => client.complete('c1', {}).stream().next(),
    ]) {
      const { error, ms } = await timeOf(call(clientOf(silent)))
      expect([error.code, error.name, ms]).toEqual(['TIMEOUT', 'ConversationError', 30_000])
      expect([error.retryable, error.status]).toEqual([true, undefined])
    }
    expect(vi.getTimerCount()).toBe(0)
  })

  test('are 60 s for a plain call with its body', async () => {
    const body = openBody()
    const slow = () =>
      new Promise<Response>((resolve) => {
        setTimeout(() => resolve(reply(body.stream)), 20_000)
      })
    const { error, ms } = await timeOf(clientOf(slow).fetch('c1'))
    expect([error.code, ms]).toEqual(['TIMEOUT', 60_000])
    expect(body.cancelled).toBe(true)
  })

  test('hold for the body of an error, whose status is told all the same', async () => {
    for (const call of [
      (client: ConversationClient) => client.fetch('c1'),
      (client: ConversationClient) => client.complete('c1', {}).stream().next(),
    ]) {
      const body = openBody()
      const { error, ms } = await timeOf(call(clientOf(async () => reply(body.stream, 500))))
      expect([error.code, error.status, ms]).toEqual(['INTERNAL_SERVER_ERROR', 500, 60_000])
      expect(body.cancelled).toBe(true)
    }
  })

  test.each([
    ['the client', { timeout: 5000 }, {}],
    ['the call', { timeout: 1 }, { timeout: 5000 }],
  ] as [string, ConversationClientOptions, CallOptions][])('can be set for %s', async (_, options, call) => {
    const body = openBody()
    expect((await timeOf(clientOf(silent, options).fetch('c1', call))).ms).toBe(5000)
    expect((await timeOf(clientOf(silent, options).complete('c1', {}, call).stream().next())).ms).toBe(5000)
    expect((await timeOf(clientOf(async () => reply(body.stream), options).fetch('c1', call))).ms).toBe(5000)
  })

  test('do not end a stream that goes on talking', async () => {
    const body = openBody()
    const read = drain(
      clientOf(async () => reply(body.stream), { timeout: 1000 })
        .complete('c1', {})
        .stream(),
    )
    for (let second = 0; second < 300; second++) {
      body.write('{"type":"ping","data":{}}\n')
      await vi.advanceTimersByTimeAsync(1000)
    }
    body.write('{"type":"result","data":{}}\n')
    body.close()
    expect((await read).error).toBeUndefined()
  })

  test.each([0, Infinity])('are none when set to %d', async (timeout) => {
    let answer!: (response: Response) => void
    const client = clientOf(() => new Promise((resolve) => (answer = resolve)), { timeout })
    const call = Promise.resolve(client.fetch('c1'))
    await vi.advanceTimersByTimeAsync(10_000_000)
    answer(Response.json({ id: 'c1' }))
    expect(await call).toEqual({ id: 'c1' })
  })
})

describe('an abort', () => {
  test('ends a plain call at once, before headers and in its body, and lets go', async () => {
    vi.useRealTimers()
    const { url, open } = await serve((request, response) => {
      if (request.path.includes('body')) response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
    })
    for (const id of ['headers', 'body']) {
      const counted = countedSignal()
      const error = failure(new ConversationClient({ baseUrl: url }).fetch(id, { signal: counted.signal }))
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
      const started = performance.now()
      counted.abort('reader left')
      expect(await error).toMatchObject({ code: 'ABORTED', name: 'AbortError', cause: 'reader left', retryable: false })
      expect(performance.now() - started).toBeLessThan(200)
      expect(counted.listeners).toBe(0)
      await expect.poll(() => open.size).toBe(0)
    }
  })

  test('ends any call that takes options, without sending it when it came first', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(silent)
    const client = clientOf(fetch as never)
    const signal = AbortSignal.abort()
    for (const call of [
      client.create({}, { signal }),
      client.delete('c1', { signal }),
      client.message.upvote('c1', 'm1', {}, { signal }),
      client.attachment.upload('c1', { data: 'x' }, { signal }),
      client.contact.list({}, { signal }),
      client.clientFetch('/x', { signal }),
    ])
      expect((await failure(call)).code).toBe('ABORTED')
    expect(fetch).not.toHaveBeenCalled()
  })

  test('of an answer that is here does nothing, and nobody listens', async () => {
    const counted = countedSignal()
    const client = clientOf(async () => Response.json({ id: 'c1' }))
    expect(await client.fetch('c1', { signal: counted.signal })).toEqual({ id: 'c1' })
    expect(counted.listeners).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
