import * as fc from 'fast-check'
import { OPERATIONS, type Operation } from '../../src/server/index.ts'
import { SECRET } from './refusals.ts'

export interface RandomRequest {
  operation: Operation
  method: string
  /** Path and query below the base. */
  path: string
  headers: Record<string, string>
  body: string
}

const CHANNEL = 'a-channel-of-enough-letters'
const FN = { name: 'getWeather', description: 'The weather', parameters: { type: 'object', properties: {} } }
const SAID = [{ type: 'user', text: 'Hi' }]

/** A body each operation takes; the others take an empty one. */
const BODIES: Partial<Record<Operation, object>> = {
  'conversation.create': { name: 'A', model: 'm/temperature=0', meta: { a: 1 }, messages: SAID },
  'conversation.update': { name: 'B', meta: { $update: { b: 2 } } },
  'conversation.completeStateless': { messages: SAID, functions: [FN], limits: { iterations: 2 } },
  'conversation.complete': { text: 'Hi', entities: [{ begin: 0, end: 1 }], functions: [FN] },
  'conversation.send': { text: 'Hi', entities: [{ begin: 0, end: 1 }] },
  'conversation.receive': { functions: [FN], extensions: { backstory: 'Brief.' } },
  'conversation.upvote': { value: 5, reason: 'Clear' },
  'conversation.downvote': { value: -5, reason: 'Slow' },
  'conversation.dispatch': { text: 'Hi', channelId: CHANNEL },
  'conversation.dispatchStateless': { messages: SAID, channelId: CHANNEL },
  'conversation.compactStateless': { messages: SAID },
  'contact.upsert': { name: 'Ann', email: 'ann@example.com' },
  'contact.create': { name: 'Ann', fingerprint: 'fingerprint-of-ann-0001', phone: '+1 212 555 0100' },
  'contact.ensure': { name: 'Ann', email: 'ann@example.com' },
  'contact.update': { nick: 'A' },
  'session.create': { durationInSeconds: 1800 },
  'message.create': { type: 'user', text: 'Hi', meta: { a: 1 } },
  'message.createBatch': { items: SAID },
  'message.update': { text: 'Better' },
  'message.upvote': { value: 1 },
  'message.downvote': { value: -1 },
  'message.synthesize': { text: 'Hi' },
  'attachment.upload': { file: { type: 'text/plain', size: 5, name: 'a.txt' } },
  'channel.subscribe': { historyLength: 10 },
  'channel.publish': { message: { result: { c: 14 } } },
}

/** The good value, but for one in twenty. */
const mostly = <T>(good: T, bad: fc.Arbitrary<T>) => fc.oneof({ weight: 19, arbitrary: fc.constant(good) }, bad)

const badId = fc.oneof(
  fc.constantFrom('nobody', '%00', '%2e%2e', '..%2f', '__proto__', 'constructor', '%', '%ff', '', 'c1', 'm1'),
  fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text)),
)
const IDS: Record<string, string> = {
  conversationId: 'c1',
  messageId: 'm1',
  channelId: CHANNEL,
  contactId: 'k1',
  name: 'a.txt',
}

const pathOf = (template: string) => {
  const parts = template.split('/')
  return fc
    .tuple(
      ...parts.map((part) => (part.startsWith(':') ? mostly(IDS[part.slice(1)] ?? 'x', badId) : mostly(part, badId))),
    )
    .map((filled) => filled.join('/'))
}

const parameter = fc.constantFrom('take', 'cursor', 'order', 'meta.a', 'meta[a]', 'from', 'to', 'botId', '__proto__')
const query = fc
  .array(fc.tuple(parameter, fc.oneof(fc.constantFrom('1', '0', 'asc', 'c1', 'true'), fc.string({ maxLength: 12 }))), {
    maxLength: 2,
  })
  .map((pairs) => (pairs.length > 0 ? `?${new URLSearchParams(pairs).toString()}` : ''))

const value = fc.oneof(
  fc.constantFrom<unknown>('Hi', '', ' ', 'user', 1, 0, -1, 1e308, 3600, null, true, [], {}, [null], [{}], SAID, [FN]),
  fc.constantFrom<unknown>({ a: 1 }, { $update: { a: 1 } }, { $update: 5 }, [{ begin: -5, end: 1e9 }], { _a: 1 }, [
    1,
    [2],
  ]),
  fc.constantFrom<unknown>(
    'http://127.0.0.1:1/',
    'https://127.0.0.1:1/',
    'data:text/plain,hi',
    'data:,',
    'file:///etc/passwd',
  ),
  fc.constantFrom<unknown>(
    { type: 'text/plain', size: 5 },
    { type: 'x', size: -1 },
    { type: 'x', size: 1e15 },
    'x'.repeat(3000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
)
const member = fc.constantFrom(
  ...new Set(Object.values(BODIES).flatMap((body) => Object.keys(body))),
  'limits',
  'contactId',
  'expiresAt',
  'verifiedAt',
  '__proto__',
  'constructor',
)

/** A good body, one with some members exchanged, or anything. */
const bodyOf = (operation: Operation) => {
  const good = BODIES[operation] ?? {}
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant(JSON.stringify(good)) },
    {
      weight: 4,
      arbitrary: fc
        .array(fc.tuple(fc.oneof(fc.constantFrom(...Object.keys(good), 'name'), member), value), {
          minLength: 1,
          maxLength: 2,
        })
        // `__proto__` as a member of JSON and not as a prototype.
        .map((changes) =>
          JSON.stringify(good).replace(
            /}$/,
            changes.map(([key, v]) => `,"${key}":${JSON.stringify(v)}`).join('') + '}',
          ),
        )
        .map((text) => text.replace(/^{,/, '{')),
    },
    { weight: 1, arbitrary: fc.oneof(fc.json({ maxDepth: 3 }), fc.string()) },
  )
}

const headers = fc.record({
  authorization: mostly(`Bearer ${SECRET}`, fc.constantFrom('', 'Bearer', 'Bearer sk-theirs', 'Bearer a.b.c', 'x')),
  'content-type': mostly(
    'application/json',
    fc.constantFrom(
      '',
      'text/plain',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      ';;;',
      'application/json;',
    ),
  ),
  accept: fc.constantFrom(
    '*/*',
    '*/*',
    'application/json',
    'application/jsonl',
    'application/jsonl',
    'text/csv',
    'text/event-stream',
    ',',
    'image/png',
  ),
})
const extras = mostly<Record<string, string>>(
  {},
  fc.constantFrom<Record<string, string>>(
    { 'x-timezone': 'Mars/Phobos' },
    { 'x-runas-user-id': 'somebody' },
    { 'idempotency-key': '' },
    { 'idempotency-key': 'x'.repeat(3000) },
  ),
)
const repeats = fc.constantFrom<Record<string, string>>({}, {}, {}, { 'idempotency-key': 'a' })

/** A request as somebody would write it, and with something wrong in most of them. */
export const randomRequest: fc.Arbitrary<RandomRequest> = fc
  .constantFrom(...(Object.keys(OPERATIONS) as Operation[]))
  .chain((operation) => {
    const { method, path } = OPERATIONS[operation]
    return fc.record({
      operation: fc.constant(operation),
      method: fc.oneof(
        { weight: 12, arbitrary: fc.constant<string>(method) },
        fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'),
      ),
      path: fc.tuple(pathOf(path), query).map((parts) => parts.join('')),
      headers: fc.tuple(headers, repeats, extras).map((parts): Record<string, string> => Object.assign({}, ...parts)),
      body: bodyOf(operation),
    })
  })
