import { skipToken } from '@tanstack/react-query'
import { act, render, renderHook, screen, waitFor } from '@testing-library/react'
import { Suspense } from 'react'
import { describe, expect, test } from 'vitest'
import { useConversation, useConversations, useMessages, useSuspenseConversation } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
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
})
