import type { ServerResponse } from 'node:http'
import * as fc from 'fast-check'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { FunctionDefinition, Message } from '../../../src/protocol/index.ts'
import { openAIReply } from '../../../src/server/replies/openai.ts'
import { sseData } from '../../../src/server/replies/sse.ts'
import { answerJson, startUpstream, until } from '../upstream.ts'
import type { SeenRequest } from '../upstream.ts'
import { collect, replyContext } from './context.ts'

const KEY = 'sk-local-123'
let close: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(close.map((end) => end()))
  close = []
})

async function modelThat(answer: (response: ServerResponse, request: SeenRequest) => void | Promise<void>) {
  const api = await startUpstream(answer)
  close.push(api.close)
  const options = { baseURL: `${api.url}/v1/`, apiKey: KEY, model: 'small' }
  return { api, reply: openAIReply(options), impatient: openAIReply({ ...options, timeout: 600 }) }
}

const chunk = (delta: object, finish: string | null = null, more: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }], ...more })}\n\n`

function stream(response: ServerResponse, ...parts: string[]) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(parts.join(''))
}

const weather: FunctionDefinition = { name: 'weather', description: 'The weather', parameters: { type: 'object' } }

describe('what the model is asked', () => {
  test('the conversation in its words, with the key in the header only', async () => {
    const { api, reply } = await modelThat((response) =>
      stream(response, chunk({ content: 'ok' }, 'stop'), 'data: [DONE]\n\n'),
    )
    const activity = (type: string, name: string, more: object = {}): Message => ({
      type: 'activity',
      text: '',
      meta: { activity: { type, function: { name, arguments: { city: 'Porto' }, ...more } } },
    })
    const messages: Message[] = [
      { type: 'backstory', text: 'You know the weather.' },
      { type: 'user', text: 'Is it warm?' },
      { type: 'reasoning', text: 'Hmm.' },
      activity('request', 'weather'),
      activity('response', 'weather', { result: '{"c":14}' }),
      activity('response', 'weather', { result: { error: 'down' }, arguments: undefined }),
      activity('response', 'weather'),
      activity('request', 'upvoteMessage'),
      activity('response', 'upvoteMessage', { result: 'ok' }),
      activity('trigger', 'weather'),
      { type: 'activity', text: '' },
      { type: 'context', text: 'The reader is Ann.' },
      { type: 'bot', text: 'It is mild.' },
      { type: 'bot', text: '' },
      { type: 'instruction', text: 'Be short.' },
      { type: 'user', text: 'And tomorrow?' },
    ]
    await collect(reply(replyContext({ messages, functions: [weather], settings: { backstory: 'older' } })))
    const [seen] = api.seen
    expect([seen?.method, seen?.url, seen?.headers.authorization]).toEqual([
      'POST',
      '/v1/chat/completions',
      `Bearer ${KEY}`,
    ])
    expect(seen?.body).not.toContain(KEY)
    const call = (id: string, args: string) => ({
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name: 'weather', arguments: args } }],
    })
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      model: 'small',
      stream: true,
      stream_options: { include_usage: true },
      tools: [{ type: 'function', function: weather }],
      messages: [
        { role: 'system', content: 'You know the weather.' },
        { role: 'user', content: 'Is it warm?' },
        call('call_4', '{"city":"Porto"}'),
        { role: 'tool', tool_call_id: 'call_4', content: '{"c":14}' },
        call('call_5', '{}'),
        { role: 'tool', tool_call_id: 'call_5', content: '{"error":"down"}' },
        call('call_6', '{"city":"Porto"}'),
        { role: 'tool', tool_call_id: 'call_6', content: 'no result' },
        { role: 'system', content: 'The reader is Ann.' },
        { role: 'assistant', content: 'It is mild.' },
        { role: 'user', content: 'Be short.' },
        { role: 'user', content: 'And tomorrow?' },
      ],
    })
  })

  test('the summary in place of what it sums up, and the backstory of the conversation', async () => {
    const { api, reply } = await modelThat((response) => stream(response, chunk({ content: 'ok' }, 'stop')))
    const messages: Message[] = [
      { type: 'user', text: 'Old' },
      { type: 'checkpoint', text: 'They said hello.' },
      { type: 'user', text: 'New' },
    ]
    await collect(reply(replyContext({ messages, settings: { backstory: 'Be kind.' } })))
    const sent: unknown = JSON.parse(api.seen[0]?.body ?? '')
    expect(sent).toMatchObject({
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'system', content: expect.stringContaining('They said hello.') },
        { role: 'user', content: 'New' },
      ],
    })
    expect(sent).not.toHaveProperty('tools')
  })

  test('nothing secret when there is no key, at the default address, with a fetch of the host', async () => {
    const asked: unknown[] = []
    const reply = openAIReply({
      model: 'm',
      fetch: async (url, init) => {
        asked.push(url, new Headers(init.headers).has('authorization'))
        return new Response(chunk({ content: 'ok' }, 'stop'))
      },
    })
    const functions = [{ ...weather, parameters: undefined }]
    expect((await collect(reply(replyContext({ functions })))).text).toBe('ok')
    expect(asked).toEqual(['https://api.openai.com/v1/chat/completions', false])
  })
})

describe('what the model answers', () => {
  test('tokens and reasoning as they come, then usage and the reason of the end', async () => {
    const { reply } = await modelThat((response) =>
      stream(
        response,
        ': hello\n\n',
        chunk({ role: 'assistant', content: null }),
        chunk({ reasoning_content: 'Let me ' }),
        chunk({ reasoning: 'think.' }),
        chunk({ content: 'Ready' }, null, { usage: { prompt_tokens: 1, completion_tokens: 1 } }),
        chunk({ content: '.' }, 'length'),
        'data: {"choices":[],"usage":{"prompt_tokens":30,"completion_tokens":12}}\n\n',
        'data: [DONE]\n\n',
      ),
    )
    const { events, text, reasoning } = await collect(reply(replyContext()))
    expect([text, reasoning]).toEqual(['Ready.', 'Let me think.'])
    expect(events.at(-1)).toEqual({
      type: 'result',
      data: { text: 'Ready.', usage: { token: 42 }, end: { reason: 'length' } },
    })
  })

  test.each([
    ['no [DONE]', [chunk({ content: 'Hello' }), chunk({}, 'stop')]],
    ['no finish reason', [chunk({ content: 'Hello' }), 'data: [DONE]\n\n']],
    ['no last line break', [chunk({ content: 'Hello' }), chunk({}, 'stop').trimEnd()]],
    ['an unknown reason', [chunk({ content: 'Hello' }, 'eos_token')]],
    ['no usage members', [chunk({ content: 'Hello' }, 'stop', { usage: {} })]],
    [
      'members that are null',
      [
        'data: {"choices":null,"usage":null}\n\n',
        'data: {"choices":[{"delta":null}]}\n\n',
        chunk({ content: 'Hello', tool_calls: null }, 'stop'),
      ],
    ],
  ])('whole, from a server that sends %s', async (_, parts) => {
    const { reply } = await modelThat((response) => stream(response, ...parts))
    const { events, text } = await collect(reply(replyContext()))
    expect(text).toBe('Hello')
    expect(events.at(-1)).toMatchObject({ data: { usage: { token: 2 }, end: { reason: 'stop' } } })
  })

  test('whole, from a server that does not stream', async () => {
    const { reply } = await modelThat((response) =>
      answerJson(response, { choices: [{ message: { content: 'At once.' }, finish_reason: 'stop' }] }),
    )
    expect((await collect(reply(replyContext()))).text).toBe('At once.')
  })

  test('by a model that keeps saying that it lives', async () => {
    // Each sign comes just in time by a clock that only this model moves on; all together take six times as long.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const said = [...Array.from({ length: 6 }, () => ': thinking\n\n'), chunk({ content: 'At last.' }, 'stop')]
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          await vi.advanceTimersByTimeAsync(590)
          const next = said.shift()
          if (next === undefined) controller.close()
          else controller.enqueue(new TextEncoder().encode(next))
        },
      },
      { highWaterMark: 0 },
    )
    const headers = { 'content-type': 'text/event-stream' }
    const reply = openAIReply({ model: 'm', timeout: 600, fetch: async () => new Response(body, { headers }) })
    expect((await collect(reply(replyContext()))).text).toBe('At last.')
    expect(said).toEqual([])
  })

  test('in parts, with counts that are no numbers, and a reason that no list has', async () => {
    const parts = [{ type: 'text', text: 'Hel' }, null, { type: 'image' }, { type: 'text', text: 'lo' }]
    const { reply } = await modelThat((response) =>
      stream(
        response,
        chunk({ content: parts }),
        chunk({ content: { text: 'x' } }),
        chunk({}, 'constructor', { usage: { prompt_tokens: '7', completion_tokens: -3 } }),
      ),
    )
    const { events, text } = await collect(reply(replyContext()))
    expect(text).toBe('Hello')
    expect(events.at(-1)).toMatchObject({ data: { usage: { token: 2 }, end: { reason: 'stop' } } })
  })

  test('calls whose arguments are not written down but given', async () => {
    const calls = [{ index: 0, function: { name: 'weather', arguments: { city: 'Porto' } } }]
    const { reply } = await modelThat((response) => stream(response, chunk({ tool_calls: calls }, 'tool_calls')))
    const answer = reply(replyContext({ functions: [weather] }))
    expect((await answer[Symbol.asyncIterator]().next()).value).toMatchObject({
      data: { meta: { activity: { function: { name: 'weather', arguments: { city: 'Porto' } } } } },
    })
  })

  test('a call of a function, whose pieces are put together, and then the answer', async () => {
    let round = 0
    const { api, reply } = await modelThat((response) => {
      round += 1
      if (round > 1) return stream(response, chunk({ content: 'It is 14 degrees.' }, 'stop'))
      stream(
        response,
        chunk({ content: 'Let me look. ' }),
        chunk({ tool_calls: [{ index: 0, id: 'x', function: { name: 'weather', arguments: '{"ci' } }] }),
        chunk({ tool_calls: [{ index: 0, function: { arguments: 'ty":"Porto"}' } }] }),
        chunk({ tool_calls: [{ function: { name: '' } }, { function: { name: 'weather' } }] }),
        chunk({}, 'tool_calls', { usage: { prompt_tokens: 5, completion_tokens: 5 } }),
      )
    })
    const context = replyContext({ functions: [weather] })
    const events: unknown[] = []
    for await (const event of reply(context)) {
      events.push(event)
      if (typeof event === 'object' && event.type === 'message') {
        // What the server does with a call that it can answer.
        const called: object = event.data.meta?.['activity']?.function
        const activity = { type: 'response', function: { ...called, result: '14' } }
        context.messages.push({ type: 'activity', text: '', meta: { activity } })
      }
    }
    const requestOf = (args: object) => ({
      type: 'message',
      data: {
        type: 'activity',
        text: '',
        meta: { activity: { type: 'request', function: { name: 'weather', arguments: args } } },
      },
    })
    expect(events).toEqual([
      'Let me look. ',
      requestOf({ city: 'Porto' }),
      requestOf({}),
      'It is 14 degrees.',
      {
        type: 'result',
        data: { text: 'Let me look. It is 14 degrees.', usage: { token: 10 }, end: { reason: 'stop' } },
      },
    ])
    expect(JSON.parse(api.seen[1]?.body ?? '')).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant' }, { role: 'tool', content: '14' }, {}, {}],
    })
  })

  test('calls without end are ended', async () => {
    const { api, reply } = await modelThat((response) =>
      stream(
        response,
        chunk({ tool_calls: [{ index: 0, function: { name: 'weather', arguments: '{}' } }] }, 'tool_calls'),
      ),
    )
    const { events } = await collect(reply(replyContext({ functions: [weather] })))
    expect(events.at(-1)).toMatchObject({ data: { end: { reason: 'iteration' } } })
    expect(api.seen).toHaveLength(10)
  })

  test('leaving closes the connection to the model at once', async () => {
    const { api, reply } = await modelThat((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'One' }))
    })
    const stop = new AbortController()
    const iterator = reply(replyContext({ signal: stop.signal }))[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toBe('One')
    const next = iterator.next()
    stop.abort(new Error('left'))
    await expect(next).rejects.toThrow('left')
    await until(() => api.closed() === 1)
  })

  test('leaving before the model has said anything is not a failure of the model', async () => {
    const { api, reply } = await modelThat(() => {})
    const stop = new AbortController()
    const next = collect(reply(replyContext({ signal: stop.signal })))
    await until(() => api.seen.length === 1)
    stop.abort(new Error('left'))
    await expect(next).rejects.toThrow('left')
  })
})

describe('what goes wrong is said without secrets', () => {
  test.each([
    [401, {}, {}, 'BAD_GATEWAY', /key/],
    [403, {}, {}, 'BAD_GATEWAY', /key/],
    [404, {}, {}, 'BAD_GATEWAY', /OPENAI_MODEL/],
    [429, {}, { 'retry-after': '19.2' }, 'TOO_MANY_REQUESTS', /in 20 seconds/],
    [429, {}, {}, 'TOO_MANY_REQUESTS', /in a moment/],
    [400, { error: { code: 'context_length_exceeded' } }, {}, 'CONTENT_TOO_LARGE', /too long/],
    [400, { error: { code: 'bad' } }, {}, 'BAD_GATEWAY', /status 400/],
    [503, {}, {}, 'SERVICE_UNAVAILABLE', /has a problem/],
  ])('a %i', async (status, body, headers, code, message) => {
    const { reply } = await modelThat((response) => answerJson(response, { ...body, key: KEY }, status, headers))
    const failure = await collect(reply(replyContext())).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'ReplyError', code, message: expect.stringMatching(message) })
    expect(String(failure)).not.toContain(KEY)
  })

  test.each([
    ['a stream without an end', [chunk({ content: 'Half' })], 'STREAM_INTERRUPTED'],
    ['half a chunk', [chunk({ content: 'Half' }), 'data: {"choi'], 'STREAM_INTERRUPTED'],
    ['something that is no chunk', [chunk({ content: 'Half' }), 'data: 5\n\n'], 'STREAM_INTERRUPTED'],
    [
      'an error in the stream',
      [chunk({ content: 'Half' }), 'data: {"error":{"message":"out of memory"}}\n\n'],
      'BAD_GATEWAY',
    ],
    ['a filter', [chunk({ content: 'Half' }, 'content_filter')], 'CONTENT_MODERATION'],
    [
      'a function that there is not',
      [chunk({ content: 'Half', tool_calls: [{ function: { name: 'rm', arguments: '{}' } }] }, 'tool_calls')],
      'BAD_GATEWAY',
    ],
    [
      'a call that cannot be read',
      [chunk({ content: 'Half', tool_calls: [{ function: { name: 'weather', arguments: '{"a' } }] }, 'tool_calls')],
      'BAD_GATEWAY',
    ],
  ])('%s, after what came before it', async (_, parts, code) => {
    const { reply } = await modelThat((response) => stream(response, ...parts))
    const got: unknown[] = []
    const failure = await (async () => {
      for await (const event of reply(replyContext({ functions: [weather] }))) got.push(event)
    })().catch((error: unknown) => error)
    expect(got).toEqual(['Half'])
    expect(failure).toMatchObject({ name: 'ReplyError', code })
    expect(String(failure)).not.toContain('out of memory')
  })

  test('a connection that breaks in the middle', async () => {
    const { reply } = await modelThat((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'Half' }), () => response.destroy())
    })
    await expect(collect(reply(replyContext()))).rejects.toMatchObject({ code: 'STREAM_INTERRUPTED' })
  })

  test('a server that is not there, or sends somewhere else', async () => {
    const { api, reply } = await modelThat((response) => void response.writeHead(302, { location: '/other' }).end())
    await expect(collect(reply(replyContext()))).rejects.toMatchObject({ code: 'BAD_GATEWAY' })
    await api.close()
    close = []
    await expect(collect(reply(replyContext()))).rejects.toMatchObject({
      code: 'BAD_GATEWAY',
      message: 'The model server could not be reached. Try again in a moment.',
    })
  })

  const slow = { name: 'ReplyError', code: 'TIMEOUT', message: 'The model took too long to answer. Try again.' }

  test('a model that accepts the question and then says nothing', async () => {
    const { api, impatient } = await modelThat(() => {})
    await expect(collect(impatient(replyContext()))).rejects.toMatchObject(slow)
    await until(() => api.closed() === 1)
  })

  test('a model that stops in the middle, after what came before it', async () => {
    const { api, impatient } = await modelThat((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'Half' }))
    })
    const iterator = impatient(replyContext())[Symbol.asyncIterator]()
    expect((await iterator.next()).value).toBe('Half')
    // A reader who is slow is no model that is silent.
    await new Promise((resolve) => setTimeout(resolve, 700))
    await expect(iterator.next()).rejects.toMatchObject(slow)
    await until(() => api.closed() === 1)
  })

  test('a fetch of the host that never settles', async () => {
    const reply = openAIReply({ model: 'm', timeout: 20, fetch: () => new Promise(() => {}) })
    await expect(collect(reply(replyContext()))).rejects.toMatchObject(slow)
  })

  test('a refusal whose body never ends', async () => {
    const busy = await modelThat((response) => void response.writeHead(503).write('{"err'))
    const huge = await modelThat((response) => void response.writeHead(400).write('x'.repeat(200_000)))
    const silent = await modelThat((response) => void response.writeHead(400).write('{"err'))
    // Time enough for the status to come on a busy machine; all three are waited for at once.
    const answer = ({ api }: typeof busy) =>
      collect(openAIReply({ baseURL: `${api.url}/v1/`, model: 'small', timeout: 2500 })(replyContext()))
    await Promise.all([
      expect(answer(busy)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' }),
      expect(answer(huge)).rejects.toThrow(/status 400/),
      expect(answer(silent)).rejects.toThrow(/status 400/),
    ])
  })

  test.each([1e9, -1, 0.5, '0', 128])('a call at place %j, which no list has', async (index) => {
    const calls = [{ index, function: { name: 'weather', arguments: '{}' } }]
    const { reply } = await modelThat((response) => stream(response, chunk({ tool_calls: calls }, 'tool_calls')))
    await expect(collect(reply(replyContext({ functions: [weather] })))).rejects.toMatchObject({ code: 'BAD_GATEWAY' })
  })

  test('an answer in one piece without an end', async () => {
    const { reply } = await modelThat((response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(4_100_000)}`)
    })
    await expect(collect(reply(replyContext()))).rejects.toMatchObject({ code: 'STREAM_INTERRUPTED' })
  })

  test('an empty answer', async () => {
    const reply = openAIReply({ model: 'm', fetch: async () => new Response(null) })
    await expect(collect(reply(replyContext()))).rejects.toMatchObject({ code: 'STREAM_INTERRUPTED' })
  })
})

describe('server-sent events', () => {
  async function read(bytes: Uint8Array, cuts: number[]): Promise<string[]> {
    const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        edges.slice(1).forEach((edge, index) => controller.enqueue(bytes.subarray(edges[index], edge)))
        controller.close()
      },
    })
    const data: string[] = []
    for await (const each of sseData(body)) data.push(each)
    return data
  }

  test('are the same however the bytes are split and the lines end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text)),
          { maxLength: 6 },
        ),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat(), { maxLength: 20 }),
        async (texts, end, cuts) => {
          const wire = texts.map((text) => `: note${end}event: x${end}data: ${text}${end}${end}`).join('')
          expect(await read(new TextEncoder().encode(wire), cuts)).toEqual(texts)
        },
      ),
    )
  })

  test('may have several lines, no space, or no end', async () => {
    const wire = 'data:a\ndata: b\ndata\n\nid: 1\n\ndata: last'
    expect(await read(new TextEncoder().encode(wire), [])).toEqual(['a\nb\n', 'last'])
  })

  test('of long lines cost what their length costs', async () => {
    const wire = new TextEncoder().encode(`data: ${'x'.repeat(3_900_000)}\n\n`)
    const begun = performance.now()
    const cuts = Array.from({ length: 20_000 }, (_, n) => n * 190)
    expect((await read(wire, cuts))[0]).toHaveLength(3_900_000)
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  test('of endless length are given up', async () => {
    await expect(read(new Uint8Array(4_000_001).fill(65), [])).rejects.toThrow(/too long/)
  })
})
