import { isFiltered, isLocal, isSame, localOf, matcherOf, paramsOf, sorterOf } from 'conversation-kit/admin'
import type { ConversationFacts, ConversationView } from 'conversation-kit/admin'
import { buildConversation } from 'conversation-kit/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const NOW = new Date(2026, 2, 12, 15, 30)
const at = (...parts: [number, number, number, number?, number?, number?, number?]) => new Date(...parts).getTime()
const shown = (view: ConversationView, over: Parameters<typeof buildConversation>[0] = {}, facts?: ConversationFacts) =>
  matcherOf(view, NOW)(buildConversation(over), facts)

describe('a filter', () => {
  test('that is empty shows everything', () => {
    expect(shown({})).toBe(true)
    expect(shown({ meta: {}, botId: '', search: 'what is not asked here', sort: 'votes' })).toBe(true)
  })

  test.each(['botId', 'contactId', 'taskId'] as const)('by %s shows what has it, and nothing else', (field) => {
    expect(shown({ [field]: 'a' }, { [field]: 'a' })).toBe(true)
    expect(shown({ [field]: 'a' }, { [field]: 'ab' })).toBe(false)
    expect(shown({ [field]: 'a' })).toBe(false)
  })

  test('by model goes by its name, whatever its settings are', () => {
    expect(shown({ model: 'gpt-4o' }, { model: 'gpt-4o' })).toBe(true)
    expect(shown({ model: 'gpt-4o' }, { model: 'gpt-4o/temperature=0.2/maxTokens=9' })).toBe(true)
    expect(shown({ model: 'acme/large' }, { model: 'acme/large/temperature=0' })).toBe(true)
    expect(shown({ model: 'gpt-4o/temperature=0' }, { model: 'gpt-4o/temperature=0.2' })).toBe(false)
    expect(shown({ model: 'gpt-4o' }, { model: 'gpt-4o-mini' })).toBe(false)
    expect(shown({ model: 'gpt-4o' })).toBe(false)
  })

  test('by meta asks for every pair, also deep inside, and for what was written as a number', () => {
    const meta = { plan: 'pro', seats: 3, team: { lead: { name: 'Ada' } }, 'a.b': 'dot', on: true, none: null }
    for (const [key, value] of [
      ['plan', 'pro'],
      ['seats', '3'],
      ['team.lead.name', 'Ada'],
      ['a.b', 'dot'],
      ['on', 'true'],
    ])
      expect(shown({ meta: { [key!]: value! } }, { meta }), key).toBe(true)
    expect(shown({ meta: { plan: 'pro', seats: '4' } }, { meta })).toBe(false)
    for (const key of ['constructor', 'team', 'none', 'plan.length', 'team.lead.name.x'])
      expect(shown({ meta: { [key]: '3' } }, { meta }), key).toBe(false)
    expect(shown({ meta: { plan: 'pro' } })).toBe(false)
  })

  test('by days counts them from midnight to midnight where the reader is', () => {
    const day = { from: '2026-03-10', to: '2026-03-11' }
    expect(shown(day, { updatedAt: at(2026, 2, 9, 23, 59, 59, 999) })).toBe(false)
    expect(shown(day, { updatedAt: at(2026, 2, 10) })).toBe(true)
    expect(shown(day, { updatedAt: at(2026, 2, 11, 23, 59, 59, 999) })).toBe(true)
    expect(shown(day, { updatedAt: at(2026, 2, 12) })).toBe(false)
    expect(shown({ from: '2026-03-10' }, { updatedAt: at(2030, 0, 1) })).toBe(true)
    expect(shown({ to: '2026-02' }, { updatedAt: at(2026, 1, 28, 23, 59) })).toBe(true)
    expect(shown({ to: '2026-02' }, { updatedAt: at(2026, 2, 1) })).toBe(false)
    expect(shown({ from: '2026', to: '2026' }, { updatedAt: at(2026, 11, 31, 23, 59) })).toBe(true)
  })

  test('by a time ends with the end of what it names, in the zone that it names', () => {
    const minute = { from: '2026-03-10T12:00Z', to: '2026-03-10T13:30+01:00' }
    expect(shown(minute, { updatedAt: Date.UTC(2026, 2, 10, 12, 30, 59, 999) })).toBe(true)
    expect(shown(minute, { updatedAt: Date.UTC(2026, 2, 10, 12, 31) })).toBe(false)
    expect(shown(minute, { updatedAt: Date.UTC(2026, 2, 10, 11, 59, 59, 999) })).toBe(false)
    expect(shown({ to: '2026-03-10T12:00:00.000Z' }, { updatedAt: Date.UTC(2026, 2, 10, 12) })).toBe(true)
    expect(shown({ to: '2026-03-10T12:00:00.000Z' }, { updatedAt: Date.UTC(2026, 2, 10, 12, 0, 0, 1) })).toBe(false)
  })

  test('of days ago is another one tomorrow', () => {
    expect(shown({ from: 'P0D' }, { updatedAt: at(2026, 2, 12) })).toBe(true)
    expect(shown({ from: 'P0D' }, { updatedAt: at(2026, 2, 11, 23, 59) })).toBe(false)
    expect(matcherOf({ from: 'P0D' }, new Date(2026, 2, 13))(buildConversation({ updatedAt: at(2026, 2, 12) }))).toBe(
      false,
    )
    expect(shown({ from: 'P6D', to: 'P1D' }, { updatedAt: at(2026, 2, 6) })).toBe(true)
    expect(shown({ from: 'P6D', to: 'P1D' }, { updatedAt: at(2026, 2, 12) })).toBe(false)
  })

  test('that is no date, or ends before it begins, is none, or shows nothing', () => {
    expect(shown({ from: 'soon', to: '2026-13-01' })).toBe(true)
    expect(shown({ from: '2026-03-11', to: '2026-03-10' }, { updatedAt: at(2026, 2, 10, 12) })).toBe(false)
  })

  test('by votes takes a conversation of which none is known as one without', () => {
    const table = (facts?: ConversationFacts) =>
      (['up', 'down', 'any', 'none'] as const).map((votes) => shown({ votes }, {}, facts))
    expect(table({ up: 2, down: 0 })).toEqual([true, false, true, false])
    expect(table({ up: 1, down: 1 })).toEqual([true, true, true, false])
    expect(table({ up: 0, down: 0 })).toEqual([false, false, false, true])
    expect(table()).toEqual([false, false, false, true])
  })

  test('by who spoke last guesses nothing about a conversation that was not seen', () => {
    const table = (lastSpeaker?: 'user' | 'bot') =>
      (['user', 'bot'] as const).map((wanted) =>
        shown({ lastSpeaker: wanted }, {}, { up: 0, down: 0, ...(lastSpeaker && { lastSpeaker }) }),
      )
    expect(table('user')).toEqual([true, false])
    expect(table('bot')).toEqual([false, true])
    expect(table()).toEqual([false, false])
    expect(shown({ lastSpeaker: 'user' })).toBe(false)
  })
})

describe('the part of a view', () => {
  test('that the API filters is asked of it, and the rest is said to run on what is loaded', () => {
    const view: ConversationView = { meta: { plan: 'pro' }, botId: 'b', search: 'x', order: 'asc' }
    expect(paramsOf(view)).toEqual({ meta: { plan: 'pro' }, order: 'asc' })
    expect(localOf(view)).toEqual({ botId: 'b', search: 'x' })
    expect(paramsOf({ sort: 'name', order: 'desc' })).toEqual({})
    expect(localOf({ sort: 'name', order: 'desc' })).toEqual({ sort: 'name', order: 'desc' })
    expect(localOf({ meta: { a: '1' }, order: 'asc' })).toEqual({})
  })

  test('that leaves conversations out is told from the one that only sorts', () => {
    expect([{}, { sort: 'name' }, { meta: { a: '1' } }, { votes: 'up' }].map((v) => isLocal(v as object))).toEqual([
      false,
      false,
      false,
      true,
    ])
    expect([{}, { order: 'asc' }, { meta: { a: '1' } }, { votes: 'up' }].map((v) => isFiltered(v as object))).toEqual([
      false,
      false,
      true,
      true,
    ])
  })

  test('that says no more than its absence makes no other view of it', () => {
    expect(isSame({}, { sort: 'created', order: 'desc', meta: {}, search: '' })).toBe(true)
    expect(isSame({ sort: 'name' }, { sort: 'name', order: 'asc' })).toBe(true)
    expect(isSame({ sort: 'name' }, { sort: 'name', order: 'desc' })).toBe(false)
    expect(isSame({ meta: { a: '1', b: '2' } }, { meta: { b: '2', a: '1' } })).toBe(true)
    expect(isSame({ meta: { a: '1' } }, { meta: { a: '2' } })).toBe(false)
  })
})

describe('an order', () => {
  const conversations = [
    buildConversation({ id: 'b', name: 'Order 10', updatedAt: 2 }),
    buildConversation({ id: 'a', name: 'order 9', updatedAt: 3 }),
    buildConversation({ id: 'd', name: '  ', updatedAt: 1 }),
    buildConversation({ id: 'c', name: 'Äpfel', updatedAt: 2 }),
  ]
  const facts: Record<string, ConversationFacts> = {
    a: { up: 0, down: 2 },
    b: { up: 1, down: 0 },
    c: { up: 3, down: 3 },
    d: { up: 0, down: 0 },
  }
  const ids = (view: ConversationView, locale = 'en') =>
    sorterOf(view, locale)(conversations, (id) => facts[id])
      .map(({ id }) => id)
      .join('')

  test('by creation is the one of the API', () => {
    expect(sorterOf({})(conversations)).toBe(conversations)
    expect(sorterOf({ order: 'asc' })(conversations)).toBe(conversations)
  })

  test('by the last change leaves what changed at once as it was', () => {
    expect(ids({ sort: 'updated' })).toBe('abcd')
    expect(ids({ sort: 'updated', order: 'asc' })).toBe('dbca')
  })

  test("by name counts as people do, in the reader's alphabet, with what has no name at the end", () => {
    expect(ids({ sort: 'name' })).toBe('cabd')
    expect(ids({ sort: 'name', order: 'desc' })).toBe('bacd')
    expect(ids({ sort: 'name' }, 'sv')).toBe('abcd')
  })

  test('by votes goes from best to worst, with what has none at the end', () => {
    expect(ids({ sort: 'votes' })).toBe('bcad')
    expect(ids({ sort: 'votes', order: 'asc' })).toBe('acbd')
    expect(sorterOf({ sort: 'votes' })(conversations)).toEqual(conversations)
  })

  test('neither loses nor doubles nor changes a conversation, and is the same when it is done again', () => {
    const one = fc.record({ id: fc.uuid(), name: fc.string(), updatedAt: fc.nat(9), createdAt: fc.nat(9) })
    const sort = fc.constantFrom('created', 'updated', 'name', 'votes')
    fc.assert(
      fc.property(fc.array(one), sort, fc.constantFrom('asc', 'desc'), (list, by, order) => {
        const sorted = sorterOf({ sort: by, order })
        const before = structuredClone(list)
        const once = sorted(list, (id) => ({ up: id.codePointAt(0)! % 3, down: 0 }))
        expect(list).toEqual(before)
        expect(new Set(once)).toEqual(new Set(list))
        expect(sorted(once, (id) => ({ up: id.codePointAt(0)! % 3, down: 0 }))).toEqual(once)
      }),
    )
  })
})
