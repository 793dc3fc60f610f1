import * as fc from 'fast-check'
import { createSearchIndex } from 'conversation-kit/admin'
import type { SearchConversation, SearchDocument, SearchExcerpt, SearchMessage } from 'conversation-kit/admin'
import { afterEach, describe, expect, test, vi } from 'vitest'

const conversation = (conversationId: string, over: Partial<SearchConversation> = {}): SearchConversation => ({
  conversationId,
  createdAt: 1,
  updatedAt: 1,
  ...over,
})
const message = (conversationId: string, messageId: string, text: string, over: Partial<SearchMessage> = {}) => ({
  conversationId,
  messageId,
  type: 'user' as const,
  text,
  createdAt: 1,
  ...over,
})

function indexOf(...documents: SearchDocument[]) {
  const index = createSearchIndex()
  index.add(documents)
  return index
}

const found = (index: ReturnType<typeof createSearchIndex>, text: string) =>
  index.query(text).hits.map(({ conversationId }) => conversationId)
const marked = ({ text, ranges }: SearchExcerpt) => ranges.map(([from, to]) => text.slice(from, to))

afterEach(() => vi.unstubAllGlobals())

const LETTER = /[\p{L}\p{N}]/u
/** Not the line that only makes a word longer, and its like. */
const SAID = /(?!\p{Lm})[\p{L}\p{N}]/u

describe('what is found', () => {
  test.each([
    ['the beginning of a word', 'refu', 'I want a refund'],
    ['a word with a letter wrong', 'refubd', 'I want a refund'],
    ['a word with letters changed places', 'invocie', 'Where is my invoice?'],
    ['a long word with two letters wrong', 'subskripcion', 'Cancel my subscription'],
    ['a word without its accents', 'creme brulee', 'Une crème brûlée, merci'],
    ['a word with accents that the text has not', 'résumé', 'My resume is attached'],
    ['accents written as letters of their own', 'cafe\u0301', 'The café is closed'],
    ['letters that a keyboard lacks', 'strasse', 'Lange Straße 5'],
    ['Turkish capitals', 'istanbul', 'İSTANBUL ofisi'],
    ['Greek with its last sigma', 'οδος', 'Η ΟΔΌΣ μου'],
    ['Arabic without its vowels', 'اهلا', 'أَهْلًا بك'],
    ['Hebrew without its points', 'שלום', 'שָׁלוֹם'],
    ['a word inside of a Chinese sentence', '退款', '我想申请退款可以吗'],
    ['a Japanese compound inside of another', '会議', '明日の会議室を予約したい'],
    ['one letter of a Japanese sentence', '猫', '飼っている猫'],
    ['letters of two code units', '𠮷野', '𠮷野家に行く'],
    ['wide letters', 'ABC', 'Order ＡＢＣ'],
    ['narrow kana', 'ガギ', 'ｶﾞｷﾞ'],
    ['a Thai word', 'สั่งซื้อ', 'ผมอยากสั่งซื้อสินค้า'],
    ['a Korean word without its particle', '서울', '서울에서 왔어요'],
    ['Hindi with its vowels', 'हिन्दी', 'मुझे हिन्दी चाहिए'],
    ['a number', '1043', 'Order #1043 is late'],
    ['a part of an address', 'example', 'write to ada@example.com'],
    ['names that objects have', '__proto__ constructor', 'a __proto__ and a constructor'],
  ])('%s', (_what, question, text) => {
    const index = indexOf(message('c1', 'm1', text), message('c2', 'm2', 'nothing of that'))
    expect(found(index, question)).toEqual(['c1'])
    expect(index.query(question).hits[0]!.message!.ranges).not.toEqual([])
  })

  test('Thai and Chinese are found by browsers without Intl.Segmenter, too', async () => {
    vi.stubGlobal('Intl', { ...Intl, Segmenter: undefined })
    vi.resetModules()
    const { createSearchIndex } = await import('conversation-kit/admin')
    const index = createSearchIndex()
    index.add([message('c1', 'm1', 'ผมอยากสั่งซื้อสินค้า'), message('c2', 'm2', '我想申请退款可以吗 👩‍👩‍👧 ok')])
    expect(index.query('สั่งซื้อ').hits.map(({ conversationId }) => conversationId)).toEqual(['c1'])
    const [hit] = index.query('退款').hits
    expect(hit!.conversationId).toBe('c2')
    expect(marked(hit!.message!)).toEqual(['退款'])
  })

  test('another number is not a typing error', () => {
    expect(found(indexOf(message('c1', 'm1', 'order 10431')), '10432')).toEqual([])
  })

  test('a name, a description, a contact and what a meta says, with where it was', () => {
    const index = indexOf(
      conversation('name', { name: 'Zebra crossing' }),
      conversation('description', { name: 'One', description: 'about a zebra' }),
      conversation('contact', { name: 'Two', contact: 'Zoe Zebra' }),
      conversation('meta', { name: 'Three', meta: { order: { animals: ['lion', 'zebra'] } } }),
    )
    const { hits } = index.query('zebra')
    expect(hits.map(({ conversationId }) => conversationId)).toEqual(['name', 'contact', 'meta', 'description'])
    expect(hits.map(({ detail }) => detail?.field)).toEqual([undefined, 'contact', 'meta', 'description'])
    expect(hits[2]!.detail).toMatchObject({ key: 'order.animals.1', text: 'zebra', ranges: [[0, 5]] })
  })

  test('words that stand in different messages of one conversation, and it comes before one that has them in none', () => {
    const index = indexOf(
      message('c1', 'm1', 'my parcel is late'),
      message('c1', 'm2', 'it went to Lisbon'),
      message('c2', 'm3', 'a parcel'),
    )
    expect(found(index, 'parcel lisbon')).toEqual(['c1'])
    expect(index.query('parcel lisbon').complete).toBe(true)
  })

  test('some of the words where nobody has all, and that is said', () => {
    const index = indexOf(message('c1', 'm1', 'my parcel is late'), message('c2', 'm2', 'hello'))
    expect(index.query('parcel giraffe')).toMatchObject({ complete: false, total: 1 })
  })

  test('a conversation and a message by their ids', () => {
    const index = indexOf(conversation('c1', { name: 'One' }), message('c1', 'm7', 'hello'), conversation('c2'))
    expect(found(index, 'c2')).toEqual(['c2'])
    expect(index.query('m7').hits[0]!.message!.messageId).toBe('m7')
  })

  test('the best message of each conversation, and how many there are', () => {
    const index = indexOf(
      message('c1', 'm1', 'a refund would be one of the many things that I might perhaps like to have today'),
      message('c1', 'm2', 'Refund!'),
      message('c1', 'm3', 'thanks'),
    )
    expect(index.query('refund').hits).toEqual([expect.objectContaining({ conversationId: 'c1', messages: 2 })])
    expect(index.query('refund').hits[0]!.message!.messageId).toBe('m2')
  })

  test('the newest first of what fits as well', () => {
    const index = indexOf(
      conversation('old', { name: 'Refund', updatedAt: 5 }),
      conversation('new', { name: 'Refund', updatedAt: 9 }),
    )
    expect(found(index, 'refund')).toEqual(['new', 'old'])
  })

  test('no more than is asked for, and all are counted', () => {
    const index = indexOf(...Array.from({ length: 40 }, (_, at) => conversation(`c${at}`, { name: 'Refund' })))
    expect(index.query('refund', { limit: 3 })).toMatchObject({ total: 40, hits: { length: 3 } })
    expect(index.query('refund', { limit: 0 })).toMatchObject({ total: 40, hits: [] })
    expect(index.query('refund').hits).toHaveLength(30)
  })
})

test.each(['', '   ', '!?…', '👍', '\ud83d', '\u0301', '\0'])(
  'a question without a word, %j, finds nothing',
  (text) => {
    const index = indexOf(message('c1', 'm1', 'hello 👍 !?…'))
    expect(index.query(text)).toEqual({ text, complete: true, total: 0, hits: [], facets: [] })
  },
)

describe('a message that is very long', () => {
  const text = `begin ${'word '.repeat(3000)} finish`

  test('is found by its first 10,000 characters, and it is said that the rest is not searched', () => {
    const index = indexOf(message('c1', 'm1', text))
    expect(found(index, 'begin')).toEqual(['c1'])
    expect(found(index, 'finish')).toEqual([])
    expect(index.stats).toEqual({ conversations: 0, messages: 1, shortened: 1 })
    index.add([message('c1', 'm1', 'finish')])
    expect(found(index, 'finish')).toEqual(['c1'])
    expect(index.stats.shortened).toBe(0)
  })

  test('is shown by a piece around the first word found', () => {
    const index = indexOf(
      message('c1', 'm1', `${'some words before. '.repeat(20)}the needle is here${' and after'.repeat(50)}`),
    )
    const { message: piece } = index.query('needle').hits[0]!
    expect(marked(piece!)).toEqual(['needle'])
    expect(piece!.text.length).toBeLessThan(260)
    expect(piece!.begin).toBeGreaterThan(300)
    expect(piece!.more).toBe(true)
  })
})

describe('facets', () => {
  const index = indexOf(
    conversation('c1', {
      name: 'Refund',
      botId: 'b1',
      model: 'small',
      contactId: 'ada',
      contact: 'Ada',
      meta: { team: 'a' },
    }),
    conversation('c2', { name: 'Refund', botId: 'b1', model: 'large', meta: { team: 'b' } }),
    conversation('c3', { name: 'Refund', botId: 'b2', model: 'large', meta: { team: 'b', nested: { no: 'choice' } } }),
    conversation('c4', { name: 'Other', botId: 'b2' }),
    message('c4', 'm1', 'a refund', { type: 'user' }),
    message('c4', 'm2', 'your refund', { type: 'bot' }),
    message('c1', 'm3', 'the refund', { type: 'bot' }),
  )
  const counts = (facets: Parameters<typeof index.query>[1]) =>
    Object.fromEntries(
      index
        .query('refund', facets)
        .facets.map(({ field, key = '', value, count }) => [`${field} ${key}${value}`, count]),
    )

  test('count the conversations that were found', () => {
    expect(counts({})).toEqual({
      'bot b1': 2,
      'bot b2': 2,
      'contact ada': 1,
      'model large': 2,
      'model small': 1,
      'meta teama': 1,
      'meta teamb': 2,
      'speaker bot': 2,
      'speaker user': 1,
    })
    expect(index.query('refund').facets.find(({ field }) => field === 'contact')).toMatchObject({ label: 'Ada' })
  })

  test('narrow, and those of the same kind say what they would add', () => {
    const facets = [{ field: 'bot' as const, value: 'b1' }]
    expect(index.query('refund', { facets }).total).toBe(2)
    expect(counts({ facets })).toMatchObject({ 'bot b1': 2, 'bot b2': 2, 'model small': 1, 'model large': 1 })
    const both = [...facets, { field: 'bot' as const, value: 'b2' }]
    expect(index.query('refund', { facets: both }).total).toBe(4)
    const others = [...facets, { field: 'meta' as const, key: 'team', value: 'b' }]
    expect(found(index, 'refund')).toHaveLength(4)
    expect(index.query('refund', { facets: others }).hits.map(({ conversationId }) => conversationId)).toEqual(['c2'])
  })

  test('by who speaks look at these messages only', () => {
    const facets = [{ field: 'speaker' as const, value: 'user' }]
    const answer = index.query('refund', { facets })
    expect(answer.hits.map(({ conversationId, message }) => [conversationId, message?.messageId])).toEqual([
      ['c4', 'm1'],
    ])
    expect(answer.facets.find(({ value }) => value === 'bot')?.count).toBe(2)
  })

  test('that are chosen stay when nothing has them', () => {
    const facets = [{ field: 'bot' as const, value: 'gone' }]
    expect(index.query('refund', { facets })).toMatchObject({ total: 0 })
    expect(counts({ facets })).toMatchObject({ 'bot gone': 0, 'bot b1': 2 })
  })

  test('are not made of what is different in each conversation', () => {
    const many = indexOf(
      ...Array.from({ length: 300 }, (_, at) => conversation(`c${at}`, { name: 'Refund', meta: { order: `o${at}` } })),
    )
    expect(many.query('refund').facets).toEqual([])
    const facets = [{ field: 'meta' as const, key: 'order', value: 'o7' }]
    expect(many.query('refund', { facets })).toMatchObject({ total: 1, facets: [{ value: 'o7', count: 1 }] })
  })
})

describe('what changes', () => {
  test('a conversation that was renamed is found by its new name only', () => {
    const index = indexOf(conversation('c1', { name: 'Giraffe' }), message('c1', 'm1', 'hello'))
    index.add([conversation('c1', { name: 'Zebra' })])
    expect([found(index, 'giraffe'), found(index, 'zebra'), found(index, 'hello')]).toEqual([[], ['c1'], ['c1']])
    expect(index.stats).toEqual({ conversations: 1, messages: 1, shortened: 0 })
  })

  test('a conversation that was deleted is not found, nor is what was said in it', () => {
    const index = indexOf(
      conversation('c1', { name: 'Giraffe' }),
      message('c1', 'm1', 'hello'),
      message('c2', 'm2', 'hello'),
    )
    index.remove([{ conversationId: 'c1' }])
    expect([found(index, 'giraffe'), found(index, 'hello')]).toEqual([[], ['c2']])
  })

  test('what is not there can be removed', () => {
    const index = indexOf(message('c1', 'm1', 'hello'))
    index.remove([{ conversationId: 'c9' }, { conversationId: 'c1', messageId: 'm9' }])
    expect(found(index, 'hello')).toEqual(['c1'])
  })

  const words = fc.array(
    fc.constantFrom('refund', 'refunds', 'order', 'ordre', 'crème', '東京都', 'สั่งซื้อ', 'x', '12', '👍'),
    {
      maxLength: 6,
    },
  )
  const text = words.map((all) => all.join(' '))
  const id = fc.constantFrom('c1', 'c2', 'c3')
  const document: fc.Arbitrary<SearchDocument> = fc.oneof(
    fc.record({ conversationId: id, name: text, botId: fc.constantFrom('b1', 'b2'), updatedAt: fc.nat(3) }),
    fc.record({
      conversationId: id,
      messageId: fc.constantFrom('m1', 'm2', 'm3'),
      type: fc.constantFrom('user' as const, 'bot' as const),
      text,
      createdAt: fc.nat(3),
    }),
  )
  const step = fc.oneof(
    document.map((add) => ({ add })),
    fc
      .record({ conversationId: id, messageId: fc.constantFrom('m1', 'm2', 'm3', undefined) })
      .map((remove) => ({ remove })),
  )

  test('after any changes an index is as one that was made of what is left', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), text, (steps, question) => {
        const index = createSearchIndex()
        const left = new Map<string, SearchDocument>()
        for (const one of steps) {
          if ('add' in one) {
            index.add([one.add])
            left.set(`${one.add.conversationId} ${one.add.messageId ?? ''}`, one.add)
          } else {
            const { conversationId, messageId } = one.remove
            index.remove([messageId === undefined ? { conversationId } : { conversationId, messageId }])
            for (const key of left.keys())
              if (
                messageId === undefined
                  ? key.startsWith(`${conversationId} `)
                  : key === `${conversationId} ${messageId}`
              )
                left.delete(key)
          }
        }
        const fresh = indexOf(...left.values())
        expect(index.stats).toEqual(fresh.stats)
        expect(index.query(question)).toEqual(fresh.query(question))
        expect(index.query('ref')).toEqual(fresh.query('ref'))
      }),
      { numRuns: 300 },
    )
  })
})

describe('what is highlighted', () => {
  const simple = (text: string) =>
    text
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/[^\p{L}\p{N}]/gu, '')
      .normalize('NFC')

  function distance(a: string, b: string): number {
    let row = Array.from({ length: b.length + 1 }, (_, at) => at)
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i]
      for (let j = 1; j <= b.length; j += 1)
        next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
      row = next
    }
    return row[b.length]!
  }

  const isSwapped = (a: string, b: string) =>
    distance(a, b) === 2 && a.split('').sort().join('') === b.split('').sort().join('')

  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('refund', 'Refünd', 'refunding', 'order', 'ORDER', 'ordre', 'e\u0301te') },
    { weight: 2, arbitrary: fc.constantFrom(' ', '. ', '\r\n', '🏳️‍🌈', '👩‍👩‍👧', '🇩🇪', '\ud83d', 'a🏻') },
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  )
  const text = fc.array(piece, { maxLength: 80 }).map((all) => all.join(''))
  const question = fc.constantFrom('refund', 'order', 'refund order', 'ete', 'ref')
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

  test('lies on the text, apart from each other, and says what was asked for', () => {
    let ranges = 0
    fc.assert(
      fc.property(text, question, (text, question) => {
        const excerpt = indexOf(message('c1', 'm1', text)).query(question).hits[0]?.message
        if (!excerpt) return
        expect(text.startsWith(excerpt.text, excerpt.begin)).toBe(true)
        expect(excerpt.ranges.length).toBeGreaterThan(0)
        let last = 0
        for (const [from, to] of excerpt.ranges) {
          ranges += 1
          expect(from).toBeGreaterThanOrEqual(last)
          expect(to).toBeGreaterThan(from)
          expect(to).toBeLessThanOrEqual(excerpt.text.length)
          last = to
          const word = simple(excerpt.text.slice(from, to))
          const fits = question
            .split(' ')
            .some(
              (asked) =>
                word.startsWith(asked) || (asked.length > 3 && (distance(word, asked) <= 1 || isSwapped(word, asked))),
            )
          expect({ word, fits }).toEqual({ word, fits: true })
        }
        // Neither an end of the piece nor one of a highlight is within a letter.
        const edges = new Set([...graphemes.segment(text)].map(({ index }) => index).concat(text.length))
        for (const at of [0, excerpt.text.length, ...excerpt.ranges.flat()])
          expect(edges.has(at + excerpt.begin)).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(ranges).toBeGreaterThan(100)
  })

  test('pairs of letters that follow one another are one highlight', () => {
    const hit = indexOf(message('c1', 'm1', '国立研究所に行く')).query('研究所').hits[0]!
    expect(marked(hit.message!)).toEqual(['研究所'])
  })

  test('any text can be searched and asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, question) => {
        const index = indexOf(
          conversation('c1', { name: text, meta: { [question]: text, deep: { [text]: [question, null, 1] } } }),
          message('c1', 'm1', text),
        )
        expect(index.query(question).text).toBe(question)
        const { total } = index.query(text)
        // Some letters are nothing but a mark, as the fathatan by itself.
        const isSaid = Array.from(text).some((each) => LETTER.test(each) && SAID.test(each.normalize('NFKD')))
        expect(total).toBe(isSaid ? 1 : total)
        index.remove([{ conversationId: 'c1' }])
        expect(index.query(text).total).toBe(0)
      }),
      { numRuns: 300 },
    )
  })
})
