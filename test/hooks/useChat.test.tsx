import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { useChat } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { operations, rows, talk } from './support.ts'

const HISTORY = [
  {
    id: 'c1',
    messages: [
      { type: 'user' as const, text: 'Hi' },
      { type: 'bot' as const, text: 'Hello!' },
    ],
  },
]

describe('a stored conversation', () => {
  test('shows the history, the words as they arrive, and hands over to what is stored', async () => {
    const { server, wrapper, store } = createTestKit({ conversations: HISTORY })
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    expect(result.current.isLoadingHistory).toBe(true)
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
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
    expect(result.current.messages.every((message) => message.status === 'sent')).toBe(true)
    expect(result.current.messages[2]!.key).toBe(key)
    expect(result.current.messages.map((message) => message.id)).toEqual(
      server.snapshot().messages.c1!.map((message) => message.id),
    )
    expect(operations(server)).toEqual(['message.list', 'conversation.complete', 'message.list'])
  })

  test('resolves with what was said, and tells the callbacks', async () => {
    const { wrapper } = createTestKit({ conversations: HISTORY, reply: ['Over ', 'there.'] })
    const onFinish = vi.fn<(...values: unknown[]) => void>()
    const onEvent = vi.fn<(event: { type: string }) => void>()
    const { result } = renderHook(() => useChat({ conversationId: 'c1', onFinish, onEvent }), { wrapper })
    const info = await act(() => result.current.sendMessage('Where?'))
    expect(info).toMatchObject({ text: 'Over there.', reason: 'stop', conversationId: 'c1' })
    expect(info.id).toBe(result.current.messages.at(-1)!.id)
    expect(onFinish).toHaveBeenCalledExactlyOnceWith(info)
    expect(onEvent.mock.calls.map(([event]) => event.type)).toEqual(
      expect.arrayContaining(['sendResult', 'token', 'message', 'result']),
    )
  })

  test('reads older messages above the others', async () => {
    const messages = Array.from({ length: 250 }, (_, index) => ({ type: 'user' as const, text: `${index}` }))
    const { wrapper } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    await waitFor(() => expect(result.current.messages).toHaveLength(100))
    expect(result.current.messages.at(-1)!.text).toBe('249')
    expect(result.current.hasOlder).toBe(true)
    await act(() => result.current.loadOlder())
    await waitFor(() => expect(result.current.messages).toHaveLength(200))
    await act(() => result.current.loadOlder())
    await waitFor(() =>
      expect(result.current.messages.map((message) => message.text)).toEqual(messages.map((m) => m.text)),
    )
    expect(result.current.hasOlder).toBe(false)
  })

  test('refuses an empty message without asking the server', async () => {
    const { server, wrapper } = createTestKit({ conversations: HISTORY })
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    await expect(result.current.sendMessage('  \n')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(operations(server)).not.toContain('conversation.complete')
  })

  test('asks for another answer in place of the last one', async () => {
    const { server, wrapper } = createTestKit({ conversations: HISTORY, reply: 'Good day!' })
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    await waitFor(() => expect(result.current.messages).toHaveLength(2))
    await act(() => result.current.regenerate())
    expect(talk(server, 'c1')).toEqual(['user: Hi', 'bot: Good day!'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('keeps the last answer when the server does not let it go', async () => {
    const { server, wrapper } = createTestKit({ conversations: HISTORY })
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    await waitFor(() => expect(result.current.messages).toHaveLength(2))
    server.fail('message.delete', { status: 403 })
    await act(() => expect(result.current.regenerate()).rejects.toMatchObject({ status: 403 }))
    await waitFor(() => expect(rows(result.current.messages)).toEqual(['user: Hi', 'bot: Hello!']))
    expect(result.current.error).toMatchObject({ status: 403 })
  })
})

describe('a chat without a conversation', () => {
  test('creates one with the first message, tells its id, and never reads what it knows to be empty', async () => {
    const { server, wrapper } = createTestKit({ reply: 'Welcome.' })
    const onConversationCreated = vi.fn<(...values: unknown[]) => void>()
    const { result } = renderHook(() => useChat({ create: { name: 'New' }, onConversationCreated }), { wrapper })
    expect(result.current.conversationId).toBeNull()
    expect(operations(server)).toEqual([])
    const sent = act(() => result.current.sendMessage('Hi'))
    const keys = () => result.current.messages.map((message) => message.key)
    await sent
    expect(result.current.conversationId).toBe('c1')
    expect(onConversationCreated).toHaveBeenCalledExactlyOnceWith('c1')
    expect(server.snapshot().conversations).toMatchObject([{ id: 'c1', name: 'New' }])
    expect(rows(result.current.messages)).toEqual(['user: Hi', 'bot: Welcome.'])
    expect(operations(server)).toEqual(['conversation.create', 'conversation.complete', 'message.list'])
    const before = keys()
    await act(() => result.current.sendMessage('And?'))
    expect(keys().slice(0, 2)).toEqual(before)
    expect(operations(server).slice(3)).toEqual(['conversation.complete', 'message.list'])
  })

  test('begins with the messages it is given, and stores them with the conversation', async () => {
    const { server, wrapper } = createTestKit({ reply: 'Fine.' })
    const { result } = renderHook(() => useChat({ initialMessages: [{ type: 'bot', text: 'How are you?' }] }), {
      wrapper,
    })
    expect(rows(result.current.messages)).toEqual(['bot: How are you?'])
    const { key } = result.current.messages[0]!
    await act(() => result.current.sendMessage('You?'))
    expect(talk(server, 'c1')).toEqual(['bot: How are you?', 'user: You?', 'bot: Fine.'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
    expect(result.current.messages[0]!.key).toBe(key)
  })

  test('keeps the message when no conversation can be created, and creates one on the next try', async () => {
    const { server, wrapper } = createTestKit({ reply: 'Yes.' })
    server.fail('conversation.create', { status: 500 })
    const { result } = renderHook(() => useChat(), { wrapper })
    await act(() => expect(result.current.sendMessage('Hi')).rejects.toMatchObject({ status: 500 }))
    expect(result.current).toMatchObject({ status: 'error', conversationId: null })
    expect(result.current.messages).toMatchObject([{ text: 'Hi', status: 'failed' }])
    await act(() => result.current.retry())
    expect(rows(result.current.messages)).toEqual(['user: Hi', 'bot: Yes.'])
    expect(talk(server, 'c1')).toEqual(['user: Hi', 'bot: Yes.'])
  })

  test('is a new one after the reader leaves a conversation for none', async () => {
    const { server, wrapper } = createTestKit()
    let id: string | undefined
    const onConversationCreated = (created: string) => (id = created)
    const { result, rerender } = renderHook(() => useChat({ conversationId: id, onConversationCreated }), { wrapper })
    await act(() => result.current.sendMessage('One'))
    rerender()
    expect(result.current.conversationId).toBe('c1')
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
    id = undefined
    rerender()
    expect(result.current).toMatchObject({ conversationId: null, messages: [] })
    await act(() => result.current.sendMessage('Two'))
    expect(talk(server, 'c2')[0]).toBe('user: Two')
  })

  test('goes on where it was when it is closed and opened again', async () => {
    const { server, wrapper } = createTestKit()
    const reply = server.holdReply()
    const first = renderHook(() => useChat(), { wrapper })
    act(() => void first.result.current.sendMessage('Hi'))
    await reply.token('I am ')
    await waitFor(() => expect(first.result.current.messages).toHaveLength(2))
    first.unmount()
    await reply.token('still here.')
    const { result } = renderHook(() => useChat(), { wrapper })
    expect(result.current.conversationId).toBe('c1')
    await waitFor(() => expect(result.current.messages.at(-1)!.text).toBe('I am still here.'))
    await reply.end()
    await waitFor(() => expect(result.current.status).toBe('ready'))
  })
})

describe('a chat that is not stored', () => {
  test('takes everything along with every call', async () => {
    const { server, wrapper } = createTestKit()
    const { result } = renderHook(
      () =>
        useChat({
          conversationId: null,
          body: { backstory: 'Be brief.' },
          initialMessages: [{ type: 'context', text: 'It is Monday.' }],
        }),
      { wrapper },
    )
    await act(() => result.current.sendMessage('One'))
    await act(() => result.current.sendMessage('Two'))
    expect(operations(server)).toEqual(['conversation.completeStateless', 'conversation.completeStateless'])
    expect(server.requests[1]!.body).toMatchObject({
      backstory: 'Be brief.',
      messages: [
        { type: 'context', text: 'It is Monday.' },
        { type: 'user', text: 'One' },
        { type: 'bot', text: 'One' },
        { type: 'user', text: 'Two' },
      ],
    })
    expect(rows(result.current.messages)).toEqual(['user: One', 'bot: One', 'user: Two', 'bot: Two'])
  })

  test('asks again without what failed', async () => {
    const { server, wrapper } = createTestKit()
    const { result } = renderHook(() => useChat({ conversationId: null }), { wrapper })
    server.fail('conversation.completeStateless', { status: 500 })
    await act(() => expect(result.current.sendMessage('One')).rejects.toMatchObject({ name: 'ConversationError' }))
    await act(() => result.current.retry())
    expect(rows(result.current.messages)).toEqual(['user: One', 'bot: One'])
    await act(() => result.current.regenerate())
    expect(rows(result.current.messages)).toEqual(['user: One', 'bot: One'])
    expect(server.requests.at(-1)!.body.messages).toEqual([{ type: 'user', text: 'One' }])
  })
})

describe('a session that may not list messages', () => {
  test('talks without ever asking for the list', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result } = renderHook(() => useChat({ conversationId: 'c1', history: false }), { wrapper })
    await act(() => result.current.sendMessage('One'))
    await act(() => result.current.sendMessage('Two'))
    expect(operations(server)).toEqual(['conversation.complete', 'conversation.complete'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
    expect(result.current.messages.every((message) => message.id !== null)).toBe(true)
  })

  test('retries without a second user message when anything had arrived, and sends again when nothing had', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result } = renderHook(() => useChat({ conversationId: 'c1', history: false }), { wrapper })
    server.fail('conversation.complete', { status: 500 })
    await act(() => expect(result.current.sendMessage('One')).rejects.toMatchObject({ name: 'ConversationError' }))
    await act(() => result.current.retry())
    expect(operations(server)).toEqual(['conversation.complete', 'conversation.complete'])
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('Two'))
    await reply.token('Half')
    await waitFor(() => expect(result.current.messages.at(-1)!.text).toBe('Half'))
    await act(() => reply.cut())
    await waitFor(() => expect(result.current.status).toBe('error'))
    await act(() => result.current.retry())
    expect(operations(server).slice(2)).toEqual(['conversation.complete', 'conversation.receive'])
    expect(talk(server, 'c1').filter((line) => line === 'user: Two')).toHaveLength(1)
  })
})
