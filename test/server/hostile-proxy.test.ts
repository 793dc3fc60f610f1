import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createConversationProxy,
  createConversationServer,
  OPERATIONS,
  type Operation,
} from '../../src/server/index.ts'
import { randomRequest } from '../support/random-request.ts'
import { flaws } from '../support/refusals.ts'
import { watchRejections } from '../support/rejections.ts'

watchRejections()

const KEY = 'sk-the-key-of-the-host'
const BASE = 'https://shop.test/api/chat'
const ALLOW: Operation[] = [
  'conversation.list',
  'conversation.create',
  'conversation.complete',
  'message.list',
  'message.upvote',
]
const HEADERS = new Set(['authorization', 'accept', 'content-type', 'x-timezone', 'idempotency-key'])
const MEMBERS = new Set(['text', 'entities', 'name', 'meta', 'value', 'reason'])

const shapeOf = (operation: Operation) => {
  const { method, path } = OPERATIONS[operation]
  return new RegExp(`^${method} /api/v1${path.replaceAll(/:\w+/g, '(?!\\.{1,2}/)[^/?#]+')}$`)
}

interface Forwarded {
  url: URL
  method: string
  headers: Headers
  body: Record<string, unknown> | undefined
}

/** A proxy in front of the local server, which writes down what goes through. */
function openProxy(meta: Record<string, string> = { owner: 'u1' }) {
  const server = createConversationServer({
    auth: { secrets: [KEY] },
    conversations: [{ id: 'c1', meta: { owner: 'u1' }, messages: [{ id: 'm1', type: 'user', text: 'Hi' }] }],
  })
  const forwarded: Forwarded[] = []
  const proxy = createConversationProxy({
    secret: KEY,
    basePath: '/api/chat',
    baseUrl: 'http://api.test',
    allow: ALLOW,
    authorize: () => ({ meta }),
    async fetch(url, init) {
      const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Record<string, unknown>) : undefined
      forwarded.push({ url: new URL(url), method: String(init.method), headers: new Headers(init.headers), body })
      return server.fetch(new Request(url, init))
    },
  })
  return { proxy, forwarded }
}

/** What is wrong with something that went to the API. */
function dangers({ url, method, headers, body }: Forwarded): string[] {
  const found: string[] = []
  const need = (good: boolean, danger: string) => void (good || found.push(`${danger}: ${method} ${url.href}`))
  const operation = ALLOW.find((one) => shapeOf(one).test(`${method} ${url.pathname}`))
  need(operation !== undefined, 'an operation that is not open')
  need(url.origin === 'http://api.test', 'another server')
  need(headers.get('authorization') === `Bearer ${KEY}`, 'credentials of somebody else')
  need(
    [...headers.keys()].every((name) => HEADERS.has(name)),
    `headers of the visitor ${[...headers.keys()].join()}`,
  )
  need(
    Object.keys(body ?? {}).every((name) => MEMBERS.has(name)),
    `members ${Object.keys(body ?? {}).join()}`,
  )
  const filters = url.searchParams.getAll('meta.owner')
  need(operation !== 'conversation.list' || filters.join() === 'u1', 'a list that is not the visitor’s')
  need(
    ![...url.searchParams.keys()].some((name) => /^meta\[|__proto__|constructor/.test(name) && name.includes('owner')),
    'a second owner',
  )
  const meta = body?.meta as Record<string, unknown> | undefined
  need(operation !== 'conversation.create' || meta?.owner === 'u1', 'a conversation that is nobody’s')
  return found
}

describe('a proxy that meets random visitors', () => {
  test('lets only open operations through, as itself, and only what belongs to the visitor', async () => {
    const { proxy, forwarded } = openProxy()
    const problems: string[] = []
    await fc.assert(
      fc.asyncProperty(randomRequest, async ({ method, path, headers, body }) => {
        const response = await proxy.fetch(
          new Request(BASE + path, {
            method,
            headers: { ...headers, cookie: 'session=secret', 'x-forwarded-for': '10.0.0.1' },
            ...(['GET', 'HEAD'].includes(method) ? {} : { body }),
          }),
        )
        const text = await response.text()
        expect(text).not.toContain(KEY)
        expect(response.headers.get('set-cookie')).toBeNull()
        const refusal = { status: response.status, text, type: response.headers.get('content-type') ?? '' }
        problems.push(...(response.status < 400 || method === 'HEAD' ? [] : flaws(refusal)))
      }),
      { numRuns: 1500, seed: 20_261_121 },
    )
    expect(problems).toEqual([])
    expect(forwarded.flatMap(dangers)).toEqual([])
    // Otherwise it would only have kept everybody out.
    const used = ALLOW.filter((one) =>
      forwarded.some(({ method, url }) => shapeOf(one).test(`${method} ${url.pathname}`)),
    )
    expect(used).toEqual(ALLOW)
  }, 60_000)

  test('a host that does not know who it is opens nothing', async () => {
    // The API ignores a filter without a value, so this would be everybody's conversations.
    const { proxy, forwarded } = openProxy({ owner: '' })
    const response = await proxy.fetch(new Request(`${BASE}/conversation/list`))
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(forwarded).toEqual([])
  })

  const TRICKS = [
    'GET /conversation/list/../c1/fetch',
    'GET /conversation/list%2f..%2fc1%2ffetch',
    'GET /conversation/%2e%2e/contact/list',
    'GET /conversation/list?meta.owner=u2',
    'GET /conversation/list?meta[owner]=u2&meta%5Bowner%5D=u3',
    'GET /conversation/list?meta.owner=&meta.owner',
    'GET /conversation/list?take=1#/../../contact/list',
    'GET /conversation/c1%23/message/list',
    'GET /conversation/c1%3f/message/list',
    'GET /conversation/..%5c..%5ccontact/message/list',
    'POST /conversation/c1/complete/../delete',
    'POST /conversation/c1%2fdelete%3f/complete',
    'POST /conversation//complete',
    'POST /conversation/complete',
    'POST /conversation/%00/complete',
    'POST //evil.test/conversation/create',
    'POST /@evil.test/conversation/create',
  ]
  test.each(TRICKS)('%s goes nowhere it should not', async (trick) => {
    const { proxy, forwarded } = openProxy()
    const [method, path] = trick.split(' ') as [string, string]
    const init = {
      method,
      ...(method === 'POST' && { body: '{"text":"Hi"}', headers: { 'content-type': 'application/json' } }),
    }
    const response = await proxy.fetch(new Request(BASE + path, init))
    await response.text()
    expect(forwarded.flatMap(dangers)).toEqual([])
  })
})
