import { QueryClient } from '@tanstack/react-query'
import { ConversationClient as OfficialClient } from '@chatbotkit/sdk/conversation/index.js'
import { expect, test } from 'vitest'
import { createConversationQueries } from 'conversation-kit/queries'
import { createTestServer } from 'conversation-kit/testing'
import { ConversationClient } from 'conversation-kit/transport'

const conversations = Array.from({ length: 5 }, (_, index) => ({ id: `c${index}` }))

test('a loader may read a list as a stream: what it gets is the same', async () => {
  const server = createTestServer({ conversations })
  const client = new ConversationClient({
    baseUrl: 'http://house.test',
    fetch: (input, init) => server.fetch(new Request(input, init)),
  })
  const queries = createConversationQueries(client)
  const read = (streaming: boolean) =>
    new QueryClient().fetchInfiniteQuery({ ...queries.list({ take: 2, order: 'asc' }, { streaming }), pages: 2 })
  const streamed = await read(true)
  expect(streamed).toEqual(await read(false))
  expect(streamed).toEqual({
    pages: [
      { items: [expect.objectContaining({ id: 'c0' }), expect.objectContaining({ id: 'c1' })], cursor: 'c1' },
      { items: [expect.objectContaining({ id: 'c2' }), expect.objectContaining({ id: 'c3' })], cursor: 'c3' },
    ],
    pageParams: [undefined, 'c1'],
  })
  expect(server.requests.map((request) => request.headers.get('accept') === 'application/jsonl')).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a failure that the official client hands over inside a list is an error, and what came before it is kept', async () => {
  const body = [
    '{"type":"item","data":{"id":"c1","createdAt":1,"updatedAt":1}}',
    '{"type":"nop","data":{}}',
    '{"type":"error","data":{"code":"TOO_MANY_REQUESTS","message":"Slow down"}}',
  ].join('\n')
  const client = new OfficialClient({
    secret: 'x',
    baseUrl: 'http://house.test',
    fetchFn: async () => new Response(`${body}\n`, { headers: { 'content-type': 'application/jsonl' } }),
  })
  const queryClient = new QueryClient()
  const { list } = createConversationQueries(client)
  const recipe = list({}, { streaming: true })
  await expect(queryClient.fetchInfiniteQuery(recipe)).rejects.toMatchObject({
    name: 'ConversationError',
    code: 'TOO_MANY_REQUESTS',
  })
  expect(queryClient.getQueryData(recipe.queryKey)?.pages).toEqual([
    { items: [{ id: 'c1', createdAt: 1, updatedAt: 1 }], cursor: 'c1' },
  ])
  expect(queryClient.getQueryState(recipe.queryKey)).toMatchObject({ status: 'error', fetchStatus: 'idle' })
})
