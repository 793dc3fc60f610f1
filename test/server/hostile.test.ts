import { describe, expect, test } from 'vitest'
import { OPERATIONS } from '../../src/server/index.ts'
import { BASE, flaws, SECRET, startServer, type Answer } from '../support/refusals.ts'
import { watchRejections } from '../support/rejections.ts'

watchRejections()

const server = startServer()
const JSON_POST = { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' }

async function ask(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${SECRET}`, ...(init.headers as Record<string, string>) }
  const response = await server.fetch(new Request(`${BASE}${path}`, { method, ...init, headers }))
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') ?? '' }
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
