import { afterEach, describe, expect, test, vi } from 'vitest'
import { ConversationClient, jsonl } from '../../src/transport/index.ts'
import type { ConversationClientOptions, FetchFunction } from '../../src/transport/index.ts'
import { RESULT, countedSignal, drain, failure, lines, openBody, reply, serve, token } from './support.ts'

const clientOf = (fetch: FetchFunction, options: ConversationClientOptions = {}) =>
  new ConversationClient({ baseUrl: 'http://api.test', retries: 0, ...options, fetch })
const streamOf = (body: BodyInit | null, headers?: Record<string, string>) =>
  clientOf(async () => reply(body, 200, headers))
    .complete('c1', { text: 'hi' })
    .stream()

afterEach(() => vi.useRealTimers())

describe('a stream that goes well', () => {
  test('gives every event, known or not, as the server sent it', async () => {
    const events = [
      { type: 'sendResult', data: { id: 'm1' }, createdAt: 5 },
      token('Hi'),
      { type: 'hologram', data: { size: 3 }, extra: true },
      { type: 'nop', data: {} },
      RESULT,
    ]
    expect(await drain(streamOf(lines(...events)))).toEqual({ events, error: undefined })
  })

  test('asks for lines, whatever the client’s own headers say', async () => {
    let accept: string | null = ''
    const client = clientOf(
      async (_, init) => {
        accept = new Headers(init?.headers).get('accept')
        return reply(lines(RESULT))
      },
      { headers: { Accept: 'application/json' } },
    )
    await drain(client.complete('c1', { text: 'hi' }).stream())
    expect(accept).toBe('application/jsonl')
  })

  test('ends a list at the end of its body, even an empty one', async () => {
    const item = { type: 'item', data: { id: 'c1' } }
    expect(
      await drain(
        clientOf(async () => reply(lines(item)))
          .list()
          .stream(),
      ),
    ).toEqual({ events: [item] })
    expect(
      await drain(
        clientOf(async () => reply(null))
          .list()
          .stream(),
      ),
    ).toEqual({ events: [] })
  })

  test('works where answers have no streams', async () => {
    const whole = () => Object.defineProperty(reply(lines(token('Hi'), RESULT)), 'body', { value: undefined })
    const { events, error } = await drain(
      clientOf(async () => whole())
        .complete('c1', {})
        .stream(),
    )
    expect(events).toEqual([token('Hi'), RESULT])
    expect(error).toBeUndefined()
  })

  test('ends a moment after the result when the server does not close', async () => {
    vi.useFakeTimers()
    const body = openBody()
    body.write(lines(token('Hi'), RESULT))
    const read = drain(streamOf(body.stream))
    await vi.advanceTimersByTimeAsync(999)
    expect(body.cancelled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await read).toEqual({ events: [token('Hi'), RESULT], error: undefined })
    expect(body.cancelled).toBe(true)
  })

  test('does not mind a connection that breaks after the result', async () => {
    const body = openBody()
    const read = drain(streamOf(body.stream))
    body.write(lines(RESULT))
    await new Promise((resolve) => {
      setTimeout(resolve)
    })
    body.fail(new TypeError('terminated'))
    expect((await read).error).toBeUndefined()
  })

  test('ends a channel well after the inner result, and badly before it', async () => {
    const wrapped = { type: 'message', data: RESULT }
    const subscribe = (body: string) =>
      clientOf(async () => reply(body))
        .channel.subscribe('a-channel')
        .stream()
    expect((await drain(subscribe(lines({ type: 'nop', data: {} }, wrapped)))).error).toBeUndefined()
    expect((await drain(subscribe(lines({ type: 'nop', data: {} })))).error?.code).toBe('STREAM_INTERRUPTED')
  })

  test('is an async generator that can be asked ahead, in order', async () => {
    const body = openBody()
    const stream = streamOf(body.stream)
    const asked = [stream.next(), stream.next(), stream.next(), stream.next()]
    body.write(lines(token('a')))
    body.write(lines(token('b'), RESULT))
    body.close()
    expect((await Promise.all(asked)).map(({ value, done }) => [(value as { type?: string })?.type, done])).toEqual([
      ['token', false],
      ['token', false],
      ['result', false],
      [undefined, true],
    ])
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(stream[Symbol.asyncIterator]()).toBe(stream)
  })
})

describe('a stream that breaks', () => {
  test.each([
    ['without a result', lines(token('Half an '), token('ans')), 'Half an ans'],
    ['in the middle of a line', `${lines(token('Half'))}{"type":"tok`, 'Half'],
    ['before anything', '', ''],
  ])('says so when it ends %s, and keeps the words', async (_, body, partial) => {
    const { error } = await drain(streamOf(body))
    expect(error).toMatchObject({ code: 'STREAM_INTERRUPTED', partial })
  })

  test('says so when there is no body at all', async () => {
    const client = clientOf(async () => new Response(null, { status: 204 }))
    const { error } = await drain(client.complete('c1', {}).stream())
    expect(error).toMatchObject({ code: 'STREAM_INTERRUPTED', status: 204, method: 'POST', retryable: true })
  })

  test('says so when the connection is cut, and keeps the words', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write(lines(token('Half an '), token('ans')))
      setTimeout(() => response.destroy(), 20)
    })
    const client = new ConversationClient({ baseUrl: url })
    const { events, error } = await drain(client.complete('c1', { text: 'hi' }).stream())
    expect(events).toHaveLength(2)
    expect(error).toMatchObject({
      code: 'STREAM_INTERRUPTED',
      partial: 'Half an ans',
      url: `${url}/api/v1/conversation/c1/complete`,
    })
    expect(error?.cause).toBeInstanceOf(Error)
  })

  test('counts the words of finished messages once', async () => {
    const message = { type: 'message', data: { type: 'bot', text: 'One.' } }
    const { error } = await drain(streamOf(lines(token('On'), token('e.'), message, token('Two'))))
    expect(error?.partial).toBe('One.Two')
  })

  test('gives all before a line that is no JSON object, then the error, which does not repeat the line', async () => {
    const { events, error } = await drain(streamOf(`${lines(token('a'))}a private word\n${lines(RESULT)}`))
    expect(events).toEqual([token('a')])
    expect(error).toMatchObject({ code: 'STREAM_PARSE', partial: 'a' })
    expect(error?.message).not.toContain('private')
  })

  test('takes a page for no stream at all', async () => {
    for (const type of ['text/html', 'application/json']) {
      const { error } = await drain(streamOf('<!doctype html>\n<h1>Hello</h1>', { 'content-type': type }))
      expect(error).toMatchObject({ code: 'STREAM_INTERRUPTED', status: 200 })
      expect(error?.cause).toMatchObject({ message: expect.stringContaining(type) })
    }
  })

  test('throws the failure a server reports, after everything around it', async () => {
    const report = { type: 'error', data: { code: 'GENERIC_ERROR', message: 'Something went wrong' } }
    const after = { type: 'result', data: { ...RESULT.data, end: { reason: 'error' } } }
    const { events, error } = await drain(streamOf(lines(token('Half'), report, after)))
    expect(events).toEqual([token('Half'), after])
    expect(error).toMatchObject({ code: 'GENERIC_ERROR', partial: 'Half', retryable: true })
    expect(error?.message).toContain('Something went wrong')
  })

  test.each([
    [{ type: 'error' }, 'STREAM_ERROR'],
    [{ type: 'error', data: null }, 'STREAM_ERROR'],
    [{ type: 'error', data: { message: 'no code' } }, 'STREAM_ERROR'],
    [{ type: 'error', data: { message: 'm', code: 'a code with words' } }, 'STREAM_ERROR'],
    [{ code: 'NOT_FOUND', message: 'bare' }, 'NOT_FOUND'],
    [{ type: 'error', data: 'text' }, 'STREAM_ERROR'],
  ])('understands the failure %j', async (report, code) => {
    const { error } = await drain(streamOf(lines(report)))
    expect([error?.code, error?.retryable]).toEqual([code, code !== 'NOT_FOUND'])
  })

  test('survives events of any shape', async () => {
    const odd = [
      {},
      { type: 5 },
      { type: 'token' },
      { type: 'token', data: null },
      { type: 'message', data: 'x' },
      { type: 'token', data: { token: 5 } },
    ]
    expect(await drain(streamOf(lines(...odd, RESULT)))).toEqual({ events: [...odd, RESULT], error: undefined })
  })

  test('does not wait for ever after a reported failure', async () => {
    vi.useFakeTimers()
    const body = openBody()
    body.write(lines(token('Half'), { type: 'error', data: { message: 'broken' } }))
    const read = drain(streamOf(body.stream))
    await vi.advanceTimersByTimeAsync(5000)
    expect((await read).error).toMatchObject({ code: 'STREAM_ERROR', partial: 'Half' })
    expect(body.cancelled).toBe(true)
  })

  test('never repeats what the user wrote, even when the server does', async () => {
    const report = { type: 'error', data: { code: 'MODERATION', message: 'Refused: my secret plan!' } }
    const client = clientOf(async () => reply(lines(report)))
    const { error } = await drain(client.complete('c1', { text: ' my secret plan! ' }).stream())
    expect(error?.message).toContain('Refused: …')
    expect(error?.message).not.toContain('secret plan')
  })
})

describe('silence', () => {
  test('ends a stream after the time that was set, and a ping is life', async () => {
    vi.useFakeTimers()
    const body = openBody()
    const client = clientOf(async () => reply(body.stream))
    const read = drain(client.complete('c1', {}, { idleTimeout: 1000 }).stream())
    await vi.advanceTimersByTimeAsync(900)
    body.write(lines(token('Half')))
    for (let pings = 0; pings < 5; pings++) {
      await vi.advanceTimersByTimeAsync(900)
      body.write(lines({ type: 'ping', data: {} }))
    }
    await vi.advanceTimersByTimeAsync(999)
    expect(body.cancelled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect((await read).error).toMatchObject({
      code: 'TIMEOUT',
      partial: 'Half',
      retryable: true,
      name: 'ConversationError',
    })
    expect(body.cancelled).toBe(true)
  })

  test('is a minute by default', async () => {
    vi.useFakeTimers()
    const body = openBody()
    const read = drain(streamOf(body.stream))
    await vi.advanceTimersByTimeAsync(59_999)
    expect(body.cancelled).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect((await read).error?.code).toBe('TIMEOUT')
  })

  test('of the reader is not the server’s', async () => {
    vi.useFakeTimers()
    const body = openBody()
    body.write(lines(token('a')))
    const stream = streamOf(body.stream)
    await stream.next()
    await vi.advanceTimersByTimeAsync(600_000)
    body.write(lines(RESULT))
    body.close()
    expect((await drain(stream)).events).toEqual([RESULT])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('has no limit on a channel, and none when it is 0', async () => {
    vi.useFakeTimers()
    for (const stream of [
      (body: ReadableStream) =>
        clientOf(async () => reply(body))
          .channel.subscribe('a-channel')
          .stream(),
      (body: ReadableStream) =>
        clientOf(async () => reply(body), { idleTimeout: 0 })
          .receive('c1')
          .stream(),
    ]) {
      const body = openBody()
      const read = stream(body.stream)
      const next = read.next()
      await vi.advanceTimersByTimeAsync(3_600_000)
      expect(body.cancelled).toBe(false)
      await read.return()
      expect(await next).toEqual({ done: true, value: undefined })
    }
  })
})

describe('abort', () => {
  const slow = (events: number) =>
    serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write(lines(...Array.from({ length: events }, () => token('x'))))
    })

  test.each(['signal', 'abortSignal'] as const)('by %s stops a stream at once and lets the socket go', async (name) => {
    const { url, open } = await slow(2)
    const counted = countedSignal()
    const client = new ConversationClient({ baseUrl: url })
    const stream = client.complete('c1', { text: 'hi' }).stream({ [name]: counted.signal })
    await stream.next()
    await stream.next()
    const waiting = failure(stream.next())
    const started = performance.now()
    setTimeout(() => counted.abort(new Error('enough')), 20)
    expect(await waiting).toMatchObject({ code: 'ABORTED', name: 'AbortError', partial: 'xx', retryable: false })
    expect(performance.now() - started).toBeLessThan(200)
    await expect.poll(() => open.size).toBe(0)
    expect(counted.listeners).toBe(0)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('holds back what has come but was not read', async () => {
    const controller = new AbortController()
    const client = clientOf(async () => reply(lines(token('a'), token('b'), token('c'), RESULT)))
    const seen: unknown[] = []
    const read = (async () => {
      for await (const event of client.complete('c1', {}).stream({ signal: controller.signal })) {
        seen.push(event)
        if (seen.length === 2) controller.abort()
      }
    })()
    expect((await failure(read)).code).toBe('ABORTED')
    expect(seen).toEqual([token('a'), token('b')])
  })

  test('reaches a network that does not listen, before headers and in the middle', async () => {
    const deaf = clientOf(() => new Promise(() => {}))
    const controller = new AbortController()
    const stream = deaf.complete('c1', {}, { signal: controller.signal }).stream()
    setTimeout(() => controller.abort(), 10)
    expect((await failure(stream.next())).code).toBe('ABORTED')

    const body = openBody()
    body.write(lines(token('a')))
    const second = new AbortController()
    const read = drain(
      clientOf(async () => reply(body.stream))
        .complete('c1', {}, { signal: second.signal })
        .stream(),
    )
    setTimeout(() => second.abort(), 10)
    expect((await read).error).toMatchObject({ code: 'ABORTED', partial: 'a' })
    expect(body.cancelled).toBe(true)
  })

  test('lets go of an answer that comes too late', async () => {
    const body = openBody()
    const controller = new AbortController()
    let answer!: (response: Response) => void
    const client = clientOf(() => new Promise((resolve) => (answer = resolve)))
    const next = failure(client.complete('c1', {}).stream({ signal: controller.signal }).next())
    await new Promise((resolve) => {
      setTimeout(resolve, 5)
    })
    controller.abort()
    expect((await next).code).toBe('ABORTED')
    answer(reply(body.stream))
    await expect.poll(() => body.cancelled).toBe(true)
  })

  test('before the beginning sends nothing', async () => {
    const fetch = vi.fn<FetchFunction>()
    const stream = clientOf(fetch).complete('c1', {}).stream({ signal: AbortSignal.abort() })
    expect((await failure(stream.next())).code).toBe('ABORTED')
    expect(fetch).not.toHaveBeenCalled()
  })

  test('by the caller’s own time limit is a time-out', async () => {
    const { url } = await slow(1)
    const client = new ConversationClient({ baseUrl: url })
    const { error } = await drain(client.complete('c1', {}).stream({ signal: AbortSignal.timeout(30) }))
    expect(error).toMatchObject({ code: 'TIMEOUT' })

    // The limit runs from the first word on, which may come late on a busy machine.
    const controller = new AbortController()
    const stream = client.complete('c1', {}).stream({ signal: controller.signal })
    expect((await stream.next()).value).toEqual(token('x'))
    const limit = AbortSignal.timeout(30)
    limit.addEventListener('abort', () => controller.abort(limit.reason))
    expect(await failure(stream.next())).toMatchObject({ code: 'TIMEOUT', partial: 'x' })
  })

  test('after the end does nothing, and nobody listens any more', async () => {
    const counted = countedSignal()
    const client = clientOf(async () => reply(lines(RESULT)))
    expect((await drain(client.complete('c1', {}, { signal: counted.signal }).stream())).error).toBeUndefined()
    expect(counted.listeners).toBe(0)
  })
})

describe('leaving early', () => {
  const endless = () =>
    serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write(lines(token('a'), token('b')))
    })

  test('by break lets the socket go', async () => {
    const { url, open } = await endless()
    const counted = countedSignal()
    const stream = new ConversationClient({ baseUrl: url }).complete('c1', {}, { signal: counted.signal }).stream()
    for await (const event of stream) {
      expect(event).toEqual(token('a'))
      break
    }
    await expect.poll(() => open.size).toBe(0)
    expect(counted.listeners).toBe(0)
    expect(await stream.next()).toEqual({ done: true, value: undefined })
  })

  test('by an exception lets the socket go and keeps the exception', async () => {
    const { url, open } = await endless()
    const stream = new ConversationClient({ baseUrl: url }).complete('c1', {}).stream()
    const read = (async () => {
      for await (const event of stream) throw new RangeError(event.type)
    })()
    await expect(read).rejects.toThrow(RangeError)
    await expect.poll(() => open.size).toBe(0)
  })

  test('by throw() lets the socket go', async () => {
    const { url, open } = await endless()
    const stream = new ConversationClient({ baseUrl: url }).complete('c1', {}).stream()
    await stream.next()
    await expect(stream.throw(new RangeError('mine'))).rejects.toThrow('mine')
    await expect.poll(() => open.size).toBe(0)
  })

  test('by return() ends a next() that waits, in the middle and before headers', async () => {
    const { url, open } = await endless()
    const stream = new ConversationClient({ baseUrl: url }).complete('c1', {}).stream()
    await stream.next()
    await stream.next()
    const waiting = stream.next()
    expect(await stream.return()).toEqual({ done: true, value: undefined })
    expect(await waiting).toEqual({ done: true, value: undefined })
    await expect.poll(() => open.size).toBe(0)

    const silent = await serve(() => {})
    const other = new ConversationClient({ baseUrl: silent.url }).complete('c1', {}).stream()
    const first = other.next()
    await expect.poll(() => silent.seen.length).toBe(1)
    await other.return()
    expect(await first).toEqual({ done: true, value: undefined })
    await expect.poll(() => silent.open.size).toBe(0)
  })

  test('before the beginning sends nothing', async () => {
    const fetch = vi.fn<FetchFunction>()
    const stream = clientOf(fetch).complete('c1', {}).stream()
    await stream.return()
    expect(await stream.next()).toEqual({ done: true, value: undefined })
    expect(fetch).not.toHaveBeenCalled()
  })

  test('by disposal lets go as well', async () => {
    const body = openBody()
    body.write(lines(token('a')))
    const stream = streamOf(body.stream)
    await stream.next()
    await (stream as unknown as { [Symbol.asyncDispose](): Promise<void> })[Symbol.asyncDispose]()
    expect(body.cancelled).toBe(true)
  })
})

describe('reading twice', () => {
  test('is a typed error and never a second request', async () => {
    let calls = 0
    const answer = clientOf(async () => (calls++, reply(lines(RESULT)))).complete('c1', { text: 'hi' })
    expect((await drain(answer.stream())).events).toHaveLength(1)
    expect((await drain(answer.stream())).error).toMatchObject({ code: 'STREAM_CONSUMED', retryable: false })
    expect(calls).toBe(1)
  })

  test('of a body is a typed error too', async () => {
    const { body } = reply(lines(RESULT))
    expect((await drain(jsonl(body!))).events).toEqual([RESULT])
    expect((await drain(jsonl(reply('{}').body!))).events).toEqual([{}])
    const locked = reply('{}').body!
    locked.getReader()
    expect((await drain(jsonl(locked))).error?.code).toBe('STREAM_CONSUMED')
  })
})

describe('jsonl', () => {
  test('gives lines as they are, failures among them', async () => {
    const report = { type: 'error', data: { message: 'm' } }
    expect((await drain(jsonl(reply(lines(report, { a: 1 })).body!))).events).toEqual([report, { a: 1 }])
  })

  test('stops at once on abort, at a bad line and at a cut', async () => {
    const body = openBody()
    const controller = new AbortController()
    body.write(lines({ a: 1 }))
    setTimeout(() => controller.abort(), 10)
    const aborted = await drain(jsonl(body.stream, controller.signal))
    expect([aborted.events, aborted.error?.code]).toEqual([[{ a: 1 }], 'ABORTED'])
    expect(body.cancelled).toBe(true)

    const bad = await drain(jsonl(reply('{"a":1}\nnot json\n').body!))
    expect([bad.events, bad.error?.code]).toEqual([[{ a: 1 }], 'STREAM_PARSE'])

    const cut = openBody()
    cut.write('{"a":1}\n{"b"')
    const read = drain(jsonl(cut.stream))
    setTimeout(() => cut.fail(new TypeError('terminated')), 10)
    expect((await read).error?.code).toBe('STREAM_INTERRUPTED')
  })
})
