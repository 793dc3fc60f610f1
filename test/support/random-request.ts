import * as fc from 'fast-check'
import { OPERATIONS } from '../../src/server/operations.ts'

/** The key that gets in. */
export const FUZZ_SECRET = 'sk-mine'

const paths = Object.values(OPERATIONS).map(({ path }) => path)
const id = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('c1', 'm1', 'nobody', 'a-channel-of-enough-letters') },
  fc.constantFrom('%00', '%2e%2e', '..%2f', '__proto__', '%', '%ff', ''),
  fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text)),
)
const segment = fc.oneof(
  id,
  fc.constantFrom('conversation', 'message', 'contact', 'list', 'fetch', 'create', 'delete', 'channel'),
)
const path = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...paths), id, id)
      .map(([at, a, b]) => at.replace(/:\w+/, () => a).replace(/:\w+/, () => b)),
  },
  fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join('/')}`),
)
const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  fc
    .array(
      fc.tuple(
        fc.constantFrom('take', 'cursor', 'order', 'meta.a', 'meta[a]', 'from', 'to', 'botId', '__proto__'),
        fc.string({ maxLength: 12 }),
      ),
      { maxLength: 3 },
    )
    .map((pairs) => `?${new URLSearchParams(pairs.map(([key, value]) => [key, value])).toString()}`),
)
const member = fc.constantFrom(
  'text',
  'messages',
  'name',
  'meta',
  'model',
  'entities',
  'functions',
  'limits',
  'value',
  'reason',
  'type',
  'file',
  'email',
  'phone',
  'fingerprint',
  'durationInSeconds',
  'message',
  'historyLength',
  'channelId',
  'contactId',
  'items',
  'extensions',
  '__proto__',
)
const value = fc.oneof(
  fc.constantFrom<unknown>(
    'Hi',
    '',
    ' ',
    'user',
    'bot',
    1,
    0,
    -1,
    1e308,
    100,
    3600,
    null,
    true,
    [],
    {},
    [null],
    [{}],
    [{ type: 'user', text: 'Hi' }],
    { a: 1 },
    { $update: { a: 1 } },
    [{ begin: 0, end: 1 }],
    [{ begin: -5, end: 1e9 }],
    'ann@example.com',
    '+1 212 555 0100',
    'fingerprint-of-ann-0001',
    'http://127.0.0.1:1/',
    'data:text/plain,hi',
    'data:,',
    { type: 'text/plain', size: 5 },
    { type: 'x', size: -1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
)
const body = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .array(fc.tuple(member, value), { maxLength: 4 })
      .map(
        (pairs) => `{${pairs.map(([key, v]) => `${JSON.stringify(key)}:${JSON.stringify(v) ?? 'null'}`).join(',')}}`,
      ),
  },
  fc.json({ maxDepth: 3 }),
  fc.string(),
)
const headers = fc.record({
  authorization: fc.oneof(
    { weight: 8, arbitrary: fc.constant(`Bearer ${FUZZ_SECRET}`) },
    fc.constantFrom('', 'Bearer', 'Bearer sk-theirs', 'Bearer a.b.c', 'x'),
  ),
  'content-type': fc.oneof(
    { weight: 6, arbitrary: fc.constant('application/json') },
    fc.constantFrom(
      '',
      'text/plain',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      ';;;',
      'application/json;',
    ),
  ),
  accept: fc.oneof(
    { weight: 3, arbitrary: fc.constant('*/*') },
    fc.constantFrom('application/jsonl', 'application/json', 'text/csv', 'text/event-stream', ',', 'image/png', ''),
  ),
  'x-timezone': fc.constantFrom('Europe/Lisbon', 'Mars/Phobos', ''),
  'idempotency-key': fc.constantFrom('', 'a', 'b', 'c', 'x'.repeat(3000)),
})
/** A request as nobody would write it, and some as somebody would. */
export const request = fc.record({
  method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'),
  path,
  query,
  headers,
  body,
})
