import { formatView, isSame, parseView, writeView } from 'conversation-kit/admin'
import type { ConversationView } from 'conversation-kit/admin'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const text = fc.string({ unit: 'binary', maxLength: 12 })
const day = fc.constantFrom('2026-03-01', '2026-03', '2026', '2026-03-01T10:30', '2026-03-01T10:30:00Z', 'P0D', 'P6D')
const view: fc.Arbitrary<ConversationView> = fc.record(
  {
    meta: fc.dictionary(fc.oneof(text, fc.constantFrom('plan', '__proto__', '7', 'a.b')), text, { maxKeys: 4 }),
    botId: text,
    contactId: text,
    taskId: text,
    model: text,
    from: day,
    to: day,
    votes: fc.constantFrom('up', 'down', 'any', 'none'),
    lastSpeaker: fc.constantFrom('user', 'bot'),
    search: text,
    sort: fc.constantFrom('created', 'updated', 'name', 'votes'),
    order: fc.constantFrom('asc', 'desc'),
  },
  { requiredKeys: [] },
)
const prefix = fc.constantFrom('', 'b.', 'left-')

describe('a view as an address', () => {
  test('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(view, prefix, (one, before) => {
        const written = formatView(one, before)
        expect(isSame(parseView(written, before), one)).toBe(true)
        expect(formatView(parseView(written, before), before)).toBe(written)
        expect(parseView(`?${written}`, before)).toEqual(parseView(written, before))
      }),
    )
  })

  test('has one text for all that show the same, in whatever order they were put together', () => {
    expect(formatView({ votes: 'down', meta: { b: '2', a: '1' } })).toBe('meta.a=1&meta.b=2&votes=down')
    expect(formatView({ meta: { a: '1', b: '2' }, votes: 'down', sort: 'created', order: 'desc', botId: '' })).toBe(
      'meta.a=1&meta.b=2&votes=down',
    )
    expect(formatView({ sort: 'name', order: 'asc' })).toBe('sort=name')
    expect(formatView({ sort: 'name', order: 'desc' })).toBe('sort=name&order=desc')
    expect(formatView({})).toBe('')
  })

  test('written by hand and wrong is a view all the same, without what is wrong', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (garbage) => {
        const read = parseView(garbage)
        expect(parseView(formatView(read))).toEqual(read)
      }),
    )
    expect(parseView('votes=sideways&speaker=me&from=yesterday&to=2026-02-30&sort=size&order=up&bot=&meta.=1')).toEqual(
      {},
    )
    expect(parseView('votes=down&votes=up&meta.a=1&meta.a=2')).toEqual({ votes: 'down', meta: { a: '1' } })
    expect(parseView('%E0%A4%A&bot=%zz')).toEqual({ botId: '%zz' })
  })

  test('leaves the rest of the address as it is, to the letter', () => {
    const url = '/inbox?tab=open&empty&x=a%20b&bot=old&meta.plan=pro&x=2#at?q=1'
    expect(writeView(url, { votes: 'down' })).toBe('/inbox?tab=open&empty&x=a%20b&x=2&votes=down#at?q=1')
    expect(writeView(url, {})).toBe('/inbox?tab=open&empty&x=a%20b&x=2#at?q=1')
    expect(writeView('https://example.com/', { search: 'a b' })).toBe('https://example.com/?q=a+b')
    expect(writeView(new URL('https://example.com/?q=x'), {})).toBe('https://example.com/')
    expect(writeView('?q=x', {})).toBe('')
    expect(writeView('?a=1', {}, '', { explicit: true })).toBe('?a=1&sort=created')
  })

  test('is written into any address so that it is found there, and taken out again without a trace', () => {
    const theirs = fc.array(fc.constantFrom('tab=1', 'x', 'y=%20', 'z=a+b', 'c.bot=2', '??=1'), { maxLength: 4 })
    fc.assert(
      fc.property(theirs, view, view, prefix, (params, one, other, before) => {
        const url = `/p${params.length > 0 ? `?${params.join('&')}` : ''}#h`
        const written = writeView(writeView(url, other, before), one, before)
        const { search } = new URL(written, 'https://example.com')
        expect(isSame(parseView(search, before), one)).toBe(true)
        expect(writeView(written, {}, before)).toBe(url)
      }),
    )
  })

  test('is kept apart from that of another inbox by its prefix', () => {
    const both = writeView(writeView('/', { votes: 'up' }, 'a.'), { votes: 'down', meta: { k: 'v' } }, 'b.')
    expect(both).toBe('/?a.votes=up&b.meta.k=v&b.votes=down')
    const search = both.slice(2)
    expect([parseView(search, 'a.'), parseView(search, 'b.'), parseView(search)]).toEqual([
      { votes: 'up' },
      { votes: 'down', meta: { k: 'v' } },
      {},
    ])
  })
})
