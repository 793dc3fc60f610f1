import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { useChat, useComplete } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { operations, rows, talk } from './support.ts'

describe('useComplete', () => {
  test('streams one reply, with its thoughts beside it, and stores nothing', async () => {
    const { server, wrapper, store } = createTestKit()
    const onFinish = vi.fn<(...values: unknown[]) => void>()
    const { result } = renderHook(() => useComplete({ body: { backstory: 'Be brief.' }, onFinish }), { wrapper })
    const reply = server.holdReply()
    act(() => void result.current.complete('Why?'))
    expect(result.current).toMatchObject({ status: 'submitted', phase: 'thinking', isPending: true, text: '' })
    await reply.event({ type: 'reasoningToken', data: { token: 'Hm' } })
    await waitFor(() => expect(result.current).toMatchObject({ phase: 'reasoning', reasoning: 'Hm', text: '' }))
    await reply.token('Because.')
    await waitFor(() => expect(result.current.text).toBe('Because.'))
    await reply.end()
    await waitFor(() => expect(result.current).toMatchObject({ status: 'ready', isPending: false, text: 'Because.' }))
    expect(result.current.result).toMatchObject({ text: 'Because.', end: { reason: 'stop' } })
    expect(onFinish).toHaveBeenCalledTimes(1)
    expect(store.getState().live).toEqual({})
    expect(server.requests[0]!.body).toEqual({ backstory: 'Be brief.', messages: [{ type: 'user', text: 'Why?' }] })
    expect(server.snapshot().conversations).toEqual([])
  })

  test('takes nothing of one call along to the next', async () => {
    const { server, wrapper } = createTestKit()
    const { result } = renderHook(() => useComplete(), { wrapper })
    await act(() => result.current.complete('One'))
    await act(() => result.current.complete({ messages: [{ type: 'user', text: 'Two' }] }, { body: { model: 'm' } }))
    expect(server.requests[1]!.body).toEqual({ model: 'm', messages: [{ type: 'user', text: 'Two' }] })
    expect(result.current.text).toBe('Two')
  })

  test('refuses a second call while one is under way', async () => {
    const { server, wrapper } = createTestKit()
    const { result } = renderHook(() => useComplete(), { wrapper })
    await act(async () => {
      const [first, second] = await Promise.allSettled([result.current.complete('One'), result.current.complete('Two')])
      expect(first.status).toBe('fulfilled')
      expect(second).toMatchObject({ reason: { code: 'BUSY' } })
    })
    expect(operations(server)).toEqual(['conversation.completeStateless'])
  })

  test('stops with the words that came, and forgets them when it is reset', async () => {
    const { server, wrapper } = createTestKit()
    const { result } = renderHook(() => useComplete(), { wrapper })
    const reply = server.holdReply()
    let done: Promise<unknown> | undefined
    act(() => void (done = result.current.complete('One')))
    await reply.token('Half')
    await waitFor(() => expect(result.current.text).toBe('Half'))
    act(() => result.current.stop())
    expect(result.current).toMatchObject({ status: 'ready', text: 'Half', error: null })
    await expect(done).resolves.toMatchObject({ reason: 'abort', text: 'Half' })
    act(() => result.current.reset())
    expect(result.current).toMatchObject({ text: '', result: null })
  })

  test('keeps the words of a reply that breaks off', async () => {
    const { server, wrapper } = createTestKit()
    const onError = vi.fn<(...values: unknown[]) => void>()
    const { result } = renderHook(() => useComplete({ onError }), { wrapper })
    const reply = server.holdReply()
    act(() => void result.current.complete('One'))
    await reply.token('Half')
    await waitFor(() => expect(result.current.text).toBe('Half'))
    await act(() => reply.cut())
    await waitFor(() => expect(result.current).toMatchObject({ status: 'error', text: 'Half' }))
    expect(result.current.error).toMatchObject({ partial: 'Half' })
    expect(onError).toHaveBeenCalledExactlyOnceWith(result.current.error)
  })

  test('in a stored conversation is the reply that a chat beside it shows', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result } = renderHook(
      () => ({ complete: useComplete({ conversationId: 'c1' }), chat: useChat({ conversationId: 'c1' }) }),
      { wrapper },
    )
    await waitFor(() => expect(result.current.chat.isLoadingHistory).toBe(false))
    await act(() => result.current.complete.complete('Hi'))
    expect(rows(result.current.chat.messages)).toEqual(talk(server, 'c1'))
    expect(result.current.complete.text).toBe('Hi')
  })

  test('answers what is stored without a new user message', async () => {
    const { server, wrapper } = createTestKit({
      conversations: [{ id: 'c1', messages: [{ type: 'user', text: 'Hello?' }] }],
      reply: 'Here.',
    })
    const { result } = renderHook(() => useComplete({ conversationId: 'c1', mode: 'receive' }), { wrapper })
    await act(() => result.current.complete())
    expect(result.current.text).toBe('Here.')
    expect(talk(server, 'c1')).toEqual(['user: Hello?', 'bot: Here.'])
  })

  test('with nothing to answer says so', async () => {
    const { wrapper, server } = createTestKit()
    const { result } = renderHook(() => useComplete(), { wrapper })
    await expect(result.current.complete(' ')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    expect(operations(server)).toEqual([])
  })
})
