import { describe, expect, test } from 'vitest'
import { createSessionHandler } from '../../src/server/session-handler.ts'
import type { SessionClient, SessionHandlerOptions } from '../../src/server/session-handler.ts'

function clientThat(fail?: unknown) {
  const calls: unknown[] = []
  const client: SessionClient = {
    async create(request) {
      calls.push(['create', request])
      return { id: 'c-new' }
    },
    session: {
      async create(id, request) {
        calls.push(['session', id, request])
        if (fail) throw fail
        const session = { id, token: 'a.b.c', expiresAt: 1_800_000_000_000, secret: 'never' }
        return session
      },
    },
  }
  return { client, calls }
}

const ask = (init?: RequestInit) => new Request('http://host.test/session', { method: 'POST', ...init })

function handler(authorize: SessionHandlerOptions['authorize'], client: SessionClient, durationInSeconds?: number) {
  return createSessionHandler({ client, authorize, ...(durationInSeconds !== undefined && { durationInSeconds }) })
}

describe('a session for the browser', () => {
  test('is for a new conversation made as the host says', async () => {
    const { client, calls } = clientThat()
    const response = await handler(async () => ({ create: { botId: 'b1' } }), client).fetch(ask())
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({ id: 'c-new', token: 'a.b.c', expiresAt: 1_800_000_000_000 })
    expect(calls).toEqual([
      ['create', { botId: 'b1' }],
      ['session', 'c-new', { durationInSeconds: 3600 }],
    ])
  })

  test('is for the conversation the visitor owns', async () => {
    const { client, calls } = clientThat()
    const response = await handler(() => ({ conversationId: 'c1' }), client, 1800).fetch(ask())
    expect(await response.json()).toMatchObject({ id: 'c1' })
    expect(calls).toEqual([['session', 'c1', { durationInSeconds: 1800 }]])
  })

  test('makes an empty conversation when the host says only yes', async () => {
    const { client, calls } = clientThat()
    await handler(() => ({}), client).fetch(ask())
    expect(calls[0]).toEqual(['create', {}])
  })

  test('is not given to whom the host refuses', async () => {
    const { client, calls } = clientThat()
    const own = await handler(async () => new Response(null, { status: 401 }), client).fetch(ask())
    const none = await handler(async () => undefined as unknown as Response, client).fetch(ask())
    expect([own.status, none.status]).toEqual([401, 403])
    expect(calls).toEqual([])
  })

  test('is not made by a form on another site', async () => {
    const { client, calls } = clientThat()
    const from = (site: string) => handler(() => ({}), client).fetch(ask({ headers: { 'sec-fetch-site': site } }))
    expect((await from('cross-site')).status).toBe(403)
    expect(calls).toEqual([])
    for (const site of ['same-origin', 'same-site', 'none']) expect((await from(site)).status).toBe(200)
  })

  test('is asked for by POST only', async () => {
    const { client } = clientThat()
    const response = await handler(() => ({}), client).fetch(new Request('http://host.test/session'))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test.each([
    [Object.assign(new Error('sk-secret'), { status: 429, retryAfter: 6.2 }), 429, '7'],
    [Object.assign(new Error('sk-secret'), { status: 429 }), 429, null],
    [Object.assign(new Error('sk-secret'), { status: 404 }), 404, null],
    [Object.assign(new Error('sk-secret'), { status: 401 }), 502, null],
    [new TypeError('fetch failed sk-secret'), 502, null],
    ['sk-secret', 502, null],
  ])('a failure of the service tells nothing it should not', async (error, status, wait) => {
    const { client } = clientThat(error)
    const response = await handler(() => ({ conversationId: 'c1' }), client).fetch(ask())
    expect(response.status).toBe(status)
    expect(response.headers.get('retry-after')).toBe(wait)
    expect(await response.text()).not.toContain('sk-secret')
  })

  test.each([1799, 86_401, Number.NaN])('cannot last %d seconds', (seconds) => {
    expect(() => handler(() => ({}), clientThat().client, seconds)).toThrow(/durationInSeconds/)
  })

  test('cannot be set up open for everyone by mistake', () => {
    expect(() => handler(undefined as unknown as () => object, clientThat().client)).toThrow(/authorize is missing/)
  })
})
