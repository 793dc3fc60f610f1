import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OPERATIONS } from '../../src/server/index.ts'
import { ConversationClient, ConversationError } from '../../src/transport/index.ts'
import { recording } from '../support/recording.ts'
import { watchRejections } from '../support/rejections.ts'

watchRejections()

const SHAPES = Object.values(OPERATIONS).map(
  ({ method, path }) => new RegExp(`^${method} /api/v1${path.replaceAll(/:\w+/g, '[^/]+')}$`),
)

const id = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.constantFrom(
    '.',
    '..',
    '...',
    '',
    '/',
    '\\',
    '%2e%2e',
    '%2f',
    '..;',
    '?',
    '#',
    '@',
    ':',
    '//evil.test',
    '\u0000',
    '\ud800',
    '{messageId}',
    ' ',
    '\r\nx: y',
  ),
)

/** Anything a program without types may pass. */
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withTypedArray: true, maxDepth: 2 }),
  fc.constantFrom<unknown>(undefined, null, Number.NaN, Symbol('s'), () => 1, new Map([[1, 2]])),
)
// Not those whose elements the client itself looks at: their types are the program's business.
const member = fc.constantFrom(
  'text',
  'meta',
  'name',
  'take',
  'order',
  'cursor',
  'value',
  'reason',
  'historyLength',
  'foo',
)
const request = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(member, anything, { maxKeys: 4, noNullPrototype: true }) },
  fc.constantFrom<unknown>(undefined, {}),
)

// eslint-disable-next-line typescript/no-explicit-any -- arguments of every kind
type Args = any
const METHODS: Record<string, (client: ConversationClient, a: string, b: string, request: Args) => unknown> = {
  list: (client, _a, _b, request) => client.list(request),
  fetch: (client, a) => client.fetch(a),
  create: (client, _a, _b, request) => client.create(request),
  update: (client, a, _b, request) => client.update(a, request),
  delete: (client, a) => client.delete(a),
  completeStateless: (client, _a, _b, request) => client.complete(null, request ?? { messages: [] }),
  complete: (client, a, _b, request) => client.complete(a, request),
  stream: (client, a, _b, request) => client.complete(a, request).stream().next(),
  send: (client, a, _b, request) => client.send(a, request),
  receive: (client, a, _b, request) => client.receive(a, request),
  upvote: (client, a, _b, request) => client.upvote(a, request),
  downvote: (client, a, _b, request) => client.downvote(a, request),
  upsertContact: (client, a, _b, request) => client.upsertContact(a, request),
  messageList: (client, a, _b, request) => client.message.list(a, request),
  messageFetch: (client, a, b) => client.message.fetch(a, b),
  messageCreate: (client, a, _b, request) => client.message.create(a, request),
  messageUpdate: (client, a, b, request) => client.message.update(a, b, request),
  messageDelete: (client, a, b) => client.message.delete(a, b),
  messageUpvote: (client, a, b, request) => client.message.upvote(a, b, request),
  sessionCreate: (client, a, _b, request) => client.session.create(a, request),
  attachmentList: (client, a, _b, request) => client.attachment.list(a, request),
  download: (client, a, b) => client.attachment.download(a, b),
  usage: (client, a, _b, request) => client.usage.fetch(a, request),
  subscribe: (client, a, _b, request) => client.channel.subscribe(a, request).stream().next(),
  publish: (client, a, _b, request) => client.channel.publish(a, { message: request ?? {} }),
  contactFetch: (client, a) => client.contact.fetch(a),
  contactUpdate: (client, a, _b, request) => client.contact.update(a, request),
  contactConversations: (client, a, _b, request) => client.contact.conversation.list(a, request),
}

describe('a program that passes anything', () => {
  test('gets a typed error or reaches exactly one address of the API', async () => {
    const { fetch, requests } = recording(async () => Response.json({ id: 'x', items: [] }))
    const client = new ConversationClient({ baseUrl: 'http://api.test', fetch, retries: 0 })
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(METHODS)), id, id, request, async (method, a, b, body) => {
        requests.length = 0
        const failure: unknown = await (async () => METHODS[method]!(client, a, b, body))().then(
          () => undefined,
          (error: unknown) => error,
        )
        refused += failure === undefined ? 0 : 1
        expect(failure === undefined || ConversationError.is(failure), `${method}: ${String(failure)}`).toBe(true)
        expect(requests.length).toBeLessThanOrEqual(1)
        for (const { method: verb, path } of requests) {
          expect(
            SHAPES.some((shape) => shape.test(`${verb} ${path}`)),
            `${verb} ${path}`,
          ).toBe(true)
        }
      }),
      { numRuns: 1500, seed: 11 },
    )
    expect(refused).toBeGreaterThan(100)
  }, 60_000)
})
