import { act, render, renderHook, screen, waitFor } from '@testing-library/react'
import { StrictMode, useEffect, useState } from 'react'
import { describe, expect, test } from 'vitest'
import { useChat, useChatStatus, useDeleteConversation, useMessage, useMessageKeys } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { count, deferred, operations, rows, talk } from './support.ts'

const two = [{ id: 'a' }, { id: 'b' }]

describe('sending twice', () => {
  test('two sends in one tick are one request; the second is told that the first is under way', async () => {
    const { server, wrapper } = createTestKit({ conversations: two })
    const { result } = renderHook(() => useChat({ conversationId: 'a' }), { wrapper })
    let second: Promise<unknown> | undefined
    await act(async () => {
      const first = result.current.sendMessage('Hi')
      second = result.current.sendMessage('Hi')
      await Promise.allSettled([first, second])
    })
    await expect(second).rejects.toMatchObject({ code: 'BUSY' })
    expect(count(server, 'conversation.complete')).toBe(1)
    expect(rows(result.current.messages)).toEqual(['user: Hi', 'bot: Hi'])
  })

  test('two sends in one tick create one conversation', async () => {
    const { server, wrapper } = createTestKit()
    const { result } = renderHook(() => useChat(), { wrapper })
    await act(async () => {
      await Promise.allSettled([result.current.sendMessage('Hi'), result.current.sendMessage('Hi')])
    })
    expect(operations(server)).toEqual(['conversation.create', 'conversation.complete', 'message.list'])
  })

  test('a message sent by an effect under StrictMode is sent once', async () => {
    const { server, wrapper: Kit } = createTestKit({ conversations: two })
    function Greeter() {
      const { sendMessage, messages } = useChat({ conversationId: 'a' })
      useEffect(() => void sendMessage('Hi'), [sendMessage])
      return <p>{rows(messages).join(', ')}</p>
    }
    render(
      <StrictMode>
        <Kit>
          <Greeter />
        </Kit>
      </StrictMode>,
    )
    await screen.findByText('user: Hi, bot: Hi')
    await waitFor(() => expect(count(server, 'message.list')).toBe(2))
    expect(count(server, 'conversation.complete')).toBe(1)
    expect(talk(server, 'a')).toEqual(['user: Hi', 'bot: Hi'])
  })

  test('a new chat under StrictMode is one conversation', async () => {
    const { server, wrapper: Kit } = createTestKit({ reply: 'Hello.' })
    const { result } = renderHook(() => useChat({ initialMessages: [{ type: 'bot', text: 'Ask me.' }] }), {
      wrapper: ({ children }) => (
        <StrictMode>
          <Kit>{children}</Kit>
        </StrictMode>
      ),
    })
    await act(() => result.current.sendMessage('Hi'))
    expect(rows(result.current.messages)).toEqual(['bot: Ask me.', 'user: Hi', 'bot: Hello.'])
    expect(count(server, 'conversation.create')).toBe(1)
  })

  test('a retry pressed twice is one retry', async () => {
    const { server, wrapper } = createTestKit({ conversations: two })
    const { result } = renderHook(() => useChat({ conversationId: 'a' }), { wrapper })
    await waitFor(() => expect(result.current.isLoadingHistory).toBe(false))
    server.fail('conversation.complete', { status: 500 })
    await act(() => expect(result.current.sendMessage('Hi')).rejects.toMatchObject({ name: 'ConversationError' }))
    await act(async () => {
      await Promise.allSettled([result.current.retry(), result.current.retry()])
    })
    expect(count(server, 'conversation.complete')).toBe(2)
    expect(talk(server, 'a')).toEqual(['user: Hi', 'bot: Hi'])
  })
})

describe('leaving while a reply is under way', () => {
  test('the reply goes on without the component and is right there when it comes back', async () => {
    const { server, wrapper } = createTestKit({ conversations: two })
    const reply = server.holdReply()
    const first = renderHook(() => useChat({ conversationId: 'a' }), { wrapper })
    act(() => void first.result.current.sendMessage('Hi'))
    await reply.token('One ')
    first.unmount()
    await reply.token('two ')
    const again = renderHook(() => useChat({ conversationId: 'a' }), { wrapper })
    await waitFor(() => expect(again.result.current.messages.at(-1)!.text).toBe('One two '))
    expect(again.result.current.status).toBe('streaming')
    await reply.token('three')
    again.unmount()
    await reply.end()
    await waitFor(() => expect(talk(server, 'a')).toEqual(['user: Hi', 'bot: One two three']))
    const last = renderHook(() => useChat({ conversationId: 'a' }), { wrapper })
    await waitFor(() => expect(rows(last.result.current.messages)).toEqual(talk(server, 'a')))
    expect(server.requests.every((request) => !request.aborted)).toBe(true)
    expect(count(server, 'conversation.complete')).toBe(1)
  })

  test('looking at another conversation and back mixes nothing', async () => {
    const { server, wrapper } = createTestKit({ conversations: two })
    const seen: Record<string, Set<string>> = { a: new Set(), b: new Set() }
    const { result, rerender } = renderHook(
      ({ id }: { id: 'a' | 'b' }) => {
        const chat = useChat({ conversationId: id })
        for (const row of rows(chat.messages)) seen[id]!.add(row)
        return chat
      },
      { wrapper, initialProps: { id: 'a' } },
    )
    const inA = server.holdReply()
    act(() => void result.current.sendMessage('to A'))
    await inA.token('A1 ')
    rerender({ id: 'b' })
    expect(result.current).toMatchObject({ status: 'ready', messages: [], conversationId: 'b' })
    await inA.token('A2 ')
    const inB = server.holdReply()
    act(() => void result.current.sendMessage('to B'))
    await inB.token('B1 ')
    await inA.token('A3')
    await inB.token('B2')
    rerender({ id: 'a' })
    await waitFor(() => expect(result.current.messages.at(-1)!.text).toBe('A1 A2 A3'))
    await inA.end()
    await inB.end()
    await waitFor(() => expect(talk(server, 'b')).toEqual(['user: to B', 'bot: B1 B2']))
    rerender({ id: 'b' })
    await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, 'b')))
    expect([...seen.a!].every((row) => !row.includes('B'))).toBe(true)
    expect([...seen.b!].every((row) => !row.includes('A'))).toBe(true)
  })

  test('stop in one conversation ends that reply and no other', async () => {
    const { server, wrapper } = createTestKit({ conversations: two })
    const chats = renderHook(() => [useChat({ conversationId: 'a' }), useChat({ conversationId: 'b' })] as const, {
      wrapper,
    })
    const inA = server.holdReply()
    act(() => void chats.result.current[0].sendMessage('to A'))
    await inA.token('A')
    const inB = server.holdReply()
    act(() => void chats.result.current[1].sendMessage('to B'))
    await inB.token('B')
    act(() => chats.result.current[0].stop())
    expect(chats.result.current[0].status).toBe('ready')
    await inB.token('B')
    await waitFor(() => expect(chats.result.current[1].messages.at(-1)!.text).toBe('BB'))
    await inB.end()
    await waitFor(() => expect(talk(server, 'b')).toEqual(['user: to B', 'bot: BB']))
  })
})

describe('answers out of order', () => {
  test('history that arrives after the first message was sent takes its place above it', async () => {
    const kit = createTestKit({
      conversations: [
        {
          id: 'a',
          messages: [
            { type: 'user', text: 'Old' },
            { type: 'bot', text: 'Older' },
          ],
        },
      ],
    })
    const gate = deferred()
    const fetchNow = kit.server.fetch.bind(kit.server)
    kit.server.fetch = async (request) => {
      const answer = await fetchNow(request)
      if (request.url.includes('/message/list')) await gate.promise
      return answer
    }
    const { result } = renderHook(() => useChat({ conversationId: 'a' }), { wrapper: kit.wrapper })
    const reply = kit.server.holdReply()
    act(() => void result.current.sendMessage('New'))
    await reply.token('Half')
    await waitFor(() => expect(rows(result.current.messages)).toEqual(['user: New', 'bot: Half']))
    const keys = result.current.messages.map((message) => message.key)
    gate.resolve()
    await waitFor(() =>
      expect(rows(result.current.messages)).toEqual(['user: Old', 'bot: Older', 'user: New', 'bot: Half']),
    )
    expect(result.current.messages.slice(2).map((message) => message.key)).toEqual(keys)
    await reply.end()
    await waitFor(() => expect(kit.store.getState().live.a).toBeUndefined())
    expect(rows(result.current.messages)).toEqual(talk(kit.server, 'a'))
    expect(result.current.messages.slice(2).map((message) => message.key)).toEqual(keys)
  })

  test('a reading of the list that was written before the reply does not take the reply away', async () => {
    const kit = createTestKit({ conversations: two })
    const { result } = renderHook(() => useChat({ conversationId: 'a' }), { wrapper: kit.wrapper })
    await waitFor(() => expect(result.current.isLoadingHistory).toBe(false))
    const gate = deferred()
    const fetchNow = kit.server.fetch.bind(kit.server)
    let held = 0
    kit.server.fetch = async (request) => {
      const answer = await fetchNow(request)
      if (request.url.includes('order=desc') && (held += 1) === 1) await gate.promise
      return answer
    }
    // Written now, delivered after the whole exchange.
    void kit.queryClient.invalidateQueries()
    await waitFor(() => expect(held).toBe(1))
    const seen: string[][] = []
    act(() => void result.current.sendMessage('Hi'))
    await waitFor(() => expect(rows(result.current.messages)).toEqual(['user: Hi', 'bot: Hi']))
    await act(async () => {
      gate.resolve()
      await new Promise((resolve) => setTimeout(resolve, 20))
      seen.push(rows(result.current.messages))
    })
    await waitFor(() => expect(kit.store.getState().live.a).toBeUndefined())
    expect(rows(result.current.messages)).toEqual(['user: Hi', 'bot: Hi'])
    expect(seen).toEqual([['user: Hi', 'bot: Hi']])
  })

  test('the list read again in the middle of a reply shows each message once', async () => {
    const { server, wrapper, queryClient } = createTestKit({ conversations: two })
    const { result } = renderHook(() => useChat({ conversationId: 'a' }), { wrapper })
    await waitFor(() => expect(result.current.isLoadingHistory).toBe(false))
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('Hi'))
    await reply.token('Half')
    const keys = () => result.current.messages.map((message) => message.key)
    await waitFor(() => expect(keys()).toHaveLength(2))
    const before = keys()
    await act(() => queryClient.invalidateQueries())
    expect(keys()).toEqual(before)
    await reply.end()
    await waitFor(() => expect(result.current.messages.every((message) => message.id !== null)).toBe(true))
    expect(keys()).toEqual(before)
  })

  test('what another window says meanwhile is shown with our own', async () => {
    const { server, wrapper, client } = createTestKit({ conversations: two, reply: 'Answer' })
    const { result } = renderHook(() => useChat({ conversationId: 'a' }), { wrapper })
    await waitFor(() => expect(result.current.isLoadingHistory).toBe(false))
    await client.send('a', { text: 'From elsewhere' })
    await act(() => result.current.sendMessage('From here'))
    expect(rows(result.current.messages)).toEqual(talk(server, 'a'))
    expect(rows(result.current.messages)).toEqual(['user: From elsewhere', 'user: From here', 'bot: Answer'])
  })
})

describe('deleting a conversation in which a reply is under way', () => {
  test('ends the reply without an error and leaves nothing behind', async () => {
    const errors: unknown[] = []
    const { server, wrapper, store, queryClient } = createTestKit({
      conversations: two,
      onError: (error) => errors.push(error),
    })
    const { result } = renderHook(
      () => {
        const [id, setId] = useState<string | null>('a')
        return { chat: useChat({ conversationId: id ?? undefined }), remove: useDeleteConversation(), setId }
      },
      { wrapper },
    )
    await waitFor(() => expect(result.current.chat.isLoadingHistory).toBe(false))
    const reply = server.holdReply()
    let sent: Promise<unknown> | undefined
    act(() => void (sent = result.current.chat.sendMessage('Hi')))
    await reply.token('Half')
    act(() => result.current.setId(null))
    await act(() => result.current.remove.mutateAsync('a'))
    await expect(sent).resolves.toMatchObject({ reason: 'abort' })
    expect(store.getState().live.a).toBeUndefined()
    expect(queryClient.getQueryCache().findAll({ queryKey: ['conversation-kit', 'default', 'detail', 'a'] })).toEqual(
      [],
    )
    expect(errors).toEqual([])
  })
})

describe('reading single rows', () => {
  test('keys and rows are those of the chat, before it is stored and after', async () => {
    const { wrapper, server } = createTestKit()
    const { result } = renderHook(
      () => {
        const chat = useChat({ initialMessages: [{ type: 'bot', text: 'Ask me.' }] })
        const keys = useMessageKeys(chat.conversationId)
        const last = useMessage(chat.conversationId, keys.at(-1) ?? '')
        return { chat, keys, last, status: useChatStatus(chat.conversationId) }
      },
      { wrapper },
    )
    const check = () => {
      expect(result.current.keys).toEqual(result.current.chat.messages.map((message) => message.key))
      expect(result.current.last).toEqual(result.current.chat.messages.at(-1))
      expect(result.current.status.status).toBe(result.current.chat.status)
    }
    check()
    expect(result.current.last).toMatchObject({ text: 'Ask me.' })
    const reply = server.holdReply()
    act(() => void result.current.chat.sendMessage('Hi'))
    check()
    await reply.token('On')
    await waitFor(() => expect(result.current.last?.text).toBe('On'))
    check()
    await reply.token('e')
    await waitFor(() => expect(result.current.last?.text).toBe('One'))
    check()
    await reply.end()
    await waitFor(() => expect(result.current.last?.id).toBeTruthy())
    await waitFor(() => expect(result.current.status.status).toBe('ready'))
    check()
  })
})
