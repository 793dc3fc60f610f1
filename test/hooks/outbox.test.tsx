import { onlineManager } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createChatStore, useChat, useVote } from 'conversation-kit'
import type { UseChatOptions } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKit } from 'conversation-kit/testing'
import { count, rows, talk } from './support.ts'

const PATIENCE = { timeout: 10_000 }

beforeEach(() => localStorage.clear())
afterEach(() => onlineManager.setOnline(true))

/** What a page load makes: a new store and cache, on the server that was there before. */
function load(before?: TestKit) {
  const { client } = before ?? {}
  const kit = createTestKit({
    conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'bot', text: 'Hello' }] }],
    store: createChatStore({ persist: { name: 'kit' } }),
    ...(client && { client }),
  })
  return { ...kit, client: client ?? kit.client, server: before?.server ?? kit.server }
}

function show(kit: TestKit, options: UseChatOptions = {}) {
  const { result } = renderHook(() => useChat({ conversationId: 'c1', ...options }), { wrapper: kit.wrapper })
  const say = (text: string) => act(() => void result.current.sendMessage(text).catch(() => {}))
  return { result, say }
}

/** The page goes away; what its timers and streams do meets nobody. */
function leave(kit: TestKit) {
  cleanup()
  act(() => kit.store.setState({ ...kit.store.getInitialState() }, true))
}

const kept = () =>
  Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at)!)
    .filter((key) => key.includes('outbox'))
    .map((key) => localStorage.getItem(key)!)

/** What the page has left, once it is written. */
async function leftBehind(): Promise<string> {
  await waitFor(() => expect(kept()).toHaveLength(1))
  return kept()[0]!
}

test('what waits is kept, and no longer than it waits', async () => {
  const kit = load()
  const { result, say } = show(kit)
  act(() => onlineManager.setOnline(false))
  say('One')
  expect(await leftBehind()).toContain('One')
  act(() => onlineManager.setOnline(true))
  await waitFor(() => expect(rows(result.current.messages).slice(1)).toEqual(['user: One', 'bot: One']))
  await waitFor(() => expect(kept()).toEqual([]))
})

test('after a reload it is shown, under the same key, and sent when the network is back', async () => {
  const first = load()
  const { result: before, say } = show(first)
  await waitFor(() => expect(before.current.messages).toHaveLength(1))
  act(() => onlineManager.setOnline(false))
  say('One')
  say('Two')
  const keys = before.current.messages.slice(1).map((row) => row.key)
  const text = await leftBehind()
  leave(first)
  localStorage.setItem('kit:outbox:of-a-page-that-is-gone', text)

  const second = load(first)
  const { result } = show(second)
  await waitFor(() => expect(result.current.waiting).toBe(2))
  expect(result.current.messages.slice(-2).map((row) => row.key)).toEqual(keys)
  act(() => onlineManager.setOnline(true))
  await waitFor(() =>
    expect(talk(second.server, 'c1').slice(1)).toEqual(['user: One', 'bot: One', 'user: Two', 'bot: Two']),
  )
  await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(second.server, 'c1')))
  await waitFor(() => expect(kept()).toEqual([]))
})

test('after a reload it can be taken back', async () => {
  const first = load()
  const { say } = show(first)
  act(() => onlineManager.setOnline(false))
  say('One')
  const text = await leftBehind()
  leave(first)
  localStorage.setItem('kit:outbox:of-a-page-that-is-gone', text)
  const second = load(first)
  const { result } = show(second)
  await waitFor(() => expect(result.current.waiting).toBe(1))
  act(() => result.current.cancel(result.current.messages.at(-1)!.key))
  expect(result.current.waiting).toBe(0)
  await waitFor(() => expect(kept()).toEqual([]))
  act(() => onlineManager.setOnline(true))
  expect(count(second.server, 'conversation.complete')).toBe(0)
})

const flying = (over: object) => ({
  threads: [
    {
      id: 'c1',
      queued: [],
      flying: {
        row: { key: 'local:1', text: 'One', createdAt: 1 },
        request: {},
        after: 'm1',
        code: 'STREAM_INTERRUPTED',
        ...over,
      },
    },
  ],
  votes: [],
})
const leaveBehind = (value: unknown) => localStorage.setItem('kit:outbox:of-a-page-that-is-gone', JSON.stringify(value))

test('a message that was on its way and did not arrive is sent', async () => {
  leaveBehind(flying({}))
  const kit = load()
  const { result } = show(kit)
  await waitFor(() => expect(talk(kit.server, 'c1').slice(1)).toEqual(['user: One', 'bot: One']), PATIENCE)
  await waitFor(() => expect(result.current.status).toBe('ready'))
  expect(result.current.messages[1]!.key).toBe('local:1')
})

test('one that arrived is answered, and not said again', async () => {
  leaveBehind(flying({}))
  const kit = load()
  await kit.client.send('c1', { text: 'One' })
  show(kit)
  await waitFor(() => expect(count(kit.server, 'conversation.receive')).toBe(1), PATIENCE)
  await waitFor(() => expect(talk(kit.server, 'c1')).toHaveLength(3))
  expect(count(kit.server, 'conversation.complete')).toBe(0)
})

test('one that was answered is only shown', async () => {
  leaveBehind(flying({}))
  const kit = load()
  await kit.client.complete('c1', { text: 'One' })
  const { result } = show(kit)
  await waitFor(() => expect(result.current.status).toBe('ready'), PATIENCE)
  await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(kit.server, 'c1')))
  expect(talk(kit.server, 'c1')).toEqual(['bot: Hello', 'user: One', 'bot: One'])
  expect(count(kit.server, 'conversation.receive')).toBe(0)
})

test('one that the server had refused is left to the reader', async () => {
  leaveBehind(flying({ code: 'TOO_MANY_REQUESTS' }))
  const kit = load()
  const { result } = show(kit)
  await waitFor(() => expect(result.current.error).toMatchObject({ code: 'TOO_MANY_REQUESTS' }))
  expect(result.current.messages.at(-1)).toMatchObject({ text: 'One', status: 'failed' })
  expect(count(kit.server, 'conversation.complete')).toBe(0)
  await act(() => result.current.retry())
  expect(talk(kit.server, 'c1').slice(1)).toEqual(['user: One', 'bot: One'])
})

test('where messages may not be listed, nobody can know whether it arrived: the reader decides', async () => {
  leaveBehind(flying({}))
  const kit = load()
  const { result } = show(kit, { history: false })
  await waitFor(() => expect(result.current.status).toBe('error'))
  expect(kit.server.requests).toHaveLength(0)
})

test('a vote that waited is cast when its buttons are shown again, once', async () => {
  leaveBehind({
    threads: [],
    votes: [{ conversationId: 'c1', messageId: 'm1', vote: 'down', reason: 'Too short' }],
  })
  const kit = load()
  const target = { conversationId: 'c1', messageId: 'm1' }
  const { result } = renderHook(() => [useVote(target), useVote(target)] as const, { wrapper: kit.wrapper })
  await waitFor(() => expect(result.current[0]).toMatchObject({ vote: 'down', isPending: false }))
  expect(kit.server.votes).toMatchObject([{ messageId: 'm1', value: -100, reason: 'Too short' }])
  await waitFor(() => expect(kept()).toEqual([]))
})

test('a chat that was not created yet goes on in the next one without a name', async () => {
  const first = load()
  const { say } = show(first, { conversationId: undefined })
  act(() => onlineManager.setOnline(false))
  say('One')
  const text = await leftBehind()
  leave(first)
  localStorage.setItem('kit:outbox:of-a-page-that-is-gone', text)
  act(() => onlineManager.setOnline(true))
  const second = load(first)
  const { result } = show(second, { conversationId: undefined })
  await waitFor(() => expect(rows(result.current.messages)).toEqual(['user: One', 'bot: One']), PATIENCE)
  expect(count(second.server, 'conversation.create')).toBe(1)
})

test.each([
  '{',
  'null',
  '[]',
  '{"threads":[null,{"id":1},{"id":"c1","queued":[{"row":{}}]}],"votes":[{"vote":"sideways"}]}',
])('what somebody else left in the storage is passed over: %s', async (text) => {
  localStorage.setItem('kit:outbox:of-a-page-that-is-gone', text)
  const kit = load()
  const { result, say } = show(kit)
  await waitFor(() => expect(result.current.messages).toHaveLength(1))
  expect(result.current.waiting).toBe(0)
  say('One')
  await waitFor(() => expect(talk(kit.server, 'c1')).toHaveLength(3))
})

test('one that was sent before the page knew the history, and half answered, is not said again', async () => {
  leaveBehind(flying({ after: undefined, arrived: true }))
  const kit = load()
  const reply = kit.server.holdReply()
  const stop = new AbortController()
  const reading = kit.client.complete('c1', { text: 'One' }).stream({ signal: stop.signal })
  const first = reading.next()
  await reply.token('Half')
  await first
  stop.abort()
  await waitFor(() => expect(talk(kit.server, 'c1')).toEqual(['bot: Hello', 'user: One', 'bot: Half']))
  const { result } = show(kit)
  await waitFor(() => expect(result.current.status).toBe('ready'), PATIENCE)
  expect(talk(kit.server, 'c1').filter((line) => line === 'user: One')).toHaveLength(1)
  await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(kit.server, 'c1')))
})

test('a message that failed is kept too, and how it failed', async () => {
  const kit = load()
  const { result, say } = show(kit)
  await waitFor(() => expect(result.current.messages).toHaveLength(1))
  kit.server.fail('conversation.complete', { status: 500 })
  say('One')
  await waitFor(() => expect(result.current.status).toBe('error'))
  const { threads } = JSON.parse(await leftBehind()) as { threads: { flying: object }[] }
  expect(threads[0]!.flying).toMatchObject({ row: { text: 'One' }, after: 'm1', code: 'INTERNAL_SERVER_ERROR' })
  act(() => result.current.clearError())
  await waitFor(() => expect(kept()).toEqual([]))
})

test('what another page has left comes before what is said in this one', async () => {
  leaveBehind({
    threads: [{ id: 'c1', queued: [{ row: { key: 'local:1', text: 'Before', createdAt: 1 }, request: {} }] }],
    votes: [],
  })
  act(() => onlineManager.setOnline(false))
  const kit = load()
  const { result, say } = show(kit)
  say('After')
  await waitFor(() => expect(result.current.waiting).toBe(2))
  act(() => onlineManager.setOnline(true))
  await waitFor(() =>
    expect(talk(kit.server, 'c1').filter((line) => line.startsWith('user'))).toEqual(['user: Before', 'user: After']),
  )
})
