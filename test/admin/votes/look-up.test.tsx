import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { VotesBoard } from 'conversation-kit/admin'
import { createConversationServer, memoryStorage } from 'conversation-kit/server'
import { createTestKit } from 'conversation-kit/testing'
import { ConversationClient } from 'conversation-kit/transport'
import { afterEach, expect, test } from 'vitest'

const LONG = { timeout: 10_000 }
afterEach(cleanup)

/** So many conversations, each voted on once. The server answers late, and counts how many it answers at a time. */
async function voted(conversations: number) {
  const storage = memoryStorage()
  const server = createConversationServer({
    storage,
    conversations: Array.from({ length: conversations }, (_, index) => ({ id: `c${index}`, model: 'alpha' })),
  })
  const busy = { now: 0, most: 0 }
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init)
    if (!/conversation\/\w+\/fetch/.test(request.url)) return server.fetch(request)
    busy.now += 1
    busy.most = Math.max(busy.most, busy.now)
    await new Promise((resolve) => setTimeout(resolve, 1))
    busy.now -= 1
    return server.fetch(request)
  }
  const kit = createTestKit({ client: new ConversationClient({ baseUrl: 'http://kit.test', retries: 0, fetch }) })
  const { id: contactId } = await kit.client.contact.ensure({ fingerprint: 'a-contact-of-this-test' })
  const { owner, createdAt } = (await storage.contacts.get(contactId))!
  const vote = {
    owner,
    createdAt,
    updatedAt: createdAt,
    value: 100,
    reason: null,
    messageId: null,
    botId: null,
    contactId,
  }
  const store = (_: unknown, index: number) =>
    storage.ratings.cast({ ...vote, id: `r${index}`, conversationId: `c${index}` }, [], 0)
  await Promise.all(Array.from({ length: conversations }, store))
  const fetched = () => server.requests.filter(({ operation }) => operation === 'conversation.fetch').length
  return { ...kit, server, busy, fetched }
}

const models = () =>
  [...screen.getByRole('table', { name: 'By model' }).querySelectorAll('tbody tr')].map((row) =>
    [...row.children]
      .slice(0, 2)
      .map((cell) => cell.textContent)
      .join(' '),
  )

test('models are looked up a few at a time, two hundred by themselves and the rest at a press, each once', async () => {
  const { wrapper, server, busy, fetched } = await voted(230)
  server.fail('conversation.fetch', { status: 500, times: 3 })
  render(<VotesBoard />, { wrapper })
  const more = await screen.findByRole('button', { name: 'Look up 30 conversations' }, LONG)
  await waitFor(() => expect(models()).toEqual(['alpha 197', 'Model not looked up 33']), LONG)
  expect(fetched()).toBe(200)
  await userEvent.setup().click(more)
  await waitFor(() => expect(models()).toEqual(['alpha 227', 'Model not looked up 3']), LONG)
  expect(fetched()).toBe(230)
  expect(busy.most).toBeLessThanOrEqual(4)
  expect(screen.queryByRole('button', { name: /^Look up/ })).toBeNull()
})

test('what is on the page already is not looked up', async () => {
  const { wrapper, client, queryClient, fetched } = await voted(3)
  const { items } = await client.list()
  queryClient.setQueryData(['conversation-kit', 'default', 'list', {}], { pages: [{ items }], pageParams: [undefined] })
  render(<VotesBoard />, { wrapper })
  await waitFor(() => expect(models()).toEqual(['alpha 3']), LONG)
  expect(fetched()).toBe(0)
})

test('a board that goes stops looking up', async () => {
  const { wrapper, fetched } = await voted(150)
  const { unmount } = render(<VotesBoard />, { wrapper })
  await waitFor(() => expect(fetched()).toBeGreaterThan(0), LONG)
  const before = fetched()
  unmount()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(fetched() - before).toBeLessThanOrEqual(4)
})
