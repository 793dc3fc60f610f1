import { act, renderHook, waitFor } from '@testing-library/react'
import { ConversationClient as OfficialClient } from '@chatbotkit/sdk/conversation/index.js'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { ConversationProvider, useChat, useConversations, useVote } from 'conversation-kit'
import { createTestQueryClient, createTestServer } from 'conversation-kit/testing'
import { count, rows, talk } from './support.ts'

function setup() {
  const server = createTestServer({ conversations: [{ id: 'c1', name: 'Talk' }] })
  const client = new OfficialClient({
    secret: 'x',
    baseUrl: 'http://house.test',
    fetchFn: (input: string | URL | Request, init?: RequestInit) => server.fetch(new Request(input, init)),
  })
  const queryClient = createTestQueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ConversationProvider client={client} queryClient={queryClient}>
      {children}
    </ConversationProvider>
  )
  const hook = renderHook(
    () => ({
      chat: useChat({ conversationId: 'c1' }),
      list: useConversations(),
      vote: useVote({ conversationId: 'c1' }),
    }),
    { wrapper },
  )
  return { server, result: hook.result }
}

test('the official client works in its place: lists, replies, votes', async () => {
  const { server, result } = setup()
  await waitFor(() => expect(result.current.list.data?.[0]?.name).toBe('Talk'))
  await act(() => result.current.chat.sendMessage('Hi'))
  expect(rows(result.current.chat.messages)).toEqual(talk(server, 'c1'))
  expect(result.current.chat.messages.every((message) => message.id !== null)).toBe(true)
  act(() => result.current.vote.upvote())
  await waitFor(() => expect(result.current.vote).toMatchObject({ vote: 'up', isPending: false }))
})

test('a reply that it ends without a word is an interrupted one, and goes on with one press', async () => {
  const { server, result } = setup()
  await waitFor(() => expect(result.current.chat.isLoadingHistory).toBe(false))
  const reply = server.holdReply()
  act(() => void result.current.chat.sendMessage('Hi'))
  await reply.token('Half')
  await waitFor(() => expect(result.current.chat.messages.at(-1)!.text).toBe('Half'))
  await act(() => reply.cut())
  await waitFor(() => expect(result.current.chat.status).toBe('error'))
  expect(result.current.chat.error).toMatchObject({ name: 'ConversationError', partial: 'Half' })
  await act(() => result.current.chat.retry())
  expect(rows(result.current.chat.messages)).toEqual(talk(server, 'c1'))
  expect(count(server, 'conversation.complete')).toBe(1)
})

test('a failure that it passes on as an event is an error', async () => {
  const { server, result } = setup()
  const reply = server.holdReply()
  act(() => void result.current.chat.sendMessage('Hi'))
  await reply.token('Half')
  await act(() => reply.fail('Overloaded'))
  await waitFor(() => expect(result.current.chat.status).toBe('error'))
  expect(result.current.chat.messages.at(-1)).toMatchObject({ text: 'Half', status: 'failed' })
})

test('its refusals keep their code', async () => {
  const { server, result } = setup()
  server.fail('conversation.complete', { status: 402, code: 'NO_SUBSCRIPTION', message: 'No' })
  await act(() => expect(result.current.chat.sendMessage('Hi')).rejects.toMatchObject({ code: 'NO_SUBSCRIPTION' }))
})
