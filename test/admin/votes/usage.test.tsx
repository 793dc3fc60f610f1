import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useMessages } from 'conversation-kit'
import { UsagePanel } from 'conversation-kit/admin'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, expect, test } from 'vitest'

const LONG = { timeout: 10_000 }
afterEach(cleanup)

const value = (name: string) =>
  screen.queryAllByRole('term').find((term) => term.textContent === name)?.nextElementSibling?.textContent

const Thread = ({ id }: { id: string }) => <p>{useMessages(id).data?.length}</p>

test('says what a conversation has used, and what that cost', async () => {
  const { client, wrapper } = createTestKit({
    conversations: [{ id: 'c1' }],
    reply: () => [
      { type: 'token', data: { token: 'Hello' } },
      { type: 'usage', data: { model: 'm', inputTokensUsed: 1_000_000, outputTokensUsed: 500_000 } },
    ],
  })
  await client.complete('c1', { text: 'Hi' })
  const { tokens, messages } = await client.usage.fetch('c1')
  expect(tokens).toBeGreaterThan(0)
  render(<UsagePanel conversationId="c1" price={{ perMillion: 2, currency: 'USD' }} />, { wrapper })
  await waitFor(() => expect(value('Tokens')).toBe(tokens.toLocaleString('en')), LONG)
  expect(value('Messages')).toBe(String(messages))
  expect(value('Tokens a message')).toBe(Math.round(tokens / messages).toLocaleString('en'))
  expect(value('Cost')).toBe(`$${Number(((tokens * 2) / 1_000_000).toPrecision(3))}`)
  // Nothing is said of what is not known.
  expect(value('Time to answer')).toBeUndefined()
})

test('says how long answers took, of the messages that are loaded, and asks for none', async () => {
  const at = (seconds: number) => Date.UTC(2026, 0, 1) + seconds * 1000
  const { server, wrapper } = createTestKit({
    conversations: [
      {
        id: 'c1',
        // Answered after 2, 3 and 30 s; the last question is still open.
        messages: [
          { id: 'm1', type: 'user', text: 'One', createdAt: at(0) },
          { id: 'm2', type: 'bot', text: '1', createdAt: at(2) },
          { id: 'm3', type: 'user', text: 'Two', createdAt: at(100) },
          { id: 'm4', type: 'bot', text: '2', createdAt: at(130) },
          { id: 'm5', type: 'user', text: 'Three', createdAt: at(200) },
          { id: 'm6', type: 'bot', text: '3', createdAt: at(203) },
          { id: 'm7', type: 'user', text: 'Four', createdAt: at(300) },
        ],
      },
    ],
  })
  const { rerender } = render(<UsagePanel conversationId="c1" />, { wrapper })
  await waitFor(() => expect(value('Messages')).toBeDefined(), LONG)
  expect(server.requests.map(({ operation }) => operation)).toEqual(['usage.fetch'])
  rerender(
    <>
      <UsagePanel conversationId="c1" />
      <Thread id="c1" />
    </>,
  )
  await waitFor(() => expect(value('Time to answer')).toBe('3 sec, at most 30 sec'), LONG)
})

test('tells of a refusal, and asks again at a press', async () => {
  const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
  server.fail('usage.fetch', { status: 500 })
  render(<UsagePanel conversationId="c1" />, { wrapper })
  await screen.findByRole('alert', undefined, LONG)
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(value('Tokens')).toBe('0'), LONG)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('of a conversation that is gone says so', async () => {
  const { wrapper } = createTestKit()
  render(<UsagePanel conversationId="c1" />, { wrapper })
  expect((await screen.findByRole('alert', undefined, LONG)).textContent).toBe('Deleted conversation')
})
