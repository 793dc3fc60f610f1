import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STATUS_CODES } from '../../src/protocol/index.ts'
import { createConversationServer, memoryStorage, OPERATIONS, type SeedConversation } from '../../src/server/index.ts'
import { serve, type Serving } from '../../src/server/node/index.ts'
import { talk } from '../support/http.ts'
import { FUZZ_SECRET as SECRET, randomRequest, type RandomRequest } from '../support/random-request.ts'
import { STORAGES } from '../support/storages.ts'
import { watchRejections } from '../support/rejections.ts'

const BASE = 'http://api.test/api/v1'

const SEEDS: SeedConversation[] = [{ id: 'c1', name: 'Mine', messages: [{ id: 'm1', type: 'user', text: 'Hi' }] }]

const startServer = (storage = memoryStorage()) =>
  createConversationServer({
    storage,
    auth: { secrets: [SECRET, 'sk-theirs'] },
    conversations: SEEDS,
  })
const server = startServer()

watchRejections()

const JSON_POST = { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' }

interface Answer {
  status: number
  text: string
  type: string
}

async function ask(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${SECRET}`, ...(init.headers as Record<string, string>) }
  const response = await server.fetch(new Request(`${BASE}${path}`, { method, ...init, headers }))
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' }
}

/** What our own code looks like when it leaks out. */
const LEAK = /\bat \S+ \(|node_modules|\.ts:\d+|\.js:\d+|TypeError|RangeError|SyntaxError|SQLITE|Unexpected token/

/** What is wrong with a refusal: nothing, when it is one of the documented ones. */
function flaws({ status, text, type }: Answer, ...expected: number[]): string[] {
  const found: string[] = []
  const need = (good: boolean, flaw: string) => void (good || found.push(`${flaw}: ${status} ${text.slice(0, 300)}`))
  let body: { message?: unknown; code?: unknown } = {}
  try {
    body = JSON.parse(text) as typeof body
  } catch {
    found.push(`not JSON: ${status} ${text.slice(0, 300)}`)
  }
  need(expected.length > 0 ? expected.includes(status) : status >= 400 && status < 500, `not ${expected.join(' or ')}`)
  need(type.startsWith('application/json'), `the type is ${type}`)
  need(Object.keys(body).sort().join() === 'code,message', 'not a code and a message')
  need(typeof body.code === 'string' && /^[A-Z][A-Z_]+$/.test(body.code), 'the code is no code')
  need(typeof body.message === 'string' && /\w/.test(body.message), 'the message says nothing')
  need(!LEAK.test(text), 'our own code shows')
  need(text.length < 1000, 'it repeats what was sent')
  return found
}

const post = (path: string, body: BodyInit, headers: Record<string, string> = JSON_POST) =>
  ask('POST', path, { body, headers })

describe('hostile paths', () => {
  const PATHS: [string, string][] = [
    ['a way up', '/conversation/../../../etc/passwd'],
    ['an encoded way up', '/conversation/%2e%2e%2f%2e%2e%2fetc%2fpasswd/fetch'],
    ['an encoded slash', '/conversation/c1%2ffetch'],
    ['an encoded slash in an id', '/conversation/c1%2f..%2fc1/fetch'],
    ['a double slash', '//conversation//c1//fetch'],
    ['a trailing slash', '/conversation/c1/fetch/'],
    ['an empty id', '/conversation//fetch'],
    ['a NUL', '/conversation/c1%00/fetch'],
    ['a line break', '/conversation/c1%0d%0ax-evil:%201/fetch'],
    ['half an escape', '/conversation/%/fetch'],
    ['an escape that is no UTF-8', '/conversation/%ff%fe/fetch'],
    ['an overlong escape', '/conversation/%c0%ae%c0%ae/fetch'],
    ['a parameter in the path', '/conversation/c1;admin=true/fetch'],
    ['a colon', '/conversation/:conversationId/fetch'],
    ['an asterisk', '/conversation/*/fetch'],
    ['the name of a prototype', '/conversation/__proto__/fetch'],
    ['the name of a constructor', '/conversation/constructor/fetch'],
    ['a very long id', `/conversation/${'x'.repeat(100_000)}/fetch`],
    ['capital letters', '/CONVERSATION/C1/FETCH'],
    ['a noun that is none', '/conversation/c1/explode'],
    ['the base alone', ''],
  ]
  test.each(PATHS)('%s finds nothing, and says so', async (_name, path) => {
    expect(flaws(await ask('GET', path))).toEqual([])
  })

  test('the same with a body finds nothing and changes nothing', async () => {
    for (const [, path] of PATHS) {
      expect(flaws(await post(path.replace(/fetch$/, 'delete'), '{}'))).toEqual([])
    }
    expect((await ask('GET', '/conversation/c1/fetch')).status).toBe(200)
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    '%s is no message and no contact',
    async (id) => {
      expect(flaws(await ask('GET', `/conversation/c1/message/${id}/fetch`), 404)).toEqual([])
      expect(flaws(await ask('GET', `/contact/${id}/fetch`), 404)).toEqual([])
      expect(flaws(await ask('GET', `/conversation/c1/attachment/${id}/download`))).toEqual([])
    },
  )
})

describe('hostile methods', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'POST'])('%s to a reading address is 405', async (method) => {
    expect(flaws(await ask(method, '/conversation/list', { headers: JSON_POST, body: '{}' }), 405)).toEqual([])
  })
  test('GET to a writing address is 405', async () => {
    expect(flaws(await ask('GET', '/conversation/create'), 405)).toEqual([])
  })
  test('a HEAD is 200 and empty, an OPTIONS is 200 and {}', async () => {
    expect(await ask('HEAD', '/conversation/list')).toMatchObject({ status: 200, text: '' })
    expect(await ask('OPTIONS', '/conversation/list')).toMatchObject({ status: 200, text: '{}' })
  })
})

describe('hostile bodies', () => {
  const BODIES: [string, BodyInit][] = [
    ['words', 'hello'],
    ['half a JSON', '{"name":'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"x"'],
    ['true', 'true'],
    ['NaN', '{"name":NaN}'],
    ['two objects', '{}{}'],
    ['a comment', '{/* */}'],
    ['bytes', new Uint8Array([0, 255, 254, 128])],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x7b, 0, 0x7d, 0])],
    ['a hundred thousand brackets', '['.repeat(100_000)],
    ['a deep object', `${'{"meta":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['a member nobody knows', '{"foo":1}'],
    ['a number for a text', '{"name":5}'],
    ['an object for a text', '{"name":{}}'],
    ['an array for meta', '{"meta":[]}'],
    ['a hidden key in meta', '{"meta":{"_a":1}}'],
    ['messages that are none', '{"messages":[1]}'],
    ['a message of no type', '{"messages":[{"text":"x"}]}'],
    ['a model that is no model', '{"model":5}'],
    ['an unknown contact', '{"contactId":"nobody"}'],
    ['a date that is none', '{"expiresAt":"soon"}'],
  ]
  test.each(BODIES)('%s in place of a conversation is 400', async (_name, body) => {
    expect(flaws(await post('/conversation/create', body), 400)).toEqual([])
  })

  test.each(BODIES.slice(0, 15))('%s to every address that reads a body is never a crash', async (_name, body) => {
    const problems: string[] = []
    for (const { path } of Object.values(OPERATIONS).filter(({ method }) => method === 'POST')) {
      const answer = await post(path.replaceAll(/:\w+/g, 'nobody-with-a-long-name'), body)
      // A body that nobody reads is no fault of its own.
      problems.push(...(answer.status === 200 ? [] : flaws(answer)))
    }
    expect(problems).toEqual([])
  })

  test('a __proto__ in a body changes no prototype and is not kept', async () => {
    const made = await post('/conversation/create', '{"name":"x","meta":{"a":1,"__proto__":{"polluted":1}}}')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    const { id } = JSON.parse(made.text) as { id?: string }
    const kept = id === undefined ? made : await ask('GET', `/conversation/${id}/fetch`)
    expect(kept.text).not.toContain('polluted')
    expect(kept.status === 200 ? [] : flaws(kept, 400)).toEqual([])
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'json',
    '',
  ])('a content type of "%s" is 400', async (type) => {
    expect(flaws(await post('/conversation/create', '{}', { 'content-type': type }), 400)).toEqual([])
  })
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset="utf-8"',
    'Application/JSON',
  ])('a content type of "%s" is read', async (type) => {
    expect((await post('/conversation/create', '{"name":"x"}', { 'content-type': type })).status).toBe(200)
  })

  test('a body of twenty megabytes is refused, not stored', async () => {
    const answer = await post('/conversation/c1/send', JSON.stringify({ text: 'x'.repeat(20_000_000) }))
    expect(flaws(answer, 400, 413, 429)).toEqual([])
    expect((await ask('GET', '/conversation/c1/message/list')).text.length).toBeLessThan(1_000_000)
  })

  test('a body that never ends is refused once it is over the limit', async () => {
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const answer = await ask('POST', '/conversation/create', {
      headers: JSON_POST,
      body,
      duplex: 'half',
    } as RequestInit)
    expect(flaws(answer, 400, 413, 429)).toEqual([])
    expect(sent).toBeLessThan(200_000_000)
  })
})

describe('hostile headers', () => {
  test.each(['image/png', 'text/html, application/json', 'application/xml;q=1', 'jsonl', '*'])(
    'an Accept of "%s" is refused where it matters',
    async (accept) => {
      expect(flaws(await ask('GET', '/conversation/list', { headers: { accept } }), 400)).toEqual([])
    },
  )
  const TOKENS = [
    'Bearer',
    'Bearer ',
    'Bearer sk-nobody',
    'Basic c2stbWluZQ==',
    `Bearer ${SECRET}x`,
    'Bearer a.b.c',
    'Bearer ..',
    'Bearer oart-1',
    SECRET,
    `Bearer ${'x'.repeat(5000)}`,
  ]
  test.each(TOKENS)('an authorization of "%.30s" is 401', async (authorization) => {
    expect(flaws(await ask('GET', '/conversation/list', { headers: { authorization } }), 401)).toEqual([])
    expect(
      flaws(await post('/conversation/create', '{}', { 'content-type': 'application/json', authorization }), 401),
    ).toEqual([])
  })
  test('the names of a prototype are no secret', async () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(
        flaws(await ask('GET', '/conversation/list', { headers: { authorization: `Bearer ${name}` } }), 401),
      ).toEqual([])
    }
  })
  test.each([
    'take=-1',
    'take=NaN',
    'take=1e9',
    'take=',
    'take=0x10',
    'order=sideways',
    'cursor=%00',
    'cursor=__proto__',
    'meta.__proto__=1',
    'meta[constructor]=1',
    'meta.a.b.c=1',
    'meta=1',
    'meta[',
    '%ff=%fe',
    `cursor=${'x'.repeat(50_000)}`,
  ])('a query of "%s" is answered with a list or an error', async (query) => {
    const answer = await ask('GET', `/conversation/list?${query}`)
    const fine = answer.status === 200 && Array.isArray((JSON.parse(answer.text) as { items?: unknown }).items)
    expect(fine ? [] : flaws(answer, 400)).toEqual([])
  })
})

describe('over a real port', () => {
  let serving: Serving
  beforeAll(async () => {
    serving = await serve({ file: null, port: 0, env: {}, conversations: SEEDS })
  })
  afterAll(() => serving.close(0))

  const head = (lines: string[], body = '') => `${lines.join('\r\n')}\r\n\r\n${body}`
  const statuses = (text: string) => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1]))
  const AUTH = `Authorization: Bearer ${SECRET}`
  const alive = async () => {
    const headers = { authorization: `Bearer ${SECRET}` }
    return (await fetch(`${serving.url}/api/v1/conversation/list`, { headers })).status
  }

  // Each one tries to have a second request read out of the first one's body, or to break the reader.
  const SMUGGLED = head(['GET /api/v1/conversation/smuggled/fetch HTTP/1.1', 'Host: x', AUTH])
  const ATTACKS: [string, string][] = [
    [
      'a length and chunks',
      head(
        [
          'POST /api/v1/conversation/create HTTP/1.1',
          'Host: x',
          AUTH,
          'Content-Type: application/json',
          `Content-Length: ${SMUGGLED.length + 5}`,
          'Transfer-Encoding: chunked',
        ],
        `0\r\n\r\n${SMUGGLED}`,
      ),
    ],
    [
      'two lengths',
      head(
        [
          'POST /api/v1/conversation/create HTTP/1.1',
          'Host: x',
          AUTH,
          'Content-Type: application/json',
          'Content-Length: 2',
          `Content-Length: ${SMUGGLED.length + 2}`,
        ],
        `{}${SMUGGLED}`,
      ),
    ],
    [
      'a transfer encoding nobody knows',
      head(
        [
          'POST /api/v1/conversation/create HTTP/1.1',
          'Host: x',
          AUTH,
          'Content-Type: application/json',
          'Transfer-Encoding: xchunked',
        ],
        `0\r\n\r\n${SMUGGLED}`,
      ),
    ],
    [
      'a negative length',
      head(
        [
          'POST /api/v1/conversation/create HTTP/1.1',
          'Host: x',
          AUTH,
          'Content-Type: application/json',
          'Content-Length: -1',
        ],
        '{}',
      ),
    ],
    [
      'a folded header',
      head(['GET /api/v1/conversation/list HTTP/1.1', 'Host: x', 'Authorization:', ` Bearer ${SECRET}`, 'X: a', ' b']),
    ],
    [
      'a space before a colon',
      head(['GET /api/v1/conversation/list HTTP/1.1', 'Host: x', `Authorization : Bearer ${SECRET}`]),
    ],
    ['a line break in a header', `GET /api/v1/conversation/list HTTP/1.1\r\nHost: x\r\nX-A: a\nb: c\r\n\r\n`],
    ['no host', head(['GET /api/v1/conversation/list HTTP/1.1', AUTH])],
    ['a hostile host', head(['GET /api/v1/conversation/list HTTP/1.1', 'Host: http://[::1', AUTH])],
    ['an address of another host', head(['GET http://evil.test/api/v1/conversation/list HTTP/1.1', 'Host: x', AUTH])],
    ['an asterisk', head(['OPTIONS * HTTP/1.1', 'Host: x'])],
    ['a way up, not resolved', head(['GET /api/v1/../../etc/passwd HTTP/1.1', 'Host: x', AUTH])],
    ['a path that is an address', head(['GET //evil.test/api/v1/conversation/list HTTP/1.1', 'Host: x', AUTH])],
    ['a path without a slash', head(['GET api/v1/conversation/list HTTP/1.1', 'Host: x', AUTH])],
    ['a NUL in a path', head(['GET /api/v1/conversation/\u0000/fetch HTTP/1.1', 'Host: x', AUTH])],
    ['a tunnel', head(['CONNECT evil.test:443 HTTP/1.1', 'Host: evil.test'])],
    [
      'a protocol change',
      head(['GET /api/v1/conversation/list HTTP/1.1', 'Host: x', AUTH, 'Connection: Upgrade', 'Upgrade: websocket']),
    ],
    ['HTTP/0.9', 'GET /api/v1/conversation/list\r\n'],
    ['not HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
    [
      'a header of a megabyte',
      head(['GET /api/v1/conversation/list HTTP/1.1', 'Host: x', AUTH, `X: ${'x'.repeat(1_000_000)}`]),
    ],
  ]
  test.each(ATTACKS)('%s harms nobody', async (_name, bytes) => {
    const heard = await talk(serving.url, bytes)
    expect(heard).not.toMatch(LEAK)
    for (const status of statuses(heard)) {
      expect(status, heard.slice(0, 300)).toBeLessThan(500)
    }
    expect(heard, 'no request was read out of a body').not.toContain('smuggled')
    expect(statuses(heard).length).toBeLessThanOrEqual(1)
    expect(await alive()).toBe(200)
  })

  test('a client that hangs up in the middle of its body leaves the server well', async () => {
    const bytes = head(
      [
        'POST /api/v1/conversation/c1/send HTTP/1.1',
        'Host: x',
        AUTH,
        'Content-Type: application/json',
        'Content-Length: 1000',
      ],
      '{"text":',
    )
    await Promise.all(Array.from({ length: 20 }, () => talk(serving.url, bytes, 50)))
    expect(await alive()).toBe(200)
    const list = await fetch(`${serving.url}/api/v1/conversation/c1/message/list`, {
      headers: { authorization: `Bearer ${SECRET}` },
    })
    expect(((await list.json()) as { items: unknown[] }).items).toHaveLength(1)
  })

  test('clients that hang up in the middle of a stream leave the server well', async () => {
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const controller = new AbortController()
        setTimeout(() => controller.abort(), n)
        await fetch(`${serving.url}/api/v1/conversation/complete`, {
          method: 'POST',
          headers: { ...JSON_POST, accept: 'application/jsonl' },
          body: JSON.stringify({ messages: [{ type: 'user', text: 'words '.repeat(500) }] }),
          signal: controller.signal,
        })
          .then((response) => response.text())
          .catch(() => undefined)
      }),
    )
    expect(await alive()).toBe(200)
  })
})

describe.each(STORAGES)('a thousand random requests to a server $place', ({ open }) => {
  const DOCUMENTED = new Set([...Object.keys(STATUS_CODES).map(Number), 200, 204, 302, 304])

  /** What a reader of a channel gets who leaves soon: a channel does not end by itself. */
  async function answerOf(
    target: typeof server,
    { operation, method, path, headers, body }: RandomRequest,
  ): Promise<Answer> {
    const signal = operation === 'channel.subscribe' ? AbortSignal.timeout(30) : null
    const init = { method, headers, signal, ...(['GET', 'HEAD'].includes(method) ? {} : { body }) }
    try {
      const response = await target.fetch(new Request(BASE + path, init))
      const text = await response.text()
      return { status: response.status, text, type: response.headers.get('content-type') ?? '' }
    } catch (error) {
      if (signal?.aborted) {
        return { status: 200, text: '', type: '' }
      }
      throw error
    }
  }

  test('each one is answered with a documented status, and each refusal with a message and a code', async () => {
    const met: Record<string, number> = {}
    const kept = open()
    const target = startServer(kept.storage)
    await fc.assert(
      // Eight in a row meet a server that has seen some of them before.
      fc.asyncProperty(fc.array(randomRequest, { minLength: 8, maxLength: 8 }), async (requests) => {
        target.reset()
        for (const request of requests) {
          const answer = await answerOf(target, request)
          met[answer.status] = (met[answer.status] ?? 0) + 1
          expect(DOCUMENTED).toContain(answer.status)
          const fine = answer.status < 400 || request.method === 'HEAD'
          expect(fine ? [] : flaws(answer), `${request.method} ${request.path}`).toEqual([])
          expect(answer.text).not.toMatch(LEAK)
        }
      }),
      { numRuns: 150, seed: 20_261_121 },
    )
    await kept.remove()
    const asked = Object.values(met).reduce((sum, count) => sum + count, 0)
    expect(asked).toBeGreaterThanOrEqual(1000)
    // Otherwise it would only knock at the door.
    expect(met[200]).toBeGreaterThan(asked / 4)
    expect(met[400]).toBeGreaterThan(asked / 10)
  }, 60_000)
})
