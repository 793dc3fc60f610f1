import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { useChat, useVote } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { ConversationClient } from 'conversation-kit/transport'
import { count, deferred, rows, talk } from './support.ts'

const MESSAGES = Array.from({ length: 20 }, (_, index) => ({ id: `old${index}`, type: 'bot' as const, text: 'Yes?' }))

/** A page with a session token, which its own backend gives: the server tells nobody without one. */
function open() {
  const { server } = createTestKit({ conversations: [{ id: 'c1', messages: MESSAGES }], sessionRights: 'wide' })
  const fetch = (input: string | URL | Request, init?: RequestInit) => server.fetch(new Request(input, init))
  const baseUrl = 'http://conversation-kit.test'
  const backend = new ConversationClient({ baseUrl, fetch })
  const asked: string[] = []
  let gate = Promise.resolve()
  const client = new ConversationClient({
    baseUrl,
    retries: 0,
    fetch,
    token: async ({ reason }) => {
      asked.push(reason)
      await gate
      return (await backend.session.create('c1')).token
    },
  })
  const hold = () => {
    const { promise, resolve } = deferred()
    gate = promise
    return resolve
  }
  const { wrapper, store } = createTestKit({ client })
  return { server, asked, hold, wrapper, store }
}

describe('a token that expires in the middle of a conversation', () => {
  test('twenty calls at once that are refused for it ask for one new token, and all of them succeed', async () => {
    const { server, asked, hold, wrapper } = open()
    const { result } = renderHook(
      () => MESSAGES.map(({ id }) => useVote({ conversationId: 'c1', messageId: id })), // eslint-disable-line react/rules-of-hooks -- as many at every render
      { wrapper },
    )
    act(() => result.current[0]!.upvote())
    await waitFor(() => expect(server.votes).toHaveLength(1))
    expect(asked).toEqual(['initial'])

    server.expireSessions()
    const give = hold()
    const before = count(server, 'message.downvote')
    // One of them hears of it only when the others have a new one already.
    const late = deferred()
    const answer = server.fetch.bind(server)
    let first = true
    server.fetch = async (request) => {
      const isLate = first && request.url.includes('/downvote')
      if (isLate) first = false
      const response = await answer(request)
      if (isLate) await late.promise
      return response
    }
    act(() => result.current.forEach((vote) => vote.downvote()))
    await waitFor(() => expect(count(server, 'message.downvote')).toBe(before + 20))
    expect(asked).toEqual(['initial', 'unauthorized'])
    await act(async () => give())
    await waitFor(() => expect(server.votes).toHaveLength(20))
    late.resolve()
    await waitFor(() => expect(server.votes).toHaveLength(21))
    await waitFor(() => expect(result.current.every((vote) => !vote.isPending)).toBe(true))
    expect(asked).toEqual(['initial', 'unauthorized'])
    expect(count(server, 'message.downvote')).toBe(before + 40)
    expect(result.current.map(({ vote, error }) => [vote, error])).toEqual(MESSAGES.map(() => ['down', null]))
  })

  test('a message that is refused for it is sent again by itself, and said once', async () => {
    const { server, asked, wrapper } = open()
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    await waitFor(() => expect(result.current.messages).toHaveLength(20))
    server.expireSessions()
    await act(() => result.current.sendMessage('Hi'))
    expect(result.current).toMatchObject({ status: 'ready', error: null })
    expect(asked).toEqual(['initial', 'unauthorized'])
    expect(talk(server, 'c1').slice(20)).toEqual(['user: Hi', 'bot: Hi'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('a reply under way goes on to its end, is handed over, and the next message is sent', async () => {
    const { server, asked, wrapper, store } = open()
    const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper })
    await waitFor(() => expect(result.current.messages).toHaveLength(20))
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('One'))
    await reply.token('First ')
    server.expireSessions()
    await reply.token('answer')
    await waitFor(() => expect(result.current.messages.at(-1)!.text).toBe('First answer'))
    expect(asked).toEqual(['initial'])
    await act(() => reply.end())
    await waitFor(() => expect(store.getState().live.c1).toBeUndefined())
    expect(asked).toEqual(['initial', 'unauthorized'])
    server.expireSessions()
    await act(() => result.current.sendMessage('Two'))
    expect(asked).toEqual(['initial', 'unauthorized', 'unauthorized'])
    expect(talk(server, 'c1').slice(20)).toEqual(['user: One', 'bot: First answer', 'user: Two', 'bot: Two'])
    expect(rows(result.current.messages)).toEqual(talk(server, 'c1'))
  })

  test('a backend that gives no new one is an error that can be tried again', async () => {
    const { server, asked } = open()
    const failing = new ConversationClient({
      baseUrl: 'http://conversation-kit.test',
      retries: 0,
      fetch: (input, init) => server.fetch(new Request(input, init)),
      token: ({ reason }) => {
        asked.push(reason)
        if (asked.length === 1) throw new Error('Not signed in')
        return 'anybody'
      },
    })
    const { wrapper } = createTestKit({ client: failing })
    const { result } = renderHook(() => useChat({ conversationId: 'c1', history: false }), { wrapper })
    await act(() => expect(result.current.sendMessage('Hi')).rejects.toMatchObject({ code: 'NOT_AUTHENTICATED' }))
    expect(result.current.messages).toMatchObject([{ text: 'Hi', status: 'failed' }])
    expect(server.requests).toEqual([])
    await act(() => result.current.retry())
    expect(result.current).toMatchObject({ status: 'ready', error: null })
    expect(talk(server, 'c1').slice(20)).toEqual(['user: Hi', 'bot: Hi'])
  })
})
