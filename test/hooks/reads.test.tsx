import { skipToken } from '@tanstack/react-query'
import { act, render, renderHook, screen, waitFor } from '@testing-library/react'
import { Component, Suspense } from 'react'
import type { ReactNode } from 'react'
import { describe, expect, test, vi } from 'vitest'
import {
  useConversation,
  useConversations,
  useMessages,
  useSuspenseConversation,
  useSuspenseConversations,
  useSuspenseMessages,
} from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { MessageType } from 'conversation-kit/transport'
import { operations } from './support.ts'

const many = Array.from({ length: 5 }, (_, index) => ({
  id: `c${index}`,
  name: `Talk ${index}`,
  meta: { team: index % 2 ? 'blue' : 'red' },
}))

describe('useConversations', () => {
  test('is one flat list, the newest first, and loads more at its end', async () => {
    const { wrapper } = createTestKit({ conversations: many })
    const { result } = renderHook(() => useConversations({ take: 2 }), { wrapper })
    await waitFor(() => expect(result.current.data?.map((each) => each.id)).toEqual(['c4', 'c3']))
    expect(result.current.hasNextPage).toBe(true)
    await act(() => result.current.fetchNextPage())
    await act(() => result.current.fetchNextPage())
    await waitFor(() => expect(result.current.data?.map((each) => each.id)).toEqual(['c4', 'c3', 'c2', 'c1', 'c0']))
    expect(result.current.hasNextPage).toBe(false)
  })

  test('a list that fits on a page is known to be whole', async () => {
    const { wrapper } = createTestKit({ conversations: many })
    const { result } = renderHook(() => useConversations(), { wrapper })
    await waitFor(() => expect(result.current.data).toHaveLength(5))
    expect(result.current.hasNextPage).toBe(false)
  })

  test('filters and orders on the server, and keeps the rows until the others are there', async () => {
    const { wrapper } = createTestKit({ conversations: many })
    const { result, rerender } = renderHook(
      ({ team }) => useConversations({ order: 'asc', meta: { team } }, { placeholderData: 'keepPrevious' }),
      { wrapper, initialProps: { team: 'red' } },
    )
    await waitFor(() => expect(result.current.data?.map((each) => each.id)).toEqual(['c0', 'c2', 'c4']))
    rerender({ team: 'blue' })
    expect(result.current.isPlaceholderData).toBe(true)
    expect(result.current.data).toHaveLength(3)
    await waitFor(() => expect(result.current.data?.map((each) => each.id)).toEqual(['c1', 'c3']))
  })

  test('rows that did not change are the same objects after another reading', async () => {
    const { wrapper, queryClient, server } = createTestKit({ conversations: many })
    const { result } = renderHook(() => useConversations(), { wrapper })
    await waitFor(() => expect(result.current.data).toHaveLength(5))
    const before = result.current.data!
    server.add({ id: 'new' })
    await act(() => queryClient.invalidateQueries())
    await waitFor(() => expect(result.current.data).toHaveLength(6))
    expect(result.current.data!.slice(1).every((each, index) => each === before[index])).toBe(true)
  })

  test('says what went wrong at once', async () => {
    const { wrapper, server } = createTestKit()
    server.fail('conversation.list', { status: 403 })
    const { result } = renderHook(() => useConversations(), { wrapper })
    await waitFor(() => expect(result.current.error).toMatchObject({ status: 403 }))
    await act(() => result.current.refetch())
    await waitFor(() => expect(result.current.data).toEqual([]))
  })
})

describe('useConversation', () => {
  test('reads one, and waits as long as there is no id', async () => {
    const { wrapper, server } = createTestKit({ conversations: many })
    const { result, rerender } = renderHook(({ id }: { id: string | null | undefined }) => useConversation(id), {
      wrapper,
      initialProps: { id: null as string | null | undefined },
    })
    expect(result.current).toMatchObject({ isPending: true, fetchStatus: 'idle' })
    rerender({ id: undefined })
    expect(operations(server)).toEqual([])
    rerender({ id: 'c1' })
    await waitFor(() => expect(result.current.data?.name).toBe('Talk 1'))
    expect(renderHook(() => useConversation(skipToken), { wrapper }).result.current.fetchStatus).toBe('idle')
  })

  test('suspends until it is there', async () => {
    const { wrapper: Kit } = createTestKit({ conversations: many })
    const Name = () => <p>{useSuspenseConversation('c2').data.name}</p>
    render(
      <Kit>
        <Suspense fallback="Loading">
          <Name />
        </Suspense>
      </Kit>,
    )
    expect(screen.getByText('Loading')).toBeTruthy()
    expect(await screen.findByText('Talk 2')).toBeTruthy()
  })
})

describe('useMessages', () => {
  const messages = [
    { type: 'backstory' as const, text: 'Be kind.' },
    ...Array.from({ length: 7 }, (_, index) => ({ type: 'user' as const, text: `${index}` })),
  ]

  test('reads the newest page first and older ones above it', async () => {
    const { wrapper, server } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    const { result } = renderHook(() => useMessages('c1', { take: 3 }), { wrapper })
    await waitFor(() => expect(result.current.data?.map((row) => row.text)).toEqual(['4', '5', '6']))
    await act(() => result.current.fetchNextPage())
    await act(() => result.current.fetchNextPage())
    await waitFor(() =>
      expect(result.current.data?.map((row) => row.text)).toEqual(['0', '1', '2', '3', '4', '5', '6']),
    )
    expect(result.current.hasNextPage).toBe(false)
    expect(operations(server)).toHaveLength(3)
  })

  test('shows the types it is asked for', async () => {
    const { wrapper } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    const { result } = renderHook(() => useMessages('c1', { include: ['backstory'] }), { wrapper })
    await waitFor(() => expect(result.current.data).toMatchObject([{ role: 'system', text: 'Be kind.' }]))
  })

  const talk = [
    { type: 'backstory' as const, text: 'Be kind.' },
    { type: 'instruction' as const, text: 'Greet.' },
    { type: 'user' as const, text: 'Hi' },
    { type: 'reasoning' as const, text: 'A greeting.' },
    { type: 'bot' as const, text: 'Hello' },
    { type: 'context' as const, text: 'The user is the contact Ada.' },
    { type: 'bot' as const, text: 'Hello, Ada' },
    { type: 'checkpoint' as const, text: 'They greeted.' },
  ]
  const shown = (data: { role: string; type: string; text: string }[] | undefined) =>
    data?.map(({ role, type, text }) => `${role} ${type}: ${text}`)

  test('what is for the model only is no row, unless it is asked for: then it stands where it was said', async () => {
    const { wrapper, server } = createTestKit({ conversations: [{ id: 'c1', messages: talk }] })
    const { result, rerender } = renderHook(
      ({ include }: { include?: MessageType[] }) => useMessages('c1', { include }),
      { wrapper, initialProps: {} },
    )
    await waitFor(() =>
      expect(shown(result.current.data)).toEqual([
        'user user: Hi',
        'assistant bot: Hello',
        'assistant bot: Hello, Ada',
      ]),
    )
    rerender({ include: ['user', 'bot', 'context', 'instruction', 'backstory', 'checkpoint'] })
    expect(shown(result.current.data)).toEqual([
      'system backstory: Be kind.',
      'system instruction: Greet.',
      'user user: Hi',
      'assistant bot: Hello',
      'system context: The user is the contact Ada.',
      'assistant bot: Hello, Ada',
      'system checkpoint: They greeted.',
    ])
    expect(result.current.data![3]!.parts.map((part) => part.type)).toEqual(['text'])
    rerender({ include: ['user', 'bot', 'reasoning'] })
    expect(result.current.data![1]!.parts.map((part) => part.type)).toEqual(['reasoning', 'text'])
    rerender({ include: [] })
    expect(result.current.data).toEqual([])
    expect(operations(server)).toEqual(['message.list'])
  })

  test('rows stay the same objects when another type is shown beside them', async () => {
    const { wrapper } = createTestKit({ conversations: [{ id: 'c1', messages: talk }] })
    const { result, rerender } = renderHook(
      ({ include }: { include: MessageType[] }) => useMessages('c1', { include }),
      { wrapper, initialProps: { include: ['user'] as MessageType[] } },
    )
    await waitFor(() => expect(result.current.data).toHaveLength(1))
    const [hi] = result.current.data!
    rerender({ include: ['user', 'context'] })
    expect(result.current.data).toHaveLength(2)
    expect(result.current.data![0]).toBe(hi)
  })
})

describe('under Suspense', () => {
  const said = [
    { type: 'user' as const, text: '1' },
    { type: 'context' as const, text: '2' },
    { type: 'user' as const, text: '3' },
  ]
  const conversations = Array.from({ length: 5 }, (_, index) => ({ id: `c${index}`, messages: said }))

  function mount(Part: () => ReactNode, options: { fail?: boolean } = {}) {
    const kit = createTestKit({ conversations })
    if (options.fail) kit.server.fail('message.list', { status: 403 })
    const Kit = kit.wrapper
    render(
      <Kit>
        <Suspense fallback="Loading">
          <Part />
        </Suspense>
      </Kit>,
    )
    return kit
  }

  test('a list is there when it is shown, and loads more at its end', async () => {
    mount(function List() {
      const { data, hasNextPage, fetchNextPage } = useSuspenseConversations({ take: 3 })
      return (
        <button onClick={() => void fetchNextPage()}>
          {data.map((each) => each.id).join(' ')} {hasNextPage ? 'and more' : 'all'}
        </button>
      )
    })
    expect(screen.getByText('Loading')).toBeTruthy()
    const button = await screen.findByText('c4 c3 c2 and more')
    act(() => button.click())
    expect(await screen.findByText('c4 c3 c2 c1 c0 all')).toBeTruthy()
  })

  test('messages are the rows that they are without it', async () => {
    mount(function Rows() {
      const all = useSuspenseMessages('c1', { take: 2, include: ['user', 'context'] })
      return (
        <button onClick={() => void all.fetchNextPage()}>
          {all.data.map((row) => `${row.role} ${row.text}`).join(', ')}
        </button>
      )
    })
    expect(screen.getByText('Loading')).toBeTruthy()
    const button = await screen.findByText('system 2, user 3')
    act(() => button.click())
    expect(await screen.findByText('user 1, system 2, user 3')).toBeTruthy()
  })

  test('what goes wrong reaches the boundary', async () => {
    const noise = vi.spyOn(console, 'error').mockImplementation(() => {})
    class Boundary extends Component<{ children: ReactNode }> {
      override state = { code: '' }
      static getDerivedStateFromError = (error: { code: string }) => ({ code: error.code })
      override render() {
        return this.state.code || this.props.children
      }
    }
    const Rows = () => <p>{useSuspenseMessages('c1').data.length}</p>
    mount(
      () => (
        <Boundary>
          <Rows />
        </Boundary>
      ),
      { fail: true },
    )
    expect(await screen.findByText('NOT_AUTHORIZED')).toBeTruthy()
    noise.mockRestore()
  })
})
