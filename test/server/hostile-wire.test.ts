import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve, type Serving } from '../../src/server/node/index.ts'
import { talk } from '../support/http.ts'
import { LEAK, SECRET, SEEDS } from '../support/refusals.ts'
import { watchRejections } from '../support/rejections.ts'

watchRejections()

const JSON_POST = { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' }

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
