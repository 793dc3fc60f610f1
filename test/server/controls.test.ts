import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../src/server/index.ts'
import { lineReader, serve, statusAndBody, T0, types, until } from './client.ts'

const JSONL = { accept: 'application/jsonl' }
const c1 = { conversations: [{ id: 'c1', name: 'One', messages: [{ id: 'm1', type: 'user' as const, text: 'Hi' }] }] }

describe('What a test sees', () => {
  test('is every request with its operation, ids and body', async () => {
    const { read, write, server } = serve(c1)
    await read('conversation/c1/message/list?take=5')
    await write('conversation/c1/message/m1/upvote', { value: 1 }, { token: 'secret' })
    await read('nowhere')
    expect(server.requests).toMatchObject([
      { operation: 'message.list', method: 'GET', params: { conversationId: 'c1' }, body: undefined, aborted: false },
      {
        operation: 'message.upvote',
        method: 'POST',
        params: { conversationId: 'c1', messageId: 'm1' },
        body: { value: 1 },
      },
    ])
    expect(server.requests[0]?.url).toMatch(/take=5$/)
    expect(server.requests[1]?.headers.get('authorization')).toBe('Bearer secret')
  })

  test('is also what was refused, and the last thousand of it', async () => {
    const { request, write, server } = serve({ auth: { secrets: ['sk-a'] } })
    await write('conversation/create', { name: 'x' })
    await request('POST', 'conversation/create', 'broken', { token: 'sk-a' })
    await request('PUT', 'conversation/create', 'x')
    expect(server.requests.map(({ method, body }) => [method, body])).toEqual([
      ['POST', { name: 'x' }],
      ['POST', undefined],
      ['PUT', undefined],
    ])
    for (let n = 0; n < 1000; n += 1) await request('HEAD', 'conversation/list', null)
    expect(server.requests).toHaveLength(1000)
    expect(server.requests[0]?.method).toBe('HEAD')
  })

  test('is no body of a size that would fill the memory', async () => {
    const { write, server } = serve(c1)
    for (const length of [90_000, 100_000]) await write('conversation/c1/send', { text: 'x'.repeat(length) })
    expect(server.requests.map(({ body }) => body?.text.length)).toEqual([90_000, undefined])
  })

  test('is all that is stored', async () => {
    const { server } = serve(c1)
    const { conversations, messages } = server.snapshot()
    expect(conversations).toMatchObject([{ id: 'c1', name: 'One', botId: null }])
    expect(Object.keys(conversations[0] ?? {})).not.toContain('owner')
    expect(messages).toMatchObject({ c1: [{ id: 'm1', text: 'Hi', meta: null }] })
  })
})

describe('Seeds', () => {
  test('get what they leave out, and keep what they say', async () => {
    let made = 0
    const { read, server } = serve({
      now: () => T0,
      generateId: (kind) => `${kind}-${(made += 1)}`,
      conversations: [
        {
          messages: [
            { type: 'user', text: 'a' },
            { type: 'bot', text: 'b', createdAt: T0 + 50 },
          ],
        },
        { id: 'mine', createdAt: 5, updatedAt: 7, meta: { k: 1 }, privacy: true },
      ],
    })
    expect((await read('conversation/list?order=asc')).body.items).toMatchObject([
      { id: 'mine', createdAt: 5, updatedAt: 7, meta: { k: 1 }, privacy: true },
      { id: 'conversation-1', createdAt: T0, updatedAt: T0, privacy: false },
    ])
    expect(server.snapshot().messages['conversation-1']?.map(({ id, createdAt }) => [id, createdAt])).toEqual([
      ['message-2', T0],
      ['message-3', T0 + 50],
    ])
    const added = server.add({ name: 'later', messages: [{ type: 'user', text: 'x' }] })
    expect(added).toMatchObject({ id: 'conversation-4', name: 'later', createdAt: T0 + 1, description: null })
    expect(server.snapshot().messages['conversation-4']).toHaveLength(1)
  })

  test('leave alone what a storage has already', async () => {
    const storage = memoryStorage()
    const first = serve({ ...c1, storage })
    await first.write('conversation/c1/update', { name: 'Changed' })
    const second = serve({ ...c1, storage })
    expect((await second.read('conversation/c1/fetch')).body.name).toBe('Changed')
    expect((await second.read('conversation/c1/message/list')).body.items).toHaveLength(1)
  })

  test('that cannot be stored fail the requests, not the process', async () => {
    const twice = [
      { id: 'm1', type: 'user' as const, text: 'a' },
      { id: 'm1', type: 'user' as const, text: 'b' },
    ]
    const { read } = serve({ conversations: [{ id: 'c1', messages: twice }] })
    await expect(read('conversation/list')).rejects.toThrow('exists already')
  })
})

describe('A failure asked for', () => {
  test('happens as often as asked, then no more', async () => {
    const { read, write, server } = serve(c1)
    server.fail('conversation.fetch', { status: 503, times: 2, retryAfter: 7 })
    server.fail('conversation.send', { status: 429, code: 'TOO_MANY_REQUESTS', message: 'Slow down' })
    expect(await read('conversation/c1/fetch')).toEqual({
      status: 503,
      body: { message: 'Something went wrong', code: 'SERVICE_UNAVAILABLE' },
    })
    expect((await read('conversation/c1/fetch')).status).toBe(503)
    expect((await read('conversation/c1/fetch')).status).toBe(200)
    const sent = await write('conversation/c1/send', { text: 'x' })
    expect(sent).toEqual({ status: 429, body: { message: 'Slow down', code: 'TOO_MANY_REQUESTS' } })
    expect(server.snapshot().messages.c1).toHaveLength(1)
    expect((await read('conversation/list')).status).toBe(200)
  })

  test('has the headers the real one has', async () => {
    const { get, server } = serve(c1)
    server.fail('conversation.list', { status: 429, retryAfter: 30 })
    const limited = await get('conversation/list')
    expect(limited.headers.get('retry-after')).toBe('30')
    expect(limited.headers.get('x-failure-code')).toBe('LIMITS_REACHED')
    server.fail('conversation.list', { status: 418 })
    expect(await statusAndBody(await get('conversation/list'))).toMatchObject({
      status: 418,
      body: { code: 'ERROR_418' },
    })
  })
})

describe('A held reply', () => {
  test('says what the test says, when it says it', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const reader = lineReader(await post('conversation/c1/complete', { text: 'x' }, JSONL))
    await reply.event({ type: 'reasoningToken', data: { token: 'hm' } })
    expect((await reader.until('reasoningToken')).data.token).toBe('hm')
    await reply.token('Hello')
    expect((await reader.until('token')).data.token).toBe('Hello')
    await reply.end()
    expect((await reader.until('result')).data.text).toBe('Hello')
    await reply.token('too late')
    await reply.end()
  })

  test('can be written before the request comes', async () => {
    const { write, server } = serve(c1)
    const reply = server.holdReply()
    const written = Promise.all([reply.token('a'), reply.token('b'), reply.end()])
    expect((await write('conversation/c1/complete', { text: 'x' })).body.text).toBe('ab')
    await written
    expect((await write('conversation/c1/complete', { text: 'x' })).body.text).toBe('x')
  })

  test('are used one after the other', async () => {
    const { write, server } = serve(c1)
    for (const text of ['first', 'second']) {
      const reply = server.holdReply()
      void reply.token(text)
      void reply.end()
    }
    expect((await write('conversation/c1/complete', { text: 'x' })).body.text).toBe('first')
    expect((await write('conversation/c1/complete', { text: 'x' })).body.text).toBe('second')
  })

  test('can fail', async () => {
    const { stream, server } = serve(c1)
    const reply = server.holdReply()
    void reply.token('Half')
    void reply.fail('The model broke')
    const events = await stream('conversation/c1/complete', { text: 'x' })
    expect(events.find(({ type }) => type === 'error')?.data).toEqual({
      message: 'The model broke',
      code: 'GENERIC_ERROR',
    })
    expect(events.at(-1)?.data).toMatchObject({ text: 'Half', end: { reason: 'error' } })
  })

  test('can cut the connection, and what was said is kept', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const response = await post('conversation/c1/complete', { text: 'x' }, JSONL)
    await reply.token('Half an ans')
    await reply.cut()
    await expect(response.text()).rejects.toThrow('network error')
    expect(server.snapshot().messages.c1?.at(-1)?.text).toBe('Half an ans')
  })

  test('that is cut before anything was said rejects the request', async () => {
    const { post, server } = serve(c1)
    for (const path of ['conversation/c1/complete', 'conversation/complete']) {
      const reply = server.holdReply()
      void reply.cut()
      await expect(post(path, { text: 'x' })).rejects.toThrow(TypeError)
    }
  })

  test('leaves no test hanging when the reader goes', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const response = await post('conversation/c1/complete', { text: 'x' }, JSONL)
    await reply.token('a')
    const waiting = [reply.token('b'), reply.token('c'), reply.end()]
    await response.body?.cancel()
    expect(await Promise.all(waiting)).toHaveLength(3)
  })
})

describe('Offline', () => {
  test('requests fail as without a network, and running answers break', async () => {
    const { post, read, server } = serve(c1)
    const reply = server.holdReply()
    const response = await post('conversation/c1/complete', { text: 'x' }, JSONL)
    await reply.token('Half')
    server.offline()
    await expect(response.text()).rejects.toThrow(TypeError)
    await expect(read('conversation/list')).rejects.toThrow('Failed to fetch')
    server.offline(false)
    expect((await read('conversation/c1/message/list')).body.items).toHaveLength(3)
    expect(server.requests.map(({ operation }) => operation)).toEqual(['conversation.complete', 'message.list'])
  })
})

test('a request under way when the network goes does not arrive', async () => {
  const { read, server } = serve({ ...c1, latency: 20 })
  const waiting = read('conversation/list')
  server.offline()
  await expect(waiting).rejects.toThrow('Failed to fetch')
  server.offline(false)
  expect((await read('conversation/list')).status).toBe(200)
})

test('a request that was called off before it was sent never arrives', async () => {
  const { write, server } = serve(c1)
  await expect(write('conversation/create', {}, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  expect(server.requests).toEqual([])
})

test('many requests at once are nothing to warn about', async () => {
  const { read, server } = serve({ ...c1, latency: 20 })
  const warnings: Error[] = []
  const note = (warning: Error) => void warnings.push(warning)
  process.on('warning', note)
  const waiting = Array.from({ length: 30 }, () => read('conversation/list'))
  await new Promise((resolve) => setTimeout(resolve, 5))
  server.offline()
  const ends = await Promise.allSettled(waiting)
  process.off('warning', note)
  expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
  expect(warnings).toEqual([])
})

describe('Reset', () => {
  test('brings everything back to how it began', async () => {
    const { post, read, write, server } = serve({ ...c1, reply: 'first' })
    await write('conversation/c1/upvote')
    await write('conversation/create')
    server.reply('second')
    server.fail('conversation.list', { status: 500 })
    server.holdReply()
    const running = server.holdReply()
    await write('conversation/c1/message/m1/delete')
    const answer = post('conversation/c1/receive', {}, JSONL).then((response) => response.text())
    void running.token('late')
    await until(() => server.requests.length === 4)
    server.offline()
    server.reset()
    await expect(answer).rejects.toThrow(TypeError)
    expect([server.requests, server.votes]).toEqual([[], []])
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(server.snapshot().messages).toMatchObject({ c1: [{ id: 'm1' }] })
    expect(server.snapshot().conversations).toHaveLength(1)
    expect((await read('conversation/list')).status).toBe(200)
    expect((await write('conversation/c1/complete', { text: 'x' })).body.text).toBe('first')
  })

  test('drops what a run was about to store', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const response = await post('conversation/c1/complete', { text: 'x' }, JSONL)
    await reply.token('late')
    server.reset()
    await expect(response.text()).rejects.toThrow('network error')
    expect(server.snapshot().messages.c1).toHaveLength(1)
  })

  test.each(['reset', 'snapshot', 'expireSessions'] as const)('%s needs a storage that can', (name) => {
    const { controls: _, ...storage } = memoryStorage()
    const { server } = serve({ storage })
    expect(() => server[name]()).toThrow(`${name}: this storage has no controls`)
  })
})

describe('Latency', () => {
  test('holds every answer back, and a caller who does not wait is let go', async () => {
    const { read, server } = serve({ ...c1, latency: 20 })
    const begun = performance.now()
    await read('conversation/c1/fetch')
    expect(performance.now() - begun).toBeGreaterThan(18)
    const leave = new AbortController()
    const waiting = read('conversation/c1/fetch', { signal: leave.signal })
    setTimeout(() => leave.abort(), 1)
    await expect(waiting).rejects.toThrow(/abort/i)
    expect(server.requests[1]?.aborted).toBe(true)
  })
})

test('a storage that breaks is a 500 that says nothing of why', async () => {
  const storage = memoryStorage()
  storage.conversations.get = () => Promise.reject(new Error('disk full at /var/secret'))
  const { read, stream } = serve({ storage })
  expect(await read('conversation/c1/fetch')).toEqual({
    status: 500,
    body: { message: 'Something went wrong', code: 'GENERIC_ERROR' },
  })
  const events = await stream('conversation/c1/complete', { text: 'x' })
  expect(types(events)).toEqual(['error'])
  expect(JSON.stringify(events)).not.toContain('secret')
})
