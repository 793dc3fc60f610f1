import { afterEach, describe, expect, test, vi } from 'vitest'
import { ConversationClient } from '../../src/transport/index.ts'
import type { ClientFetchOptions, ConversationClientOptions } from '../../src/transport/index.ts'
import { failure } from './support.ts'

/** Where a call goes, and with which headers. */
async function asked(
  options: ConversationClientOptions,
  call: (client: ConversationClient) => PromiseLike<unknown> = (client) => client.fetch('c1'),
) {
  let url = ''
  let headers = new Headers()
  let init: RequestInit | undefined
  await call(
    new ConversationClient({
      ...options,
      fetch: async (input, given) => {
        url = String(input)
        init = given
        headers = new Headers(given?.headers)
        return Response.json({ id: 'x' })
      },
    }),
  )
  return { url, headers, init }
}
const page = (url: string) => vi.stubGlobal('document', { baseURI: url })
afterEach(() => vi.unstubAllGlobals())

describe('the address', () => {
  test.each([
    [{}, 'https://api.chatbotkit.com/v1/conversation/c1/fetch'],
    [{ baseUrl: 'https://api.chatbotkit.com/' }, 'https://api.chatbotkit.com/v1/conversation/c1/fetch'],
    [{ baseUrl: 'https://api.chatbotkit.com/v1' }, 'https://api.chatbotkit.com/v1/conversation/c1/fetch'],
    [{ baseUrl: 'https://api.chatbotkit.com/api/v1' }, 'https://api.chatbotkit.com/v1/conversation/c1/fetch'],
    [{ baseUrl: 'https://other.test' }, 'https://other.test/api/v1/conversation/c1/fetch'],
    [{ baseUrl: new URL('http://localhost:3000/') }, 'http://localhost:3000/api/v1/conversation/c1/fetch'],
    [{ baseUrl: 'http://localhost:3000/chat//' }, 'http://localhost:3000/chat/conversation/c1/fetch'],
    [{ baseUrl: 'http://localhost/api/chat?x=1#y' }, 'http://localhost/api/chat/conversation/c1/fetch'],
    [{ host: 'localhost:8080', protocol: 'http:' as const }, 'http://localhost:8080/api/v1/conversation/c1/fetch'],
    [{ baseUrl: 'http://a.test/x', host: 'b.test' }, 'http://b.test/x/conversation/c1/fetch'],
    [{ baseUrl: '' }, 'https://api.chatbotkit.com/v1/conversation/c1/fetch'],
  ])('%j leads to %s', async (options, url) => {
    expect((await asked(options)).url).toBe(url)
  })

  test('that is relative belongs to the page', async () => {
    page('https://app.test/deep/page?x')
    expect((await asked({ baseUrl: '/api/chat' })).url).toBe('https://app.test/api/chat/conversation/c1/fetch')
    expect((await asked({ baseUrl: 'chat' })).url).toBe('https://app.test/deep/chat/conversation/c1/fetch')
    expect((await asked({ baseUrl: '/' })).url).toBe('https://app.test/api/v1/conversation/c1/fetch')
  })

  test('that is relative belongs to the worker’s own', async () => {
    vi.stubGlobal('location', { href: 'https://app.test/worker.js' })
    expect((await asked({ baseUrl: '/api/chat' })).url).toBe('https://app.test/api/chat/conversation/c1/fetch')
  })

  test('that is relative can be made on a server but not called there', async () => {
    expect((await failure(asked({ baseUrl: '/api/chat' }))).message).toContain('outside a page')
    page('about:blank')
    expect((await failure(asked({ baseUrl: '/api/chat' }))).message).toContain('Check baseUrl')
  })

  test.each(['ftp://x.test', 'javascript:alert(1)', 'https://user:pass@x.test', 'http://'])(
    '%s is refused, without repeating it',
    async (baseUrl) => {
      const error = await failure(asked({ baseUrl }))
      expect(error).toMatchObject({ code: 'BAD_REQUEST', retryable: false })
      expect(error.message).not.toContain('pass@')
    },
  )
})

describe('an endpoint of one’s own', () => {
  const upvote = '/api/v1/conversation/{conversationId}/message/{messageId}/upvote'
  const vote = (client: ConversationClient) => client.message.upvote('c/1', 'm 1', {})

  test('takes the place of a path, with the same encoded ids', async () => {
    const endpoints = { [upvote]: '/votes/{messageId}?of={conversationId}' }
    expect((await asked({ baseUrl: 'http://a.test/api/chat', endpoints }, vote)).url).toBe(
      'http://a.test/votes/m%201?of=c%2F1',
    )
    expect((await asked({ baseUrl: 'http://a.test', endpoints })).url).toBe(
      'http://a.test/api/v1/conversation/c1/fetch',
    )
  })

  test('may be given by the whole path, as the official client wants it', async () => {
    const endpoints = { '/api/v1/conversation/c1/fetch': '/one' }
    expect((await asked({ baseUrl: 'http://a.test', endpoints })).url).toBe('http://a.test/one')
  })

  test('belongs to the page when no other address was given', async () => {
    const endpoints = { [upvote]: '/api/chat/{conversationId}/{messageId}' }
    expect((await asked({ endpoints }, vote)).url).toBe('https://api.chatbotkit.com/chat/c%2F1/m%201')
    page('https://app.test/x')
    expect((await asked({ endpoints }, vote)).url).toBe('https://app.test/api/chat/c%2F1/m%201')
  })

  test('elsewhere gets no credentials', async () => {
    const endpoints = { [upvote]: 'https://votes.test/{messageId}' }
    const options = {
      token: 'tok',
      runAsUserId: 'u',
      timezone: 'Europe/Lisbon',
      headers: { authorization: 'Basic x', 'x-app': 'a' },
      baseUrl: 'http://a.test',
    }
    const elsewhere = await asked({ ...options, endpoints }, vote)
    expect(elsewhere.url).toBe('https://votes.test/m%201')
    expect([...elsewhere.headers.keys()]).toEqual(['accept', 'content-type', 'x-app'])
    const home = await asked(options, vote)
    expect(home.headers.get('authorization')).toBe('Bearer tok')
  })

  test('is found for a path made by hand when its template is named', async () => {
    const endpoints = { '/api/v1/thing/{thingId}/do': '/own/{thingId}' }
    const call = (path: string, endpoint: string) => (client: ConversationClient) =>
      client.clientFetch(path, { endpoint })
    const options = { baseUrl: 'http://a.test', endpoints }
    expect((await asked(options, call('/api/v1/thing/a%2Fb/do', '/api/v1/thing/{thingId}/do'))).url).toBe(
      'http://a.test/own/a%2Fb',
    )
    expect((await asked(options, call('/api/v1/thing/100%/do', '/api/v1/thing/{thingId}/do'))).url).toBe(
      'http://a.test/own/100%',
    )
    expect((await asked(options, call('/api/v1/thing/a/do', '/unknown/{x}'))).url).toBe(
      'http://a.test/api/v1/thing/a/do',
    )
  })
})

describe('clientFetch', () => {
  const fetching = (path: string, options?: ClientFetchOptions, client: ConversationClientOptions = {}) =>
    asked({ baseUrl: 'http://a.test/base', secret: 'sk-1', ...client }, (c) => c.clientFetch(path, options))

  test('writes a query as the API reads it', async () => {
    const query = {
      a: 1,
      b: null,
      c: undefined,
      d: true,
      meta: { team: 'blue & red', skip: null, deep: { x: 1 } },
      list: ['p', 'q'],
      at: new Date(0),
    }
    expect(decodeURIComponent((await fetching('/api/v1/x?old=1', { query })).url)).toBe(
      'http://a.test/base/x?old=1&a=1&d=true&meta.team=blue+&+red&meta.deep.x=1&list.0=p&list.1=q&at=1970-01-01T00:00:00.000Z',
    )
  })

  test('prefers a record to a buffer to a file, and a body makes it a POST', async () => {
    const buffer = new TextEncoder().encode('bytes').buffer
    const file = { data: 'text', name: 'a.txt', type: 'text/plain' }
    const record = await fetching('/x', { record: { a: 1 }, buffer, file })
    expect([record.init?.method, record.init?.body, record.headers.get('content-type')]).toEqual([
      'POST',
      '{"a":1}',
      'application/json',
    ])
    const raw = await fetching('/x', { buffer, file })
    expect([raw.init?.method, raw.init?.body, raw.headers.get('content-type')]).toEqual([
      'POST',
      buffer,
      'application/octet-stream',
    ])
    const form = await fetching('/x', { file })
    const sent = (form.init!.body as FormData).get('file') as File
    expect([form.init?.method, sent.name, sent.type, await sent.text(), form.headers.has('content-type')]).toEqual([
      'POST',
      'a.txt',
      'text/plain',
      'text',
      false,
    ])
    expect((await fetching('/x', { record: {}, method: 'put' })).init?.method).toBe('PUT')
    expect((await fetching('/x')).init?.method).toBe('GET')
  })

  test('lets a call’s own headers win, whatever their spelling', async () => {
    const client = { headers: async () => ({ 'X-App': 'client', Accept: 'text/html' }), runAsChildUserEmail: 'a@b.c' }
    const { headers } = await fetching(
      '/x',
      { record: {}, headers: { 'x-app': 'call', 'Content-Type': 'application/x-own' } },
      client,
    )
    expect(Object.fromEntries(headers)).toEqual({
      accept: 'application/json',
      authorization: 'Bearer sk-1',
      'content-type': 'application/x-own',
      'x-app': 'call',
      'x-runas-child-user-email': 'a@b.c',
    })
  })

  test('sends nothing of the client to others', async () => {
    const client = {
      headers: { 'x-app': 'a' },
      timezone: 'Europe/Lisbon',
      runAsUserId: 'u',
      credentials: 'include' as const,
    }
    const { url, headers, init } = await fetching(
      'http://a.test/{braces}',
      { external: true, headers: { 'x-call': 'c' } },
      client,
    )
    expect(url).toBe('http://a.test/%7Bbraces%7D')
    expect(Object.fromEntries(headers)).toEqual({ 'x-call': 'c' })
    expect(init?.credentials).toBeUndefined()
    expect((await asked({ baseUrl: 'http://a.test', credentials: 'include' })).init?.credentials).toBe('include')
  })

  test('takes a network of its own', async () => {
    const client = new ConversationClient({
      baseUrl: 'http://a.test',
      fetchFn: async () => Response.json({ id: 'client' }),
    })
    expect(await client.clientFetch('/x')).toEqual({ id: 'client' })
    expect(await client.clientFetch('/x', { fetchFn: async () => Response.json({ id: 'call' }) })).toEqual({
      id: 'call',
    })
  })

  test('refuses what cannot be sent, without repeating it', async () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect((await failure(fetching('/x', { record: circle }))).code).toBe('BAD_REQUEST')
    const error = await failure(fetching('/x', {}, { headers: { 'x-key': 'private\nvalue' } }))
    expect(error.code).toBe('BAD_REQUEST')
    expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain('private')
    const failing = () => Promise.reject(error)
    expect(await failure(fetching('/x', {}, { headers: failing }))).toBe(error)
  })
})
