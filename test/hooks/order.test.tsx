import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import {
  useConversation,
  useConversations,
  useCreateConversation,
  useDeleteConversation,
  useUpdateConversation,
} from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { hold } from './slow.ts'
import { deferred } from './support.ts'

/** The house, with an answer that was written early and is delivered late: the next one whose address has `part` in it. */
function open() {
  const kit = createTestKit({
    conversations: [
      { id: 'a', name: 'Old' },
      { id: 'b', name: 'Other' },
    ],
  })
  const delay = (part: string) => {
    const fetchNow = kit.server.fetch.bind(kit.server)
    const written = deferred()
    const deliver = deferred()
    let waiting = true
    kit.server.fetch = async (request) => {
      const late = waiting && request.url.includes(part)
      if (late) waiting = false
      const answer = await fetchNow(request)
      if (late) {
        written.resolve()
        await deliver.promise
      }
      return answer
    }
    return { written: written.promise, deliver: deliver.resolve }
  }
  /** Everything that was shown, in order, without repetitions. */
  const seen: string[] = []
  const hook = renderHook(
    () => {
      const list = useConversations()
      const one = useConversation('a')
      const names = list.data?.map((each) => each.name).join()
      const shown = `${one.data?.name}: ${names}`
      if (shown !== seen.at(-1)) seen.push(shown)
      return {
        list,
        one,
        create: useCreateConversation(),
        update: useUpdateConversation('a'),
        remove: useDeleteConversation(),
      }
    },
    { wrapper: kit.wrapper },
  )
  const read = waitFor(() => expect(seen.at(-1)).toBe('Old: Other,Old'))
  const calls = () => hook.result.current
  /** An answer that nobody waits for any more is read a moment later, if at all. */
  const moment = () => act(() => new Promise((resolve) => setTimeout(resolve, 50)))
  const settled = async () => {
    await waitFor(() => expect(kit.queryClient.isFetching() + kit.queryClient.isMutating()).toBe(0))
    await moment()
  }
  return { ...kit, delay, seen, read, calls, moment, settled }
}

describe('an answer that was written before what has happened since', () => {
  test('of the list does not take a new conversation away', async () => {
    const { delay, read, calls, seen, settled } = open()
    await read
    const late = delay('/list')
    act(() => void calls().list.refetch())
    await late.written
    await act(() => calls().create.mutateAsync({ name: 'New' }))
    await waitFor(() => expect(seen.at(-1)).toBe('Old: New,Other,Old'))
    late.deliver()
    await settled()
    expect(seen.slice(seen.indexOf('Old: Other,Old'))).toEqual(['Old: Other,Old', 'Old: New,Other,Old'])
  })

  test('of the list does not bring a deleted conversation back', async () => {
    const { server, delay, read, calls, seen, moment, settled } = open()
    await read
    const late = delay('/list')
    act(() => void calls().list.refetch())
    await late.written
    const removed = hold(server, '/delete')
    act(() => calls().remove.mutate('b'))
    await waitFor(() => expect(seen.at(-1)).toBe('Old: Old'))
    late.deliver()
    await moment()
    removed.resolve()
    await settled()
    expect(seen.slice(seen.indexOf('Old: Other,Old'))).toEqual(['Old: Other,Old', 'Old: Old'])
  })

  test('of a conversation does not take its new name away', async () => {
    const { server, delay, read, calls, seen, moment, settled } = open()
    await read
    const late = delay('/fetch')
    act(() => void calls().one.refetch())
    await late.written
    const renamed = hold(server, '/update')
    act(() => calls().update.mutate({ name: 'New' }))
    await waitFor(() => expect(seen.at(-1)).toBe('New: Other,New'))
    late.deliver()
    await moment()
    renamed.resolve()
    await settled()
    expect(seen.at(-1)).toBe('New: Other,New')
    expect(seen.filter((shown) => shown.startsWith('New'))).toHaveLength(1)
    expect(server.snapshot().conversations.find(({ id }) => id === 'a')!.name).toBe('New')
  })

  test('to a first rename does not take the second one away', async () => {
    const { server, delay, read, calls, seen, moment, settled } = open()
    await read
    const late = delay('/update')
    act(() => calls().update.mutate({ name: 'One' }))
    await late.written
    await waitFor(() => expect(seen.at(-1)).toBe('One: Other,One'))
    const second = hold(server, '/update')
    act(() => calls().update.mutate({ name: 'Two' }))
    await waitFor(() => expect(seen.at(-1)).toBe('Two: Other,Two'))
    late.deliver()
    await moment()
    second.resolve()
    await settled()
    expect(seen.slice(seen.indexOf('Old: Other,Old'))).toEqual(['Old: Other,Old', 'One: Other,One', 'Two: Other,Two'])
    expect(server.snapshot().conversations.find(({ id }) => id === 'a')!.name).toBe('Two')
  })

  test('that refuses a first rename leaves the second one', async () => {
    const { server, delay, read, calls, seen, moment, settled } = open()
    await read
    server.fail('conversation.update', { status: 500 })
    const late = delay('/update')
    act(() => calls().update.mutate({ name: 'One' }))
    await late.written
    await waitFor(() => expect(seen.at(-1)).toBe('One: Other,One'))
    const second = hold(server, '/update')
    act(() => calls().update.mutate({ name: 'Two' }))
    await waitFor(() => expect(seen.at(-1)).toBe('Two: Other,Two'))
    late.deliver()
    await moment()
    second.resolve()
    await settled()
    expect(seen.slice(seen.indexOf('Old: Other,Old'))).toEqual(['Old: Other,Old', 'One: Other,One', 'Two: Other,Two'])
    expect(server.snapshot().conversations.find(({ id }) => id === 'a')!.name).toBe('Two')
  })
})
