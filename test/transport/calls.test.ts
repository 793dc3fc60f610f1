import { expect, test } from 'vitest'
import * as kit from '../../src/transport/index.ts'

/** A client whose network writes down what it is asked and answers anything. */
function recorder(options: kit.ConversationClientOptions = {}) {
  const asked: { method: string; path: string; body: unknown; headers: Headers }[] = []
  const client = new kit.ConversationClient({
    baseUrl: 'http://api.test',
    ...options,
    fetch: async (input, init) => {
      const url = new URL(input)
      asked.push({
        method: init?.method ?? '',
        path: url.pathname.replace('/api/v1', '') + decodeURIComponent(url.search),
        body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined,
        headers: new Headers(init?.headers),
      })
      return Response.json({ id: 'x', items: [], text: '' })
    },
  })
  return { client, asked }
}

type Call = [string, (client: kit.ConversationClient) => PromiseLike<unknown>, string, string, unknown?]

// Every call: its name, the call, the method and path, the body.
const CALLS: Call[] = [
  ['list', (c) => c.list(), 'GET', '/conversation/list'],
  [
    'list, filtered',
    (c) => c.list({ cursor: 'c', take: 5, order: 'asc', meta: { team: 'blue' } }),
    'GET',
    '/conversation/list?cursor=c&take=5&order=asc&meta.team=blue',
  ],
  ['fetch', (c) => c.fetch('c1'), 'GET', '/conversation/c1/fetch'],
  ['create', (c) => c.create({ name: 'n' }), 'POST', '/conversation/create', { name: 'n' }],
  [
    'create with a model',
    (c) => c.create({ model: { name: 'm', config: { temperature: 0, maxTokens: 5, ref: undefined } } }),
    'POST',
    '/conversation/create',
    { model: 'm/temperature=0/maxTokens=5' },
  ],
  ['update', (c) => c.update('c1', { model: 'm' }), 'POST', '/conversation/c1/update', { model: 'm' }],
  ['delete', (c) => c.delete('c1'), 'POST', '/conversation/c1/delete', {}],
  [
    'complete without a conversation, text alone',
    (c) => c.complete(null, { text: 'hi', model: { name: 'm' } }),
    'POST',
    '/conversation/complete',
    { model: 'm', messages: [{ type: 'user', text: 'hi' }] },
  ],
  [
    'complete without a conversation, messages and text',
    (c) => c.complete(null, { text: 'and?', messages: [{ type: 'bot', text: 'Hi' }] }),
    'POST',
    '/conversation/complete',
    {
      messages: [
        { type: 'bot', text: 'Hi' },
        { type: 'user', text: 'and?' },
      ],
    },
  ],
  [
    'complete without a conversation, messages',
    (c) => c.complete(null, { messages: [{ type: 'user', text: 'hi' }] }),
    'POST',
    '/conversation/complete',
    { messages: [{ type: 'user', text: 'hi' }] },
  ],
  [
    'complete in a conversation',
    (c) => c.complete('c1', { text: 'hi', entities: [{ type: 'name', begin: 0, end: 2, text: 'hi' }] }),
    'POST',
    '/conversation/c1/complete',
    { text: 'hi', entities: [{ begin: 0, end: 2 }] },
  ],
  ['complete, going on', (c) => c.complete('c1', {}), 'POST', '/conversation/c1/complete', {}],
  [
    'complete with entities that are no list, which the server refuses',
    (c) => c.complete('c1', { text: 'hi', entities: 'all' as never }),
    'POST',
    '/conversation/c1/complete',
    { text: 'hi', entities: 'all' },
  ],
  [
    'complete with an entity that is nothing, which the server refuses',
    (c) => c.complete('c1', { text: 'hi', entities: [null] as never }),
    'POST',
    '/conversation/c1/complete',
    { text: 'hi', entities: [{}] },
  ],
  [
    'send',
    (c) => c.send('c1', { text: 'hi', entities: [{ type: 'name', begin: 0, end: 2, text: 'hi' }] }),
    'POST',
    '/conversation/c1/send',
    { text: 'hi', entities: [{ begin: 0, end: 2 }] },
  ],
  ['receive', (c) => c.receive('c1'), 'POST', '/conversation/c1/receive', {}],
  [
    'dispatch',
    (c) => c.dispatch(null, { text: 'hi' }),
    'POST',
    '/conversation/dispatch',
    { messages: [{ type: 'user', text: 'hi' }] },
  ],
  [
    'dispatch in a conversation',
    (c) => c.dispatch('c1', { text: 'hi' }),
    'POST',
    '/conversation/c1/dispatch',
    { text: 'hi' },
  ],
  [
    'compact',
    (c) => c.compact(null, { messages: [], model: { name: 'm' } }),
    'POST',
    '/conversation/compact',
    { messages: [], model: 'm' },
  ],
  ['compact in a conversation', (c) => c.compact('c1'), 'POST', '/conversation/c1/compact', {}],
  [
    'upvote',
    (c) => c.upvote('c1', { value: 5, reason: 'r' }),
    'POST',
    '/conversation/c1/upvote',
    { value: 5, reason: 'r' },
  ],
  ['downvote', (c) => c.downvote('c1'), 'POST', '/conversation/c1/downvote', {}],
  [
    'upsertContact',
    (c) => c.upsertContact('c1', { name: 'A' }),
    'POST',
    '/conversation/c1/contact/upsert',
    { name: 'A' },
  ],
  ['export', (c) => c.export({ take: 3 }), 'GET', '/conversation/export?take=3'],
  [
    'usage.fetch',
    (c) => c.usage.fetch('c1', { from: '2026-01-01' }),
    'GET',
    '/conversation/c1/usage/fetch?from=2026-01-01',
  ],
  [
    'session.create',
    (c) => c.session.create('c1', { durationInSeconds: 1800 }),
    'POST',
    '/conversation/c1/session/create',
    { durationInSeconds: 1800 },
  ],
  ['message.list', (c) => c.message.list('c1'), 'GET', '/conversation/c1/message/list?order=asc'],
  [
    'message.list, newest first',
    (c) => c.message.list('c1', { take: 2, order: 'desc' }),
    'GET',
    '/conversation/c1/message/list?take=2&order=desc',
  ],
  ['message.fetch', (c) => c.message.fetch('c1', 'm1'), 'GET', '/conversation/c1/message/m1/fetch'],
  [
    'message.create',
    (c) => c.message.create('c1', { type: 'bot', text: 't' }),
    'POST',
    '/conversation/c1/message/create',
    { type: 'bot', text: 't' },
  ],
  [
    'message.update',
    (c) => c.message.update('c1', 'm1', { text: 't' }),
    'POST',
    '/conversation/c1/message/m1/update',
    { text: 't' },
  ],
  ['message.delete', (c) => c.message.delete('c1', 'm1'), 'POST', '/conversation/c1/message/m1/delete', {}],
  [
    'message.upvote',
    (c) => c.message.upvote('c1', 'm1', { value: 1 }),
    'POST',
    '/conversation/c1/message/m1/upvote',
    { value: 1 },
  ],
  ['message.downvote', (c) => c.message.downvote('c1', 'm1'), 'POST', '/conversation/c1/message/m1/downvote', {}],
  [
    'message.synthesize',
    (c) => c.message.synthesize('c1', 'm1', { text: 't' }),
    'POST',
    '/conversation/c1/message/m1/synthesize',
    { text: 't' },
  ],
  ['attachment.list', (c) => c.attachment.list('c1', { take: 5 }), 'GET', '/conversation/c1/attachment/list?take=5'],
  ['contact.list', (c) => c.contact.list({ meta: { a: '1' } }), 'GET', '/contact/list?meta.a=1'],
  ['contact.fetch', (c) => c.contact.fetch('p1'), 'GET', '/contact/p1/fetch'],
  ['contact.create', (c) => c.contact.create({ name: 'A' }), 'POST', '/contact/create', { name: 'A' }],
  ['contact.ensure', (c) => c.contact.ensure({ email: 'a@b.c' }), 'POST', '/contact/ensure', { email: 'a@b.c' }],
  ['contact.update', (c) => c.contact.update('p1', { name: 'B' }), 'POST', '/contact/p1/update', { name: 'B' }],
  [
    'contact.conversation.list',
    (c) => c.contact.conversation.list('p1', { take: 1 }),
    'GET',
    '/contact/p1/conversation/list?take=1',
  ],
  ['contact.rating.list', (c) => c.contact.rating.list('p1'), 'GET', '/contact/p1/rating/list'],
  [
    'channel.publish',
    (c) => c.channel.publish('ch', { message: { a: 1 } }),
    'POST',
    '/channel/ch/publish',
    { message: { a: 1 } },
  ],
  ['channel.subscribe', (c) => c.channel.subscribe('ch'), 'POST', '/channel/ch/subscribe', { historyLength: 1000 }],
]

test.each(CALLS)('%s asks the server for the right thing', async (_, call, method, path, body) => {
  const { client, asked } = recorder()
  await call(client)
  expect(asked).toEqual([expect.objectContaining({ method, path, body })])
  const { headers } = asked[0]!
  expect(headers.get('accept')).toBe('application/json')
  expect(headers.get('content-type')).toBe(body === undefined ? null : 'application/json')
})

test('sends the caller’s own id of a message, so that a repeat is known', async () => {
  const { client, asked } = recorder({ headers: { 'x-app': 'a' } })
  await client.complete('c1', { text: 'hi' }, { clientMessageId: 'local-1', headers: { 'x-call': 'c' } })
  await client.complete('c1', { text: 'hi' })
  expect(asked.map(({ headers }) => headers.get('idempotency-key'))).toEqual(['local-1', null])
  expect(asked.map(({ headers }) => [headers.get('x-app'), headers.get('x-call')])).toEqual([
    ['a', 'c'],
    ['a', null],
  ])
})

test('tells a conversation that has its contact already from a failure', async () => {
  const client = new kit.ConversationClient({
    baseUrl: 'http://api.test',
    fetch: async () => new Response(null, { status: 304 }),
  })
  await expect(client.upsertContact('c1', { name: 'A' })).resolves.toEqual({ id: '', unchanged: true })
  await expect(client.fetch('c1')).rejects.toMatchObject({ status: 304 })
})

test('gives a table as text', async () => {
  const client = new kit.ConversationClient({
    baseUrl: 'http://api.test',
    fetch: async (_, init) =>
      new Response(new Headers(init?.headers).get('accept') === 'text/csv' ? 'id,name\n"c1","é"\n' : '', {
        headers: { 'content-type': 'text/csv' },
      }),
  })
  await expect(client.exportCsv()).resolves.toBe('id,name\n"c1","é"\n')
})

test.each(['', '.', '..', undefined, null, 5, '\uD800'])('refuses %o for an id before anything is sent', async (id) => {
  const { client, asked } = recorder()
  const calls = [
    client.fetch(id as string),
    client.delete(id as string),
    client.message.upvote('c1', id as string),
    client.message.list(id as string),
    client.attachment.upload(id as string, { data: 'x' }),
  ]
  for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'BAD_REQUEST', retryable: false })
  await expect(
    client
      .complete((id ?? undefined) as string, { text: 'x' })
      .stream()
      .next(),
  ).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  })
  expect(asked).toEqual([])
})

test('keeps any other id one segment of the path', async () => {
  const { client, asked } = recorder()
  for (const id of ['a/b', '../x', '%2e%2e', 'a?b#c', 'ü 🙂', '{messageId}']) {
    await client.fetch(id)
    const segments = asked.at(-1)!.path.split('/')
    expect(segments).toHaveLength(4)
    expect(decodeURIComponent(segments[2]!)).toBe(id)
  }
})

test('walks through all pages of any list', async () => {
  const items = Array.from({ length: 250 }, (_, index) => ({ id: `c${index}` }))
  const asked: kit.PageRequest[] = []
  const list = async (page: kit.PageRequest) => {
    asked.push(page)
    const from = page.cursor ? items.findIndex(({ id }) => id === page.cursor) + 1 : 0
    const part = items.slice(from, from + page.take)
    return { items: part, ...(part.length > 0 && { cursor: part.at(-1)!.id }) }
  }
  const collect = async (source: AsyncIterable<{ id: string }>) => {
    const found = []
    for await (const item of source) found.push(item)
    return found
  }
  expect(await collect(kit.iterateAll(list))).toEqual(items)
  expect(asked).toEqual([{ take: 100 }, { cursor: 'c99', take: 100 }, { cursor: 'c199', take: 100 }])
  expect(await collect(kit.iterateAll(list, 125))).toEqual(items)
  expect(await collect(kit.iterateAll(list, Number.NaN))).toEqual(items)
  expect(await collect(kit.iterateAll(list, -1))).toEqual(items)
  // A list that is a whole number of pages long ends with an empty one.
  expect(await collect(kit.iterateAll(list, 50))).toHaveLength(250)
  // A list without cursors, and one whose cursor is null at the end.
  const bare = async (page: kit.PageRequest) => ({ items: (await list(page)).items })
  expect(await collect(kit.iterateAll(bare))).toEqual(items)
  expect(await collect(kit.iterateAll(async () => ({ items: [{ id: 'a' }], cursor: null }), 1))).toEqual([{ id: 'a' }])
  expect(await collect(kit.iterateAll(async () => ({ items: [] })))).toEqual([])
})

test('does not turn in a circle when a server gives the same page for ever', async () => {
  let calls = 0
  const stuck = async () => (calls++, { items: [{ id: 'a' }], cursor: 'a' })
  for await (const item of kit.iterateAll(stuck, 1)) expect(item).toEqual({ id: 'a' })
  expect(calls).toBe(2)
})
