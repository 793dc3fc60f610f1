import { describe, expect, test } from 'vitest'
import { OPERATIONS } from '../../src/server/index.ts'
import { ORIGIN, serve, statusAndBody } from './client.ts'

const pathOf = (template: string) =>
  template
    .replace(':conversationId', 'c1')
    .replace(':messageId', 'm1')
    .replace(':contactId', 'k1')
    .replace(':channelId', 'channel-1234567890')
    .replace(':name', 'a1.txt')
    .slice(1)
const all = Object.entries(OPERATIONS).map(([operation, { method, path }]) => ({
  operation,
  method,
  path: pathOf(path),
}))
const posts = all.filter(({ method, operation }) => method === 'POST' && operation !== 'attachment.upload')

describe('Every operation', () => {
  test.each(all)('$operation answers under both base paths', async ({ method, path }) => {
    const { request } = serve()
    for (const base of ['/api/v1/', '/v1/']) {
      const response = await request(method === 'GET' ? 'POST' : 'GET', base + path, method === 'GET' ? '{}' : null)
      expect(await statusAndBody(response)).toEqual({
        status: 405,
        body: { message: 'Method not allowed', code: 'METHOD_NOT_ALLOWED' },
      })
    }
  })

  test.each(all)('$operation lets a page ask first, and gives HEAD nothing', async ({ path }) => {
    const { request } = serve()
    const options = await request('OPTIONS', path, null)
    expect(await statusAndBody(options)).toEqual({ status: 200, body: {} })
    expect(options.headers.get('access-control-allow-origin')).toBe('*')
    expect(options.headers.get('access-control-allow-methods')).toBe('GET,POST')
    expect(options.headers.get('access-control-allow-headers')).toMatch(
      /^X-Requested-With, Accept, Content-Length, Content-Type, Authorization/,
    )
    expect(options.headers.get('access-control-allow-headers')).toMatch(/X-Timezone.*Idempotency-Key/)
    expect(options.headers.get('access-control-expose-headers')).toMatch(/X-Failure-Code/)
    const head = await request('HEAD', path, null)
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test.each(posts)('$operation takes JSON only, and says so before it asks who calls', async ({ path }) => {
    const { request } = serve({ auth: { secrets: ['sk-a'] } })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      const { status, body } = await statusAndBody(
        await request('POST', path, '{}', { headers: { 'content-type': type } }),
      )
      expect([type, status, body.code]).toEqual([type, 400, 'BAD_REQUEST'])
    }
  })

  test.each(posts)('$operation takes JSON with parameters', async ({ path }) => {
    const { request } = serve({ auth: { secrets: ['sk-a'] } })
    const response = await request('POST', path, '{}', {
      headers: { 'content-type': 'Application/JSON; charset=utf-8' },
    })
    expect(response.status).toBe(403)
  })

  test.each(all)('$operation asks who calls before it looks at the body', async ({ method, path }) => {
    const { request } = serve({ auth: { secrets: ['sk-a'] } })
    const body = method === 'GET' ? null : 'no json'
    for (const authorization of ['Bearer sk-b', 'Bearer', 'Bearer oart-x', 'Bearer a.b.c', 'sk-a']) {
      const response = await statusAndBody(await request(method, path, body, { headers: { authorization } }))
      expect(response).toEqual({ status: 401, body: { message: 'Not authenticated', code: 'NOT_AUTHENTICATED' } })
    }
    const without = await request(method, path, body)
    expect(without.status).toBe(method === 'GET' ? 401 : 403)
    expect(without.headers.get('x-failure-code')).toBe(method === 'GET' ? null : 'NOT_AUTHORIZED')
  })

  const withBodies = posts.filter(
    ({ operation }) => !['conversation.delete', 'message.delete', 'conversation.compact'].includes(operation),
  )
  test.each(withBodies)(
    '$operation refuses a broken body and unknown members before it looks anything up',
    async ({ path }) => {
      const { request } = serve()
      for (const body of ['', '{', '"text"', '[]', 'null', '1', '\u0000', '{"foo":1', 'undefined']) {
        const { status, body: answer } = await statusAndBody(await request('POST', path, body))
        expect([body, status, answer.code]).toEqual([body, 400, 'BAD_REQUEST'])
      }
      for (const key of ['foo', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
        const members =
          '"text":"x","type":"user","messages":[{"type":"user","text":"x"}],"file":"data:,x","items":[],"message":{}'
        const { status, body } = await statusAndBody(await request('POST', path, `{"${key}":1,${members}}`))
        expect([status, body.code]).toEqual([400, 'BAD_REQUEST'])
        expect(body.message).toMatch(/is not allowed|must contain/)
      }
    },
  )

  test.each(['conversation.delete', 'message.delete', 'conversation.compact'] as const)(
    '%s does not look at its body',
    async (operation) => {
      const { request } = serve({ conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'user', text: 'x' }] }] })
      const response = await request('POST', pathOf(OPERATIONS[operation].path), 'no json at all')
      expect(response.status).toBe(200)
    },
  )

  test.each(all)('$operation has a request id of its own, on failures too', async ({ method, path }) => {
    const { request } = serve()
    const answers = await Promise.all([1, 2].map(() => request(method, path, method === 'GET' ? null : 'no json')))
    const [first, second] = answers.map((each) => each.headers.get('x-request-id'))
    expect(first).toMatch(/^[a-z0-9]{20}$/)
    expect(second).not.toBe(first)
    for (const each of answers) await each.body?.cancel()
  })
})

describe('Keys', () => {
  test("each is an account of its own, and what is another one's is forbidden", async () => {
    const { read, write, server } = serve({ auth: { secrets: ['sk-a', 'sk-b'] }, conversations: [{ id: 'seed' }] })
    const { body } = await write('conversation/create', { name: 'b' }, { token: 'sk-b' })
    expect((await read(`conversation/${body.id}/fetch`, { token: 'sk-b' })).status).toBe(200)
    const foreign = await server.fetch(
      new Request(`${ORIGIN}/api/v1/conversation/${body.id}/fetch`, { headers: { authorization: 'Bearer sk-a' } }),
    )
    expect(foreign.headers.get('x-failure-code')).toBe('NOT_AUTHORIZED')
    expect(await statusAndBody(foreign)).toEqual({
      status: 403,
      body: { message: 'Not authorized', code: 'NOT_AUTHORIZED' },
    })
    expect((await write(`conversation/${body.id}/delete`, {}, { token: 'sk-a' })).status).toBe(403)
    expect((await read('conversation/list', { token: 'sk-b' })).body.items).toHaveLength(1)
    expect((await read('conversation/list', { token: 'sk-a' })).body.items).toMatchObject([{ id: 'seed' }])
    expect((await read('conversation/seed/fetch', { token: 'sk-b' })).status).toBe(403)
  })

  test('the scheme word is not looked at, and child users do not exist', async () => {
    const { read } = serve({ auth: { secrets: ['sk-a'] } })
    expect((await read('conversation/list', { headers: { authorization: 'Token sk-a' } })).status).toBe(200)
    for (const header of ['x-runas-user-id', 'x-runas-userid', 'x-runas-child-user-email'])
      expect((await read('conversation/list', { token: 'sk-a', headers: { [header]: 'u' } })).status).toBe(401)
  })

  test('an open server takes any or none, but not a session that does not exist', async () => {
    const { read, write } = serve()
    expect((await read('conversation/list')).status).toBe(200)
    expect((await read('conversation/list', { token: 'anything' })).status).toBe(200)
    expect((await write('conversation/create', {})).status).toBe(200)
    expect((await read('conversation/list', { token: 'a.b.c' })).status).toBe(401)
  })
})

describe('Accept', () => {
  test.each([
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json, application/jsonl', 'application/json'],
    ['APPLICATION/JSONL; q=0.5, text/html', 'application/jsonl'],
    ['text/event-stream', 'text/event-stream'],
    ['text/csv', 'text/csv'],
  ])('%j is answered with %s', async (accept, type) => {
    const { get } = serve({ conversations: [{ id: 'c1' }] })
    const response = await get('conversation/list', { accept })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type])
  })

  test.each(['text/html', 'application/xml', 'image/*', 'constructor'])('%s is a bad request', async (accept) => {
    const { read, write } = serve({ conversations: [{ id: 'c1' }] })
    expect(await read('conversation/list', { accept })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    expect((await write('conversation/c1/complete', { text: 'x' }, { accept })).status).toBe(400)
    expect((await read('conversation/c1/fetch', { accept })).status).toBe(200)
  })
})

describe('Paths', () => {
  test.each([
    '/api/v1/conversation/%2e%2e/fetch',
    '/api/v1/conversation/..%2f..%2fetc/fetch',
    '/api/v1/conversation/a%2Fb/fetch',
    '/api/v1/conversation/%00/fetch',
    '/api/v1/conversation/c1%00/fetch',
    '/api/v1/conversation/%E0%A4%A/fetch',
    '/api/v1/conversation/__proto__/fetch',
    '/api/v1/conversation/constructor/message/toString/fetch',
    '/api/v1/conversation//fetch',
    '/api/v1/conversation/c1/fetch/',
    '/api/v1/conversation/c1',
    '/api/v1',
    '/',
    '/api/v2/conversation/list',
    '/API/V1/conversation/list',
  ])('%s is not found', async (path) => {
    const { read } = serve({ conversations: [{ id: 'c1' }] })
    const { status, body } = await read(path)
    expect([status, body.code]).toEqual([404, 'NOT_FOUND'])
    expect(Object.keys(body).toSorted()).toEqual(['code', 'message'])
  })

  test('ids may hold anything that is encoded', async () => {
    const { read, write } = serve({ conversations: [{ id: 'a/b ü%' }] })
    expect((await read(`conversation/${encodeURIComponent('a/b ü%')}/fetch`)).body.id).toBe('a/b ü%')
    expect((await write(`conversation/${encodeURIComponent('a/b ü%')}/send`, { text: 'x' })).status).toBe(200)
  })

  test('the base path can be another one, and then it is the only one', async () => {
    const { read } = serve({ basePath: '/chat/' })
    expect((await read('/chat/conversation/list')).status).toBe(200)
    expect((await read('/api/v1/conversation/list')).status).toBe(404)
  })
})

describe('Limits', () => {
  test('a body of more than 4.5 MB is too large', async () => {
    const { write, request } = serve({ conversations: [{ id: 'c1' }] })
    const text = 'x'.repeat(4_500_000)
    expect(await write('conversation/c1/send', { text })).toMatchObject({
      status: 413,
      body: { code: 'CONTENT_TOO_LARGE' },
    })
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1_000_000)) })
    expect((await request('POST', 'conversation/c1/send', endless)).status).toBe(413)
    expect((await write('conversation/c1/send', { text: text.slice(100) })).status).toBe(200)
  })

  test('a body nested without end is a bad request', async () => {
    const { request, write } = serve({ conversations: [{ id: 'c1' }] })
    const deep = (depth: number) => `{"meta":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`
    for (const depth of [100, 100_000])
      expect((await request('POST', 'conversation/create', deep(depth))).status).toBe(400)
    expect((await request('POST', 'conversation/create', deep(50))).status).toBe(200)
    expect((await write('conversation/c1/fetch')).status).toBe(405)
  })

  test('prototype keys deep in a body are dropped', async () => {
    const { request, read } = serve()
    const body = '{"meta":{"a":{"__proto__":{"polluted":true},"b":[{"__proto__":1}]}}}'
    const { id } = (await statusAndBody(await request('POST', 'conversation/create', body))).body
    const { meta } = (await read(`conversation/${id}/fetch`)).body
    expect(JSON.stringify(meta)).toBe('{"a":{"b":[{}]}}')
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  })
})

describe('Cross-origin', () => {
  test('can be switched off', async () => {
    const { get } = serve({ cors: false })
    expect((await get('conversation/list')).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('holds for failures and unknown paths too', async () => {
    const { get, request } = serve()
    expect((await get('nothing')).headers.get('access-control-allow-origin')).toBe('*')
    expect((await request('OPTIONS', '/anything', null)).status).toBe(200)
  })
})
