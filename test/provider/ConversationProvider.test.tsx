import { QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query'
import { act, cleanup, render, renderHook, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import {
  ConversationProvider,
  useChat,
  useChatStore,
  useConversationClient,
  useConversationQueries,
  useConversations,
} from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { ConversationClient } from 'conversation-kit/transport'
import { createTestKit, createTestServer } from 'conversation-kit/testing'

afterEach(cleanup)

const clientOf = (server: ReturnType<typeof createTestServer>, scope?: string) =>
  new ConversationClient({
    baseUrl: 'http://house.test',
    retries: 0,
    scope,
    fetch: (input, init) => server.fetch(new Request(input, init)),
  })

describe('the provider', () => {
  test('says what is missing when there is none', () => {
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => renderHook(() => useChat())).toThrow(/Wrap this part of the tree in <ConversationProvider>/)
    silent.mockRestore()
  })

  test('uses the cache in context, touches nothing else in it, and shows it to devtools', async () => {
    const host = new QueryClient()
    host.setQueryData(['host'], 1)
    const client = clientOf(createTestServer({ conversations: [{ id: 'c1' }] }))
    const { result } = renderHook(() => ({ list: useConversations(), seen: useQueryClient() }), {
      wrapper: ({ children }) => (
        <QueryClientProvider client={host}>
          <ConversationProvider client={client}>{children}</ConversationProvider>
        </QueryClientProvider>
      ),
    })
    await waitFor(() => expect(result.current.list.data).toHaveLength(1))
    expect(result.current.seen).toBe(host)
    const keys = host
      .getQueryCache()
      .getAll()
      .map((query) => query.queryKey[0])
    expect(new Set(keys)).toEqual(new Set(['conversation-kit', 'host']))
    expect(host.getDefaultOptions()).toEqual({})
  })

  test('brings a cache of its own when there is none, and leaves the context of the host alone', async () => {
    const client = clientOf(createTestServer({ conversations: [{ id: 'c1' }] }))
    const { result } = renderHook(() => useConversations(), {
      wrapper: ({ children }) => <ConversationProvider client={client}>{children}</ConversationProvider>,
    })
    await waitFor(() => expect(result.current.data).toHaveLength(1))
  })

  test('two on a page share nothing', async () => {
    const one = createTestServer({ conversations: [{ id: 'x', name: 'One' }] })
    const two = createTestServer({ conversations: [{ id: 'x', name: 'Two' }] })
    function Panel({ label }: { label: string }) {
      const list = useConversations()
      const open = useChatStore((state) => state.panel.open)
      const { setOpen } = useChatStore((state) => state.actions)
      return (
        <button aria-label={label} onClick={() => setOpen(true)}>
          {`${list.data?.[0]?.name} ${open}`}
        </button>
      )
    }
    render(
      <>
        <ConversationProvider client={clientOf(one)}>
          <Panel label="one" />
        </ConversationProvider>
        <ConversationProvider client={clientOf(two)}>
          <Panel label="two" />
        </ConversationProvider>
      </>,
    )
    await screen.findByText('One false')
    await screen.findByText('Two false')
    act(() => screen.getByLabelText('one').click())
    expect(screen.getByLabelText('one').textContent).toBe('One true')
    expect(screen.getByLabelText('two').textContent).toBe('Two false')
  })

  test('two accounts in one cache are told apart by their scope', async () => {
    const host = new QueryClient()
    const mine = clientOf(createTestServer({ conversations: [{ id: 'x', name: 'Mine' }] }), 'mine')
    const yours = clientOf(createTestServer({ conversations: [{ id: 'x', name: 'Yours' }] }), 'yours')
    const wrap = (client: ConversationClient) =>
      function Wrapped({ children }: { children: ReactNode }) {
        return (
          <ConversationProvider client={client} queryClient={host}>
            {children}
          </ConversationProvider>
        )
      }
    const one = renderHook(() => useConversations(), { wrapper: wrap(mine) })
    const two = renderHook(() => useConversations(), { wrapper: wrap(yours) })
    await waitFor(() => expect(one.result.current.data?.[0]?.name).toBe('Mine'))
    await waitFor(() => expect(two.result.current.data?.[0]?.name).toBe('Yours'))
  })

  test('gives the same objects through every render of its parent', () => {
    const client = clientOf(createTestServer())
    const seen = new Set<unknown>()
    function Child() {
      seen.add(useConversationClient())
      seen.add(useConversationQueries())
      seen.add(useChatStore((state) => state.actions))
      return null
    }
    const tree = () => (
      <ConversationProvider client={client} onError={() => {}}>
        <Child />
      </ConversationProvider>
    )
    const { rerender } = render(tree())
    rerender(tree())
    rerender(tree())
    expect(seen.size).toBe(3)
  })

  test('what was read on the server is not asked for again', async () => {
    const server = createTestServer({ conversations: [{ id: 'c1' }] })
    const client = clientOf(server)
    const host = new QueryClient()
    await host.prefetchInfiniteQuery(createConversationQueries(client).list({ take: 50 }))
    expect(server.requests).toHaveLength(1)
    const { result } = renderHook(() => useConversations({ take: 50 }), {
      wrapper: ({ children }) => (
        <ConversationProvider client={client} queryClient={host}>
          {children}
        </ConversationProvider>
      ),
    })
    expect(result.current.data).toHaveLength(1)
    await act(() => new Promise((resolve) => setTimeout(resolve, 10)))
    expect(server.requests).toHaveLength(1)
  })

  test('tells of each error once, with what it came from', async () => {
    const onError = vi.fn<(...values: unknown[]) => void>()
    const { wrapper, server } = createTestKit({ onError })
    server.fail('conversation.list', { status: 403, message: 'No' })
    const { result } = renderHook(() => [useConversations(), useConversations()] as const, { wrapper })
    await waitFor(() => expect(result.current[0].isError).toBe(true))
    expect(onError).toHaveBeenCalledTimes(1)
    expect(onError.mock.calls[0]).toMatchObject([{ status: 403 }, { operation: 'conversation.list' }])
  })

  test('another client ends the replies of the old one and keeps their words', async () => {
    const { server, client, queryClient, store } = createTestKit({ conversations: [{ id: 'c1' }] })
    let current = client
    const { result, rerender } = renderHook(() => useChat({ conversationId: 'c1' }), {
      wrapper: ({ children }) => (
        <ConversationProvider client={current} queryClient={queryClient} store={store}>
          {children}
        </ConversationProvider>
      ),
    })
    const reply = server.holdReply()
    act(() => void result.current.sendMessage('Hi'))
    await reply.token('Half')
    await waitFor(() => expect(result.current.messages.at(-1)!.text).toBe('Half'))
    current = clientOf(server)
    rerender()
    expect(result.current).toMatchObject({ status: 'ready', error: null })
    expect(result.current.messages.at(-1)).toMatchObject({ text: 'Half', status: 'stopped' })
    await waitFor(() =>
      expect(server.requests.find((r) => r.operation === 'conversation.complete')!.aborted).toBe(true),
    )
  })
})
