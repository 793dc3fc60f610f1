import { describe, expect, test } from 'vitest'
import { ConversationClient } from '../../src/transport/index.ts'
import { failure, json, serve } from './support.ts'

const REDIRECTS = [301, 302, 303, 307, 308]

describe('a redirect to another origin', () => {
  test.each(REDIRECTS)('by %i is refused, and neither body nor token gets there', async (status) => {
    const elsewhere = await serve((_, response) => json(response, { id: 'stolen' }))
    const { url, seen } = await serve((_, response) => response.writeHead(status, { location: elsewhere.url }).end())
    const client = new ConversationClient({ baseUrl: url, secret: 'sk-1', retryDelay: 1 })
    for (const call of [client.fetch('c1'), client.create({}), client.complete('c1', { text: 'hi' }).stream().next()])
      expect(await failure(call)).toMatchObject({ code: 'REDIRECTED', status, retryable: false })
    expect(elsewhere.seen).toEqual([])
    expect(seen).toHaveLength(3)
  })

  test('is refused by what the platform tells, where it follows by itself', async () => {
    const moved = (url: string) =>
      Object.defineProperties(Response.json({ id: 'c1' }), { redirected: { value: true }, url: { value: url } })
    const client = (url: string) => new ConversationClient({ baseUrl: 'http://a.test', fetch: async () => moved(url) })
    expect((await failure(client('http://b.test/x').fetch('c1'))).code).toBe('REDIRECTED')
    expect(await client('http://a.test/x').fetch('c1')).toEqual({ id: 'c1' })
  })

  test('is refused where a browser does not show where it leads', async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    })
    const client = new ConversationClient({ baseUrl: 'http://a.test', fetch: async () => opaque })
    expect(await failure(client.fetch('c1'))).toMatchObject({ code: 'REDIRECTED', status: undefined })
  })
})

describe('a redirect within the origin', () => {
  test('is followed for reading, and with its body when the server says so', async () => {
    const { url, seen } = await serve((request, response) => {
      if (request.path.startsWith('/api')) response.writeHead(308, { location: '/new?x=1' }).end()
      else json(response, { id: request.method })
    })
    const client = new ConversationClient({ baseUrl: url, secret: 'sk-1' })
    expect(await client.fetch('c1')).toEqual({ id: 'GET' })
    expect(await client.create({ name: 'n' })).toEqual({ id: 'POST' })
    expect(seen.map(({ path, headers, body }) => [path, headers.authorization, body])).toEqual([
      ['/api/v1/conversation/c1/fetch', 'Bearer sk-1', ''],
      ['/new?x=1', 'Bearer sk-1', ''],
      ['/api/v1/conversation/create', 'Bearer sk-1', '{"name":"n"}'],
      ['/new?x=1', 'Bearer sk-1', '{"name":"n"}'],
    ])
  })

  test('is refused when it would lose the body, turns in a circle or leads nowhere', async () => {
    for (const [status, location, call] of [
      [302, '/new', (c: ConversationClient) => c.create({})],
      [302, '/again', (c: ConversationClient) => c.fetch('c1')],
      [302, 'http://', (c: ConversationClient) => c.fetch('c1')],
      [302, undefined, (c: ConversationClient) => c.fetch('c1')],
    ] as const) {
      const { url, seen } = await serve((_, response) => response.writeHead(status, location ? { location } : {}).end())
      expect((await failure(call(new ConversationClient({ baseUrl: url })))).code).toBe('REDIRECTED')
      expect(seen.length).toBeLessThan(8)
    }
  })
})

describe('a file', () => {
  test('is fetched from where it is kept, without credentials', async () => {
    const storage = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('the file'),
    )
    const { url, seen } = await serve((_, response) =>
      response.writeHead(302, { location: `${storage.url}/f?sig=1` }).end(),
    )
    const client = new ConversationClient({ baseUrl: url, secret: 'sk-1', headers: { 'x-app': 'a' } })
    const file = await client.attachment.download('c1', 'a1.txt')
    expect([file.type, await file.text()]).toEqual(['text/plain', 'the file'])
    expect(seen[0]).toMatchObject({ path: '/api/v1/conversation/c1/attachment/a1.txt/download' })
    expect(seen[0]?.headers.authorization).toBe('Bearer sk-1')
    expect(storage.seen).toMatchObject([{ path: '/f?sig=1' }])
    expect(storage.seen[0]?.headers).not.toHaveProperty('authorization')
    expect(storage.seen[0]?.headers).not.toHaveProperty('x-app')
  })

  test('is fetched by the browser itself where it alone knows the way', async () => {
    const asked: (string | undefined)[] = []
    const followed = () =>
      Object.defineProperties(new Response('the file'), {
        redirected: { value: true },
        url: { value: 'http://storage.test/f' },
      })
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    })
    const client = new ConversationClient({
      baseUrl: 'http://a.test',
      fetch: async (_, init) => {
        asked.push(init?.redirect)
        return init?.redirect === 'follow' ? followed() : opaque
      },
    })
    expect(await (await client.attachment.download('c1', 'a1')).text()).toBe('the file')
    expect(asked).toEqual(['manual', 'follow'])
  })

  test('that is only sent in circles is refused', async () => {
    const { url, seen } = await serve((_, response) => response.writeHead(302, { location: '/again' }).end())
    const client = new ConversationClient({ baseUrl: url })
    expect((await failure(client.attachment.download('c1', 'a1'))).code).toBe('REDIRECTED')
    expect(seen.length).toBeLessThan(8)
  })
})
