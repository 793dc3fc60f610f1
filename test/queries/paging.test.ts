import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryConversation } from 'conversation-kit/queries'
import { ConversationError } from 'conversation-kit/transport'
import type { MessageInstance } from 'conversation-kit/transport'
import { listTail, mergeTail, oldestFirst, shareById } from '../../src/queries/index.ts'
import type { MessagePages, Tail } from '../../src/queries/index.ts'
import { createTestServer } from 'conversation-kit/testing'
import { ConversationClient } from 'conversation-kit/transport'

const message = (n: number): MessageInstance => ({
  id: `m${n}`,
  type: 'user',
  text: `${n}`,
  createdAt: n,
  updatedAt: n,
})
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => message(from + index))
/** Messages `from` to `to` in pages of `size`, the newest first. */
const pagesOf = (from: number, to: number, size: number, whole = true): MessagePages => {
  const newest = range(from, to).toReversed()
  const pages: MessagePages['pages'] = []
  for (let at = 0; at === 0 || at < newest.length; at += size) pages.push({ items: newest.slice(at, at + size) })
  return {
    pages: pages.map((page, index) => ({
      ...page,
      ...((index < pages.length - 1 || !whole) && { cursor: page.items.at(-1)?.id }),
    })),
    pageParams: pages.map((_, index) => pages[index - 1]?.items.at(-1)?.id),
  }
}
const ids = (pages: MessagePages) => oldestFirst(pages).map((each) => each.id)

describe('merging the newest messages into the cache', () => {
  test('puts them above the others, in pages that a refetch brings back', () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        (held, more, size, whole) => {
          const before = pagesOf(0, held, size, whole || held === 0)
          const tail: Tail = {
            messages: range(held, held + more),
            kind: 'after',
            after: held ? `m${held - 1}` : undefined,
          }
          const after = mergeTail(before, tail, size)
          expect(ids(after)).toEqual(range(0, held + more).map((each) => each.id))
          for (const [index, page] of after.pages.entries()) {
            expect(page.items.length).toBeLessThanOrEqual(size)
            expect(after.pageParams[index]).toBe(after.pages[index - 1]?.cursor)
          }
          expect(after.pages.at(-1)!.cursor).toBe(before.pages.at(-1)!.cursor)
        },
      ),
    )
  })

  test('changes nothing but what is new: the same message is the same object', () => {
    const before = pagesOf(0, 5, 100)
    const after = mergeTail(before, { messages: range(4, 7), kind: 'after', after: 'm4' })
    expect(ids(after)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6'])
    expect(after.pages[0]!.items.slice(3)).toEqual(before.pages[0]!.items.slice(1))
    const shared = shareById(before, { ...after, pages: structuredClone(after.pages) }) as MessagePages
    expect(shared.pages[0]!.items[2]).toBe(before.pages[0]!.items[0])
  })

  test('what another answer brought meanwhile stays above it', () => {
    const after = mergeTail(pagesOf(0, 8, 100), { messages: range(5, 7), kind: 'after', after: 'm4' })
    expect(ids(after)).toEqual(range(0, 8).map((each) => each.id))
  })

  test('a newest page that meets what is held is joined to it; messages deleted in between go', () => {
    const held = pagesOf(0, 6, 3, false)
    const newest = [...range(3, 5), ...range(7, 9)]
    const after = mergeTail(held, { messages: newest, kind: 'newest' }, 3)
    expect(ids(after)).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm7', 'm8'])
    expect(after.pages.at(-1)!.cursor).toBe(held.pages.at(-1)!.cursor)
  })

  test('a newest page with a gap below it replaces what is held, and the rest can be loaded again', () => {
    const after = mergeTail(pagesOf(0, 3, 100), { messages: range(50, 60), kind: 'newest' })
    expect(ids(after)).toEqual(range(50, 60).map((each) => each.id))
    expect(after.pages.at(-1)!.cursor).toBe('m50')
  })

  test('fills a cache that held nothing', () => {
    expect(mergeTail(undefined, { messages: [], kind: 'whole' })).toEqual({
      pages: [{ items: [] }],
      pageParams: [undefined],
    })
    expect(ids(mergeTail(undefined, { messages: range(0, 2), kind: 'whole' }))).toEqual(['m0', 'm1'])
  })
})

describe('listing what is new', () => {
  const house = (count: number) => {
    const server = createTestServer({
      conversations: [{ id: 'c1', messages: range(0, count).map(({ id, type, text }) => ({ id, type, text })) }],
    })
    const client = new ConversationClient({
      baseUrl: 'http://house.test',
      fetch: (input, init) => server.fetch(new Request(input, init)),
    })
    return { server, client }
  }

  test('costs one request and brings only what is new', async () => {
    const { server, client } = house(20)
    const tail = await listTail(client, 'c1', 'm17')
    expect(tail).toMatchObject({ kind: 'after', messages: [{ id: 'm18' }, { id: 'm19' }] })
    expect(server.requests).toHaveLength(1)
  })

  test('brings all of it when it is more than a page', async () => {
    const { client } = house(260)
    expect((await listTail(client, 'c1', 'm9')).messages.map((each) => each.id)).toEqual(
      range(10, 260).map((each) => each.id),
    )
  })

  test('finds its way when the message it begins after was deleted', async () => {
    const { client } = house(5)
    await client.message.delete('c1', 'm4')
    expect(await listTail(client, 'c1', 'm4')).toMatchObject({
      kind: 'whole',
      messages: [{ id: 'm0' }, {}, {}, { id: 'm3' }],
    })
  })
})

describe('retryConversation', () => {
  test('leaves to the client what the client has tried again already', () => {
    expect(retryConversation(0, new ConversationError({ code: 'NETWORK', message: 'x' }))).toBe(false)
    expect(retryConversation(0, new Error('who knows'))).toBe(true)
    expect(retryConversation(3, new Error('who knows'))).toBe(false)
  })
})
