import { cleanup, render, screen } from '@testing-library/react'
import { useEffect } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useChat } from 'conversation-kit'
import {
  buildConversation,
  buildMessage,
  createTestKit,
  createTestQueryClient,
  createTestServer,
} from 'conversation-kit/testing'

afterEach(cleanup)

function Support({ id, firstMessage }: { id: string; firstMessage: string }) {
  const chat = useChat({ conversationId: id })
  const { sendMessage } = chat
  useEffect(() => void sendMessage(firstMessage), [sendMessage, firstMessage])
  return (
    <>
      {chat.error && <p role="alert">{chat.error.message}</p>}
      <ul>
        {chat.messages.map((message) => (
          <li key={message.key}>{message.text}</li>
        ))}
      </ul>
    </>
  )
}

test('a user of the kit can hold a reply, break the line, and see what was asked', async () => {
  const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
  const reply = server.holdReply()
  render(<Support id="c1" firstMessage="hi" />, { wrapper })
  await reply.token('Half an ans')
  await reply.cut()
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(screen.getByText('Half an ans')).toBeTruthy()
  expect(server.requests.map((request) => request.operation)).toEqual(['message.list', 'conversation.complete'])
})

test('ids count up, never twice, and the clock stands', async () => {
  const { client, server } = createTestKit({
    conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'user', text: 'x' }] }],
  })
  expect(await client.create({})).toMatchObject({ id: 'c2' })
  expect(await client.message.create('c1', { type: 'user', text: 'y' })).toMatchObject({ id: 'm2' })
  const [first, second] = server.snapshot().messages.c1!
  expect(second!.createdAt).toBeGreaterThan(first!.createdAt)
  expect(new Date(first!.createdAt).getUTCFullYear()).toBe(2026)
})

test('two kits share nothing', async () => {
  const one = createTestKit({ conversations: [{ id: 'c1' }] })
  const two = createTestKit()
  expect(two.server.snapshot().conversations).toEqual([])
  expect(one.store).not.toBe(two.store)
  expect(one.queryClient).not.toBe(two.queryClient)
})

test('readers may change their vote in a test without waiting an hour', async () => {
  const { client, server } = createTestKit({ conversations: [{ id: 'c1' }] })
  await client.upvote('c1', {})
  await client.downvote('c1', {})
  expect(server.votes.map((vote) => vote.value)).toEqual([100, -100])
})

test('builders give what a server would', () => {
  expect(buildConversation({ name: 'Trip' })).toMatchObject({ id: 'c1', name: 'Trip', createdAt: expect.any(Number) })
  expect(buildMessage({ type: 'bot' })).toMatchObject({ id: 'm1', type: 'bot', text: expect.any(String) })
  expect(createTestQueryClient().getDefaultOptions().queries).toMatchObject({ retry: false, gcTime: Infinity })
  expect(createTestServer().snapshot().conversations).toEqual([])
})
