import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { useChat } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { ConversationStreamEvent } from 'conversation-kit/transport'
import { count, deferred, operations, rows, talk } from './support.ts'

const stored = [{ id: 'c1' }]

function setup() {
  const onError = vi.fn<(...values: unknown[]) => void>()
  const kit = createTestKit({ conversations: stored, onError })
  const hook = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper: kit.wrapper })
  const ready = waitFor(() => expect(hook.result.current.isLoadingHistory).toBe(false))
  return { ...kit, ...hook, onError, ready }
}

describe('stopping', () => {
  test('keeps the words that arrived, in the chat and on the server, and is no error', async () => {
    const { server, result, ready, store, onError } = setup()
    await ready
    const reply = server.holdReply()
    let sent: Promise<unknown> | undefined
    act(() => void (sent = result.current.sendMessage('Tell me')))
    await reply.token('Half an ')
    await reply.token('answer')
    await waitFor(() => expect(result.current.status).toBe('streaming'))
    act(() => result.current.stop())
    expect(result.current).toMatchObject({ status: 'ready', phase: 'idle', error: null })
    expect(result.current.messages.at(-1)).toMatchObject({ text: 'Half an answer', status: 'stopped' })
    const keys = result.current.messages.map((message) => message.key)
    await expect(sent).resolves.toMatchObject({ reason: 'abort', text: 'Half an answer' })
    await waitFor(() => expect(talk(server, 'c1')).toEqual(['user: Tell me', 'bot: Half an answer']))
    await waitFor(() => expect(store.getState().live.c1).toBeUndefined(), { timeout: 3000 })
    expect(result.current.messages.map((message) => message.key)).toEqual(keys)
    expect(result.current.messages.at(-1)).toMatchObject({ status: 'stopped', text: 'Half an answer' })
    expect(result.current.messages.at(-1)!.id).not.toBeNull()
    expect(onError).not.toHaveBeenCalled()
  })

  test('before anything arrived leaves a chat in which one can go on', async () => {
    const { server, result, ready } = setup()
    await ready
    server.holdReply()
    act(() => void result.current.sendMessage('One'))
    await waitFor(() => expect(talk(server, 'c1')).toEqual(['user: One']))
    act(() => result.current.stop())
    expect(result.current.status).toBe('ready')
    await act(() => result.current.sendMessage('Two'))
    expect(rows(result.current.messages)).toEqual(['user: One', 'user: Two', 'bot: Two'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('in the same moment as sending asks the server for nothing and keeps the message', async () => {
    const { server, result, ready } = setup()
    await ready
    act(() => {
      void result.current.sendMessage('One')
      result.current.stop()
    })
    await act(() => result.current.sendMessage('Two'))
    expect(count(server, 'conversation.complete')).toBe(1)
    expect(result.current.messages.map(({ text, status }) => [text, status])).toEqual([
      ['One', 'stopped'],
      ['Two', 'sent'],
      ['Two', 'sent'],
    ])
  })

  test('lets the connection go at once', async () => {
    const { server, result, ready } = setup()
    await ready
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('Tell me'))
    await reply.token('Half')
    await waitFor(() => expect(result.current.status).toBe('streaming'))
    act(() => result.current.stop())
    await waitFor(() =>
      expect(server.requests.find((r) => r.operation === 'conversation.complete')!.aborted).toBe(true),
    )
  })

  test('a store that is reset ends every reply and forgets it', async () => {
    const { server, result, ready, store } = setup()
    await ready
    const reply = server.holdReply()
    let sent: Promise<unknown> | undefined
    act(() => void (sent = result.current.sendMessage('Tell me')))
    await reply.token('Half')
    act(() => store.getState().actions.reset())
    await expect(sent).resolves.toMatchObject({ reason: 'abort' })
    expect(store.getState().live).toEqual({})
  })
})

describe('a reply that breaks off', () => {
  test('keeps the words shown, says so, and sends nothing again by itself', async () => {
    const { server, result, ready, onError } = setup()
    await ready
    const reply = server.holdReply()
    let sent: Promise<unknown> | undefined
    act(() => void (sent = result.current.sendMessage('Tell me')))
    await reply.token('Half an ans')
    await waitFor(() => expect(result.current.messages.at(-1)!.text).toBe('Half an ans'))
    await act(() => reply.cut())
    await expect(sent).rejects.toMatchObject({ partial: 'Half an ans' })
    expect(result.current).toMatchObject({ status: 'error', phase: 'idle' })
    expect(result.current.error).toMatchObject({ partial: 'Half an ans' })
    expect(result.current.messages.at(-1)).toMatchObject({ text: 'Half an ans', status: 'failed' })
    expect(operations(server)).toEqual(['message.list', 'conversation.complete'])
    expect(onError).toHaveBeenCalledExactlyOnceWith(result.current.error, {
      operation: 'conversation.complete',
      conversationId: 'c1',
    })
  })

  test('the error can be put away, and the chat goes on', async () => {
    const { server, result, ready } = setup()
    await ready
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('One'))
    await reply.token('Half')
    await act(() => reply.cut())
    await waitFor(() => expect(result.current.status).toBe('error'))
    act(() => result.current.clearError())
    expect(result.current).toMatchObject({ status: 'ready', error: null })
    await act(() => result.current.sendMessage('Two'))
    expect(rows(result.current.messages)).toEqual(['user: One', 'bot: Half', 'user: Two', 'bot: Two'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('a failure of the model is an error with its words', async () => {
    const { server, result, ready } = setup()
    await ready
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('One'))
    await reply.token('Half')
    await act(() => reply.fail('The model is overloaded'))
    await waitFor(() => expect(result.current.status).toBe('error'))
    expect(result.current.error!.message).toContain('The model is overloaded')
    expect(result.current.messages.at(-1)).toMatchObject({ text: 'Half', status: 'failed' })
  })

  test('while the network is gone a message fails at once, stays, and is sent once when it is back', async () => {
    const { server, result, ready } = setup()
    await ready
    server.offline()
    await act(() => expect(result.current.sendMessage('Hi')).rejects.toMatchObject({ code: 'NETWORK' }))
    expect(result.current.messages).toMatchObject([{ text: 'Hi', status: 'failed' }])
    await act(() => expect(result.current.retry()).rejects.toMatchObject({ code: 'NETWORK' }))
    expect(result.current.status).toBe('error')
    server.offline(false)
    await act(() => result.current.retry())
    expect(rows(result.current.messages)).toEqual(['user: Hi', 'bot: Hi'])
    expect(talk(server, 'c1')).toEqual(['user: Hi', 'bot: Hi'])
  })

  test('with nothing to try again, retry says so', async () => {
    const { result, ready } = setup()
    await ready
    await expect(result.current.retry()).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('a retry can be stopped', async () => {
    const { server, result, ready } = setup()
    await ready
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('One'))
    await reply.token('Half')
    await act(() => reply.cut())
    await waitFor(() => expect(result.current.status).toBe('error'))
    const again = server.holdReply()
    let retried: Promise<unknown> | undefined
    act(() => void (retried = result.current.retry()))
    await again.token('And more')
    await waitFor(() => expect(result.current.messages.at(-1)!.text).toBe('And more'))
    act(() => result.current.stop())
    await expect(retried).resolves.toMatchObject({ reason: 'abort' })
    await waitFor(() => expect(talk(server, 'c1')).toEqual(['user: One', 'bot: Half', 'bot: And more']))
    await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, 'c1')))
  })
})

const activity = (type: 'request' | 'response'): ConversationStreamEvent => ({
  type: 'message',
  data: {
    type: 'activity',
    text: '',
    meta: {
      activity: {
        type,
        function: { name: 'find', arguments: { q: 1 }, ...(type === 'response' && { result: '{"n":1}' }) },
      },
    },
  },
})
const SCRIPT: ConversationStreamEvent[] = [
  { type: 'reasoningToken', data: { token: 'I should ' } },
  { type: 'reasoningToken', data: { token: 'look.' } },
  { type: 'message', data: { type: 'reasoning', text: 'I should look.' } },
  { type: 'token', data: { token: 'One ' } },
  { type: 'token', data: { token: 'moment.' } },
  { type: 'message', data: { type: 'bot', text: 'One moment.' } },
  activity('request'),
  activity('response'),
  { type: 'token', data: { token: 'It is ' } },
  { type: 'token', data: { token: 'here.' } },
  { type: 'message', data: { type: 'bot', text: 'It is here.' } },
]

describe('a reply with thoughts and a call, cut after each of its events', () => {
  for (let at = 0; at <= SCRIPT.length; at += 1) {
    test(`after ${at} events: one press goes on, and everything is there once`, async () => {
      const { server, result, ready, store, queryClient } = setup()
      await ready
      const reply = server.holdReply()
      act(() => void result.current.sendMessage('Where is it?'))
      for (const event of SCRIPT.slice(0, at)) await reply.event(event)
      await act(() => reply.cut())
      await waitFor(() => expect(result.current.status).toBe('error'))
      const shown = result.current.messages.map((message) => message.key)

      server.reply(SCRIPT)
      await act(() => result.current.retry())
      expect(result.current).toMatchObject({ status: 'ready', error: null })
      expect(store.getState().live.c1).toBeUndefined()

      const { messages } = server.snapshot()
      const all = messages.c1!
      expect(all.filter((message) => message.type === 'user')).toHaveLength(1)
      expect(new Set(all.map((message) => message.id)).size).toBe(all.length)
      // Every word that anybody said is on the screen once, in the server's order.
      const said = all.filter(({ type }) => type === 'user' || type === 'bot').map(({ text }) => text)
      const words = result.current.messages.flatMap((message) => message.text.split('\n\n'))
      expect(words.filter((text) => text !== '')).toEqual(said)
      // A reply that was told to its end is not asked for a second time.
      const told = SCRIPT[at - 1]
      const last = told?.type === 'message' && told.data.type === 'bot' ? told.data.text : 'It is here.'
      expect(said.at(-1)).toBe(last)
      const keys = result.current.messages.map((message) => message.key)
      expect(new Set(keys).size).toBe(keys.length)
      expect(keys[0]).toBe(shown[0])
      // The server is told once what the user said.
      expect(count(server, 'conversation.complete')).toBe(1)

      // A reader who comes later sees the same words.
      const before = result.current.messages.map(({ role, text }) => [role, text])
      await act(() => queryClient.invalidateQueries())
      expect(result.current.messages.map(({ role, text }) => [role, text])).toEqual(before)
    })
  }

  test('a message sent before the history was there, and cut in the middle of its answer, is not said again', async () => {
    const messages = [
      { type: 'user' as const, text: 'Hi' },
      { type: 'bot' as const, text: 'Hello' },
    ]
    const { server, wrapper, client } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    const gate = deferred()
    const list = client.message.list.bind(client.message)
    const held = (...args: Parameters<typeof list>) => {
      client.message.list = list
      return gate.promise.then(() => list(...args)) as unknown as ReturnType<typeof list>
    }
    client.message.list = held
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    const reply = server.holdReply()
    let sent: Promise<unknown> | undefined
    act(() => void (sent = result.current.sendMessage('Hi')))
    await reply.token('Hello ag')
    await waitFor(() => expect(result.current.status).toBe('streaming'))
    await act(() => reply.cut())
    await expect(sent).rejects.toThrow('broke off')
    await waitFor(() => expect(talk(server, 'c1')).toHaveLength(4))
    act(() => gate.resolve())
    await act(() => result.current.retry())
    expect(talk(server, 'c1').filter((line) => line === 'user: Hi')).toHaveLength(2)
    await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, 'c1')))
  })

  test('cut before the server has the message: it is sent again, once', async () => {
    const { server, result, ready } = setup()
    await ready
    server.fail('conversation.complete', { status: 503 })
    await act(() => expect(result.current.sendMessage('Hi')).rejects.toMatchObject({ name: 'ConversationError' }))
    const { key } = result.current.messages[0]!
    await act(() => result.current.retry())
    expect(talk(server, 'c1')).toEqual(['user: Hi', 'bot: Hi'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
    expect(result.current.messages[0]!.key).toBe(key)
    expect(operations(server).slice(1)).toEqual([
      'conversation.complete',
      'message.list',
      'conversation.complete',
      'message.list',
    ])
  })
})
