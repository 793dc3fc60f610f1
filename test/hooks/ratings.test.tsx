import { act, renderHook, waitFor } from '@testing-library/react'
import { ConversationClient as OfficialClient } from '@chatbotkit/sdk/conversation/index.js'
import type { ReactNode } from 'react'
import { describe, expect, test } from 'vitest'
import { ConversationProvider, useConversationQueries, useRatings } from 'conversation-kit'
import { createTestKit, createTestQueryClient } from 'conversation-kit/testing'
import { count } from './support.ts'

const LONG = { timeout: 10_000 }

/** A kit with so many contacts, each with a conversation that was voted on once; the first one three times. */
async function withVotes(contacts: number) {
  let time = Date.UTC(2026, 0, 1)
  const kit = createTestKit({
    now: () => (time += 1000),
    conversations: Array.from({ length: contacts }, (_, index) => ({
      id: `c${index}`,
      messages: [{ id: `c${index}-m`, type: 'bot' as const, text: 'Hello' }],
    })),
  })
  const ids: string[] = []
  for (let index = 0; index < contacts; index += 1) {
    const { id } = await kit.client.contact.ensure({ fingerprint: `a-contact-of-this-test-${index}` })
    await kit.client.update(`c${index}`, { contactId: id })
    await kit.client.message.upvote(`c${index}`, `c${index}-m`, {})
    ids.push(id)
  }
  await kit.client.message.downvote('c0', 'c0-m', { reason: 'Wrong' })
  await kit.client.downvote('c0', {})
  return { ...kit, ids }
}

describe('ratings', () => {
  test('of one contact come page by page, the newest first', async () => {
    const { wrapper, ids } = await withVotes(1)
    const { result } = renderHook(() => useRatings({ contactId: ids[0], take: 2 }), { wrapper })
    await waitFor(() => expect(result.current.data?.map(({ value }) => value)).toEqual([-100, -100]), LONG)
    expect(result.current.data).toMatchObject([
      { conversationId: 'c0', messageId: null },
      { conversationId: 'c0', messageId: 'c0-m', reason: 'Wrong' },
    ])
    expect(result.current.hasNextPage).toBe(true)
    act(() => void result.current.fetchNextPage())
    await waitFor(() => expect(result.current.data).toHaveLength(3), LONG)
    expect(result.current.hasNextPage).toBe(false)
  })

  test('of all contacts come fifty contacts a page, each asked as long as it has more', async () => {
    const { wrapper, server } = await withVotes(120)
    const { result } = renderHook(() => useRatings({ take: 1 }), { wrapper })
    await waitFor(() => expect(result.current.data).toHaveLength(50), LONG)
    for (let pages = 1; result.current.hasNextPage && pages < 20; pages += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one page after the other
      await act(() => result.current.fetchNextPage())
    }
    expect(result.current.hasNextPage).toBe(false)
    expect(result.current.data).toHaveLength(122)
    expect(new Set(result.current.data!.map(({ id }) => id)).size).toBe(122)
    expect(count(server, 'contact.list')).toBe(3)
  })

  test('are none where nobody is known, after one question', async () => {
    const { wrapper, server } = createTestKit()
    const { result } = renderHook(() => useRatings(), { wrapper })
    await waitFor(() => expect(result.current.data).toEqual([]), LONG)
    expect(result.current.hasNextPage).toBe(false)
    expect(server.requests).toHaveLength(1)
  })

  test('that a server refuses in the middle are an error; what was read before stays, and can be asked for again', async () => {
    const { wrapper, server } = await withVotes(60)
    const { result } = renderHook(() => useRatings(), { wrapper })
    await waitFor(() => expect(result.current.data).toHaveLength(50), LONG)
    server.fail('rating.list', { status: 500 })
    act(() => void result.current.fetchNextPage())
    await waitFor(() => expect(result.current.isFetchNextPageError).toBe(true), LONG)
    expect(result.current.data).toHaveLength(50)
    act(() => void result.current.fetchNextPage())
    await waitFor(() => expect(result.current.data).toHaveLength(62), LONG)
  })

  test('of a contact that goes while all are read are left out', async () => {
    const { wrapper, server } = await withVotes(3)
    server.fail('rating.list', { status: 404, code: 'NOT_FOUND' })
    const { result } = renderHook(() => useRatings(), { wrapper })
    await waitFor(() => expect(result.current.isSuccess).toBe(true), LONG)
    expect([2, 4]).toContain(result.current.data!.length)
  })

  test('are not asked for any more when nobody looks', async () => {
    const { wrapper, server } = await withVotes(3)
    const asked = server.requests.length
    const { unmount, result } = renderHook(() => useRatings(), { wrapper })
    expect(result.current.isPending).toBe(true)
    unmount()
    const { result: queries } = renderHook(() => useConversationQueries(), { wrapper })
    expect(queries.current.keys.ratings()).toEqual(['conversation-kit', 'default', 'ratings', {}])
    await waitFor(
      () => expect(server.requests.slice(asked).every(({ operation }) => operation === 'contact.list')).toBe(true),
      LONG,
    )
  })

  test('are more than the official client has, and the error says so', async () => {
    const { server } = createTestKit()
    const client = new OfficialClient({
      baseUrl: 'http://conversation-kit.test',
      secret: 'x',
      fetchFn: (input: string | URL | Request, init?: RequestInit) => server.fetch(new Request(input, init)),
    })
    const queryClient = createTestQueryClient()
    const wrapper = ({ children }: { children: ReactNode }) => (
      <ConversationProvider client={client} queryClient={queryClient}>
        {children}
      </ConversationProvider>
    )
    const { result } = renderHook(() => useRatings(), { wrapper })
    await waitFor(() => expect(result.current.error?.message).toContain('This client has no "contact"'), LONG)
    expect(server.requests).toHaveLength(0)
  })
})
