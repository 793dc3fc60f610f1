import { onlineManager } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { useChat, useVote } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { operations } from './support.ts'

const conversations = [{ id: 'c1', messages: [{ id: 'b1', type: 'bot' as const, text: 'Hello' }] }]
const target = { conversationId: 'c1', messageId: 'b1' }

describe('a vote', () => {
  test('is shown at once, sent once, and stays when it is confirmed', async () => {
    const { server, wrapper, queryClient } = createTestKit({ conversations })
    const onSuccess = vi.fn<(...values: unknown[]) => void>()
    const { result } = renderHook(() => useVote(target, { onSuccess }), { wrapper })
    expect(result.current.vote).toBeNull()
    act(() => result.current.upvote({ value: 80, reason: 'Clear' }))
    expect(result.current).toMatchObject({ vote: 'up', isPending: true })
    await waitFor(() => expect(result.current).toMatchObject({ vote: 'up', isPending: false, error: null }))
    expect(server.votes).toEqual([{ conversationId: 'c1', messageId: 'b1', value: 80, reason: 'Clear' }])
    expect(queryClient.getQueryData(['conversation-kit', 'default', 'detail', 'c1', 'vote', 'b1'])).toBe('up')
    expect(onSuccess).toHaveBeenCalledTimes(1)
  })

  test('on a conversation and on its messages are different votes', async () => {
    const { server, wrapper } = createTestKit({ conversations })
    const { result } = renderHook(() => [useVote({ conversationId: 'c1' }), useVote(target)] as const, { wrapper })
    act(() => result.current[0].downvote())
    await waitFor(() => expect(result.current[0]).toMatchObject({ vote: 'down', isPending: false }))
    expect(result.current[1].vote).toBeNull()
    expect(server.votes).toMatchObject([{ conversationId: 'c1', value: -100 }])
  })

  test('is the same in every place that shows it', async () => {
    const { wrapper } = createTestKit({ conversations })
    const { result } = renderHook(() => [useVote(target), useVote(target)] as const, { wrapper })
    act(() => result.current[0].upvote())
    await waitFor(() => expect(result.current[1].vote).toBe('up'))
    await waitFor(() => expect(result.current.map((each) => each.isPending)).toEqual([false, false]))
  })

  test('of quick opposite clicks the last one counts', async () => {
    const { server, wrapper } = createTestKit({ conversations })
    const { result } = renderHook(() => useVote(target), { wrapper })
    act(() => {
      result.current.upvote()
      result.current.downvote()
      result.current.upvote()
      result.current.downvote()
    })
    await waitFor(() => expect(result.current).toMatchObject({ vote: 'down', isPending: false }))
    expect(server.votes.at(-1)).toMatchObject({ value: -100 })
    // What was overtaken before it left is not sent.
    expect(server.votes.length).toBeLessThanOrEqual(2)
  })

  test('that is refused goes back to what the server confirmed, and says so', async () => {
    const onErrorOfAll = vi.fn<(...values: unknown[]) => void>()
    const { server, wrapper } = createTestKit({ conversations, onError: onErrorOfAll })
    const onError = vi.fn<(...values: unknown[]) => void>()
    const { result } = renderHook(() => useVote(target, { onError }), { wrapper })
    act(() => result.current.upvote())
    await waitFor(() => expect(result.current).toMatchObject({ vote: 'up', isPending: false }))
    server.fail('message.downvote', { status: 403 })
    act(() => result.current.downvote())
    expect(result.current.vote).toBe('down')
    await waitFor(() => expect(result.current).toMatchObject({ vote: 'up', isPending: false }))
    expect(result.current.error).toMatchObject({ status: 403 })
    expect(onError).toHaveBeenCalledTimes(1)
    expect(onErrorOfAll).toHaveBeenCalledExactlyOnceWith(result.current.error, {
      operation: 'message.vote',
      conversationId: 'c1',
    })
    act(() => result.current.downvote())
    await waitFor(() => expect(result.current).toMatchObject({ vote: 'down', isPending: false, error: null }))
  })

  test('on a reply that has no id yet waits for it and is then sent with it', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result, rerender } = renderHook(
      ({ key }: { key: string }) => ({
        chat: useChat({ conversationId: 'c1' }),
        vote: useVote({ conversationId: 'c1', messageId: key }),
      }),
      { wrapper, initialProps: { key: 'none' } },
    )
    const reply = server.holdReply()
    act(() => void result.current.chat.sendMessage('Hi'))
    await reply.token('Half')
    await waitFor(() => expect(result.current.chat.messages).toHaveLength(2))
    const { key } = result.current.chat.messages[1]!
    rerender({ key })
    act(() => result.current.vote.upvote())
    await waitFor(() => expect(result.current.vote).toMatchObject({ vote: 'up', isPending: true }))
    expect(operations(server)).not.toContain('message.upvote')
    await reply.token(' and whole')
    await reply.end()
    await waitFor(() => expect(result.current.vote).toMatchObject({ vote: 'up', isPending: false }))
    const { id } = result.current.chat.messages[1]!
    expect(server.votes).toEqual([{ conversationId: 'c1', messageId: id, value: 100 }])
    // By the id it is the same vote.
    rerender({ key: id! })
    expect(result.current.vote.vote).toBe('up')
    act(() => result.current.vote.downvote())
    await waitFor(() => expect(result.current.vote).toMatchObject({ vote: 'down', isPending: false }))
  })

  test('on a message that never comes to be stored ends when the chat is reset', async () => {
    const { server, wrapper, store } = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result, rerender } = renderHook(
      ({ key }: { key: string }) => ({
        chat: useChat({ conversationId: 'c1' }),
        vote: useVote({ conversationId: 'c1', messageId: key }),
      }),
      { wrapper, initialProps: { key: 'none' } },
    )
    server.fail('conversation.complete', { status: 500 })
    await act(() => expect(result.current.chat.sendMessage('Hi')).rejects.toMatchObject({ name: 'ConversationError' }))
    rerender({ key: result.current.chat.messages[0]!.key })
    act(() => result.current.vote.upvote())
    await waitFor(() => expect(result.current.vote.isPending).toBe(true))
    act(() => store.getState().actions.reset())
    await waitFor(() => expect(result.current.vote).toMatchObject({ isPending: false, vote: null }))
    expect(server.votes).toEqual([])
  })
})

describe('a vote without a network', () => {
  afterEach(() => onlineManager.setOnline(true))

  function open() {
    const kit = createTestKit({ conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'bot', text: 'Hi' }] }] })
    const target = { conversationId: 'c1', messageId: 'm1' }
    return { ...kit, ...renderHook(() => useVote(target), { wrapper: kit.wrapper }) }
  }

  test('is shown, waits, and is sent once when the network is back', async () => {
    const { server, result } = open()
    act(() => onlineManager.setOnline(false))
    act(() => result.current.upvote())
    act(() => result.current.downvote({ reason: 'Too short' }))
    expect(result.current).toMatchObject({ vote: 'down', isPending: true, error: null })
    expect(server.requests).toHaveLength(0)
    act(() => onlineManager.setOnline(true))
    await waitFor(() => expect(result.current.isPending).toBe(false))
    expect(result.current.vote).toBe('down')
    expect(server.votes).toMatchObject([{ messageId: 'm1', value: -100, reason: 'Too short' }])
  })

  test('that the network took on its way is sent again, not refused', async () => {
    const { server, result } = open()
    server.offline(true)
    act(() => result.current.upvote())
    // The browser says so a moment after the calls fail, or before.
    act(() => onlineManager.setOnline(false))
    await act(() => new Promise((resolve) => setTimeout(resolve, 20)))
    expect(result.current).toMatchObject({ vote: 'up', isPending: true, error: null })
    server.offline(false)
    act(() => onlineManager.setOnline(true))
    await waitFor(() => expect(result.current.isPending).toBe(false))
    expect(result.current.vote).toBe('up')
    expect(server.votes).toHaveLength(1)
  })

  test('can be taken back before it is sent', async () => {
    const { server, result, store } = open()
    act(() => onlineManager.setOnline(false))
    act(() => result.current.upvote())
    await waitFor(() => expect(Object.values(store.getState().votes)).toHaveLength(1))
    act(() => result.current.cancel())
    expect(result.current).toMatchObject({ vote: null, isPending: false })
    act(() => onlineManager.setOnline(true))
    await waitFor(() => expect(store.getState().votes).toEqual({}))
    expect(server.requests).toHaveLength(0)
  })

  test('is not sent for somebody else after a reset', async () => {
    const { server, result, store } = open()
    act(() => onlineManager.setOnline(false))
    act(() => result.current.upvote())
    await waitFor(() => expect(Object.values(store.getState().votes)).toHaveLength(1))
    act(() => store.getState().actions.reset())
    act(() => onlineManager.setOnline(true))
    await waitFor(() => expect(result.current.isPending).toBe(false))
    expect(result.current.vote).toBeNull()
    expect(server.requests).toHaveLength(0)
  })
})

const STEPS = ['up', 'down', 'refuse', 'wait', 'id', 'offline', 'online', 'cancel'] as const

test(
  'whatever the order of clicks, refusals, the id and the network: at rest the vote shown is the last one the server counted',
  { timeout: 120_000 },
  async () => {
    const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 14 })
    const network = (on: boolean) => onlineManager.setOnline(on)
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
        const reply = server.holdReply()
        const { result, rerender } = renderHook(
          ({ key }: { key: string }) => ({
            chat: useChat({ conversationId: 'c1' }),
            vote: useVote({ conversationId: 'c1', messageId: key }),
          }),
          { wrapper, initialProps: { key: 'none' } },
        )
        act(() => void result.current.chat.sendMessage('Hi'))
        await reply.token('Half')
        await waitFor(() => expect(result.current.chat.messages).toHaveLength(2))
        rerender({ key: result.current.chat.messages[1]!.key })
        let ended = false
        const end = async () => {
          if (ended) return
          ended = true
          await act(() => reply.end())
        }
        for (const step of steps) {
          if (step === 'up') act(() => result.current.vote.upvote())
          if (step === 'down') act(() => result.current.vote.downvote())
          if (step === 'refuse') {
            server.fail('message.upvote', { status: 403 })
            server.fail('message.downvote', { status: 403 })
          }
          if (step === 'wait') await act(() => new Promise((resolve) => setTimeout(resolve, 1)))
          if (step === 'id') await end()
          if (step === 'cancel') act(() => result.current.vote.cancel())
          if (step === 'offline' || step === 'online') {
            server.offline(step === 'offline')
            act(() => network(step === 'online'))
          }
          const { vote, isPending } = result.current.vote
          expect(!['up', 'down'].includes(step) || (vote === step && isPending)).toBe(true)
        }
        await end()
        server.offline(false)
        act(() => network(true))
        await waitFor(() => expect(result.current.vote.isPending).toBe(false))
        await waitFor(() => expect(result.current.chat.messages[1]!.id).not.toBeNull())
        const last = server.votes.at(-1)
        expect(result.current.vote.vote).toBe(last === undefined ? null : last.value > 0 ? 'up' : 'down')
        cleanup()
      }),
      { numRuns: 40 },
    )
  },
)
