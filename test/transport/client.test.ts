import { describe, expect, test, vi } from 'vitest'
import { ChatBotKitClient, ConversationClient, ConversationMessageClient } from '../../src/transport/index.ts'
import { modelString } from '../../src/transport/model.ts'
import type { ConversationClientOptions } from '../../src/transport/index.ts'

const recorder = () => {
  const asked: { url: string; headers: Headers }[] = []
  const fetch = async (input: string | URL, init?: RequestInit) => {
    asked.push({ url: String(input), headers: new Headers(init?.headers) })
    return Response.json({ id: 'x' })
  }
  return { asked, fetch }
}

test('can be made with nothing, and does nothing until it is called', () => {
  const fetch = vi.fn<typeof globalThis.fetch>()
  vi.stubGlobal('fetch', fetch)
  const client = new ConversationClient()
  expect(client).toBeInstanceOf(ChatBotKitClient)
  expect(client.scope).toBe('default')
  void client.fetch('c1')
  expect(fetch).not.toHaveBeenCalled()
  vi.unstubAllGlobals()
})

test('uses the global fetch of the moment, as a plain function', async () => {
  const client = new ConversationClient({ baseUrl: 'http://a.test' })
  vi.stubGlobal('fetch', async function (this: unknown) {
    expect(this).toBeUndefined()
    return Response.json({ id: 'later' })
  })
  expect(await client.fetch('c1')).toEqual({ id: 'later' })
  vi.unstubAllGlobals()
})

test('shares one connection, and so one token, with its parts', async () => {
  const { asked, fetch } = recorder()
  const token = vi.fn<() => string>(() => 'tok')
  const client = new ConversationClient({ baseUrl: 'http://a.test', token, fetch, scope: 'own' })
  await client.fetch('c1')
  await client.message.fetch('c1', 'm1')
  await client.contact.conversation.list('p1')
  expect(token).toHaveBeenCalledTimes(1)
  expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer tok', 'Bearer tok', 'Bearer tok'])
  expect([client.scope, client.message.scope]).toEqual(['own', 'own'])
})

test('has parts that can be made alone', async () => {
  const { asked, fetch } = recorder()
  const messages = new ConversationMessageClient({ baseUrl: 'http://a.test', fetch })
  await messages.fetch('c1', 'm1')
  expect(asked[0]?.url).toBe('http://a.test/api/v1/conversation/c1/message/m1/fetch')
})

describe('extend', () => {
  test('gives another client of the same kind, and leaves the first one as it is', async () => {
    const { asked, fetch } = recorder()
    const first = new ConversationClient({
      baseUrl: 'http://a.test',
      fetch,
      headers: { 'x-a': '1', 'x-b': '1' },
      endpoints: { '/api/v1/conversation/{conversationId}/fetch': '/a' },
    })
    const second = first.extend({
      scope: 's',
      headers: { 'x-b': '2' },
      endpoints: { '/api/v1/conversation/list': '/b' },
    })
    expect(second).toBeInstanceOf(ConversationClient)
    expect(second.message).toBeInstanceOf(ConversationMessageClient)
    expect([first.scope, second.scope]).toEqual(['default', 's'])
    await second.fetch('c1')
    await second.list()
    await second.message.fetch('c1', 'm1')
    await first.list()
    expect(asked.map(({ url }) => new URL(url).pathname)).toEqual([
      '/a',
      '/b',
      '/api/v1/conversation/c1/message/m1/fetch',
      '/api/v1/conversation/list',
    ])
    expect(asked.map(({ headers }) => `${headers.get('x-a')}${headers.get('x-b')}`)).toEqual(['12', '12', '12', '11'])
  })

  test.each([
    [{ 'x-a': '1', 'x-b': '1' }, () => ({ 'x-b': '2' })],
    [() => ({ 'x-a': '1', 'x-b': '1' }), { 'x-b': '2' }],
    [async () => ({ 'x-a': '1', 'x-b': '1' }), async () => ({ 'x-b': '2' })],
  ] as [ConversationClientOptions['headers'], ConversationClientOptions['headers']][])(
    'joins headers in any form',
    async (headers, more) => {
      const { asked, fetch } = recorder()
      await new ConversationClient({ baseUrl: 'http://a.test', fetch, headers }).extend({ headers: more }).fetch('c1')
      expect([asked[0]?.headers.get('x-a'), asked[0]?.headers.get('x-b')]).toEqual(['1', '2'])
    },
  )

  test('keeps a headers function when nothing is added', async () => {
    const { asked, fetch } = recorder()
    await new ConversationClient({ baseUrl: 'http://a.test', fetch, headers: () => ({ 'x-a': '1' }) })
      .extend({ timezone: 'Europe/Lisbon' })
      .fetch('c1')
    expect(Object.fromEntries(asked[0]!.headers)).toEqual({
      accept: 'application/json',
      'x-a': '1',
      'x-timezone': 'Europe/Lisbon',
    })
  })
})

test.each([
  ['gpt', 'gpt'],
  [{ name: 'gpt' }, 'gpt'],
  [{ name: 'gpt', config: {} }, 'gpt'],
  [
    { name: 'gpt', config: { temperature: 0, maxTokens: 5, region: 'eu' as const, ref: undefined } },
    'gpt/temperature=0/maxTokens=5/region=eu',
  ],
])('writes the model %j as %s', (model, wire) => {
  expect(modelString(model)).toBe(wire)
})

test('lets an update clear the model', async () => {
  let body = ''
  const client = new ConversationClient({
    baseUrl: 'http://a.test',
    fetch: async (_, init) => ((body = init?.body as string), Response.json({ id: 'x' })),
  })
  await client.update('c1', { model: null as never, name: 'n' })
  expect(JSON.parse(body)).toEqual({ model: null, name: 'n' })
})
