import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useConversations, useDeleteConversation, useUpdateConversation } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { hold } from './slow.ts'
import { operations } from './support.ts'

// A list of which several pages were loaded: to read it again is a request for each of them.

const seeds = Array.from({ length: 35 }, (_, at) => ({
  id: `c${at}`,
  name: `Conversation ${at}`,
  meta: { team: at % 2 ? 'odd' : 'even' },
  createdAt: 10_000 - at,
  updatedAt: 10_000 - at,
}))

async function open(pages: number, params: { take: number; meta?: Record<string, string> } = { take: 10 }) {
  const kit = createTestKit({ conversations: seeds })
  const { result } = renderHook(
    () => ({
      list: useConversations(params),
      update: useUpdateConversation('c2'),
      remove: useDeleteConversation(),
    }),
    { wrapper: kit.wrapper },
  )
  await waitFor(() => expect(result.current.list.data).toBeDefined())
  for (let page = 1; page < pages; page += 1) await act(() => result.current.list.fetchNextPage())
  const before = kit.server.requests.length
  return {
    ...kit,
    result,
    ids: () => result.current.list.data!.map(({ id }) => id),
    asked: () => operations(kit.server).slice(before),
  }
}

test('somebody who renames one of many loaded conversations does not have all of them read again', async () => {
  const { result, asked, server } = await open(3)
  const old = result.current.list.data!.find(({ id }) => id === 'c2')!
  await act(() => result.current.update.mutateAsync({ name: 'Renamed' }))
  expect(asked()).toEqual(['conversation.update', 'conversation.fetch'])
  const stored = server.snapshot().conversations.find(({ id }) => id === 'c2')!
  await waitFor(() =>
    expect(result.current.list.data!.find(({ id }) => id === 'c2')).toMatchObject({
      name: 'Renamed',
      updatedAt: stored.updatedAt,
    }),
  )
  expect(stored.updatedAt).not.toBe(old.updatedAt)
})

test('a list by meta is read again, however long, when the meta of one has changed', async () => {
  const { result, ids, asked } = await open(2, { take: 5, meta: { team: 'even' } })
  expect(ids()).toContain('c2')
  await act(() => result.current.update.mutateAsync({ meta: { team: 'odd' } }))
  expect(asked().filter((operation) => operation === 'conversation.list')).toHaveLength(2)
  await waitFor(() => expect(ids()).not.toContain('c2'))
})

test('the page after a conversation that was deleted is the one that would have come', async () => {
  const { result, ids, asked } = await open(2)
  await act(() => result.current.remove.mutateAsync('c19'))
  expect(asked()).toEqual(['conversation.delete'])
  await act(() => result.current.list.fetchNextPage())
  await act(() => result.current.list.fetchNextPage())
  await waitFor(() => expect(ids()).toEqual(seeds.map(({ id }) => id).filter((id) => id !== 'c19')))
})

test('so it is when all of the last page was deleted', async () => {
  const { result, ids } = await open(2)
  for (let at = 10; at < 20; at += 1) await act(() => result.current.remove.mutateAsync(`c${at}`))
  await act(() => result.current.list.fetchNextPage())
  await act(() => result.current.list.fetchNextPage())
  await waitFor(() => expect(ids()).toEqual(seeds.map(({ id }) => id).filter((_, at) => at < 10 || at >= 20)))
})

test('what the server does not delete is back in its place, and comes once', async () => {
  const { result, ids, server } = await open(2)
  server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED' })
  await act(() => result.current.remove.mutateAsync('c19').catch(() => undefined))
  await act(() => result.current.list.fetchNextPage())
  await act(() => result.current.list.fetchNextPage())
  await waitFor(() => expect(ids()).toEqual(seeds.map(({ id }) => id)))
})

test('a list of which all that was loaded was deleted shows what else there is', async () => {
  const { result, ids } = await open(2)
  for (let at = 0; at < 20; at += 1) await act(() => result.current.remove.mutateAsync(`c${at}`))
  await waitFor(() => expect(ids()[0]).toBe('c20'))
  while (result.current.list.hasNextPage) await act(() => result.current.list.fetchNextPage())
  expect(ids()).toEqual(seeds.slice(20).map(({ id }) => id))
})

test('what was deleted is not in a page that was asked for before the server had deleted it', async () => {
  const { result, ids, server } = await open(2)
  const gate = hold(server, '/delete')
  act(() => result.current.remove.mutate('c19'))
  await waitFor(() => expect(ids()).not.toContain('c19'))
  await act(() => result.current.list.fetchNextPage())
  gate.resolve()
  await waitFor(() => expect(result.current.remove.isSuccess).toBe(true))
  await waitFor(() => expect(ids()).not.toContain('c19'))
})

test('a list that was being read when one of it was renamed is read after that', async () => {
  const { result, ids, server, client, queryClient } = await open(2)
  const { id } = await client.create({ name: 'New' })
  const gate = hold(server, '/list')
  act(() => void queryClient.invalidateQueries())
  await waitFor(() => expect(result.current.list.isRefetching).toBe(true))
  const saved = act(() => result.current.update.mutateAsync({ name: 'Renamed' }))
  gate.resolve()
  await saved
  await waitFor(() => expect(ids()).toContain(id))
})

test('a list that was being read when one of it was not deleted is read after that', async () => {
  const { result, ids, server, client, queryClient } = await open(2)
  const { id } = await client.create({ name: 'New' })
  server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED' })
  const gate = hold(server, '/list')
  act(() => void queryClient.invalidateQueries())
  await waitFor(() => expect(result.current.list.isRefetching).toBe(true))
  const refused = act(() => result.current.remove.mutateAsync('c5').catch(() => undefined))
  gate.resolve()
  await refused
  await waitFor(() => expect(ids()).toContain(id))
  expect(ids()).toContain('c5')
})

test('a refusal is told at once, however long the list then takes', async () => {
  const { result, ids, server } = await open(1)
  server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED' })
  const gate = hold(server, '/list')
  await act(() => expect(result.current.remove.mutateAsync('c5')).rejects.toMatchObject({ status: 403 }))
  expect(ids()).toContain('c5')
  gate.resolve()
})

test('what is not there any more is deleted, whatever the server calls that', async () => {
  const { result, ids, server, client } = await open(1)
  await client.delete('c5')
  server.fail('conversation.delete', { status: 404, code: 'RESOURCE_MISSING' })
  await act(() => result.current.remove.mutateAsync('c5'))
  expect(ids()).not.toContain('c5')
})

test('of two the first is deleted and the last is not: what was being read is read after that, too', async () => {
  const { result, ids, server, client, queryClient } = await open(2)
  const { id } = await client.create({ name: 'New' })
  const lists = hold(server, '/list')
  act(() => void queryClient.invalidateQueries())
  await waitFor(() => expect(result.current.list.isRefetching).toBe(true))
  const last = hold(server, 'c18/delete')
  let refused!: Promise<unknown>
  await act(async () => {
    refused = result.current.remove.mutateAsync('c18').catch(() => undefined)
    await result.current.remove.mutateAsync('c19')
  })
  server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED' })
  lists.resolve()
  last.resolve()
  await act(() => refused)
  await waitFor(() => expect(ids()).toContain(id))
  expect(ids()).toContain('c18')
  expect(ids()).not.toContain('c19')
})

test('two that were not deleted, one after the other at the end of a page, are each there once', async () => {
  const { result, ids, server } = await open(2)
  server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED', times: 2 })
  await act(() =>
    Promise.allSettled([result.current.remove.mutateAsync('c19'), result.current.remove.mutateAsync('c18')]),
  )
  await act(() => result.current.list.fetchNextPage())
  await act(() => result.current.list.fetchNextPage())
  await waitFor(() => expect(ids()).toEqual(seeds.map(({ id }) => id)))
})
