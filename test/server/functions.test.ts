import { afterEach, describe, expect, test, vi } from 'vitest'
import { lineReader, serve, types } from './client.ts'
import type { ConversationStreamEvent } from '../../src/protocol/index.ts'

const JSONL = { accept: 'application/jsonl' }
const CHANNEL = 'weather-9f8e7d6c5b4a3210'
const args = { city: 'Porto' }
const request: ConversationStreamEvent = {
  type: 'message',
  data: {
    type: 'activity',
    text: '',
    meta: { activity: { type: 'request', function: { name: 'weather', arguments: args } } },
  },
}
const weather = (over: object = {}) => ({
  name: 'weather',
  description: 'The weather',
  parameters: { type: 'object' },
  ...over,
})
const script: ConversationStreamEvent[] = [
  { type: 'token', data: { token: 'Let me see.' } },
  request,
  { type: 'token', data: { token: 'It rains.' } },
]
const c1 = { conversations: [{ id: 'c1' }] }
const response = (result: unknown) => ({
  type: 'activity',
  text: '',
  meta: { activity: { type: 'response', function: { name: 'weather', arguments: args, result } } },
})

afterEach(() => {
  vi.useRealTimers()
})

describe('A function the model calls', () => {
  test('is answered by the server when the request brought the answer', async () => {
    const { stream, server } = serve({ ...c1, reply: script })
    const functions = [weather({ result: { data: { c: 14 } } })]
    const events = await stream('conversation/c1/complete', { text: 'x', functions })
    expect(types(events)).toEqual([
      'sendResult',
      'completeBegin',
      'token',
      'message',
      'message',
      'completeEnd',
      'operationBegin',
      'operationEnd',
      'message',
      'completeBegin',
      'token',
      'message',
      'completeEnd',
      'receiveResult',
      'result',
    ])
    expect(events[6]?.data).toEqual({
      id: expect.stringMatching(/^op-/),
      action: { id: expect.stringMatching(/^action-/), kind: 'function', name: 'weather', input: args },
    })
    expect(events[7]?.data).toEqual(events[6]?.data)
    expect(events[8]?.data).toEqual(response('{"c":14}'))
    expect(events[9]?.data.instance).toBe(events[1]?.data.instance)
    expect(events[9]?.data.iteration).not.toBe(events[1]?.data.iteration)
    expect(events.at(-1)?.data).toMatchObject({ text: 'It rains.', end: { reason: 'stop' } })
    expect(server.snapshot().messages.c1?.map(({ type }) => type)).toEqual([
      'user',
      'bot',
      'activity',
      'activity',
      'bot',
    ])
  })

  test.each([
    [null, 'no result'],
    ['', 'no result'],
    ['text', '"text"'],
    [0, '0'],
    [{ error: 'No such city' }, { error: 'No such city' }],
  ])('whose answer is %j is recorded as %j', async (data, result) => {
    const { stream } = serve({ ...c1, reply: [request] })
    const events = await stream('conversation/c1/receive', { functions: [weather({ result: { data } })] })
    expect(events.findLast(({ type }) => type === 'message')?.data).toEqual(response(result))
  })

  test('is seen answered by the reply that goes on', async () => {
    const { write } = serve({
      ...c1,
      async *reply({ messages, functions }) {
        yield request
        yield `${functions[0]?.name}: ${messages.at(-1)?.meta?.activity.function.result}`
      },
    })
    const functions = [weather({ result: { data: 14 } })]
    expect((await write('conversation/c1/complete', { text: 'x', functions })).body.text).toBe('weather: 14')
  })

  test('is waited for on its channel, and answered by what is published there', async () => {
    for (const [message, recorded] of [
      [{ result: { c: 14 } }, '{"c":14}'],
      [{ error: 'broken' }, { error: 'broken' }],
      [{ other: 1 }, '{"other":1}'],
    ] as const) {
      const { post, write } = serve({ ...c1, reply: script })
      const functions = [weather({ result: { channel: CHANNEL } })]
      const reader = lineReader(await post('conversation/c1/complete', { text: 'x', functions }, JSONL))
      const begin = await reader.until('waitForChannelMessageBegin')
      const waited = { channel: CHANNEL, function: { name: 'weather', args } }
      expect(begin.data).toEqual(waited)
      expect(await write(`channel/${CHANNEL}/publish`, { message })).toEqual({ status: 200, body: { id: CHANNEL } })
      expect((await reader.until('waitForChannelMessageEnd')).data).toEqual({ ...waited, message })
      await reader.until('operationEnd')
      expect((await reader.until('message')).data).toEqual(response(recorded))
      expect((await reader.until('result')).data.text).toBe('It rains.')
    }
  })

  test('can be called off by whoever was to answer it', async () => {
    const { post, write, server } = serve({ ...c1, reply: script })
    const functions = [weather({ result: { channel: CHANNEL } })]
    const reader = lineReader(await post('conversation/c1/complete', { text: 'x', functions }, JSONL))
    await reader.until('waitForChannelMessageBegin')
    await write(`channel/${CHANNEL}/publish`, { message: { abort: true } })
    expect((await reader.until('abort')).data).toMatchObject({ reason: 'stopped', functionName: 'weather' })
    expect((await reader.until('result')).data.end).toEqual({ reason: 'abort' })
    expect(server.snapshot().messages.c1?.map(({ type }) => type)).toEqual(['user', 'bot', 'activity'])
  })

  test('that nobody answers for five minutes goes on without, with signs of life in between', async () => {
    vi.useFakeTimers()
    const { post } = serve({ ...c1, reply: [request] })
    const functions = [weather({ result: { channel: CHANNEL } })]
    const answer = post('conversation/c1/receive', { functions }, JSONL)
    await vi.advanceTimersByTimeAsync(300_000)
    const events: string[] = []
    const reader = lineReader(await answer)
    for (let line = await reader.next(); line; line = await reader.next()) {
      events.push(line.type)
      if (line.type === 'message') events.push(JSON.stringify(line.data.meta.activity.function.result ?? null))
    }
    expect(events.filter((type) => type === 'ping')).toHaveLength(5)
    expect(events).toContain('{"error":"Nobody answered in time"}')
    expect(vi.getTimerCount()).toBe(0)
  })

  test('is forgotten when the reader goes while it is waited for', async () => {
    const { post, server } = serve({ ...c1, reply: script })
    const functions = [weather({ result: { channel: CHANNEL } })]
    const reader = lineReader(await post('conversation/c1/complete', { text: 'x', functions }, JSONL))
    await reader.until('waitForChannelMessageBegin')
    await reader.cancel()
    await vi.waitFor(() => expect(server.snapshot().messages.c1).toHaveLength(3))
  })

  test('that has no answer ends the run, which goes on once the caller has stored one', async () => {
    const { stream, write, server } = serve({ ...c1, reply: script })
    const events = await stream('conversation/c1/complete', { text: 'x', functions: [weather()] })
    expect(types(events).slice(-4)).toEqual(['message', 'completeEnd', 'receiveResult', 'result'])
    expect(events.at(-1)?.data).toMatchObject({ text: '', end: { reason: 'activity' } })
    expect(events.at(-1)?.data.id).toBe(server.snapshot().messages.c1?.at(-1)?.id)
    server.reply(({ messages }) => `after ${messages.at(-1)?.type}`)
    await write('conversation/c1/message/create', response('"14"'))
    expect((await write('conversation/c1/complete', {})).body).toMatchObject({
      text: 'after activity',
      end: { reason: 'stop' },
    })
  })

  test('that the request does not know is only shown', async () => {
    const { stream } = serve({ ...c1, reply: script })
    const events = await stream('conversation/c1/complete', { text: 'x', functions: [weather({ name: 'other' })] })
    expect(types(events)).not.toContain('operationBegin')
    expect(events.at(-1)?.data.text).toBe('It rains.')
  })

  test('is called by itself at the beginning and at the end when it asks for that', async () => {
    const { stream } = serve({ ...c1, reply: 'Hi' })
    const functions = [
      weather({ result: { data: 1 }, call: { start: true } }),
      weather({ name: 'bye', result: { data: 2 }, call: { end: true } }),
      weather({ name: 'asked', call: { start: true } }),
    ]
    const events = await stream('conversation/c1/complete', { text: 'x', functions })
    const said = events
      .filter(({ type }) => type === 'message')
      .map(({ data }) => data.meta?.activity.function.name ?? data.text)
    expect(said).toEqual(['weather', 'weather', 'Hi', 'bye', 'bye'])
  })

  test.each([
    [{ iterations: 1 }, ['bot', 'activity', 'activity']],
    [{ calls: 1, iterations: 5 }, ['bot', 'activity', 'activity', 'bot', 'activity', 'activity', 'bot'].slice(0, 4)],
  ])('is held to the limits %j', async (limits, expected) => {
    const { write, server } = serve({ ...c1, reply: [...script, request] })
    const functions = [weather({ result: { data: 1 } })]
    const { body } = await write('conversation/c1/complete', { functions, limits })
    expect(body.end).toEqual({ reason: 'iteration' })
    expect(server.snapshot().messages.c1?.map(({ type }) => type)).toEqual(expected)
  })

  test('written badly by the model is a message like any other', async () => {
    const odd: ConversationStreamEvent[] = [
      { type: 'message', data: { type: 'activity', text: '' } },
      {
        type: 'message',
        data: { type: 'activity', text: '', meta: { activity: { type: 'request', function: { name: 5 } } } },
      },
    ]
    const { write } = serve({ ...c1, reply: odd })
    const functions = [weather({ result: { data: 1 } })]
    expect((await write('conversation/c1/complete', { text: 'x', functions })).body.end).toEqual({ reason: 'stop' })
  })
})

describe('Channels', () => {
  test('begin with nop, tell what is published, and replay as much as is asked for', async () => {
    const { post, write } = serve()
    for (const n of [1, 2, 3]) await write(`channel/${CHANNEL}/publish`, { message: { n } })
    const late = lineReader(await post(`channel/${CHANNEL}/subscribe`, {}, JSONL))
    const all = lineReader(await post(`channel/${CHANNEL}/subscribe`, { historyLength: 1000 }, JSONL))
    const two = lineReader(await post(`channel/${CHANNEL}/subscribe`, { historyLength: '2' }, JSONL))
    expect(await late.next()).toEqual({ type: 'nop', data: {} })
    await write(`channel/${CHANNEL}/publish`, { message: { n: 4 } })
    expect(await late.next()).toEqual({ type: 'message', data: { n: 4 } })
    const numbers = async (reader: typeof all, count: number) => {
      const seen: unknown[] = []
      for (let index = 0; index < count; index += 1) seen.push((await reader.until('message')).data.n)
      return seen
    }
    expect(await numbers(all, 4)).toEqual([1, 2, 3, 4])
    expect(await numbers(two, 3)).toEqual([2, 3, 4])
    for (const reader of [late, all, two]) await reader.cancel()
  })

  test('keep the last thousand events for an hour', async () => {
    let time = 0
    const { post, write } = serve({ now: () => time })
    for (let n = 0; n < 1005; n += 1) await write(`channel/${CHANNEL}/publish`, { message: { n } })
    const subscribe = () => post(`channel/${CHANNEL}/subscribe`, { historyLength: 10_000 }, JSONL)
    const reader = lineReader(await subscribe())
    expect((await reader.until('message')).data).toEqual({ n: 5 })
    await reader.cancel()
    time = 3_600_000
    const atOneHour = lineReader(await subscribe())
    expect((await atOneHour.until('message')).data).toEqual({ n: 5 })
    await atOneHour.cancel()
    time = 3_600_001
    const later = lineReader(await subscribe())
    await write(`channel/${CHANNEL}/publish`, { message: { n: 'new' } })
    expect((await later.until('message')).data).toEqual({ n: 'new' })
    await later.cancel()
  })

  test('of another key are other channels', async () => {
    const { post, write } = serve({ auth: { secrets: ['sk-a', 'sk-b'] } })
    const reader = lineReader(await post(`channel/${CHANNEL}/subscribe`, {}, { ...JSONL, token: 'sk-a' }))
    await reader.until('nop')
    await write(`channel/${CHANNEL}/publish`, { message: { from: 'b' } }, { token: 'sk-b' })
    await write(`channel/${CHANNEL}/publish`, { message: { from: 'a' } }, { token: 'sk-a' })
    expect((await reader.until('message')).data).toEqual({ from: 'a' })
    await reader.cancel()
  })

  test('show that they live while nothing is said', async () => {
    vi.useFakeTimers()
    const { post } = serve()
    const answer = post(`channel/${CHANNEL}/subscribe`, {}, JSONL)
    await vi.advanceTimersByTimeAsync(10_000)
    const reader = lineReader(await answer)
    expect([(await reader.next())?.type, (await reader.next())?.type]).toEqual(['nop', 'ping'])
    await reader.cancel()
    await vi.advanceTimersByTimeAsync(0)
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each([
    ['channel/short/subscribe', {}],
    ['channel/short/publish', { message: {} }],
    [`channel/${CHANNEL}/subscribe`, { historyLength: -1 }],
    [`channel/${CHANNEL}/subscribe`, { historyLength: 10_001 }],
    [`channel/${CHANNEL}/publish`, {}],
    [`channel/${CHANNEL}/publish`, { message: 'text' }],
  ])('refuse %s %j', async (path, body) => {
    const { write } = serve()
    expect(await write(path, body)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  })
})

describe('Dispatch', () => {
  const channelId = 'dispatch-0123456789-abcdef'

  test('answers at once, and the run is heard on its channel', async () => {
    const { post, write, server } = serve({ ...c1, reply: 'Hi there' })
    expect(await write('conversation/c1/dispatch', { text: 'x', channelId })).toEqual({
      status: 200,
      body: { channelId },
    })
    const reader = lineReader(await post(`channel/${channelId}/subscribe`, { historyLength: 1000 }, JSONL))
    const inner: { type: string; data: unknown; createdAt?: number }[] = []
    while (inner.at(-1)?.type !== 'result') inner.push((await reader.until('message')).data)
    expect(inner.map(({ type }) => type)).toEqual([
      'sendResult',
      'completeBegin',
      'token',
      'token',
      'message',
      'completeEnd',
      'receiveResult',
      'result',
    ])
    expect(inner[2]).toEqual({ type: 'token', data: { type: 'bot', token: 'Hi ' } })
    expect(server.snapshot().messages.c1).toHaveLength(2)
    await reader.cancel()
  })

  test('repeated with the same channel runs once', async () => {
    const { write, server } = serve(c1)
    await Promise.all([1, 2, 3].map(() => write('conversation/c1/dispatch', { text: 'x', channelId })))
    await vi.waitFor(() => expect(server.snapshot().messages.c1).toHaveLength(2))
    await write('conversation/c1/dispatch', { text: 'x' })
    await vi.waitFor(() => expect(server.snapshot().messages.c1).toHaveLength(4))
  })

  test('of an unknown conversation answers, and nothing is ever heard', async () => {
    const { post, write } = serve()
    expect((await write('conversation/c9/dispatch', { text: 'x', channelId })).body).toEqual({ channelId })
    const reader = lineReader(await post(`channel/${channelId}/subscribe`, { historyLength: 1000 }, JSONL))
    await reader.until('nop')
    await write(`channel/${channelId}/publish`, { message: { mine: true } })
    expect((await reader.until('message')).data).toEqual({ mine: true })
    await reader.cancel()
  })

  test('of messages the caller keeps makes up a channel', async () => {
    const { post, write } = serve({ reply: 'Yes' })
    const { body } = await write('conversation/dispatch', { messages: [{ type: 'user', text: 'x' }] })
    expect(body.channelId).toMatch(/^channel-[a-z0-9]{24}$/)
    const reader = lineReader(await post(`channel/${body.channelId}/subscribe`, { historyLength: 1000 }, JSONL))
    for (;;) {
      const { data } = await reader.until('message')
      if (data.type !== 'result') continue
      expect(data.data).toMatchObject({ text: 'Yes', end: { reason: 'stop' } })
      break
    }
    await reader.cancel()
  })

  test('that the network cuts says so on its channel', async () => {
    const { post, write, server } = serve(c1)
    server.holdReply()
    await write('conversation/c1/dispatch', { text: 'x', channelId })
    await vi.waitFor(() => expect(server.snapshot().messages.c1).toHaveLength(1))
    server.offline()
    server.offline(false)
    const reader = lineReader(await post(`channel/${channelId}/subscribe`, { historyLength: 1000 }, JSONL))
    const heard: string[] = []
    while (heard.at(-1) !== 'error') heard.push((await reader.until('message')).data.type)
    await reader.cancel()
  })

  test.each([
    ['conversation/c1/dispatch', { text: 'x', channelId: 'too-short' }],
    ['conversation/dispatch', { channelId }],
  ])('%s refuses %j', async (path, body) => {
    const { write } = serve(c1)
    expect((await write(path, body)).status).toBe(400)
  })
})
