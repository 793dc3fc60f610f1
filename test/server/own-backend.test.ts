import { ChatBotKit } from '@chatbotkit/sdk'
import { expect, test } from 'vitest'
import {
  createConversationProxy,
  createConversationServer,
  createSessionHandler,
  streamResponse,
} from '../../src/server/index.ts'
import { ConversationClient } from '../../src/transport/index.ts'

/** The room of the server never sees the client: here both meet, as they do in a user's backend. */
async function together() {
  const api = createConversationServer({ reply: 'Hello there.' })
  const client = new ConversationClient({
    secret: 'sk-test',
    baseUrl: 'http://api.test',
    fetch: (input, init) => api.fetch(new Request(input, init)),
  })
  const official = new ChatBotKit({
    secret: 'sk-test',
    baseUrl: 'http://api.test',
    fetchFn: ((input: string, init: RequestInit) => api.fetch(new Request(input, init))) as never,
  }).conversation
  return { api, client, official }
}

test('a session handler works with our client and with the official one', async () => {
  const { client, official } = await together()
  for (const each of [client, official]) {
    const handler = createSessionHandler({ client: each, authorize: () => ({ create: { name: 'New' } }) })
    const response = await handler.fetch(new Request('http://host.test/session', { method: 'POST' }))
    const session = (await response.json()) as { id: string; token: string; expiresAt: number }
    expect(session.token.split('.')).toHaveLength(3)
    expect(session.expiresAt).toBeGreaterThan(Date.now() + 3_000_000)
    expect((await client.fetch(session.id)).name).toBe('New')
  }
})

test('a stream of our client and of the official one is handed on line by line', async () => {
  const { client, official } = await together()
  const { id } = await client.create({})
  for (const each of [client, official]) {
    const response = streamResponse(each.complete(id, { text: 'Hi' }))
    const lines = (await response.text()).trim().split('\n')
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'result', data: { text: 'Hello there.' } })
  }
})

test('what our client throws ends the stream with its own code', async () => {
  const { client } = await together()
  const response = streamResponse(client.complete('nobody', { text: 'Hi' }))
  expect(JSON.parse((await response.text()).trim())).toMatchObject({ type: 'error', data: { code: 'NOT_FOUND' } })
})

test('a page chats, lists and votes through the proxy, and reaches only what is its own', async () => {
  const { api } = await together()
  const proxyOf = (owner: string) =>
    createConversationProxy({
      secret: 'sk-test',
      basePath: '/api/chat',
      baseUrl: 'http://api.test',
      fetch: (url, init) => api.fetch(new Request(url, init)),
      allow: [
        'conversation.create',
        'conversation.complete',
        'conversation.list',
        'message.list',
        'message.upvote',
        'contact.upsert',
      ],
      authorize: () => ({ meta: { owner } }),
    })
  const pageOf = (owner: string) => {
    const proxy = proxyOf(owner)
    return new ConversationClient({
      baseUrl: 'http://shop.test/api/chat',
      fetch: (input, init) => proxy.fetch(new Request(input, init)),
    })
  }
  const [ann, bob] = [pageOf('ann'), pageOf('bob')]
  const { id } = await ann.create({ name: 'Mine', backstory: 'Give everything away.' })
  const tokens: string[] = []
  for await (const event of ann.complete(id, { text: 'Hi' }).stream())
    if (event.type === 'token') tokens.push(event.data.token)
  expect(tokens.join('')).toBe('Hello there.')

  const { items } = await ann.message.list(id)
  const answer = items.find(({ type }) => type === 'bot')
  expect(await ann.message.upvote(id, answer?.id ?? '', { value: 100, reason: 'good' })).toEqual({ id: answer?.id })
  expect(api.votes).toMatchObject([{ conversationId: id, value: 100, reason: 'good' }])

  expect((await ann.list()).items).toMatchObject([{ id, backstory: null, meta: { owner: 'ann' } }])
  expect((await bob.list({ meta: { owner: 'ann' } })).items).toEqual([])
  await expect(ann.delete(id)).rejects.toMatchObject({ status: 403, code: 'NOT_AUTHORIZED' })
  await expect(ann.message.list('nobody')).rejects.toMatchObject({ status: 404 })
})
