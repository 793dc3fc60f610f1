import { describe, expect, test } from 'vitest'
import { lines, serve } from './client.ts'

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `c${String(index).padStart(3, '0')}`, createdAt: 1000 + index }))
const ids = (items: { id: string }[]) => items.map(({ id }) => id)

describe('A list', () => {
  test('has the newest first, and messages the oldest', async () => {
    const { read } = serve({
      conversations: [
        {
          id: 'a',
          createdAt: 1,
          messages: [
            { id: 'm1', type: 'user', text: '' },
            { id: 'm2', type: 'bot', text: '' },
          ],
        },
        { id: 'b', createdAt: 2 },
      ],
    })
    expect(ids((await read('conversation/list')).body.items)).toEqual(['b', 'a'])
    expect(ids((await read('conversation/list?order=asc')).body.items)).toEqual(['a', 'b'])
    expect(ids((await read('conversation/list?order=ASC')).body.items)).toEqual(['b', 'a'])
    expect(ids((await read('conversation/a/message/list')).body.items)).toEqual(['m1', 'm2'])
    expect(ids((await read('conversation/a/message/list?order=desc')).body.items)).toEqual(['m2', 'm1'])
    expect(ids((await read('conversation/a/message/list?order=newest')).body.items)).toEqual(['m1', 'm2'])
  })

  test.each([
    ['', 100],
    ['?take=', 100],
    ['?take=abc', 100],
    ['?take=0', 100],
    ['?take=-5', 1],
    ['?take=1', 1],
    ['?take=10abc', 10],
    ['?take=2.9', 2],
    ['?take=1e2', 1],
    ['?take=100', 100],
    ['?take=101', 100],
    ['?take=99999999999', 100],
  ])('%j gives %i items', async (query, count) => {
    const { read } = serve({ conversations: many(120) })
    expect((await read(`conversation/list${query}`)).body.items).toHaveLength(count)
  })

  test('always ends with the id of its last item, also on the last page; an empty one has no cursor', async () => {
    const { read } = serve({ conversations: many(3) })
    expect((await read('conversation/list?take=2')).body.cursor).toBe('c001')
    const last = (await read('conversation/list?take=2&cursor=c001')).body
    expect(last).toMatchObject({ items: [{ id: 'c000' }], cursor: 'c000' })
    expect((await read('conversation/list?cursor=c000')).body).toEqual({ items: [] })
  })

  test('takes a cursor with spaces around it, and is empty after one that is unknown', async () => {
    const { read } = serve({ conversations: many(3) })
    expect(ids((await read('conversation/list?cursor=%20c001%20')).body.items)).toEqual(['c000'])
    expect((await read('conversation/list?cursor=nowhere')).body).toEqual({ items: [] })
    expect((await read('conversation/list?cursor=')).body.items).toHaveLength(3)
  })

  test('as lines pages by itself: whole pages until enough, everything without take', async () => {
    const { items } = serve({ conversations: many(250) })
    expect(await items('conversation/list')).toHaveLength(250)
    expect(await items('conversation/list?take=150')).toHaveLength(200)
    expect(await items('conversation/list?take=20')).toHaveLength(20)
    expect(await items('conversation/list?take=100')).toHaveLength(100)
    const all = await items('conversation/list?order=asc')
    expect(all.map(({ type, data }) => `${type} ${data.id}`)).toEqual(many(250).map(({ id }) => `item ${id}`))
  })

  test('as lines has neither a result nor blank lines, and whole lines in every chunk', async () => {
    const { get } = serve({ conversations: many(250) })
    const response = await get('conversation/list', { accept: 'application/jsonl' })
    const chunks: string[] = []
    for await (const chunk of response.body as ReadableStream<Uint8Array>) chunks.push(new TextDecoder().decode(chunk))
    expect(chunks.length).toBeGreaterThan(1)
    for (const chunk of chunks) expect(chunk.endsWith('\n')).toBe(true)
    const text = chunks.join('')
    expect(text).not.toMatch(/\n\n|\r/)
    expect(lines(text).every(({ type }) => type === 'item')).toBe(true)
  })

  test('as lines is an empty 200 when there is nothing', async () => {
    const { get } = serve()
    const response = await get('conversation/list', { accept: 'application/jsonl' })
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/jsonl',
      '',
    ])
  })

  test('as lines fails as any request when it fails before the first one', async () => {
    const { get } = serve()
    const response = await get('conversation/c9/message/list', { accept: 'application/jsonl' })
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ message: 'Conversation not found', code: 'NOT_FOUND' })
  })

  test('as server-sent events names each event', async () => {
    const { get } = serve({ conversations: [{ id: 'c1' }] })
    const text = await (await get('conversation/list', { accept: 'text/event-stream' })).text()
    expect(text).toMatch(/^event: item\ndata: \{"id":"c1",.*\}\n\n$/)
  })

  test('read to its middle and left is left', async () => {
    const { get, server } = serve({ conversations: many(250) })
    const response = await get('conversation/list', { accept: 'application/jsonl' })
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await reader.cancel()
    expect(server.requests[0]?.aborted).toBe(true)
  })

  test('can have smaller pages', async () => {
    const { read, items } = serve({ conversations: many(7), pageSize: 3 })
    expect((await read('conversation/list')).body.items).toHaveLength(3)
    expect((await read('conversation/list?take=50')).body.items).toHaveLength(3)
    expect((await read('conversation/list?take=2')).body.items).toHaveLength(2)
    expect(await items('conversation/list')).toHaveLength(7)
  })
})

describe('Ten thousand messages', () => {
  test.each(['asc', 'desc'] as const)(
    'are read exactly once, page by page, %s, while new ones arrive',
    async (order) => {
      const messages = Array.from({ length: 10_000 }, (_, index) => ({ type: 'user' as const, text: String(index) }))
      const { read, write } = serve({ conversations: [{ id: 'c1', messages }] })
      const seen: string[] = []
      let cursor = ''
      for (let page = 0; ; page += 1) {
        if (page === 50) await write('conversation/c1/send', { text: 'late' })
        const { body } = await read(`conversation/c1/message/list?take=100&order=${order}&cursor=${cursor}`)
        if (body.items.length === 0) break
        seen.push(...body.items.map(({ text }: { text: string }) => text))
        cursor = body.cursor
      }
      const all = messages.map(({ text }) => text)
      expect(seen).toEqual(order === 'asc' ? [...all, 'late'] : all.toReversed())
    },
  )
})

describe('Filters', () => {
  const conversations = [
    { id: 'blue', meta: { team: 'blue', on: true, n: 5, deep: { k: 'v' } }, botId: 'b1', taskId: 't1' },
    { id: 'red', meta: { team: 'red', on: false, n: '5' }, botId: 'b2', contactId: 'k1' },
    { id: 'none', botId: 'b3', contactId: 'k2' },
  ]
  test.each([
    ['meta.team=blue', ['blue']],
    ['meta[team]=blue', ['blue']],
    ['meta%5Bteam%5D=red', ['red']],
    ['meta.deep.k=v', ['blue']],
    ['meta[deep.k]=v', ['blue']],
    ['meta[deep][k]=v', ['blue']],
    ['meta.on=true', ['blue']],
    ['meta.on=false', ['red']],
    ['meta.n=5', ['red']],
    ['meta.team=blue&meta.on=true', ['blue']],
    ['meta.team=blue&meta.on=false', []],
    ['meta.team=', ['blue', 'none', 'red']],
    ['meta.team', ['blue', 'none', 'red']],
    ['meta=blue', ['blue', 'none', 'red']],
    ['meta.=x', ['blue', 'none', 'red']],
    ['meta.__proto__=x', []],
    ['meta.constructor.name=Object', []],
    ['botId=b1,%20b2,,', ['blue', 'red']],
    ['botId=b1&botId=b3', ['blue', 'none']],
    ['botId=,', ['blue', 'none', 'red']],
    ['contactId=k1,k2', ['none', 'red']],
    ['taskId=t1&botId=b1,b2', ['blue']],
    ['botId=b9', []],
  ])('%s', async (query, expected) => {
    const { read } = serve({ conversations })
    expect(ids((await read(`conversation/list?${query}`)).body.items).toSorted()).toEqual(expected)
  })

  test('by ids are for the list of conversations only', async () => {
    const { read } = serve({ conversations })
    expect((await read('conversation/export?botId=b1')).body.items).toHaveLength(3)
    expect((await read('conversation/export?meta.team=blue')).body.items).toHaveLength(1)
  })
})
