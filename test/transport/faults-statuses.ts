import { expect } from 'vitest'
import { STATUS_CODES } from '../../src/protocol/index.ts'
import { answer, cut, errorLine, json, jsonl, stall, text, type Script } from '../support/fault-server.ts'
import { PRIVATE, SECRET, type Fault, type Scene } from './faults-run.ts'

const PAGE = '<!doctype html><html><body><h1>502 Bad Gateway</h1><p>nginx</p></body></html>'
const RETRIED = new Set([408, 429, 500, 502, 503, 504])

const get = ({ client, signal }: Scene) => client.fetch('c1', { signal })
const create = ({ client, signal }: Scene) => client.create({ name: PRIVATE }, { signal })
const ok = json(200, { id: 'c1', createdAt: 1, updatedAt: 1 })

const statuses = Object.entries(STATUS_CODES).map(([status, code]) => ({ status: Number(status), code }))

/** A date as HTTP writes it, `seconds` from now. */
const date = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString()

/** A 429 that names its time, and then the answer. */
const waits = (name: string, retryAfter: () => string, want: Fault['want']): Fault => ({
  name: `Retry-After ${name}`,
  serve: [
    (exchange) =>
      json(429, { code: 'TOO_MANY_REQUESTS', message: 'Slow down' }, { 'retry-after': retryAfter() })(exchange),
    ok,
  ],
  options: { retries: 1 },
  call: get,
  want,
})

/** A refusal whose body is no help. */
const body = (name: string, serve: Script, want: Fault['want']): Fault => ({
  name: `a refusal with ${name}`,
  serve,
  call: get,
  want: { plain: true, ...want },
})

const busy = json(429, { code: 'TOO_MANY_REQUESTS', message: 'Slow down' })

export const STATUSES: Fault[] = [
  // Each status, both ways: what the error says, and how often it was asked.
  ...statuses.map(({ status, code }): Fault => ({
    name: `${status} to a completion is told as ${code} and only a 429 is asked again`,
    serve: json(status, { code, message: 'The server says no' }),
    options: { retries: 2 },
    want: {
      code,
      status,
      requests: status === 429 ? 3 : 1,
      retryable: RETRIED.has(status),
      message: /server says no/i,
    },
  })),
  ...statuses.map(({ status, code }): Fault => ({
    name: `${status} without a body to a reading call is told as ${code}`,
    serve: answer(status, {}),
    options: { retries: 2 },
    call: get,
    want: {
      code,
      status,
      requests: RETRIED.has(status) ? 3 : 1,
      retryable: RETRIED.has(status),
      plain: true,
    },
  })),
  {
    name: 'an unheard-of 418 still has its status and a code',
    serve: text(418, 'text/plain', 'short and stout'),
    call: get,
    want: { code: ['ERROR_418', 'HTTP_418', 'BAD_REQUEST', 'HTTP_ERROR', 'GENERIC_ERROR'], status: 418, plain: true },
  },
  {
    name: 'an unheard-of 599 still has its status and a code',
    serve: answer(599, {}),
    call: get,
    want: {
      code: ['ERROR_599', 'HTTP_599', 'INTERNAL_SERVER_ERROR', 'HTTP_ERROR', 'GENERIC_ERROR'],
      status: 599,
      plain: true,
    },
  },
  {
    name: 'a code of its own wins over the status',
    serve: json(429, { code: 'LIMITS_REACHED', message: 'Limits reached' }),
    call: get,
    want: { code: 'LIMITS_REACHED', status: 429, retryable: true, plain: true },
  },
  {
    name: 'a write that is refused for a moment is asked again',
    serve: [busy, json(200, { id: 'c9' })],
    options: { retries: 2 },
    call: create,
    want: { value: { id: 'c9' }, requests: 2 },
  },
  {
    name: 'a write is not repeated after a 503',
    serve: [answer(503, {}), json(200, { id: 'c9' })],
    options: { retries: 2 },
    call: create,
    want: { code: 'SERVICE_UNAVAILABLE', status: 503, plain: true },
  },
  {
    name: 'a reading call survives two bad gateways',
    serve: [text(502, 'text/html', PAGE), text(502, 'text/html', PAGE), ok],
    options: { retries: 2 },
    call: get,
    want: { value: { id: 'c1' }, requests: 3 },
  },

  // --- bodies
  body('a page', text(502, 'text/html', PAGE), { code: 'BAD_GATEWAY', status: 502 }),
  body('a page that says it is JSON', text(500, 'application/json', PAGE), {
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
  }),
  body('half a JSON', text(400, 'application/json', '{"code":"BAD_REQ'), { code: 'BAD_REQUEST', status: 400 }),
  body('null', json(404, null), { code: 'NOT_FOUND', status: 404 }),
  body('an array', json(404, [{ message: 'x' }]), { code: 'NOT_FOUND', status: 404 }),
  body('a text', json(404, 'gone'), { code: 'NOT_FOUND', status: 404 }),
  body('members of the wrong type', json(403, { code: 7, message: { deep: true } }), {
    code: 'NOT_AUTHORIZED',
    status: 403,
  }),
  body('empty members', json(403, { code: '', message: '' }), { code: 'NOT_AUTHORIZED', status: 403 }),
  body(
    'a __proto__',
    text(400, 'application/json', '{"code":"BAD_REQUEST","message":"no way","__proto__":{"status":200,"polluted":1}}'),
    {
      code: 'BAD_REQUEST',
      status: 400,
    },
  ),
  body('a message of a megabyte', json(400, { code: 'BAD_REQUEST', message: 'long '.repeat(200_000) }), {
    code: 'BAD_REQUEST',
    status: 400,
  }),
  body('a page of twenty megabytes', text(500, 'text/html', `<html>${'x'.repeat(20_000_000)}`), {
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
  }),
  body('a body that is cut', answer(500, { 'content-type': 'application/json' }, '{"code":"GENERIC', cut), {
    code: 'INTERNAL_SERVER_ERROR',
    status: 500,
  }),
  body('a body that never ends', answer(500, { 'content-type': 'application/json' }, '{"code":"GENERIC', stall), {
    code: ['TIMEOUT', 'INTERNAL_SERVER_ERROR'],
    within: 1500,
  }),
  {
    name: 'a refusal of a stream whose body never ends',
    serve: answer(500, { 'content-type': 'application/json' }, '{"code":"GENERIC', stall),
    want: { code: ['TIMEOUT', 'INTERNAL_SERVER_ERROR'], within: 1500 },
  },
  {
    name: 'a refusal that repeats the key does not spread it',
    serve: ({ headers, response }) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ code: 'NOT_AUTHENTICATED', message: `Bad key: ${headers.authorization}` }))
    },
    call: get,
    want: { code: 'NOT_AUTHENTICATED', status: 401, plain: true },
  },
  {
    name: 'a refusal that repeats the words of the user does not spread them',
    serve: json(400, { code: 'BAD_REQUEST', message: `"${PRIVATE}" is not allowed` }),
    want: { code: 'BAD_REQUEST', status: 400 },
  },
  {
    name: 'an error line that repeats the key and the words does not spread them',
    serve: jsonl(errorLine({ code: 'MODEL_DOWN', message: `${SECRET} said ${PRIVATE}` })),
    want: { code: 'MODEL_DOWN' },
  },
  {
    name: 'a 200 error body that repeats the key does not spread it',
    serve: json(200, { code: 'MODEL_DOWN', message: `${SECRET} is at its limit` }),
    call: get,
    want: { code: 'MODEL_DOWN', plain: true },
  },
  {
    name: 'the url of an error has no secrets of its query',
    serve: answer(404, {}),
    call: ({ client, signal }) =>
      client.clientFetch(`/api/v1/conversation/list?token=${SECRET}`, { query: { key: SECRET }, signal }),
    want: { code: 'NOT_FOUND', plain: true },
    check: (_scene, { error }) => expect((error as { url?: string }).url).toMatch(/\/conversation\/list/),
  },
  {
    name: 'the request id of an answer is in its error',
    serve: answer(404, { 'x-request-id': 'req-1' }),
    call: get,
    want: { code: 'NOT_FOUND', plain: true },
    check: (_scene, { error }) => expect(error).toMatchObject({ requestId: 'req-1', method: 'GET', status: 404 }),
  },
  {
    name: 'a 304 to a contact upsert is told apart from a failure of the server',
    serve: answer(304, {}),
    call: ({ client, signal }) => client.upsertContact('c1', { name: 'Ann' }, { signal }),
    want: {},
  },
  {
    name: 'a 304 to anything else is an error',
    serve: answer(304, {}),
    call: get,
    want: { code: ['NOT_MODIFIED', 'ERROR_304', 'HTTP_304', 'HTTP_ERROR', 'GENERIC_ERROR'], status: 304, plain: true },
  },

  // --- Retry-After
  waits('in seconds is obeyed exactly', () => '1', { requests: 2, atLeast: 990, within: 2400, value: { id: 'c1' } }),
  waits('of nought is at once', () => '0', { requests: 2, within: 900, value: { id: 'c1' } }),
  waits('as a date is obeyed', () => date(2), { requests: 2, atLeast: 900, within: 3500, value: { id: 'c1' } }),
  waits('as a date gone by is at once', () => date(-3600), { requests: 2, within: 900, value: { id: 'c1' } }),
  waits('that is garbage falls back to our own delay', () => 'soon, promise', {
    requests: 2,
    within: 900,
    value: { id: 'c1' },
  }),
  waits('that is negative falls back to our own delay', () => '-5', { requests: 2, within: 900, value: { id: 'c1' } }),
  waits('in a notation HTTP does not have falls back too', () => '1e999', {
    requests: 2,
    within: 900,
    value: { id: 'c1' },
  }),
  waits('beyond a minute is not waited for', () => '61', {
    code: 'TOO_MANY_REQUESTS',
    status: 429,
    within: 900,
    plain: true,
  }),
  waits('of a date next year is not waited for', () => date(31_536_000), {
    code: 'TOO_MANY_REQUESTS',
    status: 429,
    within: 900,
    plain: true,
  }),
  {
    name: 'an error that names its time carries it',
    serve: json(429, { code: 'TOO_MANY_REQUESTS', message: 'Slow down' }, { 'retry-after': '120' }),
    call: get,
    want: { code: 'TOO_MANY_REQUESTS', plain: true },
    check: (_scene, { error }) => expect([120, 120_000]).toContain((error as { retryAfter?: number }).retryAfter),
  },
]
