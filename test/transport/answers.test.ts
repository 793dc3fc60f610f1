import { describe, expect, test } from 'vitest'
import { ConversationClient, ConversationError } from '../../src/transport/index.ts'
import { failure, json, serve } from './support.ts'

const clientOf = (answer: () => Response) =>
  new ConversationClient({ baseUrl: 'http://api.test', retries: 0, secret: 'sk-private', fetch: async () => answer() })
const page = '<!doctype html><html><body><h1>502 Bad Gateway</h1> private details</body></html>'

describe('an answer that is no success', () => {
  test.each([
    [400, { code: 'BAD_REQUEST', message: '"foo" is not allowed' }, 'BAD_REQUEST'],
    [404, { message: 'Conversation not found' }, 'NOT_FOUND'],
    [429, { code: 'LIMITS_REACHED', message: 'Limits reached' }, 'LIMITS_REACHED'],
    [500, { code: 'SOMETHING_NEW' }, 'SOMETHING_NEW'],
    [401, {}, 'NOT_AUTHENTICATED'],
    [418, null, 'ERROR_418'],
    [403, { code: 5, message: {} }, 'NOT_AUTHORIZED'],
    [403, { code: 'two words', message: '' }, 'NOT_AUTHORIZED'],
    [409, [1], 'CONFLICT'],
  ])('of %i with %j has its code', async (status, body, code) => {
    const answer = () => Response.json(body, { status, headers: { 'x-request-id': 'req-1' } })
    const error = await failure(clientOf(answer).fetch('c1'))
    expect(error).toMatchObject({
      name: 'ConversationError',
      code,
      status,
      requestId: 'req-1',
      method: 'GET',
      url: 'http://api.test/api/v1/conversation/c1/fetch',
    })
    expect(error.message).toMatch(new RegExp(`^The server answered ${status}.*\\.$`))
    const said = (body as { message?: unknown } | null)?.message
    expect(error.message).toContain(typeof said === 'string' ? said : status)
  })

  test('has a code by its status when it is a page, which is not quoted', async () => {
    for (const [status, code] of [
      [413, 'CONTENT_TOO_LARGE'],
      [502, 'BAD_GATEWAY'],
    ] as const) {
      const error = await failure(clientOf(() => new Response(page, { status })).fetch('c1'))
      expect(error).toMatchObject({ status, code })
      expect(error.message).not.toMatch(/html|private/)
    }
  })

  test('is not read without end', async () => {
    let pulled = 0
    const flood = () =>
      new Response(
        new ReadableStream({ pull: (controller) => (pulled++, controller.enqueue(new Uint8Array(16 * 1024))) }),
        { status: 500 },
      )
    expect(await failure(clientOf(flood).fetch('c1'))).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
    expect(pulled).toBeLessThan(10)
  })

  test('has a message that is short, plain and without the secret', async () => {
    const message = `Key sk-private failed.\u0000\n\n${'x'.repeat(5000)}`
    const error = await failure(clientOf(() => Response.json({ code: 'C', message }, { status: 400 })).fetch('c1'))
    expect(error.message.length).toBeLessThan(400)
    expect(error.message).toContain('Key … failed. xxx')
  })

  test('keeps its status when its body breaks off', async () => {
    const { url } = await serve((_, response) => {
      response.writeHead(404, { 'content-type': 'application/json', 'content-length': '99' }).write('{"code":')
      setTimeout(() => response.destroy(), 10)
    })
    expect(await failure(new ConversationClient({ baseUrl: url }).fetch('c1'))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    })
  })

  test('can be retried when the server may recover, and says so', async () => {
    for (const [status, retryable] of [
      [400, false],
      [404, false],
      [408, true],
      [429, true],
      [500, true],
      [501, false],
      [503, true],
    ] as const)
      expect((await failure(clientOf(() => new Response('', { status })).fetch('c1'))).retryable).toBe(retryable)
  })
})

describe('an answer with status 200', () => {
  test.each([
    ['a page', page],
    ['half a JSON', '{"id":"c1","na'],
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '5'],
    ['a list', '[1]'],
    ['a text', '"c1"'],
  ])('that is %s is an error and not quoted', async (_, body) => {
    for (const type of ['application/json', 'text/html']) {
      const error = await failure(clientOf(() => new Response(body, { headers: { 'content-type': type } })).fetch('c1'))
      expect(error).toMatchObject({ code: 'BAD_RESPONSE', status: 200, retryable: false })
      expect(error.message).not.toMatch(/html|private|c1/)
      expect(error.cause).toBeUndefined()
    }
  })

  test('that is an error is one, with its own code', async () => {
    for (const [body, code] of [
      [{ code: 'GENERIC_ERROR', message: 'Something went wrong' }, 'GENERIC_ERROR'],
      [{ message: 'Something went wrong' }, 'BAD_RESPONSE'],
    ] as const) {
      const error = await failure(clientOf(() => Response.json(body)).complete('c1', { text: 'hi' }))
      expect(error).toMatchObject({ code, status: 200, message: 'Something went wrong' })
    }
  })

  test('that only has a code or a message of its own is an answer', async () => {
    const answer = { id: 'm1', message: 'a member', code: 'C' }
    expect(await clientOf(() => Response.json(answer)).message.fetch('c1', 'm1')).toEqual(answer)
  })

  test('is read whatever its type says', async () => {
    expect(
      await clientOf(() => new Response('{"id":"c1"}', { headers: { 'content-type': 'text/plain' } })).fetch('c1'),
    ).toEqual({ id: 'c1' })
  })

  test('loses members that could reach a prototype', async () => {
    const body =
      '{"id":"c1","__proto__":{"polluted":true},"meta":{"constructor":{"prototype":{"polluted":true}},"a":1}}'
    const value = await clientOf(() => new Response(body)).fetch('c1')
    expect(value).toEqual({ id: 'c1', meta: { a: 1 } })
    expect(Object.hasOwn(value, '__proto__')).toBe(false)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  test('may have characters cut over chunks, and a body without streams', async () => {
    const bytes = new TextEncoder().encode('{"id":"東京"}')
    const cut = () =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
            controller.close()
          },
        }),
      )
    expect(await clientOf(cut).fetch('c1')).toEqual({ id: '東京' })
    const whole = () => Object.defineProperty(new Response(bytes), 'body', { value: undefined })
    expect(await clientOf(whole).fetch('c1')).toEqual({ id: '東京' })
  })
})

describe('an answer that is awaited', () => {
  test('is asked for when somebody wants it, and once for all who do', async () => {
    let calls = 0
    const answer = clientOf(() => (calls++, Response.json({ id: 'c1' }))).fetch('c1')
    await Promise.resolve()
    expect(calls).toBe(0)
    expect(await Promise.all([answer, answer.then(({ id }) => id), answer.catch(() => 0)])).toEqual([
      { id: 'c1' },
      'c1',
      { id: 'c1' },
    ])
    expect(await answer.finally(undefined)).toEqual({ id: 'c1' })
    expect(calls).toBe(1)
    expect(Object.prototype.toString.call(answer)).toBe('[object ResponsePromise]')
  })

  test('fails the same way for all who wait', async () => {
    let calls = 0
    const answer = clientOf(() => (calls++, new Response('', { status: 404 }))).fetch('c1')
    let ended = false
    const errors = await Promise.all([
      failure(answer),
      failure(answer.finally(() => (ended = true))),
      answer.catch((error: unknown) => error),
    ])
    expect(new Set(errors).size).toBe(1)
    expect([calls, ended]).toEqual([1, true])
    expect(await answer.then(undefined, () => 'handled')).toBe('handled')
  })

  test('and streamed are two requests', async () => {
    const { url, seen } = await serve((request, response) => {
      if (request.headers.accept === 'application/jsonl') response.end('')
      else json(response, { items: [] })
    })
    const answer = new ConversationClient({ baseUrl: url }).list()
    expect(await answer).toEqual({ items: [] })
    expect(await answer.stream().next()).toEqual({ done: true, value: undefined })
    expect(seen).toHaveLength(2)
  })

  test('is remembered by key and address, but a failure is not', async () => {
    let calls = 0
    const client = clientOf(() =>
      ++calls === 1 ? new Response('', { status: 404 }) : Response.json({ id: `n${calls}` }),
    )
    expect((await failure(client.fetch('c1').cache())).status).toBe(404)
    expect(await client.fetch('c1').cache()).toEqual({ id: 'n2' })
    expect(await client.fetch('c1').cache()).toEqual({ id: 'n2' })
    expect(await client.fetch('c1').cache('other')).toEqual({ id: 'n3' })
    expect(await client.fetch('c2').cache()).toEqual({ id: 'n4' })
    expect((await failure(client.fetch('').cache())).code).toBe('BAD_REQUEST')
  })
})

test('knows an error of another copy of the package', () => {
  const brand = Symbol.for('conversation-kit.error')
  expect(ConversationError.is({ [brand]: true })).toBe(true)
  for (const value of [new Error('x'), null, undefined, 'x', {}, { code: 'NETWORK' }])
    expect(ConversationError.is(value)).toBe(false)
  expect(JSON.stringify(new ConversationError({ code: 'NETWORK', message: 'm' }))).not.toContain('brand')
})
