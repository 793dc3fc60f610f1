import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryStorage, ReplyError } from '../../src/server/index.ts'
import { lineReader, lines, serve, statusAndBody, types, until } from './client.ts'
import type { ReplyContext } from '../../src/server/index.ts'
import type { MessageInstance } from '../../src/protocol/index.ts'

const JSONL = { accept: 'application/jsonl' }
const c1 = { conversations: [{ id: 'c1' }] }
const texts = (messages: readonly { type: string; text: string }[] | undefined) =>
  messages?.map(({ type, text }) => `${type}: ${text}`)

describe('A completion of a stored conversation', () => {
  test('streams its events in order, each with its time', async () => {
    const { stream, server } = serve({ ...c1, reply: 'Start at Ribeira.' })
    const events = await stream('conversation/c1/complete', { text: '  Two days in Porto? ' })
    expect(types(events)).toEqual([
      'sendResult',
      'completeBegin',
      'token',
      'token',
      'token',
      'message',
      'completeEnd',
      'receiveResult',
      'result',
    ])
    const [user, bot] = server.snapshot().messages.c1 as [MessageInstance, MessageInstance]
    expect(events[0]?.data).toEqual({ id: user.id, text: 'Two days in Porto?', entities: [], usage: { token: 0 } })
    expect(events[1]?.data).toEqual({
      instance: expect.stringMatching(/^i-/),
      iteration: expect.stringMatching(/^it-/),
    })
    expect(events[2]?.data).toEqual({ type: 'bot', token: 'Start ' })
    expect(events[5]?.data).toEqual({ type: 'bot', text: 'Start at Ribeira.' })
    expect(events[6]?.data).toEqual(events[1]?.data)
    const result = {
      id: bot.id,
      text: 'Start at Ribeira.',
      usage: { token: expect.any(Number) },
      end: { reason: 'stop' },
    }
    expect(events[7]?.data).toEqual(result)
    expect(events[8]?.data).toEqual(result)
    const times = events.map((event) => event.createdAt ?? 0)
    expect(times.toSorted((a, b) => a - b)).toEqual(times)
    expect(times[0]).toBeGreaterThan(0)
    expect(texts([user, bot])).toEqual(['user: Two days in Porto?', 'bot: Start at Ribeira.'])
    expect(bot.createdAt).toBeGreaterThan(user.createdAt)
  })

  test('answers the result alone to those who ask for JSON', async () => {
    const { write, server } = serve({ ...c1, reply: ['It ', 'rains.'] })
    const { status, body } = await write('conversation/c1/complete', { text: 'Weather?' })
    expect(status).toBe(200)
    expect(body).toEqual({
      id: server.snapshot().messages.c1?.[1]?.id,
      text: 'It rains.',
      usage: { token: expect.any(Number) },
      end: { reason: 'stop' },
    })
  })

  test('as server-sent events has no times', async () => {
    const { post } = serve({ ...c1, reply: 'Yes' })
    const response = await post('conversation/c1/complete', { text: 'x' }, { accept: 'text/event-stream' })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const text = await response.text()
    expect(text).toContain('event: token\ndata: {"token":"Yes","type":"bot"}\n\n')
    expect(text).not.toContain('createdAt')
  })

  test('as CSV has nothing to show', async () => {
    const { post } = serve(c1)
    const response = await post('conversation/c1/complete', { text: 'x' }, { accept: 'text/csv' })
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test('stores the question before it is answered, and the answer after', async () => {
    const { post, read, server } = serve(c1)
    const reply = server.holdReply()
    const reader = lineReader(await post('conversation/c1/complete', { text: 'Hi' }, JSONL))
    await reply.token('Half')
    expect((await reader.until('token')).data.token).toBe('Half')
    const list = async () => texts((await read('conversation/c1/message/list')).body.items)
    expect(await list()).toEqual(['user: Hi'])
    await reply.end()
    expect(await list()).toEqual(['user: Hi', 'bot: Half'])
    expect((await reader.until('result')).data.end.reason).toBe('stop')
    expect(await reader.next()).toBeUndefined()
  })

  test('goes on from what is stored when nothing is said', async () => {
    const seen: ReplyContext[] = []
    const { stream } = serve({
      conversations: [{ id: 'c1', messages: [{ type: 'user', text: 'one' }] }],
      reply(context) {
        seen.push(context)
        return 'two'
      },
    })
    const events = await stream('conversation/c1/complete', {})
    expect(types(events)).not.toContain('sendResult')
    expect(seen[0]?.text).toBe('one')
    expect(texts(seen[0]?.messages)).toEqual(['user: one', 'bot: two'])
  })

  test('knows the history from the newest checkpoint on, and what the bot is told', async () => {
    const seen: ReplyContext[] = []
    const { write } = serve({
      conversations: [
        {
          id: 'c1',
          backstory: 'Old.',
          model: 'm',
          messages: [
            { type: 'user', text: 'forgotten' },
            { type: 'checkpoint', text: 'summary' },
            { type: 'backstory', text: 'New.' },
          ],
        },
      ],
      reply(context) {
        seen.push({ ...context, messages: [...context.messages] })
        return 'ok'
      },
    })
    await write('conversation/c1/complete', { text: 'Hi', extensions: { backstory: 'Extra.' } })
    expect(texts(seen[0]?.messages)).toEqual(['checkpoint: summary', 'backstory: New.', 'user: Hi'])
    expect(seen[0]?.settings).toEqual({ backstory: 'New.\n\nExtra.', model: 'm', botId: null })
    expect(seen[0]?.conversation?.id).toBe('c1')
  })

  test('that says nothing has a result with an id made up for it', async () => {
    const { write, server } = serve({ ...c1, reply: '' })
    const { body } = await write('conversation/c1/complete', { text: 'Hi' })
    expect(body).toMatchObject({ id: expect.stringMatching(/^msg-/), text: '', end: { reason: 'stop' } })
    expect(server.snapshot().messages.c1).toHaveLength(1)
  })

  test('of an unknown conversation is one error line, and a 404 for those who ask for JSON', async () => {
    const { post, write, server } = serve()
    for (const accept of ['application/jsonl', 'text/event-stream']) {
      const response = await post('conversation/c9/complete', { text: 'x' }, { accept })
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('{"message":"Conversation not found","code":"NOT_FOUND"}')
    }
    const { status, body } = await write('conversation/c9/complete', { text: 'x' })
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    expect(server.snapshot().conversations).toEqual([])
  })

  test.each([
    [{ text: '' }, '"text" is not allowed to be empty'],
    [{ text: '   ' }, '"text" is not allowed to be empty'],
    [{ text: null }, '"text" must be a string'],
    [{ text: 5 }, '"text" must be a string'],
    [{ text: 'x', messages: [] }, '"messages" is not allowed'],
    [{ text: 'x', entities: [{ begin: -1, end: 1 }] }, '"entities[0].begin" must be greater than or equal to 0'],
    [{ text: 'x', entities: [{ begin: 0, end: 0 }] }, '"entities[0].end" must be greater than or equal to 1'],
    [{ text: 'x', entities: [{ begin: 0 }] }, '"entities[0].end" is required'],
    [{ text: 'x', limits: { iterations: 0 } }, '"limits.iterations" must be greater than or equal to 1'],
    [{ text: 'x', limits: { other: 1 } }, '"limits.other" is not allowed'],
    [{ text: 'x', extensions: { datasets: [{}] } }, '"extensions.datasets[0].records" is required'],
    [{ text: 'x', functions: [{ name: '_f', description: '', parameters: {} }] }, '"functions[0].name" fails to match'],
    [{ text: 'x', functions: [{ name: 'f'.repeat(65), description: '', parameters: {} }] }, 'less than or equal to 64'],
    [{ text: 'x', functions: [{ name: 'f', parameters: {} }] }, '"functions[0].description" is required'],
    [{ text: 'x', functions: [{ name: 'f', description: '', parameters: 'x' }] }, 'must be of type object'],
    [
      { text: 'x', functions: [{ name: 'f', description: '', parameters: {}, result: { channel: 'short' } }] },
      '"functions[0].result.channel" length must be at least 16',
    ],
    [
      { text: 'x', functions: [1, 2].map(() => ({ name: 'f', description: '', parameters: {} })) },
      '"functions[1]" contains a duplicate value',
    ],
    [
      {
        text: 'x',
        functions: Array.from({ length: 101 }, (_, n) => ({ name: `f${n}`, description: '', parameters: {} })),
      },
      'must contain less than or equal to 100 items',
    ],
  ])('is refused %j, whatever the format', async (body, message) => {
    const { post, server } = serve(c1)
    for (const accept of ['application/json', 'application/jsonl']) {
      const answer = await statusAndBody(await post('conversation/c1/complete', body, { accept }))
      expect(answer).toEqual({ status: 400, body: { code: 'BAD_REQUEST', message: expect.stringContaining(message) } })
    }
    expect(server.snapshot().messages.c1).toEqual([])
  })

  test('takes whole entities, and numbers as text', async () => {
    const { write } = serve(c1)
    const entity = { type: 'name', begin: '0', end: 3, text: 'Ann', replacement: { begin: 0, end: 2, text: 'X1' } }
    expect(
      (await write('conversation/c1/complete', { text: 'Ann', entities: [entity], limits: { calls: '2' } })).status,
    ).toBe(200)
  })
})

describe('A completion the caller keeps', () => {
  const path = 'conversation/complete'
  const messages = [{ type: 'user', text: 'Hi' }]

  test('answers without storing, and without ids', async () => {
    const { stream, write, server } = serve({ reply: 'Hello' })
    const events = await stream(path, { messages })
    expect(types(events)).toEqual([
      'sendResult',
      'completeBegin',
      'token',
      'message',
      'completeEnd',
      'receiveResult',
      'result',
    ])
    expect(events[0]?.data).toEqual({ text: '', entities: [], usage: { token: 0 } })
    expect(events.at(-1)?.data).toEqual({ text: 'Hello', usage: { token: 3 }, end: { reason: 'stop' } })
    expect((await write(path, { messages })).body).toEqual(events.at(-1)?.data)
    expect(server.snapshot().conversations).toEqual([])
  })

  test('takes a text alone, or after the messages', async () => {
    const seen: ReplyContext[] = []
    const { write } = serve({
      reply(context) {
        seen.push({ ...context, messages: [...context.messages] })
        return 'ok'
      },
    })
    await write(path, { text: 'alone' })
    await write(path, { messages, text: 'last', backstory: 'B', model: 'm/a=1', botId: 'b' })
    expect(seen.map(({ messages: heard }) => texts(heard))).toEqual([['user: alone'], ['user: Hi', 'user: last']])
    expect(seen[1]).toMatchObject({
      conversation: null,
      text: 'last',
      settings: { backstory: 'B', model: 'm/a=1', botId: 'b' },
    })
  })

  test.each([
    [{}, '"messages" is required'],
    [{ messages: [] }, '"messages" must contain at least 1 items'],
    [{ messages, name: 'x' }, '"name" is not allowed'],
    [{ messages, attachments: [{ url: 'https://a.test/x' }] }, '"attachments" is not allowed'],
    [{ messages, namespace: 'n', attachments: [{ url: 'ftp://a.test/x' }] }, '"attachments[0].url" fails to match'],
    [{ messages, contactId: 'nobody' }, '"contactId" is not the id of a contact'],
  ])('is refused %j', async (body, message) => {
    const { write } = serve()
    expect(await write(path, body)).toMatchObject({ status: 400, body: { message: expect.stringContaining(message) } })
  })

  test('makes the contact it is with, and tells the model of attachments', async () => {
    const seen: string[] = []
    const { write, read } = serve({
      reply({ messages: heard }) {
        seen.push(...heard.map(({ type }) => type))
        return 'ok'
      },
    })
    const contactId = { fingerprint: 'user-of-ours-00001' }
    const body = { messages, contactId, namespace: 'n', attachments: [{ url: 'https://a.test/x' }] }
    expect((await write(path, body)).status).toBe(200)
    expect((await read('contact/list')).body.items).toMatchObject([contactId])
    expect(seen).toEqual(['user', 'activity'])
  })
})

describe('Send and receive', () => {
  test('send stores one message and answers only that', async () => {
    const { stream, write, server } = serve(c1)
    const events = await stream('conversation/c1/send', { text: ' And in winter? ' })
    const id = server.snapshot().messages.c1?.[0]?.id
    const data = { id, text: 'And in winter?', entities: [], usage: { token: 0 } }
    expect(events).toEqual([{ type: 'result', data, createdAt: expect.any(Number) }])
    expect((await write('conversation/c1/send', { text: 'x' })).body).toMatchObject({ text: 'x', entities: [] })
    expect(texts(server.snapshot().messages.c1)).toEqual(['user: And in winter?', 'user: x'])
  })

  test('receive makes the model speak each time it is called', async () => {
    const { stream, write, server } = serve({ ...c1, reply: 'Bring a coat.' })
    await write('conversation/c1/send', { text: 'Hi' })
    const events = await stream('conversation/c1/receive', {})
    expect(types(events)).toEqual(['completeBegin', 'token', 'token', 'token', 'message', 'completeEnd', 'result'])
    const { body } = await write('conversation/c1/receive')
    const stored = server.snapshot().messages.c1
    expect(events.at(-1)?.data).toEqual({ id: stored?.[1]?.id, text: 'Bring a coat.', usage: { token: 4 } })
    expect(body).toEqual({ id: stored?.[2]?.id, text: 'Bring a coat.', usage: { token: 4 } })
  })

  test.each([
    ['send', {}],
    ['send', { text: '' }],
    ['send', { text: 'x', limits: {} }],
    ['receive', { text: 'x' }],
    ['receive', { limits: {} }],
  ])('%s is refused %j', async (verb, body) => {
    const { write } = serve(c1)
    expect((await write(`conversation/c1/${verb}`, body)).status).toBe(400)
  })

  test.each(['send', 'receive'])('%s to an unknown conversation is a 404 in a stream too', async (verb) => {
    const { post } = serve()
    const response = await post(`conversation/c9/${verb}`, verb === 'send' ? { text: 'x' } : {}, JSONL)
    expect(await statusAndBody(response)).toEqual({
      status: 404,
      body: { message: 'Conversation not found', code: 'NOT_FOUND' },
    })
  })

  test('initiate stores an instruction and lets the model begin', async () => {
    const { write, server } = serve({ ...c1, reply: 'Welcome' })
    expect((await write('conversation/c1/initiate', { text: 'Greet.' })).body.text).toBe('Welcome')
    expect(texts(server.snapshot().messages.c1)).toEqual(['instruction: Greet.', 'bot: Welcome'])
  })
})

describe('A reply', () => {
  test('is by default what was said, word by word', async () => {
    const { stream, write } = serve(c1)
    const events = await stream('conversation/c1/complete', { text: 'one  two\nthree' })
    const tokens = events.filter(({ type }) => type === 'token').map(({ data }) => data.token)
    expect(tokens).toEqual(['one  ', 'two\n', 'three'])
    expect(tokens.join('')).toBe('one  two\nthree')
    expect((await write('conversation/complete', { messages: [{ type: 'bot', text: 'x' }] })).body.text).toBe('Hello.')
  })

  test('of events is sent as it is', async () => {
    const { stream, server } = serve({
      ...c1,
      reply: [
        { type: 'reasoningToken', data: { token: 'Hm' } },
        { type: 'message', data: { type: 'reasoning', text: 'Hm' } },
        { type: 'token', data: { token: 'a' } },
        { type: 'token', data: { token: '' } },
        { type: 'message', data: { type: 'bot', text: 'a', meta: { k: 1 } } },
        { type: 'progressReport', data: { id: 'op', step: 1, total: 2, eta: null }, createdAt: 5 },
        { type: 'usage', data: { model: 'm', inputTokensUsed: 40, outputTokensUsed: 2 } },
        { type: 'completeBegin', data: {} },
        { type: 'result', data: { text: '', usage: { token: 43 }, end: { reason: 'length' } } },
      ],
    })
    const events = await stream('conversation/c1/complete', { text: 'x' })
    expect(types(events)).toEqual([
      'sendResult',
      'completeBegin',
      'reasoningToken',
      'message',
      'token',
      'message',
      'progressReport',
      'completeEnd',
      'receiveResult',
      'result',
    ])
    expect(events.find(({ type }) => type === 'progressReport')?.createdAt).toBe(5)
    expect(events.at(-1)?.data).toMatchObject({ text: 'a', usage: { token: 43 }, end: { reason: 'length' } })
    expect(server.snapshot().messages.c1?.map(({ type, meta }) => [type, meta])).toEqual([
      ['user', null],
      ['reasoning', null],
      ['bot', { k: 1 }],
    ])
  })

  test('may be promised, and may wait', async () => {
    const { write } = serve({
      ...c1,
      async reply({ sleep }) {
        await sleep(1)
        return ['a', 'b']
      },
    })
    expect((await write('conversation/c1/complete', { text: 'x' })).body.text).toBe('ab')
  })

  test('can be changed for the next run, and back', async () => {
    const { write, server } = serve({ ...c1, reply: 'first' })
    const said = async () => (await write('conversation/c1/complete', { text: 'x' })).body.text
    server.reply('second')
    expect(await said()).toBe('second')
    server.reply(undefined)
    expect(await said()).toBe('x')
    server.reset()
    expect(await said()).toBe('first')
  })

  test('that is paced takes its time for every word', async () => {
    const { write } = serve({ ...c1, reply: 'a b c d', tokenDelay: [5, 6] })
    const begun = performance.now()
    await write('conversation/c1/complete', { text: 'x' })
    expect(performance.now() - begun).toBeGreaterThan(18)
  })

  test('that fails says nothing of why, unless it may', async () => {
    for (const [error, message, code] of [
      [new Error('password is 123'), 'Something went wrong', 'GENERIC_ERROR'],
      [new ReplyError('The model is busy', 'SERVICE_UNAVAILABLE'), 'The model is busy', 'SERVICE_UNAVAILABLE'],
      ['a string', 'Something went wrong', 'GENERIC_ERROR'],
    ] as const) {
      const { stream, write, server } = serve({
        ...c1,
        async *reply() {
          yield 'Half '
          throw error
        },
      })
      const events = await stream('conversation/c1/complete', { text: 'x' })
      expect(types(events)).toEqual(['sendResult', 'completeBegin', 'token', 'error', 'receiveResult', 'result'])
      expect(events[3]?.data).toEqual({ message, code })
      expect(events[5]?.data).toMatchObject({ text: 'Half ', end: { reason: 'error' } })
      expect(texts(server.snapshot().messages.c1)).toEqual(['user: x', 'bot: Half '])
      expect(await write('conversation/c1/complete', { text: 'x' })).toEqual({ status: 500, body: { message, code } })
    }
  })

  test('that fails before its first word fails the same way', async () => {
    const { stream } = serve({
      ...c1,
      reply() {
        throw new Error('no')
      },
    })
    const events = await stream('conversation/c1/complete', { text: 'x' })
    expect(types(events)).toEqual(['sendResult', 'completeBegin', 'error', 'receiveResult', 'result'])
    expect(events.at(-1)?.data).toMatchObject({ text: '', end: { reason: 'error' } })
  })

  test('that yields an error ends with it', async () => {
    const { stream } = serve({
      ...c1,
      reply: [
        { type: 'error', data: { message: 'No', code: 'X' } },
        { type: 'token', data: { token: 'never' } },
      ],
    })
    const events = await stream('conversation/c1/receive', {})
    expect(types(events)).toEqual(['completeBegin', 'error', 'result'])
    expect(events[1]?.data).toEqual({ message: 'No', code: 'X' })
  })
})

describe('A reader who goes', () => {
  /** Never ends by itself, and notices nothing. */
  async function* deaf() {
    yield 'Half an '
    yield 'answer'
    await new Promise(() => {})
  }

  test.each(['signal', 'body'])('by its %s ends the run at once, and the words so far are kept', async (way) => {
    let context: ReplyContext | undefined
    const { post, server } = serve({
      ...c1,
      reply(given) {
        context = given
        return deaf()
      },
    })
    const leave = new AbortController()
    const response = await post('conversation/c1/complete', { text: 'Hi' }, { ...JSONL, signal: leave.signal })
    const reader = lineReader(response)
    await reader.until('token')
    await reader.until('token')
    const rest = way === 'signal' ? reader.until('never').catch((error: Error) => error.name) : undefined
    if (way === 'signal') leave.abort()
    else await reader.cancel()
    expect(await rest).toBe(way === 'signal' ? 'AbortError' : undefined)
    await until(() => server.snapshot().messages.c1?.length === 2)
    expect(texts(server.snapshot().messages.c1)).toEqual(['user: Hi', 'bot: Half an answer'])
    expect(context?.signal.aborted).toBe(true)
    expect(server.requests[0]?.aborted).toBe(true)
  })

  test('before the first event is told at once, and the question stays', async () => {
    const { post, server } = serve({ ...c1, reply: () => new Promise(() => {}) })
    const leave = new AbortController()
    const waiting = post('conversation/c1/receive', {}, { ...JSONL, signal: leave.signal })
    const waitingForJson = post('conversation/c1/complete', { text: 'Hi' }, { signal: leave.signal })
    await until(() => server.snapshot().messages.c1?.length === 1)
    leave.abort()
    await expect(waiting.then((response) => response.text())).rejects.toThrow(/abort/i)
    await expect(waitingForJson).rejects.toThrow(/abort/i)
    expect(server.requests.map(({ aborted }) => aborted)).toEqual([true, true])
    await expect(post('conversation/c1/receive', {}, { signal: leave.signal })).rejects.toThrow(/abort/i)
  })

  test('who waits for JSON has the words so far kept too', async () => {
    const { post, server } = serve({ ...c1, reply: () => deaf() })
    const leave = new AbortController()
    const waiting = post('conversation/c1/complete', { text: 'Hi' }, { signal: leave.signal })
    await until(() => server.snapshot().messages.c1?.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 10))
    leave.abort()
    await expect(waiting).rejects.toThrow(/abort/i)
    await until(() => server.snapshot().messages.c1?.length === 2)
    expect(server.snapshot().messages.c1?.[1]?.text).toBe('Half an answer')
  })

  test('while words are paced ends the pause', async () => {
    const { post, server } = serve({ ...c1, reply: 'a b', tokenDelay: [60_000, 60_000] })
    const response = await post('conversation/c1/complete', { text: 'Hi' }, JSONL)
    await response.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(texts(server.snapshot().messages.c1)).toEqual(['user: Hi'])
  })

  test('has the generator behind the reply closed', async () => {
    let closed = false
    const { post } = serve({
      ...c1,
      async *reply({ sleep }) {
        try {
          for (;;) {
            yield 'word '
            await sleep(1)
          }
        } finally {
          closed = true
        }
      },
    })
    const response = await post('conversation/c1/complete', { text: 'Hi' }, JSONL)
    const reader = lineReader(response)
    await reader.until('token')
    expect(closed).toBe(false)
    await reader.cancel()
    await until(() => closed)
  })

  test('slows an endless reply down to what is read', async () => {
    let made = 0
    const { post } = serve({
      ...c1,
      async *reply() {
        for (;;) {
          made += 1
          yield 'x'
        }
      },
    })
    const response = await post('conversation/c1/complete', { text: 'Hi' }, JSONL)
    await new Promise((resolve) => setTimeout(resolve, 30))
    const atRest = made
    expect(atRest).toBeLessThan(2000)
    const reader = lineReader(response)
    for (let count = 0; count < 200; count += 1) await reader.next()
    await until(() => made > atRest)
    await reader.cancel()
  })

  test('a conversation that is deleted meanwhile is not brought back', async () => {
    const { post, write, server } = serve(c1)
    const reply = server.holdReply()
    const reader = lineReader(await post('conversation/c1/complete', { text: 'Hi' }, JSONL))
    await reply.token('a')
    await write('conversation/c1/delete')
    await reply.end()
    expect((await reader.until('error')).data).toEqual({ message: 'Conversation not found', code: 'NOT_FOUND' })
    expect(server.snapshot()).toEqual({ conversations: [], messages: {} })
  })
})

describe('Signs of life', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('a completion pings every ten seconds, and the first ping brings the headers', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const answer = post('conversation/c1/complete', {}, JSONL)
    await vi.advanceTimersByTimeAsync(0)
    const reader = lineReader(await answer)
    await reader.until('completeBegin')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await reader.next()).toEqual({ type: 'ping', data: {} })
    expect(await reader.next()).toEqual({ type: 'ping', data: {} })
    await vi.advanceTimersByTimeAsync(9000)
    void reply.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(types([(await reader.next()) ?? { type: '', data: 0 }])).toEqual(['completeEnd'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('a stream that is silent says nop once, after 16.7 seconds', async () => {
    const storage = memoryStorage()
    const get = storage.conversations.get.bind(storage.conversations)
    storage.conversations.get = async (id) => {
      await new Promise((resolve) => setTimeout(resolve, 60_000))
      return get(id)
    }
    const { post } = serve({ ...c1, storage })
    const answer = post('conversation/c1/send', { text: 'x' }, JSONL)
    let arrived = false
    void answer.then(() => {
      arrived = true
    })
    await vi.advanceTimersByTimeAsync(16_600)
    expect(arrived).toBe(false)
    await vi.advanceTimersByTimeAsync(200)
    expect(arrived).toBe(true)
    const reader = lineReader(await answer)
    expect(await reader.next()).toEqual({ type: 'nop', data: {} })
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await reader.next())?.type).toBe('result')
    expect(await reader.next()).toBeUndefined()
  })

  test('a JSON answer that takes long sends its headers after 18.75 seconds, and the body later', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const answer = post('conversation/c1/complete', { text: 'x' })
    let response: Response | undefined
    void answer.then((value) => {
      response = value
    })
    await vi.advanceTimersByTimeAsync(18_700)
    expect(response).toBeUndefined()
    await vi.advanceTimersByTimeAsync(100)
    expect(response?.status).toBe(200)
    expect(response?.headers.get('content-type')).toBe('application/json')
    void reply.token('late')
    void reply.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(await response?.json()).toMatchObject({ text: 'late', end: { reason: 'stop' } })
  })

  test('a JSON answer that fails that late is an error with status 200', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const answer = post('conversation/c1/complete', { text: 'x' })
    await vi.advanceTimersByTimeAsync(19_000)
    void reply.fail('The model broke')
    await vi.advanceTimersByTimeAsync(0)
    const response = await answer
    expect(await statusAndBody(response)).toEqual({
      status: 200,
      body: { message: 'The model broke', code: 'GENERIC_ERROR' },
    })
  })

  test.each(['cut', 'left'])('a late JSON answer that is %s breaks', async (how) => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const leave = new AbortController()
    const answer = post('conversation/c1/complete', { text: 'x' }, { signal: leave.signal })
    await vi.advanceTimersByTimeAsync(19_000)
    const body = (await answer).text()
    if (how === 'cut') void reply.cut()
    else leave.abort()
    await expect(body).rejects.toThrow(/network error|abort/i)
  })

  test('a reader of a late JSON answer who goes ends the run', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const answer = post('conversation/c1/complete', { text: 'x' })
    await vi.advanceTimersByTimeAsync(0)
    void reply.token('half')
    await vi.advanceTimersByTimeAsync(19_000)
    await (await answer).body?.cancel()
    await vi.advanceTimersByTimeAsync(0)
    expect(texts(server.snapshot().messages.c1)).toEqual(['user: x', 'bot: half'])
  })
})

test('lines of megabytes and of every script arrive whole', async () => {
  const text = '𝄞 日本語 "\\\n\u2028'.repeat(50_000)
  const { post } = serve({ ...c1, reply: [text] })
  const response = await post('conversation/c1/complete', { text: 'x' }, JSONL)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const all: string[] = []
  for await (const chunk of response.body as ReadableStream<Uint8Array>) {
    const part = decoder.decode(chunk)
    expect(part.endsWith('\n')).toBe(true)
    all.push(part)
  }
  expect(lines(all.join('')).at(-1)?.data.text).toBe(text)
})
