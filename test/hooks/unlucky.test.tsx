import { onlineManager } from '@tanstack/react-query'
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConversationProvider, createChatStore, useChat, useComplete, useVote } from 'conversation-kit'
import type { UseChatOptions } from 'conversation-kit'
import type { ConversationServer } from 'conversation-kit/server'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKit } from 'conversation-kit/testing'
import { ConversationClient } from 'conversation-kit/transport'
import { count, rows, talk } from './support.ts'
import { hold } from './slow.ts'

beforeEach(() => localStorage.clear())
afterEach(() => onlineManager.setOnline(true))
const PATIENCE = { timeout: 4_000 }
const tick = (ms = 20) => act(() => new Promise<void>((r) => setTimeout(r, ms)))

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
    sent.catch(() => {})
    return sent
  }
  return { ...kit, ...hook, say }
}
const users = (server: ConversationServer, id = 'c1') => talk(server, id).filter((line) => line.startsWith('user'))

test('said within the second after a lost network: the lost message is not passed over', async () => {
  const { server, result, say } = await open()
  server.offline(true)
  act(() => onlineManager.setOnline(true))
  const first = say('One')
  act(() => onlineManager.setOnline(false))
  act(() => onlineManager.setOnline(true))
  await expect(first).rejects.toMatchObject({ code: 'NETWORK' })
  await waitFor(() => expect(result.current.status).toBe('error'))
  server.offline(false)
  const second = say('Two')
  await act(() => second)
  await tick(1500)
  expect(users(server)).toEqual(['user: One', 'user: Two'])
})

test('useComplete on the same conversation ends: what waits in useChat is sent', async () => {
  const kit = createTestKit({ conversations: [{ id: 'c1' }] })
  const { result } = renderHook(
    () => ({ chat: useChat({ conversationId: 'c1' }), c: useComplete({ conversationId: 'c1' }) }),
    { wrapper: kit.wrapper },
  )
  await waitFor(() => expect(result.current.chat.isLoadingHistory).toBe(false))
  const reply = kit.server.holdReply()
  let a!: Promise<unknown>
  act(() => void (a = result.current.c.complete('One')))
  await reply.token('First')
  act(() => void result.current.chat.sendMessage('Two'))
  expect(result.current.chat.waiting).toBe(1)
  await act(() => reply.end())
  await act(() => a)
  await waitFor(() => expect(users(kit.server)).toEqual(['user: One', 'user: Two']), PATIENCE)
})

test('interrupt while the conversation is being created creates one conversation', async () => {
  const { server, result, say } = await open({ conversationId: undefined, whileBusy: 'interrupt' })
  const gate = hold(server, '/conversation/create')
  void say('One')
  await tick()
  const second = say('Two')
  await tick()
  gate.resolve()
  await act(() => second)
  expect(count(server, 'conversation.create')).toBe(1)
  expect(rows(result.current.messages).at(-1)).toBe('bot: Two')
})

test('stop while the conversation is being created, then say', async () => {
  const { server, result, say } = await open({ conversationId: undefined })
  const gate = hold(server, '/conversation/create')
  void say('One')
  await tick()
  act(() => result.current.stop())
  const second = say('Two')
  await tick()
  gate.resolve()
  await act(() => second)
  expect(count(server, 'conversation.create')).toBe(1)
  expect(rows(result.current.messages).at(-1)).toBe('bot: Two')
})

test('stop while a function of the page waits: what waits is sent', async () => {
  let called = 0
  const { server, result, say } = await open({
    tools: [
      {
        name: 'ask',
        description: 'd',
        parameters: { type: 'object', properties: {} },
        handler: () => {
          called += 1
          return new Promise(() => {})
        },
      },
    ],
  })
  server.reply([
    {
      type: 'message',
      data: {
        type: 'activity',
        text: '',
        meta: { activity: { type: 'request', function: { name: 'ask', arguments: {} } } },
      },
    },
    { type: 'result', data: { text: '', usage: { token: 1 }, end: { reason: 'activity' } } },
  ])
  const first = say('One')
  await waitFor(() => expect(called).toBe(1), PATIENCE)
  server.reply('Fine')
  const second = say('Two')
  expect(result.current.waiting).toBe(1)
  act(() => result.current.stop())
  await waitFor(() => expect(users(server)).toEqual(['user: One', 'user: Two']), PATIENCE)
  await Promise.all([first, second])
})

test('the network takes a message of one user; another user (client) does not say it', async () => {
  const kit = createTestKit({ conversations: [{ id: 'c1' }] })
  const seen: string[] = []
  const make = (who: string) =>
    new ConversationClient({
      baseUrl: 'http://conversation-kit.test',
      retries: 0,
      fetch: (i, n) => {
        const r = new Request(i, n)
        if (r.method === 'POST') seen.push(who)
        return kit.server.fetch(r)
      },
    })
  const [a, b] = [make('a'), make('b')]
  let set!: (c: ConversationClient) => void
  function Wrapper({ children }: { children?: ReactNode }) {
    const [client, setClient] = useState(a)
    // eslint-disable-next-line react/globals -- the hand of the test
    set = setClient
    return (
      <ConversationProvider client={client} store={kit.store} queryClient={kit.queryClient}>
        {children}
      </ConversationProvider>
    )
  }
  const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper: Wrapper })
  await waitFor(() => expect(result.current.isLoadingHistory).toBe(false))
  kit.server.offline(true)
  let first!: Promise<unknown>
  act(() => void (first = result.current.sendMessage('Secret of A')))
  act(() => onlineManager.setOnline(false))
  await expect(first).rejects.toMatchObject({ code: 'NETWORK' })
  seen.length = 0
  act(() => set(b))
  kit.server.offline(false)
  act(() => onlineManager.setOnline(true))
  await tick(300)
  expect(talk(kit.server, 'c1')).toEqual([])
  let second!: Promise<unknown>
  act(() => void (second = result.current.sendMessage('Hello of B')))
  await act(() => second)
  expect(talk(kit.server, 'c1')).toEqual(['user: Hello of B', 'bot: Hello of B'])
})

const load = (before?: Pick<TestKit, 'client' | 'server'>, extra: object = {}) => {
  const { client } = before ?? {}
  const kit = createTestKit({
    conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'bot', text: 'Hello' }] }],
    store: createChatStore({ persist: { name: 'kit' } }),
    ...(client && { client }),
    ...extra,
  })
  return { ...kit, client: client ?? kit.client, server: before?.server ?? kit.server }
}
const leave = (kit: TestKit) => {
  cleanup()
  act(() => kit.store.setState({ ...kit.store.getInitialState() }, true))
}
const kept = () =>
  Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at)!)
    .filter((k) => k.includes('outbox'))
    .map((k) => localStorage.getItem(k)!)
const leaveBehind = (value: unknown, name = 'gone') => localStorage.setItem(`kit:outbox:${name}`, JSON.stringify(value))
const flying = (over: object = {}, thread: object = {}) => ({
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
      ...thread,
    },
  ],
  votes: [],
})
const queuedRow = (text: string, key: string) => ({ row: { key, text, createdAt: 1 }, request: {} })

test('of two votes cast offline the last one is cast after a reload', async () => {
  const first = load()
  const target = { conversationId: 'c1', messageId: 'm1' }
  const { result } = renderHook(() => useVote(target), { wrapper: first.wrapper })
  act(() => onlineManager.setOnline(false))
  act(() => result.current.upvote())
  await waitFor(() => expect(kept()).toHaveLength(1))
  act(() => result.current.downvote())
  await tick(50)
  const text = kept()[0]!
  leave(first)
  first.queryClient.clear()
  localStorage.clear()
  localStorage.setItem('kit:outbox:gone', text)
  act(() => onlineManager.setOnline(true))
  const second = load(first)
  const { result: after } = renderHook(() => useVote(target), { wrapper: second.wrapper })
  await waitFor(() => expect(after.current.vote).not.toBeNull(), PATIENCE)
  await waitFor(() => expect(after.current.isPending).toBe(false))
  expect(second.server.votes.at(-1)).toMatchObject({ value: -100 })
})

test('a vote taken back offline is not cast after a reload', async () => {
  const first = load()
  const target = { conversationId: 'c1', messageId: 'm1' }
  const { result } = renderHook(() => useVote(target), { wrapper: first.wrapper })
  act(() => onlineManager.setOnline(false))
  act(() => result.current.upvote())
  await waitFor(() => expect(kept()).toHaveLength(1))
  act(() => result.current.cancel())
  expect(result.current).toMatchObject({ vote: null, isPending: false })
  await tick(50)
  expect(kept()).toEqual([])
})

test('history false: after the error is put away what was left is sent', async () => {
  leaveBehind(flying({}, { queued: [queuedRow('Two', 'local:2')] }))
  const kit = load()
  const { result } = renderHook(() => useChat({ conversationId: 'c1', history: false }), { wrapper: kit.wrapper })
  await waitFor(() => expect(result.current.status).toBe('error'))
  expect(result.current.waiting).toBe(1)
  act(() => result.current.clearError())
  await waitFor(() => expect(result.current.waiting).toBe(0), PATIENCE)
  expect(users(kit.server)).toEqual(['user: Two'])
})

test('history false: a further message goes on past it', async () => {
  leaveBehind(flying({ code: 'TOO_MANY_REQUESTS' }, { queued: [queuedRow('Two', 'local:2')] }))
  const kit = load()
  const { result } = renderHook(() => useChat({ conversationId: 'c1', history: false }), { wrapper: kit.wrapper })
  await waitFor(() => expect(result.current.status).toBe('error'))
  act(() => void result.current.sendMessage('Three'))
  await waitFor(() => expect(result.current.waiting).toBe(0), PATIENCE)
  expect(users(kit.server)).toEqual(['user: Two', 'user: Three'])
})

test('a chat with initial messages: the first message under way at the reload is sent', async () => {
  leaveBehind(flying({ after: null }, { id: 'local:x' }))
  const kit = load()
  const { result } = renderHook(() => useChat({ initialMessages: [{ type: 'bot', text: 'Welcome' }] }), {
    wrapper: kit.wrapper,
  })
  await waitFor(() => expect(rows(result.current.messages)).toContain('bot: One'), PATIENCE)
  expect(rows(result.current.messages)).toEqual(['bot: Welcome', 'user: One', 'bot: One'])
})

test('what a second page left is gone on with although the first one left a refused message', async () => {
  const kit = load()
  const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper: kit.wrapper })
  await tick(50)
  leaveBehind(flying({ code: 'TOO_MANY_REQUESTS' }), 'a')
  leaveBehind({ threads: [{ id: 'c1', queued: [queuedRow('Two', 'local:2')] }], votes: [] }, 'b')
  const gates: (() => void)[] = []
  const locks = {
    request: (_name: string, work: () => Promise<unknown>) =>
      new Promise<void>((r) => {
        gates.push(() => r())
      }).then(work),
  }
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true })
  try {
    const { keepOutbox } = await import('../../src/store/outbox.ts')
    keepOutbox(kit.store, { name: 'kit' })
    for (const g of gates) {
      await act(async () => g())
      await tick(30)
    }
    await waitFor(() => expect(result.current.status).toBe('error'))
    expect(result.current.waiting).toBe(1)
    act(() => result.current.clearError())
    await waitFor(() => expect(result.current.waiting).toBe(0), PATIENCE)
  } finally {
    Reflect.deleteProperty(navigator, 'locks')
  }
})

test('a regenerate that the network took does not leave two answers', async () => {
  const kit = createTestKit({
    conversations: [
      {
        id: 'c1',
        messages: [
          { type: 'user', text: 'Q' },
          { type: 'bot', text: 'A' },
        ],
      },
    ],
  })
  const { server, result } = await open({}, kit)
  server.offline(true)
  let again!: Promise<unknown>
  act(() => void (again = result.current.regenerate()))
  act(() => onlineManager.setOnline(false))
  await expect(again).rejects.toMatchObject({ code: 'NETWORK' })
  server.offline(false)
  act(() => onlineManager.setOnline(true))
  await waitFor(() => expect(count(server, 'conversation.receive')).toBe(1), PATIENCE)
  await waitFor(() => expect(result.current.status).toBe('ready'), PATIENCE)
  await tick(100)
  expect(talk(server, 'c1').filter((l) => l.startsWith('bot'))).toHaveLength(1)
})

test('onFinish that throws does not hold up what waits', async () => {
  const { server, say } = await open({
    onFinish: () => {
      throw new Error('mine')
    },
  })
  const reply = server.holdReply()
  void say('One')
  await reply.token('First')
  void say('Two')
  await act(() => reply.end())
  await waitFor(() => expect(users(server)).toEqual(['user: One', 'user: Two']), PATIENCE)
})

test('create fails with two queued', async () => {
  const { server, result, say } = await open({ conversationId: undefined })
  server.fail('conversation.create', { status: 500 })
  const a = say('One')
  const b = say('Two')
  const c = say('Three')
  await expect(a).rejects.toMatchObject({ status: 500 })
  await waitFor(() => expect(result.current.status).toBe('error'))
  expect(result.current.waiting).toBe(2)
  await act(() => result.current.retry())
  await act(() => Promise.all([b, c]))
  const id = result.current.conversationId!
  expect(users(server, id)).toEqual(['user: One', 'user: Two', 'user: Three'])
  await waitFor(() => expect(rows(result.current.messages)).toEqual(talk(server, id)), PATIENCE)
})

test('401 with a queue', async () => {
  const { server, result, say } = await open()
  server.fail('conversation.complete', { status: 401 })
  const a = say('One')
  const b = say('Two')
  await expect(a).rejects.toMatchObject({ status: 401 })
  await waitFor(() => expect(result.current.status).toBe('error'))
  expect(result.current.waiting).toBe(1)
  await act(() => result.current.retry())
  await act(() => b)
  expect(users(server)).toEqual(['user: One', 'user: Two'])
})

test('StrictMode and two components: a restored outbox is sent once', async () => {
  leaveBehind(flying({}, { queued: [queuedRow('Two', 'local:2'), queuedRow('Three', 'local:3')] }))
  const kit = load()
  const Both = () => [useChat({ conversationId: 'c1' }), useChat({ conversationId: 'c1' })] as const
  const { result } = renderHook(Both, {
    wrapper: ({ children }: { children?: ReactNode }) => (
      <StrictMode>
        <kit.wrapper>{children}</kit.wrapper>
      </StrictMode>
    ),
  })
  await waitFor(() => expect(users(kit.server)).toHaveLength(3), PATIENCE)
  await tick(200)
  expect(users(kit.server)).toEqual(['user: One', 'user: Two', 'user: Three'])
  await waitFor(() => expect(rows(result.current[0].messages)).toEqual(talk(kit.server, 'c1')), PATIENCE)
})

test('unmounted before its turn', async () => {
  const { server, say, unmount } = await open()
  const reply = server.holdReply()
  const a = say('One')
  await reply.token('F')
  const b = say('Two')
  unmount()
  await reply.end()
  await Promise.all([a, b])
  expect(users(server)).toEqual(['user: One', 'user: Two'])
})

test('client changed with a queue: all promises settle', async () => {
  const kit = createTestKit({ conversations: [{ id: 'c1' }] })
  const make = () =>
    new ConversationClient({
      baseUrl: 'http://conversation-kit.test',
      retries: 0,
      fetch: (i, n) => kit.server.fetch(new Request(i, n)),
    })
  let set!: (c: ConversationClient) => void
  function Wrapper({ children }: { children?: ReactNode }) {
    const [client, setClient] = useState(make)
    // eslint-disable-next-line react/globals -- the hand of the test
    set = (c) => setClient(c)
    return (
      <ConversationProvider client={client} store={kit.store} queryClient={kit.queryClient}>
        {children}
      </ConversationProvider>
    )
  }
  const { result } = renderHook(() => useChat({ conversationId: 'c1' }), { wrapper: Wrapper })
  await waitFor(() => expect(result.current.isLoadingHistory).toBe(false))
  const reply = kit.server.holdReply()
  let a!: Promise<unknown>, b!: Promise<unknown>
  act(() => void (a = result.current.sendMessage('One')))
  await reply.token('F')
  act(() => void (b = result.current.sendMessage('Two')))
  act(() => set(make()))
  await act(() => Promise.all([a, b]))
  expect(users(kit.server)).toEqual(['user: One'])
})

test('votes waiting on two targets', async () => {
  const kit = createTestKit({
    conversations: [
      {
        id: 'c1',
        messages: [
          { id: 'm1', type: 'bot', text: 'a' },
          { id: 'm2', type: 'bot', text: 'b' },
        ],
      },
    ],
  })
  const { result } = renderHook(
    () =>
      [
        useVote({ conversationId: 'c1', messageId: 'm1' }),
        useVote({ conversationId: 'c1', messageId: 'm2' }),
        useVote({ conversationId: 'c1' }),
      ] as const,
    { wrapper: kit.wrapper },
  )
  act(() => onlineManager.setOnline(false))
  act(() => {
    result.current[0].upvote()
    result.current[1].downvote()
    result.current[2].upvote()
  })
  await tick()
  act(() => result.current[1].cancel())
  act(() => onlineManager.setOnline(true))
  await waitFor(() => expect(result.current.map((v) => v.isPending)).toEqual([false, false, false]))
  expect(kit.server.votes).toHaveLength(2)
})

test('error, then clearError with several queued', async () => {
  const { server, result, say } = await open()
  server.fail('conversation.complete', { status: 500, times: 2 })
  const a = say('One')
  const b = say('Two')
  const c = say('Three')
  await expect(a).rejects.toMatchObject({ status: 500 })
  await waitFor(() => expect(result.current.status).toBe('error'))
  act(() => result.current.clearError())
  await expect(b).rejects.toMatchObject({ status: 500 })
  await waitFor(() => expect(result.current.status).toBe('error'))
  expect(result.current.waiting).toBe(1)
  act(() => result.current.clearError())
  await act(() => c)
  expect(users(server)).toEqual(['user: Three'])
  expect(rows(result.current.messages)).toEqual(['user: One', 'user: Two', 'user: Three', 'bot: Three'])
})

test('two votes waiting, then a reset: neither is sent for somebody else', async () => {
  const kit = createTestKit({ conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'bot', text: 'a' }] }] })
  const { result } = renderHook(() => useVote({ conversationId: 'c1', messageId: 'm1' }), { wrapper: kit.wrapper })
  act(() => onlineManager.setOnline(false))
  act(() => result.current.upvote())
  await tick()
  act(() => result.current.downvote())
  await tick()
  act(() => kit.store.getState().actions.reset())
  act(() => onlineManager.setOnline(true))
  await waitFor(() => expect(result.current.isPending).toBe(false))
  await tick(50)
  expect(kit.server.votes).toEqual([])
})
