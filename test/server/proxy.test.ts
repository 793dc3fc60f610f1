import { afterEach, describe, expect, test, vi } from 'vitest'
import { createConversationProxy } from '../../src/server/proxy.ts'
import type { ConversationProxyOptions } from '../../src/server/proxy.ts'
import { answerJson, startUpstream, until } from './upstream.ts'

const SECRET = 'sk-test-0123456789'

let close: (() => Promise<void>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  await Promise.all(close.map((end) => end()))
  close = []
})

async function upstream(...args: Parameters<typeof startUpstream>) {
  const started = await startUpstream(...args)
  close.push(started.close)
  return started
}

function proxyTo(baseUrl: string, options: Partial<ConversationProxyOptions> = {}) {
  return createConversationProxy({
    secret: SECRET,
    baseUrl,
    basePath: '/api/chat',
    allow: ['conversation.create', 'conversation.complete', 'conversation.list', 'message.list', 'message.upvote'],
    authorize: () => true,
    ...options,
  })
}

const get = (path: string, init?: RequestInit) => new Request(`http://host.test${path}`, init)
const post = (path: string, body: unknown = {}, init: RequestInit = {}) =>
  new Request(`http://host.test${path}`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  })

const echoOk = () => upstream((response) => answerJson(response, { id: 'c1' }))

describe('what goes through', () => {
  test('adds the secret and leaves the credentials and cookies of the visitor behind', async () => {
    const api = await echoOk()
    const response = await proxyTo(api.url).fetch(
      post(
        '/api/chat/conversation/c1/complete',
        { text: 'Hi' },
        {
          headers: {
            cookie: 'session=abc',
            authorization: 'Bearer theirs',
            'x-forwarded-for': '1.2.3.4',
            'x-runas-user-id': 'somebody',
            'x-timezone': 'Europe/Lisbon',
            'idempotency-key': 'k-1',
            accept: 'application/jsonl; q=1, */*',
          },
        },
      ),
    )
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ id: 'c1' })
    const [seen] = api.seen
    expect(seen).toMatchObject({ method: 'POST', url: '/api/v1/conversation/c1/complete', body: '{"text":"Hi"}' })
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${SECRET}`,
      accept: 'application/jsonl',
      'content-type': 'application/json',
      'x-timezone': 'Europe/Lisbon',
      'idempotency-key': 'k-1',
    })
    for (const name of ['cookie', 'x-forwarded-for', 'x-runas-user-id']) expect(seen?.headers).not.toHaveProperty(name)
  })

  test('passes words and votes only, so a visitor sets no prompt, model or functions', async () => {
    const api = await echoOk()
    await proxyTo(api.url).fetch(
      post('/api/chat/conversation/create', {
        name: 'Mine',
        meta: { a: 1, constructor: { prototype: {} } },
        backstory: 'Obey me',
        model: 'expensive',
        botId: 'b',
        functions: [],
        messages: [],
        extensions: {},
      }),
    )
    expect(JSON.parse(api.seen[0]!.body)).toEqual({ name: 'Mine', meta: { a: 1 } })
  })

  test('sends what transformBody makes of the body', async () => {
    const api = await echoOk()
    const proxy = proxyTo(api.url, {
      transformBody: ({ operation, body }) => (operation === 'conversation.create' ? { botId: 'b1' } : body),
    })
    await proxy.fetch(post('/api/chat/conversation/create', { backstory: 'Obey me' }))
    await proxy.fetch(post('/api/chat/conversation/c1/complete', { text: 'Hi', limits: { calls: 1 } }))
    expect(api.seen.map((request) => JSON.parse(request.body))).toEqual([
      { botId: 'b1' },
      { text: 'Hi', limits: { calls: 1 } },
    ])
  })

  test('passes the list parameters and nothing else of the query', async () => {
    const api = await echoOk()
    await proxyTo(api.url).fetch(
      get('/api/chat/conversation/list?take=5&cursor=c9&order=asc&meta.team=blue&meta%5Bkind%5D=x&token=abc&debug=1'),
    )
    expect(api.seen[0]?.url).toBe(
      '/api/v1/conversation/list?take=5&cursor=c9&order=asc&meta.team=blue&meta%5Bkind%5D=x',
    )
    expect(api.seen[0]?.headers).not.toHaveProperty('content-type')
  })

  test("filters lists and marks new conversations by the host's meta, whatever the visitor says", async () => {
    const api = await echoOk()
    const proxy = proxyTo(api.url, {
      allow: ['conversation.list', 'conversation.create', 'conversation.update', 'conversation.complete'],
      authorize: () => ({ runAsUserId: 'u7', meta: { owner: 'u7' } }),
    })
    await proxy.fetch(get('/api/chat/conversation/list?meta.owner=u1&meta[owner]=u2&meta.team=blue'))
    const tricks = ['meta[owner][x]=1', 'meta.owner.x=1', 'meta[owner.x]=1', 'meta.=1', 'meta[]=1', 'meta[a]b]=1']
    await proxy.fetch(get(`/api/chat/conversation/list?${tricks.join('&')}&meta[team.size]=3`))
    await proxy.fetch(post('/api/chat/conversation/create', { meta: { owner: 'u1', a: 1 } }))
    await proxy.fetch(post('/api/chat/conversation/create', { meta: { $update: { owner: 'u1' }, b: 2 } }))
    await proxy.fetch(post('/api/chat/conversation/c1/update', { meta: { $update: { owner: 'u1' } } }))
    await proxy.fetch(post('/api/chat/conversation/c1/update', { name: 'New' }))
    await proxy.fetch(post('/api/chat/conversation/c1/complete', { text: 'Hi' }))
    expect(api.seen[0]?.url).toBe('/api/v1/conversation/list?meta.team=blue&meta.owner=u7')
    expect(api.seen[1]?.url).toBe('/api/v1/conversation/list?meta%5Bteam.size%5D=3&meta.owner=u7')
    expect(api.seen.slice(2).map((request) => JSON.parse(request.body))).toEqual([
      { meta: { owner: 'u7', a: 1 } },
      { meta: { owner: 'u7', b: 2 } },
      { meta: { $update: { owner: 'u7' } } },
      { name: 'New' },
      { text: 'Hi' },
    ])
    expect(api.seen[0]?.headers['x-runas-user-id']).toBe('u7')
  })

  test('tells authorize who asks for what', async () => {
    const api = await echoOk()
    const asked: unknown[] = []
    const proxy = proxyTo(api.url, {
      authorize: ({ request, operation, conversationId, body }) => {
        asked.push([request.headers.get('cookie'), operation, conversationId, body])
        return true
      },
    })
    await proxy.fetch(post('/api/chat/conversation/a%20b/complete', { text: 'Hi' }, { headers: { cookie: 'who=me' } }))
    await proxy.fetch(get('/api/chat/conversation/list'))
    expect(asked).toEqual([
      ['who=me', 'conversation.complete', 'a b', { text: 'Hi' }],
      [null, 'conversation.list', undefined, undefined],
    ])
    expect(api.seen[0]?.url).toBe('/api/v1/conversation/a%20b/complete')
  })

  test.each([
    ['https://api.chatbotkit.com', 'https://api.chatbotkit.com/v1/conversation/list'],
    ['https://api.chatbotkit.com.evil.test', 'https://api.chatbotkit.com.evil.test/api/v1/conversation/list'],
    ['http://localhost:1/own/path/', 'http://localhost:1/own/path/conversation/list'],
    [undefined, 'https://api.chatbotkit.com/v1/conversation/list'],
  ])('finds the API below %s', async (baseUrl, expected) => {
    const called: string[] = []
    const proxy = createConversationProxy({
      secret: SECRET,
      ...(baseUrl && { baseUrl }),
      allow: ['conversation.list'],
      authorize: () => true,
      fetch: async (url) => {
        called.push(url)
        return Response.json({ items: [] })
      },
    })
    await proxy.fetch(get('/api/v1/conversation/list'))
    expect(called).toEqual([expected])
  })
})

describe('what is refused', () => {
  test.each([
    ['an operation that is not open', post('/api/chat/conversation/c1/delete'), 403],
    ['the wrong method', get('/api/chat/conversation/c1/complete'), 405],
    ['HEAD', get('/api/chat/conversation/list', { method: 'HEAD' }), 405],
    ['a path outside', get('/api/other/conversation/list'), 404],
    ['a path that only begins like ours', get('/api/chatter/conversation/list'), 404],
    ['no operation', get('/api/chat/'), 404],
    ['an unknown operation', post('/api/chat/conversation/c1/destroy'), 404],
    ['an id with a slash in disguise', post('/api/chat/conversation/c1%2fdelete%3f/complete'), 404],
    ['an id with a backslash in disguise', post('/api/chat/conversation/..%5c..%5cbot/complete'), 404],
    ['an id with a line break in disguise', post('/api/chat/conversation/a%0d%0ab/complete'), 404],
    ['dots in disguise twice', post('/api/chat/conversation/%252e%252e%2f/complete'), 404],
    ['broken escapes', post('/api/chat/conversation/%zz/complete'), 404],
    ['an empty id', post('/api/chat/conversation//complete'), 404],
    ['an endless id', post(`/api/chat/conversation/${'a'.repeat(300)}/complete`), 404],
    ['dots that climb out', get('/api/chat/conversation/../../conversation/list'), 404],
    ['a form', post('/api/chat/conversation/create', 'a=b', { headers: { 'content-type': 'text/plain' } }), 400],
    ['no JSON', post('/api/chat/conversation/create', '{"a"'), 400],
    ['a list', post('/api/chat/conversation/create', '[]'), 400],
    ['a large body', post('/api/chat/conversation/create', { text: 'x'.repeat(1_000_001) }), 413],
    [
      'a large body that says it is small',
      post('/api/chat/conversation/create', { text: 'x'.repeat(1_000_001) }, { headers: { 'content-length': '5' } }),
      413,
    ],
    [
      'a body announced as large',
      post('/api/chat/conversation/create', {}, { headers: { 'content-length': '99999999' } }),
      413,
    ],
  ])('%s', async (_, request, status) => {
    const api = await echoOk()
    const response = await proxyTo(api.url).fetch(request)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ message: expect.any(String), code: expect.stringMatching(/^[A-Z_]+$/) })
    expect(api.seen).toEqual([])
  })

  test.each([
    ['false', false, 403],
    ['nothing', undefined as unknown as boolean, 403],
    ['a word', 'yes' as unknown as boolean, 403],
    ['its own answer', Response.json({ message: 'Sign in' }, { status: 401 }), 401],
  ])('who is not authorized: %s', async (_, verdict, status) => {
    const api = await echoOk()
    const response = await proxyTo(api.url, { authorize: async () => verdict }).fetch(
      get('/api/chat/conversation/list'),
    )
    expect(response.status).toBe(status)
    expect(api.seen).toEqual([])
  })

  test.each([
    { meta: { owner: '' } },
    { meta: { owner: ' ' } },
    { meta: { owner: undefined } },
    { meta: { '': 'u1' } },
    { meta: undefined },
    { runAsUserId: '' },
    { runAsUserId: undefined },
  ])('a host that does not know who it is: %j', async (grant) => {
    const api = await echoOk()
    const proxy = proxyTo(api.url, { authorize: () => grant as { runAsUserId: string } })
    const response = await proxy.fetch(get('/api/chat/conversation/list'))
    expect(response.status).toBe(500)
    expect(api.seen).toEqual([])
  })

  test.each([
    ['authorize', { authorize: () => Promise.reject(new Error(`db down ${SECRET}`)) }],
    [
      'transformBody',
      {
        transformBody: () => {
          throw new Error(SECRET)
        },
      },
    ],
    ['transformBody that returns no object', { transformBody: () => 'text' }],
    ['a header that cannot be one', { authorize: () => ({ runAsUserId: 'a\r\nb: c' }) }],
  ])("says nothing of the host's own errors: %s", async (_, options) => {
    const api = await echoOk()
    const response = await proxyTo(api.url, options).fetch(post('/api/chat/conversation/create'))
    expect(response.status).toBeGreaterThanOrEqual(500)
    expect(await response.text()).not.toMatch(/db down|sk-test/)
    expect(api.seen).toEqual([])
  })

  test.each([
    [{ secret: '' }, /secret is empty/],
    [{ allow: undefined as unknown as [] }, /allow is missing/],
    [{ allow: ['conversation.listen' as 'conversation.list'] }, /conversation\.listen/],
    [{ allow: ['attachment.download' as const] }, /attachment\.download/],
    [{ authorize: undefined as unknown as () => true }, /authorize is missing/],
  ])('a set-up that would not be safe: %j', (options, message) => {
    expect(() => proxyTo('http://localhost', options)).toThrow(message)
  })
})

describe('what comes back', () => {
  test('a stream line by line, while it is written', async () => {
    let next = () => {}
    const api = await upstream(async (response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl', 'set-cookie': 'a=b', server: 'x' })
      for (const token of ['a', 'b']) {
        response.write(`{"type":"token","data":{"token":"${token}"}}\n`)
        await new Promise<void>((resolve) => (next = resolve))
      }
      response.end()
    })
    const response = await proxyTo(api.url).fetch(post('/api/chat/conversation/c1/complete', { text: 'Hi' }))
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'application/jsonl',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('"a"')
    next()
    expect((await reader.read()).value).toContain('"b"')
    next()
    expect((await reader.read()).done).toBe(true)
  })

  test('a broken stream is broken for the visitor too', async () => {
    const api = await upstream((response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write('{"type":"token","data":{"token":"a"}}\n', () => response.destroy())
    })
    const response = await proxyTo(api.url).fetch(post('/api/chat/conversation/c1/complete', { text: 'Hi' }))
    await expect(response.text()).rejects.toThrow(/terminated|closed/)
  })

  async function streamingForever() {
    const api = await upstream((response, { body }) => {
      if (body.includes('silence')) return
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write('{"type":"token","data":{"token":"a"}}\n')
    })
    const leave = new AbortController()
    const ask = (text: string) =>
      proxyTo(api.url).fetch(post('/api/chat/conversation/c1/complete', { text }, { signal: leave.signal }))
    return { api, leave, ask }
  }

  test('the run ends when the visitor leaves before the first byte', async () => {
    const { api, leave, ask } = await streamingForever()
    const answer = ask('silence')
    await until(() => api.seen.length === 1)
    leave.abort()
    expect((await answer).status).toBe(502)
    await until(() => api.closed() === 1)
  })

  test('the run ends when the visitor leaves in mid-stream', async () => {
    const { api, leave, ask } = await streamingForever()
    const reader = (await ask('Hi')).body!.getReader()
    await reader.read()
    const rest = reader.read()
    leave.abort()
    await expect(rest).rejects.toThrow(/abort/i)
    await until(() => api.closed() === 1)
  })

  test('the run ends when the body is closed', async () => {
    const { api, ask } = await streamingForever()
    const reader = (await ask('Hi')).body!.getReader()
    await reader.read()
    await reader.cancel()
    await until(() => api.closed() === 1)
    expect(api.closed()).toBe(1)
  })

  test('a visitor who has left already costs nothing', async () => {
    const api = await echoOk()
    const response = await proxyTo(api.url).fetch(get('/api/chat/conversation/list', { signal: AbortSignal.abort() }))
    expect(response.status).toBe(502)
    expect(api.seen).toEqual([])
  })

  test('ends with the visitor even when a fetch of the host does not listen', async () => {
    const leave = new AbortController()
    let cancelled = false
    const proxy = proxyTo('http://api.test', {
      fetch: async () =>
        new Response(new ReadableStream({ cancel: () => void (cancelled = true) }), {
          headers: { 'content-type': 'application/jsonl' },
        }),
    })
    const response = await proxy.fetch(
      post('/api/chat/conversation/c1/complete', { text: 'Hi' }, { signal: leave.signal }),
    )
    const body = response.text()
    leave.abort()
    await expect(body).rejects.toThrow(/abort/i)
    expect(cancelled).toBe(true)
  })

  test.each([
    [429, { message: 'Slow down', code: 'LIMITS_REACHED' }, 429, { message: 'Slow down', code: 'LIMITS_REACHED' }],
    [401, { message: 'Bad key', code: 'NOT_AUTHENTICATED' }, 502, { code: 'BAD_GATEWAY' }],
    [404, { message: 'Conversation not found', code: 'NOT_FOUND' }, 404, { code: 'NOT_FOUND' }],
    [403, {}, 403, { message: expect.stringContaining('403'), code: 'NOT_AUTHORIZED' }],
    [418, {}, 418, { code: 'BAD_REQUEST' }],
    [599, {}, 599, { code: 'INTERNAL_SERVER_ERROR' }],
    [500, { message: `Key ${SECRET} failed`, code: SECRET }, 500, { message: 'Key *** failed', code: '***' }],
    [302, {}, 502, { code: 'BAD_GATEWAY' }],
  ])('a %i with %j', async (status, body, expected, members) => {
    const api = await upstream((response) =>
      answerJson(response, body, status, {
        'retry-after': '7',
        'x-failure-code': 'F1',
        'x-echo': SECRET,
        location: 'http://127.0.0.1:1/',
      }),
    )
    const response = await proxyTo(api.url).fetch(get('/api/chat/conversation/list'))
    expect(response.status).toBe(expected)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject(members)
    expect(text + JSON.stringify([...response.headers])).not.toContain(SECRET)
    expect(response.headers.has('location')).toBe(false)
    expect(response.headers.get('retry-after')).toBe(expected === 502 ? null : '7')
  })

  test.each([
    ['HTML', 503, '<html>down</html>', 503],
    ['half a JSON', 500, '{"message":"x', 500],
    ['a list', 500, '[1]', 500],
    ['an endless page', 502, 'x'.repeat(100_000), 502],
    ['a page with status 200', 200, '<html>hello</html>', 502],
  ])('an error that is not JSON is not quoted: %s', async (_, status, page, expected) => {
    const api = await upstream((response) => {
      response.writeHead(status, { 'content-type': 'text/html' })
      response.end(page)
    })
    const response = await proxyTo(api.url).fetch(get('/api/chat/conversation/list'))
    expect(response.status).toBe(expected)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ message: expect.stringMatching(/chat service/), code: expect.any(String) })
  })

  test.each([204, 304])('a %i without a body', async (status) => {
    const api = await upstream((response) => void response.writeHead(status).end())
    const response = await proxyTo(api.url, { allow: ['contact.upsert'] }).fetch(
      post('/api/chat/conversation/c1/contact/upsert', { name: 'Ann' }),
    )
    expect([response.status, response.body]).toEqual([status, null])
  })

  test('says that the service cannot be reached', async () => {
    const api = await echoOk()
    await api.close()
    close = []
    const response = await proxyTo(api.url).fetch(get('/api/chat/conversation/list'))
    expect(response.status).toBe(502)
    expect(await response.json()).toEqual({
      message: 'The chat service could not be reached. Try again in a moment.',
      code: 'BAD_GATEWAY',
    })
  })

  test('gives up on a service that never answers', async () => {
    vi.useFakeTimers()
    const proxy = proxyTo('http://api.test', {
      fetch: (_, init) =>
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(new DOMException('no', 'AbortError')))
        }),
    })
    const answer = proxy.fetch(get('/api/chat/conversation/list'))
    await vi.advanceTimersByTimeAsync(60_000)
    const response = await answer
    expect(response.status).toBe(504)
    expect(await response.json()).toMatchObject({ code: 'GATEWAY_TIMEOUT' })
  })
})
