import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { useChat, useComplete } from 'conversation-kit'
import type { ToolHandler } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { ConversationStreamEvent, Message } from 'conversation-kit/transport'
import { operations } from './support.ts'

const request = (name: string, args: object): ConversationStreamEvent => ({
  type: 'message',
  data: { type: 'activity', text: '', meta: { activity: { type: 'request', function: { name, arguments: args } } } },
})
const resultIn = (messages: readonly Message[]): unknown =>
  messages.findLast((message) => message.meta?.activity?.type === 'response')?.meta?.activity.function.result

/** Asks for the weather until it has been told, then tells it. */
const reply = ({ messages }: { messages: readonly Message[] }) => {
  const result = resultIn(messages)
  return result === undefined ? [request('weather', { city: 'Porto' })] : [`It is ${JSON.stringify(result)}`]
}
const weather = (handler: ToolHandler['handler']): ToolHandler[] => [
  { name: 'weather', description: 'The weather', parameters: { type: 'object', properties: {} }, handler },
]

describe('a function that the page answers', () => {
  test('is called with its arguments, and the reply goes on with what it gives', async () => {
    const { server, wrapper, store } = createTestKit({ conversations: [{ id: 'c1' }], reply })
    const handler = vi.fn<(args: unknown) => unknown>(() => ({ c: 14 }))
    const { result } = renderHook(() => useChat({ conversationId: 'c1', tools: weather(handler) }), { wrapper })
    await act(() => result.current.sendMessage('Weather?'))
    expect(handler.mock.calls[0]![0]).toEqual({ city: 'Porto' })
    expect(result.current.messages).toHaveLength(2)
    expect(result.current.messages[1]).toMatchObject({
      text: expect.stringContaining('14'),
      status: 'sent',
      parts: [{ type: 'tool', name: 'weather', state: 'done', result: { c: 14 } }, { type: 'text' }],
    })
    expect(result.current.messages[1]!.id).toBe(server.snapshot().messages.c1!.at(-1)!.id)
    expect(store.getState().live.c1).toBeUndefined()
    expect(operations(server).slice(1)).toEqual([
      'conversation.complete',
      'message.create',
      'conversation.receive',
      'message.list',
    ])
  })

  test('works where nothing is stored', async () => {
    const { server, wrapper } = createTestKit({ reply })
    const { result } = renderHook(() => useComplete({ tools: weather(() => 'fine') }), { wrapper })
    await act(() => result.current.complete('Weather?'))
    expect(result.current.text).toContain('fine')
    expect(operations(server)).toEqual(['conversation.completeStateless', 'conversation.completeStateless'])
    expect(server.requests[1]!.body.messages.map((message: Message) => message.type)).toEqual([
      'user',
      'activity',
      'activity',
    ])
  })

  test('that throws is told to the model as an error', async () => {
    const { wrapper } = createTestKit({ reply })
    const tools = weather(() => {
      throw new Error('no key')
    })
    const { result } = renderHook(() => useComplete({ tools }), { wrapper })
    await act(() => result.current.complete('Weather?'))
    expect(result.current).toMatchObject({ status: 'ready' })
    expect(result.current.text).toContain('no key')
  })

  test('is not called for ever', async () => {
    const { server, wrapper } = createTestKit({ reply: () => [request('weather', {})] })
    const { result } = renderHook(() => useComplete({ tools: weather(() => 'again'), maxSteps: 3 }), { wrapper })
    const info = await act(() => result.current.complete('Weather?'))
    expect(info.reason).toBe('activity')
    expect(result.current.status).toBe('ready')
    expect(operations(server)).toHaveLength(4)
  })

  test('can be stopped while it works', async () => {
    const { server, wrapper } = createTestKit({ reply })
    let seen: AbortSignal | undefined
    const tools = weather(
      (_args, { signal }) =>
        new Promise((resolve) => {
          seen = signal
          signal.addEventListener('abort', () => resolve('too late'))
        }),
    )
    const { result } = renderHook(() => useComplete({ tools }), { wrapper })
    let done: Promise<unknown> | undefined
    act(() => void (done = result.current.complete('Weather?')))
    await waitFor(() => expect(seen).toBeDefined())
    expect(result.current).toMatchObject({ status: 'submitted', phase: 'tool', isPending: true })
    act(() => result.current.stop())
    await expect(done).resolves.toMatchObject({ reason: 'abort' })
    expect(operations(server)).toHaveLength(1)
    expect(result.current.status).toBe('ready')
  })
})
