import type { QueryClient } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { useChat, useCreateMessage, useDeleteMessage, useMessages, useUpdateMessage } from 'conversation-kit'
import { conversationKeys } from 'conversation-kit/queries'
import type { MessagePages } from 'conversation-kit/queries'
import { createTestKit } from 'conversation-kit/testing'
import { hold } from './slow.ts'
import { count, deferred, operations } from './support.ts'

const EMPTY: MessagePages = { pages: [], pageParams: [] }
const LONG = { timeout: 10_000 }
const five = Array.from({ length: 5 }, (_, index) => ({ id: `m${index}`, type: 'user' as const, text: `${index}` }))

function setup(options: { take?: number; messages?: typeof five } = {}) {
  const onError = vi.fn<(...values: unknown[]) => void>()
  const kit = createTestKit({ conversations: [{ id: 'c1', messages: options.messages ?? five }] })
  const hook = renderHook(
    () => ({
      list: useMessages('c1', { take: options.take }),
      create: useCreateMessage('c1'),
      update: useUpdateMessage('c1', { onError }),
      other: useUpdateMessage('c1'),
      remove: useDeleteMessage('c1', { onError }),
    }),
    { wrapper: kit.wrapper },
  )
  const texts = () => hook.result.current.list.data?.map((row) => row.text)
  const stored = () => kit.server.snapshot().messages.c1!.map((message) => message.text)
  const ready = () => waitFor(() => expect(texts()).toHaveLength(options.take ?? 5), LONG)
  return { ...kit, ...hook, texts, stored, ready, onError }
}

/** What the third message said, in turn, as the cache had it. */
function seenTexts(queryClient: QueryClient): string[] {
  const seen: string[] = []
  queryClient.getQueryCache().subscribe(({ query }) => {
    const text = (query.state.data as MessagePages).pages[0]!.items.find(({ id }) => id === 'm2')!.text
    if (text !== seen.at(-1)) seen.push(text)
  })
  return seen
}

describe('a message that is stored by hand', () => {
  test('is in the list when it succeeds, and nobody answers it', async () => {
    const { result, texts, ready, server } = setup()
    await ready()
    const { id } = await act(() => result.current.create.mutateAsync({ type: 'bot', text: 'By hand', meta: { a: 1 } }))
    await waitFor(() => expect(texts()).toEqual(['0', '1', '2', '3', '4', 'By hand']), LONG)
    expect(result.current.list.data!.at(-1)).toMatchObject({ id, role: 'assistant', meta: { a: 1 } })
    expect(operations(server)).toEqual(['message.list', 'message.create', 'message.list'])
    // Only what is new was read.
    expect(server.requests.at(-1)!.url).toContain('cursor=m4')
  })

  test('several in a row are stored in the order they were given', async () => {
    const { result, texts, ready, stored } = setup()
    await ready()
    act(() => {
      for (const text of ['a', 'b', 'c']) result.current.create.mutate({ type: 'user', text })
    })
    await waitFor(() => expect(texts()).toEqual(['0', '1', '2', '3', '4', 'a', 'b', 'c']), LONG)
    expect(stored().slice(5)).toEqual(['a', 'b', 'c'])
  })

  test('that is refused changes nothing', async () => {
    const { result, texts, ready, server } = setup()
    await ready()
    server.fail('message.create', { status: 403 })
    act(() => result.current.create.mutate({ type: 'user', text: 'No' }))
    await waitFor(() => expect(result.current.create.error).toMatchObject({ status: 403 }), LONG)
    expect(texts()).toEqual(['0', '1', '2', '3', '4'])
  })
})

describe('changing a message', () => {
  test('shows at once, and stays as the server has it', async () => {
    const { result, texts, ready, server, stored } = setup()
    await ready()
    const before = result.current.list.data!
    const gate = hold(server, '/update')
    act(() => result.current.update.mutate({ messageId: 'm2', text: 'New' }))
    await waitFor(() => expect(texts()).toEqual(['0', '1', 'New', '3', '4']), LONG)
    expect(stored()).toEqual(['0', '1', '2', '3', '4'])
    gate.resolve()
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true), LONG)
    expect(texts()).toEqual(['0', '1', 'New', '3', '4'])
    expect(stored()).toEqual(['0', '1', 'New', '3', '4'])
    // The other rows did not render again, and the list was not read again.
    expect(result.current.list.data!.filter((row) => before.includes(row))).toHaveLength(4)
    expect(operations(server)).toEqual(['message.list', 'message.update', 'message.fetch'])
  })

  test('that is refused goes back', async () => {
    const { result, texts, ready, server, onError } = setup()
    await ready()
    const gate = hold(server, '/update')
    server.fail('message.update', { status: 403 })
    act(() => result.current.update.mutate({ messageId: 'm2', text: 'New' }))
    await waitFor(() => expect(texts()![2]).toBe('New'), LONG)
    gate.resolve()
    await waitFor(() => expect(result.current.update.isError).toBe(true), LONG)
    expect(texts()).toEqual(['0', '1', '2', '3', '4'])
    expect(onError).toHaveBeenCalledTimes(1)
  })

  test('twice in a row ends with the second text, on the screen and on the server', async () => {
    const { result, texts, ready, stored, queryClient } = setup()
    await ready()
    const seen = seenTexts(queryClient)
    act(() => {
      result.current.update.mutate({ messageId: 'm2', text: 'One' })
      result.current.other.mutate({ messageId: 'm2', text: 'Two' })
    })
    await waitFor(() => expect(result.current.update.isSuccess && result.current.other.isSuccess).toBe(true), LONG)
    expect(texts()![2]).toBe('Two')
    expect(stored()[2]).toBe('Two')
    expect(seen.filter((text) => text !== '2')).toEqual(['One', 'Two'])
    expect(seen.lastIndexOf('2')).toBeLessThan(1)
  })

  test('twice, both refused, ends with what it was; the first refusal leaves the second one on the screen', async () => {
    const { result, texts, ready, server } = setup()
    await ready()
    server.fail('message.update', { status: 403, times: 2 })
    const second = deferred()
    const answer = server.fetch.bind(server)
    let updates = 0
    server.fetch = async (request) => {
      if (request.url.includes('/update') && (updates += 1) === 2) await second.promise
      return answer(request)
    }
    act(() => {
      result.current.update.mutate({ messageId: 'm2', text: 'One' })
      result.current.other.mutate({ messageId: 'm2', text: 'Two' })
    })
    await waitFor(() => expect(result.current.update.isError).toBe(true), LONG)
    expect(texts()![2]).toBe('Two')
    second.resolve()
    await waitFor(() => expect(result.current.other.isError).toBe(true), LONG)
    expect(texts()![2]).toBe('2')
  })

  test('takes back its own words only: what somebody else changed meanwhile stays', async () => {
    const { result, texts, ready, server, queryClient } = setup()
    await ready()
    const gate = hold(server, '/update')
    server.fail('message.update', { status: 403 })
    act(() => result.current.update.mutate({ messageId: 'm2', text: 'Mine' }))
    await waitFor(() => expect(texts()![2]).toBe('Mine'), LONG)
    const theirs: Record<string, string> = { m2: 'Theirs', m3: 'Theirs too' }
    act(() => {
      queryClient.setQueryData<MessagePages>(conversationKeys.messages('c1'), ({ pages, ...rest } = EMPTY) => ({
        ...rest,
        pages: pages.map(({ items }) => ({
          items: items.map((item) => Object.assign({}, item, { text: theirs[item.id] ?? item.text })),
        })),
      }))
    })
    gate.resolve()
    await waitFor(() => expect(result.current.update.isError).toBe(true), LONG)
    expect(texts()).toEqual(['0', '1', 'Theirs', 'Theirs too', '4'])
  })

  test('is not undone by a reading that was under way', async () => {
    const { result, texts, ready, server, stored, queryClient } = setup()
    await ready()
    const gate = deferred()
    const answer = server.fetch.bind(server)
    let lists = 0
    server.fetch = async (request) => {
      const response = await answer(request)
      // Written before the change, and told after it.
      if (request.url.includes('/message/list') && (lists += 1) === 1) await gate.promise
      return response
    }
    const seen = seenTexts(queryClient)
    const update = hold(server, '/update')
    act(() => void result.current.list.refetch())
    await waitFor(() => expect(count(server, 'message.list')).toBe(2), LONG)
    act(() => result.current.update.mutate({ messageId: 'm2', text: 'New' }))
    await waitFor(() => expect(texts()![2]).toBe('New'), LONG)
    gate.resolve()
    // Time enough for it to be read.
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)))
    update.resolve()
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true), LONG)
    await waitFor(() => expect(result.current.list.isFetching).toBe(false), LONG)
    expect(seen).toEqual(['2', 'New'])
    expect(stored()[2]).toBe('New')
    // It was ended, and made up for.
    expect(count(server, 'message.list')).toBe(3)
  })

  test('of meta shows what the server makes of it', async () => {
    const messages = five.map((message) => Object.assign({ meta: { a: 1, b: 1 } }, message))
    const { result, ready, server } = setup({ messages })
    await ready()
    const gate = hold(server, '/update')
    act(() => result.current.update.mutate({ messageId: 'm2', meta: { $update: { b: 2 } } }))
    await waitFor(() => expect(result.current.list.data![2]!.meta).toEqual({ a: 1, b: 2 }), LONG)
    gate.resolve()
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true), LONG)
    expect(result.current.list.data![2]!.meta).toEqual({ a: 1, b: 2 })
    await act(() => result.current.update.mutateAsync({ messageId: 'm2', meta: { c: 3, '-d': 4 } }))
    await waitFor(() => expect(result.current.list.data![2]!.meta).toEqual({ c: 3 }), LONG)
  })

  test('of a message that is gone says so, and it stays as the list has it', async () => {
    const { result, texts, ready, client } = setup()
    await ready()
    await client.message.delete('c1', 'm2')
    act(() => result.current.update.mutate({ messageId: 'm2', text: 'New' }))
    await waitFor(() => expect(result.current.update.error).toMatchObject({ code: 'NOT_FOUND' }), LONG)
    expect(texts()![2]).toBe('2')
  })
})

describe('deleting a message', () => {
  test('takes it off the screen at once, and for good', async () => {
    const { result, texts, ready, server, stored } = setup()
    await ready()
    const gate = hold(server, '/delete')
    act(() => result.current.remove.mutate('m2'))
    await waitFor(() => expect(texts()).toEqual(['0', '1', '3', '4']), LONG)
    expect(stored()).toHaveLength(5)
    gate.resolve()
    await waitFor(() => expect(result.current.remove.isSuccess).toBe(true), LONG)
    expect(texts()).toEqual(['0', '1', '3', '4'])
    expect(stored()).toEqual(['0', '1', '3', '4'])
    expect(operations(server)).toEqual(['message.list', 'message.delete'])
  })

  test('that is refused brings it back where it was, also when what was below it has gone', async () => {
    const { result, texts, ready, server } = setup()
    await ready()
    server.fail('message.delete', { status: 403 })
    const first = deferred()
    const answer = server.fetch.bind(server)
    server.fetch = async (request) => {
      const response = await answer(request)
      if (request.url.includes('/m2/delete')) await first.promise
      return response
    }
    act(() => result.current.remove.mutate('m2'))
    await waitFor(() => expect(texts()).toEqual(['0', '1', '3', '4']), LONG)
    await act(() => result.current.create.mutateAsync({ type: 'user', text: 'New' }))
    await act(() => result.current.remove.mutateAsync('m1'))
    await waitFor(() => expect(texts()).toEqual(['0', '3', '4', 'New']), LONG)
    first.resolve()
    await waitFor(() => expect(texts()).toEqual(['0', '2', '3', '4', 'New']), LONG)
  })

  test('that somebody else has deleted is done', async () => {
    const { result, texts, ready, client, onError } = setup()
    await ready()
    await client.message.delete('c1', 'm2')
    await act(() => result.current.remove.mutateAsync('m2'))
    await waitFor(() => expect(result.current.remove.isSuccess).toBe(true), LONG)
    expect(texts()).toEqual(['0', '1', '3', '4'])
    expect(onError).not.toHaveBeenCalled()
  })

  test('the last one of a page does not cut off what is older', async () => {
    const { result, texts, ready } = setup({ take: 2 })
    await ready()
    // The next page would be asked for by this message.
    await act(() => result.current.remove.mutateAsync('m3'))
    await act(() => result.current.list.fetchNextPage())
    await waitFor(() => expect(texts()).toEqual(['1', '2', '4']), LONG)
    await act(() => result.current.list.fetchNextPage())
    await waitFor(() => expect(texts()).toEqual(['0', '1', '2', '4']), LONG)
    expect(result.current.list.hasNextPage).toBe(false)
  })

  test('the only one that is loaded brings the next', async () => {
    const { result, texts, ready } = setup({ take: 1 })
    await ready()
    expect(texts()).toEqual(['4'])
    await act(() => result.current.remove.mutateAsync('m4'))
    await waitFor(() => expect(texts()).toEqual(['3']), LONG)
    expect(result.current.list.hasNextPage).toBe(true)
  })

  test('many at once leaves the others', async () => {
    const { result, texts, ready, stored } = setup()
    await ready()
    await act(() => Promise.all(['m0', 'm3', 'm1'].map((id) => result.current.remove.mutateAsync(id))))
    await waitFor(() => expect(texts()).toEqual(['2', '4']), LONG)
    expect(stored()).toEqual(['2', '4'])
  })
})

describe('a message that was just sent', () => {
  const talking = () => {
    const kit = createTestKit({ conversations: [{ id: 'c1' }] })
    const hook = renderHook(
      () => ({
        chat: useChat({ conversationId: 'c1' }),
        update: useUpdateMessage('c1'),
        remove: useDeleteMessage('c1'),
      }),
      { wrapper: kit.wrapper },
    )
    return { ...kit, ...hook }
  }

  test('is changed by the key of its row, once the server has named it', async () => {
    const { result, server } = talking()
    await waitFor(() => expect(result.current.chat.isLoadingHistory).toBe(false), LONG)
    const gate = hold(server, '/complete')
    let said!: Promise<unknown>
    act(() => void (said = result.current.chat.sendMessage('Helo')))
    const { key, id } = result.current.chat.messages[0]!
    expect(id).toBeNull()
    act(() => result.current.update.mutate({ messageId: key, text: 'Hello' }))
    expect(operations(server)).not.toContain('message.update')
    gate.resolve()
    await act(() => said)
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true), LONG)
    await waitFor(() => expect(result.current.chat.messages[0]).toMatchObject({ key, text: 'Hello' }), LONG)
    expect(server.snapshot().messages.c1![0]!.text).toBe('Hello')
  })

  test('is deleted by the key of its row, at once', async () => {
    const { result, server } = talking()
    await waitFor(() => expect(result.current.chat.isLoadingHistory).toBe(false), LONG)
    await act(() => result.current.chat.sendMessage('Hi'))
    const { key, id } = result.current.chat.messages[0]!
    expect(key).not.toBe(id)
    const gate = hold(server, '/delete')
    act(() => result.current.remove.mutate(key))
    await waitFor(() => expect(result.current.chat.messages.map((row) => row.role)).toEqual(['assistant']), LONG)
    gate.resolve()
    await waitFor(() => expect(result.current.remove.isSuccess).toBe(true), LONG)
    expect(server.snapshot().messages.c1!.map((message) => message.type)).toEqual(['bot'])
  })

  test('that never came to be cannot be changed', async () => {
    const { result, server } = talking()
    act(() => result.current.update.mutate({ messageId: 'local:never', text: 'x' }))
    await waitFor(() => expect(result.current.update.error).toMatchObject({ message: 'The message is gone.' }), LONG)
    expect(operations(server)).not.toContain('message.update')
  })
})
