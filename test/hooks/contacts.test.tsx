import { skipToken } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { ConversationClient as OfficialClient } from '@chatbotkit/sdk/conversation/index.js'
import type { ReactNode } from 'react'
import { describe, expect, test, vi } from 'vitest'
import {
  ConversationProvider,
  useAttachments,
  useContact,
  useContactConversations,
  useDeleteConversation,
  useUploadAttachment,
  useUpsertContact,
  useUsage,
} from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { createTestKit, createTestQueryClient, createTestServer } from 'conversation-kit/testing'
import { hold } from './slow.ts'
import { operations } from './support.ts'

const LONG = { timeout: 10_000 }

/** A kit in which Ada has three conversations. */
async function withContact() {
  const kit = createTestKit({
    conversations: Array.from({ length: 4 }, (_, index) => ({
      id: `c${index}`,
      meta: { team: index % 2 ? 'a' : 'b' },
    })),
  })
  const { id } = await kit.client.contact.ensure({ name: 'Ada', email: 'ada@example.com' })
  for (const conversation of ['c0', 'c1', 'c2']) await kit.client.update(conversation, { contactId: id })
  const asked = kit.server.requests.length
  return { ...kit, id, operations: () => operations(kit.server).slice(asked) }
}

describe('a contact', () => {
  test('is read by its id, and waited for as long as there is none', async () => {
    const { wrapper, id, operations } = await withContact()
    const { result, rerender } = renderHook(({ contact }: { contact: string | null }) => useContact(contact), {
      wrapper,
      initialProps: { contact: null as string | null },
    })
    expect(result.current).toMatchObject({ status: 'pending', fetchStatus: 'idle' })
    expect(operations()).toEqual([])
    rerender({ contact: id })
    await waitFor(() => expect(result.current.data).toMatchObject({ id, name: 'Ada', email: 'ada@example.com' }), LONG)
    expect(renderHook(() => useContact(undefined), { wrapper }).result.current.fetchStatus).toBe('idle')
    expect(renderHook(() => useContact(skipToken), { wrapper }).result.current.fetchStatus).toBe('idle')
  })

  test('that nobody knows is an error', async () => {
    const onError = vi.fn<(...values: unknown[]) => void>()
    const { wrapper } = createTestKit({ onError })
    const { result } = renderHook(() => useContact('nobody'), { wrapper })
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'NOT_FOUND' }), LONG)
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.anything(), { operation: 'contact.fetch' })
  })

  test('has conversations: page by page, by order and by meta', async () => {
    const { wrapper, id } = await withContact()
    const { result } = renderHook(
      () => ({
        paged: useContactConversations(id, { take: 2 }),
        asc: useContactConversations(id, { order: 'asc', meta: { team: 'b' } }),
        none: useContactConversations(null),
      }),
      { wrapper },
    )
    const ids = (name: 'paged' | 'asc') => result.current[name].data?.map((each) => each.id)
    await waitFor(() => expect(ids('paged')).toEqual(['c2', 'c1']), LONG)
    await act(() => result.current.paged.fetchNextPage())
    await waitFor(() => expect(ids('paged')).toEqual(['c2', 'c1', 'c0']), LONG)
    expect(result.current.paged.hasNextPage).toBe(false)
    await waitFor(() => expect(ids('asc')).toEqual(['c0', 'c2']), LONG)
    expect(result.current.none.fetchStatus).toBe('idle')
  })

  test('loses a conversation from its list while it is deleted, and has it again when that is refused', async () => {
    const { wrapper, id, server } = await withContact()
    const gate = hold(server, '/delete')
    const { result } = renderHook(() => ({ list: useContactConversations(id), remove: useDeleteConversation() }), {
      wrapper,
    })
    const ids = () => result.current.list.data?.map((each) => each.id)
    await waitFor(() => expect(ids()).toEqual(['c2', 'c1', 'c0']), LONG)
    act(() => result.current.remove.mutate('c1'))
    await waitFor(() => expect(ids()).toEqual(['c2', 'c0']), LONG)
    server.fail('conversation.delete', { status: 403 })
    gate.resolve()
    await waitFor(() => expect(ids()).toEqual(['c2', 'c1', 'c0']), LONG)
  })

  test('has one conversation more when it is attached to it', async () => {
    const { wrapper, id } = await withContact()
    const { result } = renderHook(() => ({ list: useContactConversations(id), attach: useUpsertContact('c3') }), {
      wrapper,
    })
    await waitFor(() => expect(result.current.list.data).toHaveLength(3), LONG)
    await act(() => result.current.attach.mutateAsync({ name: 'Ada', email: 'ada@example.com' }))
    await waitFor(
      () => expect(result.current.list.data?.map((each) => each.id)).toEqual(['c3', 'c2', 'c1', 'c0']),
      LONG,
    )
  })
})

test('the attachments of a conversation are all there, however many pages that takes', async () => {
  const { wrapper, client, server } = createTestKit({ conversations: [{ id: 'c1' }] })
  for (const name of ['a.txt', 'b.txt', 'c.txt'])
    await client.attachment.upload('c1', { data: 'x', type: 'text/plain', name })
  const answer = server.fetch.bind(server)
  // A server that gives two a page.
  server.fetch = (request) => {
    const url = new URL(request.url)
    if (url.pathname.endsWith('/attachment/list')) url.searchParams.set('take', '2')
    return answer(new Request(url, request))
  }
  const { result } = renderHook(() => ({ all: useAttachments('c1'), none: useAttachments(null) }), { wrapper })
  await waitFor(() => expect(result.current.all.data).toHaveLength(3), LONG)
  expect(result.current.all.data).toMatchObject([{ type: 'text/plain', size: 1 }, {}, {}])
  expect(new Set(result.current.all.data!.map((each) => each.id)).size).toBe(3)
  expect(result.current.none.fetchStatus).toBe('idle')
})

test('usage is what was used, in the time that is asked for', async () => {
  const { wrapper, client } = createTestKit({ conversations: [{ id: 'c1' }], reply: 'Yes, two words more.' })
  await client.complete('c1', { text: 'Hi' })
  const { result } = renderHook(
    () => ({
      all: useUsage('c1'),
      before: useUsage('c1', { from: '2025-12-01', to: '2025-12-02' }),
      none: useUsage(undefined),
    }),
    { wrapper },
  )
  await waitFor(() => expect(result.current.all.data).toEqual({ tokens: expect.any(Number), messages: 2 }), LONG)
  expect(result.current.all.data!.tokens).toBeGreaterThan(0)
  await waitFor(() => expect(result.current.before.data).toEqual({ tokens: 0, messages: 0 }), LONG)
  expect(result.current.none.fetchStatus).toBe('idle')
})

test('a loader reads with the same recipes, and the hooks find it there', async () => {
  const { wrapper, client, queryClient, id, operations } = await withContact()
  const queries = createConversationQueries(client)
  await queryClient.prefetchQuery(queries.contact(id))
  await queryClient.prefetchInfiniteQuery(queries.contactConversations(id, { take: 2 }))
  queryClient.setQueryData(queries.usage('c0').queryKey, { tokens: 7, messages: 1 })
  queryClient.setQueryData(queries.attachments('c0').queryKey, [])
  const asked = operations()
  const { result } = renderHook(
    () => [
      useContact(id).data?.name,
      useContactConversations(id, { take: 2 }).data?.length,
      useUsage('c0').data?.tokens,
      useAttachments('c0').data?.length,
    ],
    { wrapper },
  )
  expect(result.current).toEqual(['Ada', 2, 7, 0])
  expect(operations()).toEqual(asked)
})

test('a client that has none of this says so, and asks the server nothing', async () => {
  const server = createTestServer({ conversations: [{ id: 'c1' }] })
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
  const { result } = renderHook(
    () => ({
      reads: [useContact('p1'), useContactConversations('p1'), useAttachments('c1'), useUsage('c1')],
      attach: useUploadAttachment('c1'),
      upsert: useUpsertContact('c1'),
    }),
    { wrapper },
  )
  act(() => {
    result.current.attach.upload(new File(['x'], 'x.txt'))
    result.current.upsert.mutate({ name: 'Ada' })
  })
  const refusal = {
    code: 'BAD_REQUEST',
    message: expect.stringMatching(/^This client has no "\w+"\. Give the provider/),
  }
  await waitFor(() => {
    for (const { error } of result.current.reads) expect(error).toMatchObject(refusal)
    expect(result.current.attach.uploads[0]).toMatchObject({ status: 'failed', error: refusal })
    expect(result.current.upsert.error).toMatchObject(refusal)
  }, LONG)
  expect(server.requests).toEqual([])
})
