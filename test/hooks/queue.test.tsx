import { onlineManager } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { useChat, useDeleteConversation, useMessageKeys } from 'conversation-kit'
import type { UseChatOptions } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { count, operations, rows, talk } from './support.ts'

afterEach(() => onlineManager.setOnline(true))

const PATIENCE = { timeout: 10_000 }

async function open(
  options: UseChatOptions = {},
  kit = createTestKit({ conversations: [{ id: 'c1' }, { id: 'c2' }] }),
) {
  const hook = renderHook((over: UseChatOptions) => useChat({ conversationId: 'c1', ...options, ...over }), {
    wrapper: kit.wrapper,
    initialProps: {},
  })
  await waitFor(() => expect(hook.result.current.isLoadingHistory).toBe(false))
  const say = (text: string, body?: object) => {
    let sent!: Promise<unknown>
    act(() => void (sent = hook.result.current.sendMessage(text, { body })))
    return sent
  }
  const waiting = () => hook.result.current.messages.filter(({ status }) => status === 'queued').map(({ text }) => text)
  return { ...kit, ...hook, say, waiting }
}

describe('what is said while a reply is under way', () => {
  test('waits where one can see it, and is sent when the reply has ended, in its order', async () => {
    const { server, result, say, waiting } = await open()
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('First')
    const [second, third] = [say('Two'), say('Three')]
    expect(waiting()).toEqual(['Two', 'Three'])
    expect(rows(result.current.messages).slice(-2)).toEqual(['user: Two', 'user: Three'])
    expect(count(server, 'conversation.complete')).toBe(1)
    const keys = result.current.messages.slice(-2).map((row) => row.key)

    await act(() => reply.end())
    await act(() => Promise.all([first, second, third]))
    await expect(second).resolves.toMatchObject({ text: 'Two', reason: 'stop' })
    expect(talk(server, 'c1')).toEqual([
      'user: One',
      'bot: First',
      'user: Two',
      'bot: Two',
      'user: Three',
      'bot: Three',
    ])
    await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, 'c1')))
    // The rows are those that waited.
    const users = result.current.messages.filter((row) => row.role === 'user')
    expect(users.slice(-2).map((row) => row.key)).toEqual(keys)
    expect(result.current.messages.every((row) => row.status === 'sent')).toBe(true)
  })

  test('can be taken back before it is sent', async () => {
    const { server, result, say, waiting } = await open()
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('First')
    const [second, third] = [say('Two'), say('Three')]
    const key = result.current.messages.find((row) => row.text === 'Two')!.key
    act(() => result.current.cancel(key))
    expect(waiting()).toEqual(['Three'])
    await expect(second).resolves.toEqual({ text: '', id: null, reason: 'abort', conversationId: 'c1' })
    await act(() => reply.end())
    await act(() => Promise.all([first, third]))
    expect(talk(server, 'c1')).toEqual(['user: One', 'bot: First', 'user: Three', 'bot: Three'])
    // What is sent already is not taken back.
    act(() => result.current.cancel(result.current.messages[0]!.key))
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('is known row by row too', async () => {
    const kit = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result: keys } = renderHook(() => useMessageKeys('c1'), { wrapper: kit.wrapper })
    const { say, result, server } = await open({}, kit)
    const reply = server.holdReply()
    void say('One')
    await reply.token('First')
    void say('Two')
    expect(keys.current).toEqual(result.current.messages.map((row) => row.key))
    await act(() => reply.end())
    await waitFor(() => expect(talk(server, 'c1')).toHaveLength(4))
    await waitFor(() => expect(keys.current).toEqual(result.current.messages.map((row) => row.key)))
  })

  test('goes with the settings it was said with', async () => {
    const { server, say } = await open({ conversationId: null, body: { backstory: 'Start' } })
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('First')
    const second = say('Two', { backstory: 'End' })
    await act(() => reply.end())
    await act(() => Promise.all([first, second]))
    const asked = server.requests.filter(({ operation }) => operation === 'conversation.completeStateless')
    expect(asked.map(({ body }) => body as unknown)).toMatchObject([
      { backstory: 'Start', messages: [{ text: 'One' }] },
      { backstory: 'End', messages: [{ text: 'One' }, { text: 'First' }, { text: 'Two' }] },
    ])
  })

  test('follows a reply that was stopped', async () => {
    const { server, result, say } = await open()
    const reply = server.holdReply()
    void say('One')
    await reply.token('First')
    await waitFor(() => expect(result.current.status).toBe('streaming'))
    const second = say('Two')
    act(() => result.current.stop())
    await act(() => second)
    expect(talk(server, 'c1')).toEqual(['user: One', 'bot: First', 'user: Two', 'bot: Two'])
  })

  test('waits through a failure until somebody decides', async () => {
    const { server, result, say, waiting } = await open()
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('First')
    const second = say('Two')
    await act(() => reply.fail('The model is down'))
    await expect(first).rejects.toThrow('The model is down')
    await waitFor(() => expect(result.current.status).toBe('error'))
    expect(waiting()).toEqual(['Two'])
    expect(count(server, 'conversation.complete')).toBe(1)
    act(() => result.current.clearError())
    await act(() => second)
    expect(talk(server, 'c1').slice(-2)).toEqual(['user: Two', 'bot: Two'])
  })

  test('a further message after a failure goes on in the order of what was said', async () => {
    const { server, say } = await open()
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('First')
    const second = say('Two')
    await act(() => reply.fail('The model is down'))
    await expect(first).rejects.toThrow('The model is down')
    const third = say('Three')
    await act(() => Promise.all([second, third]))
    expect(talk(server, 'c1').slice(-4)).toEqual(['user: Two', 'bot: Two', 'user: Three', 'bot: Three'])
  })

  test('ends the reply where that is asked for', async () => {
    const { server, result, say } = await open({ whileBusy: 'interrupt' })
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('A long')
    await waitFor(() => expect(result.current.status).toBe('streaming'))
    const second = say('Two')
    await expect(first).resolves.toMatchObject({ reason: 'abort', text: 'A long' })
    await act(() => second)
    expect(talk(server, 'c1')).toEqual(['user: One', 'bot: A long', 'user: Two', 'bot: Two'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('is refused where that is asked for', async () => {
    const { server, result, say } = await open({ whileBusy: 'refuse' })
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('First')
    await expect(say('Two')).rejects.toMatchObject({ code: 'BUSY' })
    await act(() => reply.end())
    await act(() => first)
    expect(rows(result.current.messages)).toEqual(['user: One', 'bot: First'])
    expect(count(server, 'conversation.complete')).toBe(1)
  })

  test('in a chat that is being created goes to the conversation it becomes', async () => {
    const { server, result, say } = await open({ conversationId: undefined })
    const reply = server.holdReply()
    const first = say('One')
    const second = say('Two')
    await reply.token('First')
    await act(() => reply.end())
    await act(() => Promise.all([first, second]))
    const id = result.current.conversationId!
    expect(talk(server, id)).toEqual(['user: One', 'bot: First', 'user: Two', 'bot: Two'])
    expect(count(server, 'conversation.create')).toBe(1)
  })

  test('is sent also while another conversation is looked at, and into its own', async () => {
    const { server, result, rerender, say } = await open()
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('First')
    const second = say('Two')
    rerender({ conversationId: 'c2' })
    expect(result.current.messages).toEqual([])
    await act(() => reply.end())
    await act(() => Promise.all([first, second]))
    expect(talk(server, 'c1')).toEqual(['user: One', 'bot: First', 'user: Two', 'bot: Two'])
    expect(talk(server, 'c2')).toEqual([])
    rerender({ conversationId: 'c1' })
    await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, 'c1')))
  })

  test('is dropped by a reset, and who waits for it is told', async () => {
    const { server, result, store, say } = await open()
    const reply = server.holdReply()
    void say('One')
    await reply.token('First')
    const second = say('Two')
    act(() => store.getState().actions.reset())
    await expect(second).resolves.toMatchObject({ reason: 'abort' })
    expect(store.getState().queued).toEqual({})
    await waitFor(() => expect(result.current.status).toBe('ready'))
    expect(count(server, 'conversation.complete')).toBe(1)
  })

  test('is dropped with its conversation', async () => {
    const kit = createTestKit({ conversations: [{ id: 'c1' }] })
    const { result: deletion } = renderHook(() => useDeleteConversation(), { wrapper: kit.wrapper })
    const { server, store, say } = await open({}, kit)
    const reply = server.holdReply()
    void say('One')
    await reply.token('First')
    const second = say('Two')
    await act(() => deletion.current.mutateAsync('c1'))
    await expect(second).resolves.toMatchObject({ reason: 'abort' })
    expect(store.getState().queued).toEqual({})
    expect(count(server, 'conversation.complete')).toBe(1)
  })

  test('the same words twice in one moment are said once, also without a network', async () => {
    const { server, result, say } = await open()
    act(() => onlineManager.setOnline(false))
    const first = say('Hi')
    let second: Promise<unknown> | undefined
    act(() => {
      void result.current.sendMessage('Ho')
      second = result.current.sendMessage('Ho')
    })
    await expect(second).rejects.toMatchObject({ code: 'BUSY' })
    act(() => onlineManager.setOnline(true))
    await act(() => first)
    await waitFor(() => expect(talk(server, 'c1')).toEqual(['user: Hi', 'bot: Hi', 'user: Ho', 'bot: Ho']), PATIENCE)
  })
})

describe('without a network', () => {
  test('what is said waits, in its order, and is sent once when the network is back', async () => {
    const { server, result, say, waiting } = await open()
    act(() => onlineManager.setOnline(false))
    const before = operations(server).length
    const sent = ['One', 'Two', 'Three'].map((text) => say(text))
    expect(waiting()).toEqual(['One', 'Two', 'Three'])
    expect(result.current.status).toBe('ready')
    expect(operations(server)).toHaveLength(before)
    act(() => onlineManager.setOnline(true))
    await act(() => Promise.all(sent))
    expect(talk(server, 'c1')).toEqual(['user: One', 'bot: One', 'user: Two', 'bot: Two', 'user: Three', 'bot: Three'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('what waits can be taken back', async () => {
    const { server, result, say, waiting } = await open()
    act(() => onlineManager.setOnline(false))
    const sent = [say('One'), say('Two')]
    act(() => result.current.cancel(result.current.messages[0]!.key))
    expect(waiting()).toEqual(['Two'])
    act(() => onlineManager.setOnline(true))
    await act(() => Promise.all(sent))
    expect(talk(server, 'c1')).toEqual(['user: Two', 'bot: Two'])
  })

  test('a message the network took in the middle is gone on with when it is back, before what waits', async () => {
    const { server, result, say } = await open()
    const reply = server.holdReply()
    const first = say('One')
    await reply.token('Half an ')
    await waitFor(() => expect(result.current.status).toBe('streaming'))
    act(() => onlineManager.setOnline(false))
    await act(() => reply.cut())
    await expect(first).rejects.toMatchObject({ code: 'STREAM_INTERRUPTED' })
    const second = say('Two')
    expect(count(server, 'conversation.complete')).toBe(1)
    act(() => onlineManager.setOnline(true))
    await act(() => second)
    const said = talk(server, 'c1').filter((line) => line.startsWith('user'))
    expect(said).toEqual(['user: One', 'user: Two'])
    expect(count(server, 'conversation.receive')).toBe(1)
    await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, 'c1')))
  })

  test('a network that was gone and back before the call failed is not waited for', async () => {
    const { server, result, say } = await open()
    server.offline(true)
    const reply = server.holdReply()
    server.offline(false)
    void say('One').catch(() => {})
    await reply.token('Half')
    await waitFor(() => expect(result.current.status).toBe('streaming'))
    act(() => onlineManager.setOnline(false))
    act(() => onlineManager.setOnline(true))
    await act(() => reply.cut())
    await waitFor(() => expect(result.current.status).toBe('error'))
    await waitFor(() => expect(count(server, 'conversation.receive')).toBe(1), PATIENCE)
    await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, 'c1')), PATIENCE)
  })

  test('a failure that is not the network’s is left to the reader', async () => {
    const { server, result, say } = await open()
    server.fail('conversation.complete', { status: 500, times: 1 })
    await expect(say('One')).rejects.toMatchObject({ status: 500 })
    act(() => onlineManager.setOnline(false))
    act(() => onlineManager.setOnline(true))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(result.current.status).toBe('error')
    expect(count(server, 'conversation.complete')).toBe(1)
  })

  test('a new conversation is created when the network is back', async () => {
    const { server, result, say } = await open({ conversationId: undefined })
    act(() => onlineManager.setOnline(false))
    const sent = [say('One'), say('Two')]
    expect(result.current.conversationId).toBeNull()
    act(() => onlineManager.setOnline(true))
    await act(() => Promise.all(sent))
    expect(talk(server, result.current.conversationId!)).toEqual(['user: One', 'bot: One', 'user: Two', 'bot: Two'])
  })
})
