import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import {
  useConversation,
  useConversations,
  useCreateConversation,
  useDeleteConversation,
  useMessages,
  useSendMessage,
  useUpdateConversation,
} from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { hold } from './slow.ts'
import { operations } from './support.ts'

const two = [
  { id: 'a', name: 'Old A' },
  { id: 'b', name: 'Old B' },
]

test('creating a conversation brings it into the list', async () => {
  const { wrapper } = createTestKit({ conversations: two })
  const onSuccess = vi.fn<(...values: unknown[]) => void>()
  const { result } = renderHook(() => ({ list: useConversations(), create: useCreateConversation({ onSuccess }) }), {
    wrapper,
  })
  await waitFor(() => expect(result.current.list.data).toHaveLength(2))
  const { id } = await act(() => result.current.create.mutateAsync({ name: 'New' }))
  await waitFor(() => expect(result.current.list.data?.map((each) => each.id)).toContain(id))
  expect(onSuccess).toHaveBeenCalledExactlyOnceWith({ id }, { name: 'New' })
})

describe('renaming a conversation', () => {
  const setup = () => {
    const kit = createTestKit({ conversations: two })
    const onError = vi.fn<(...values: unknown[]) => void>()
    const hook = renderHook(
      () => ({
        list: useConversations(),
        one: useConversation('a'),
        update: useUpdateConversation('a', { onError }),
      }),
      { wrapper: kit.wrapper },
    )
    const names = () => [
      hook.result.current.one.data?.name,
      hook.result.current.list.data?.find((each) => each.id === 'a')?.name,
    ]
    return { ...kit, ...hook, names, onError }
  }

  test('shows at once, everywhere', async () => {
    const { result, names, server } = setup()
    await waitFor(() => expect(names()).toEqual(['Old A', 'Old A']))
    const gate = hold(server, '/update')
    act(() => result.current.update.mutate({ name: 'New' }))
    await waitFor(() => expect(names()).toEqual(['New', 'New']))
    gate.resolve()
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true))
    expect(names()).toEqual(['New', 'New'])
    expect(server.snapshot().conversations.find((each) => each.id === 'a')!.name).toBe('New')
  })

  test('that is refused goes back', async () => {
    const { result, names, server, onError } = setup()
    await waitFor(() => expect(names()).toEqual(['Old A', 'Old A']))
    server.fail('conversation.update', { status: 403 })
    act(() => result.current.update.mutate({ name: 'New' }))
    await waitFor(() => expect(result.current.update.isError).toBe(true))
    await waitFor(() => expect(names()).toEqual(['Old A', 'Old A']))
    expect(onError).toHaveBeenCalledTimes(1)
  })

  test('twice in a row ends with the second name, on the screen and on the server', async () => {
    const { result, names, server } = setup()
    await waitFor(() => expect(names()).toEqual(['Old A', 'Old A']))
    act(() => {
      result.current.update.mutate({ name: 'One' })
      result.current.update.mutate({ name: 'Two' })
    })
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true))
    await waitFor(() => expect(names()).toEqual(['Two', 'Two']))
    expect(server.snapshot().conversations.find((each) => each.id === 'a')!.name).toBe('Two')
  })
})

describe('deleting a conversation', () => {
  test('takes it out of the list at once and for good', async () => {
    const { wrapper, server } = createTestKit({ conversations: two })
    const { result } = renderHook(() => ({ list: useConversations(), remove: useDeleteConversation() }), { wrapper })
    await waitFor(() => expect(result.current.list.data).toHaveLength(2))
    const gate = hold(server, '/delete')
    act(() => result.current.remove.mutate('a'))
    await waitFor(() => expect(result.current.list.data?.map((each) => each.id)).toEqual(['b']))
    gate.resolve()
    await waitFor(() => expect(result.current.remove.isSuccess).toBe(true))
    expect(result.current.list.data?.map((each) => each.id)).toEqual(['b'])
  })

  test('that is refused brings it back where it was', async () => {
    const { wrapper, server } = createTestKit({ conversations: [...two, { id: 'c' }] })
    const { result } = renderHook(() => ({ list: useConversations(), remove: useDeleteConversation() }), { wrapper })
    await waitFor(() => expect(result.current.list.data?.map((each) => each.id)).toEqual(['c', 'b', 'a']))
    server.fail('conversation.delete', { status: 500 })
    act(() => result.current.remove.mutate('b'))
    await waitFor(() => expect(result.current.remove.isError).toBe(true))
    await waitFor(() => expect(result.current.list.data?.map((each) => each.id)).toEqual(['c', 'b', 'a']))
  })

  test('that somebody else has deleted is done', async () => {
    const { wrapper, client } = createTestKit({ conversations: two })
    const { result } = renderHook(() => useDeleteConversation(), { wrapper })
    await client.delete('a')
    await act(() => result.current.mutateAsync('a'))
    await waitFor(() => expect(result.current.isSuccess).toBe(true))
  })
})

test('a message sent without asking for a reply is in the list when it is stored', async () => {
  const { wrapper, server } = createTestKit({ conversations: two })
  const { result } = renderHook(() => ({ messages: useMessages('a'), send: useSendMessage('a') }), { wrapper })
  await waitFor(() => expect(result.current.messages.data).toEqual([]))
  const answer = await act(() => result.current.send.mutateAsync({ text: 'Note' }))
  await waitFor(() => expect(result.current.messages.data).toMatchObject([{ id: answer.id, text: 'Note' }]))
  expect(operations(server)).toEqual(['message.list', 'conversation.send', 'message.list'])
})
