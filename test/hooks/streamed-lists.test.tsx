import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { ConversationClient as OfficialClient } from '@chatbotkit/sdk/conversation/index.js'
import { describe, expect, test } from 'vitest'
import { ConversationProvider, useChat, useConversations, useMessages, useSendMessage } from 'conversation-kit'
import { createTestKit, createTestQueryClient, createTestServer } from 'conversation-kit/testing'
import { dripAt, dripLists } from './slow.ts'
import { operations, rows } from './support.ts'

const LONG = { timeout: 10_000 }
const many = Array.from({ length: 6 }, (_, index) => ({ id: `c${index}`, name: `Talk ${index}` }))
const newest = ['c5', 'c4', 'c3', 'c2', 'c1', 'c0']

/** A list that streams, and every state of it that was rendered. */
function setup(params?: { take?: number }) {
  const kit = createTestKit({ conversations: many })
  const drips = dripLists(kit.server)
  const seen: string[][] = []
  const hook = renderHook(
    () => {
      const list = useConversations(params, { streaming: true })
      const ids = list.data?.map((each) => each.id)
      if (ids && ids.join() !== seen.at(-1)?.join()) seen.push(ids)
      return list
    },
    { wrapper: kit.wrapper },
  )
  const ids = () => hook.result.current.data?.map((each) => each.id)
  return { ...kit, ...hook, drips, ids, seen }
}

describe('a list that is still arriving', () => {
  test('shows the rows that are here, and says that more are on their way', async () => {
    const { drips, ids, result } = setup()
    const drip = await dripAt(drips, 0)
    expect(result.current).toMatchObject({ status: 'pending', fetchStatus: 'fetching' })
    drip.give(2)
    await waitFor(() => expect(ids()).toEqual(['c5', 'c4']), LONG)
    expect(result.current).toMatchObject({ status: 'success', fetchStatus: 'fetching', isError: false })
    drip.give(1)
    await waitFor(() => expect(ids()).toEqual(['c5', 'c4', 'c3']), LONG)
    drip.end()
    await waitFor(() => expect(result.current.fetchStatus).toBe('idle'), LONG)
    expect(ids()).toEqual(newest)
    expect(result.current.hasNextPage).toBe(false)
  })

  test('never loses a row on the way, and a row that was there stays the same object', async () => {
    const { drips, ids, result, seen } = setup()
    const drip = await dripAt(drips, 0)
    drip.give(3)
    await waitFor(() => expect(ids()).toHaveLength(3), LONG)
    const first = result.current.data!
    drip.end()
    await waitFor(() => expect(result.current.isFetching).toBe(false), LONG)
    for (const [index, list] of seen.entries())
      expect(list.slice(0, seen[index - 1]?.length)).toEqual(seen[index - 1] ?? list)
    expect(result.current.data!.slice(0, 3).every((each, index) => each === first[index])).toBe(true)
  })

  test('writes to the cache once for many rows that come together, and only once when the list is fast', async () => {
    const { drips, ids, result, queryClient } = setup()
    let writes = 0
    queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') writes += 1
    })
    const drip = await dripAt(drips, 0)
    drip.give(5)
    await waitFor(() => expect(ids()).toHaveLength(5), LONG)
    expect(writes).toBe(1)
    drip.end()
    await waitFor(() => expect(result.current.isFetching).toBe(false), LONG)
    expect(writes).toBe(2)
  })

  test('keeps what arrived when it breaks off, says so, and goes on from there', async () => {
    const { drips, ids, result, server } = setup()
    const drip = await dripAt(drips, 0)
    drip.give(2)
    await waitFor(() => expect(ids()).toEqual(['c5', 'c4']), LONG)
    drip.give(1)
    // Before what came last was shown.
    await new Promise((resolve) => setTimeout(resolve, 0))
    drip.cut()
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'STREAM_INTERRUPTED' }), LONG)
    expect(ids()).toEqual(['c5', 'c4', 'c3'])
    expect(result.current).toMatchObject({ status: 'error', fetchStatus: 'idle', hasNextPage: true })
    const more = result.current.fetchNextPage()
    const rest = await dripAt(drips, 1)
    rest.end()
    await act(() => more)
    await waitFor(() => expect(ids()).toEqual(newest), LONG)
    expect(result.current).toMatchObject({ error: null, hasNextPage: false })
    expect(server.requests.at(-1)!.url).toContain('cursor=c3')
  })

  test('stops arriving when nobody looks any more, and is read again by who comes back', async () => {
    const { drips, ids, unmount, wrapper } = setup()
    const drip = await dripAt(drips, 0)
    drip.give(2)
    await waitFor(() => expect(ids()).toHaveLength(2), LONG)
    unmount()
    await waitFor(() => expect(drip.left).toBe(true), LONG)
    const again = renderHook(() => useConversations(undefined, { streaming: true }), { wrapper })
    expect(again.result.current.data).toHaveLength(2)
    const whole = await dripAt(drips, 1)
    whole.end()
    await waitFor(() => expect(again.result.current.data?.map((each) => each.id)).toEqual(newest), LONG)
  })

  test('brings no more than a page, and the next page arrives below it', async () => {
    const { drips, ids, result, server } = setup({ take: 4 })
    const first = await dripAt(drips, 0)
    first.end()
    await waitFor(() => expect(result.current.isFetching).toBe(false), LONG)
    expect(ids()).toEqual(newest.slice(0, 4))
    const more = result.current.fetchNextPage()
    const second = await dripAt(drips, 1)
    second.give(1)
    await waitFor(() => expect(ids()).toEqual(newest.slice(0, 5)), LONG)
    expect(result.current.isFetchingNextPage).toBe(true)
    second.end()
    await act(() => more)
    await waitFor(() => expect(ids()).toEqual(newest), LONG)
    expect(server.requests.map(({ url }) => new URL(url).search)).toEqual(['?take=4', '?take=4&cursor=c2'])
  })

  test('asks for a page when nobody names a number: a stream without one goes on for ever', async () => {
    const conversations = Array.from({ length: 130 }, (_, index) => ({ id: `c${index}` }))
    const { wrapper } = createTestKit({ conversations })
    const { result } = renderHook(() => useConversations(undefined, { streaming: true }), { wrapper })
    await waitFor(() => expect(result.current.isFetching).toBe(false), LONG)
    expect(result.current.data).toHaveLength(100)
    await act(() => result.current.fetchNextPage())
    await waitFor(() => expect(result.current.data).toHaveLength(130), LONG)
    expect(result.current.hasNextPage).toBe(false)
  })

  test('that is read again stays whole until the new one is', async () => {
    const { drips, ids, result, seen, server } = setup()
    const first = await dripAt(drips, 0)
    first.end()
    await waitFor(() => expect(ids()).toEqual(newest), LONG)
    server.add({ id: 'c6', createdAt: Date.UTC(2026, 5, 1) })
    seen.length = 0
    const reading = result.current.refetch()
    const second = await dripAt(drips, 1)
    second.give(2)
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(ids()).toEqual(newest)
    second.end()
    await act(() => reading)
    await waitFor(() => expect(ids()).toEqual(['c6', ...newest]), LONG)
    expect(seen.every((list) => list.length >= 6)).toBe(true)
  })

  test('that is refused says why', async () => {
    const { server, wrapper } = createTestKit({ conversations: many })
    server.fail('conversation.list', { status: 403 })
    const { result } = renderHook(() => useConversations(undefined, { streaming: true }), { wrapper })
    await waitFor(() => expect(result.current.error).toMatchObject({ status: 403 }), LONG)
    expect(result.current.data).toBeUndefined()
  })
})

describe('messages that are still arriving', () => {
  const messages = Array.from({ length: 5 }, (_, index) => ({
    id: `m${index}`,
    type: 'user' as const,
    text: `${index}`,
  }))
  const texts = (data: { text: string }[] | undefined) => data?.map((row) => row.text)

  test('come from the newest upwards, and what is sent meanwhile is below them once', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    const drips = dripLists(server)
    const { result } = renderHook(
      () => ({ list: useMessages('c1', { streaming: true }), send: useSendMessage('c1') }),
      { wrapper },
    )
    const drip = await dripAt(drips, 0)
    drip.give(2)
    await waitFor(() => expect(texts(result.current.list.data)).toEqual(['3', '4']), LONG)
    act(() => result.current.send.mutate({ text: 'New' }))
    await waitFor(() => expect(operations(server)).toContain('conversation.send'), LONG)
    drip.end()
    await waitFor(() => expect(texts(result.current.list.data)).toEqual(['0', '1', '2', '3', '4', 'New']), LONG)
  })

  test('are the history of a chat, which can be talked in before all of it is here', async () => {
    const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1', messages }], reply: 'Yes.' })
    const drips = dripLists(server)
    const { result } = renderHook(
      () => ({ list: useMessages('c1', { streaming: true }), chat: useChat({ conversationId: 'c1' }) }),
      { wrapper },
    )
    const drip = await dripAt(drips, 0)
    drip.give(1)
    await waitFor(() => expect(rows(result.current.chat.messages)).toEqual(['user: 4']), LONG)
    const said = result.current.chat.sendMessage('Are you there?')
    await waitFor(() => expect(drips).toHaveLength(2), LONG)
    drips[1]!.end()
    drip.end()
    await act(() => said)
    await waitFor(
      () =>
        expect(rows(result.current.chat.messages)).toEqual([
          ...['0', '1', '2', '3', '4'].map((text) => `user: ${text}`),
          'user: Are you there?',
          'bot: Yes.',
        ]),
      LONG,
    )
  })
})

describe('with the official client', () => {
  const official = () => {
    const server = createTestServer({ conversations: many })
    const drips = dripLists(server)
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
    const hook = renderHook(() => useConversations(undefined, { streaming: true }), { wrapper })
    return { server, drips, ...hook }
  }

  test('a list shows while it arrives', async () => {
    const { drips, result } = official()
    const drip = await dripAt(drips, 0)
    drip.give(2)
    await waitFor(() => expect(result.current.data).toHaveLength(2), LONG)
    drip.end()
    await waitFor(() => expect(result.current).toMatchObject({ fetchStatus: 'idle', status: 'success' }), LONG)
    expect(result.current.data).toHaveLength(6)
  })

  test('a list that breaks off keeps what arrived and is an error of ours', async () => {
    const { drips, result } = official()
    const drip = await dripAt(drips, 0)
    drip.give(2)
    await waitFor(() => expect(result.current.data).toHaveLength(2), LONG)
    drip.cut()
    await waitFor(() => expect(result.current.error).toMatchObject({ name: 'ConversationError' }), LONG)
    expect(result.current.data).toHaveLength(2)
  })
})
