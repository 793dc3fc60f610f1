import { act, renderHook, waitFor } from '@testing-library/react'
import { StrictMode } from 'react'
import { describe, expect, test } from 'vitest'
import { useChat, useMessages } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'

const operations = (server: { requests: readonly { operation: string }[] }) =>
  server.requests.map((request) => request.operation)

describe('useChat', () => {
  test('shows the history, the words as they arrive, and hands over to what is stored', async () => {
    const { server, wrapper, store } = createTestKit({
      conversations: [{ id: 'c1', messages: [{ type: 'user', text: 'Hi' }, { type: 'bot', text: 'Hello!' }] }],
    })
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    await waitFor(() => expect(result.current.messages).toHaveLength(2))

    const reply = server.holdReply()
    act(() => void result.current.sendMessage('Where is it?'))
    expect(result.current.status).toBe('submitted')
    expect(result.current.messages.at(-1)).toMatchObject({ role: 'user', text: 'Where is it?', status: 'sending' })
    const key = result.current.messages.at(-1)!.key

    await reply.token('It is ')
    await waitFor(() => expect(result.current.messages.at(-1)?.text).toBe('It is '))
    expect(result.current).toMatchObject({ status: 'streaming', phase: 'typing' })
    await reply.token('here.')
    await reply.end()
    await waitFor(() => expect(store.getState().live.c1).toBeUndefined())
    expect(result.current.messages.map(({ text, status }) => [text, status])).toEqual([
      ['Hi', 'sent'],
      ['Hello!', 'sent'],
      ['Where is it?', 'sent'],
      ['It is here.', 'sent'],
    ])
    expect(result.current.messages[2]!.key).toBe(key)
    expect(result.current.messages.map((message) => message.id)).toEqual(
      server.snapshot().messages.c1!.map((message) => message.id),
    )
    expect(operations(server)).toEqual(['message.list', 'conversation.complete', 'message.list'])
  })
})
