import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type {
  AttachmentRecord,
  ContactRecord,
  ConversationListQuery,
  ConversationRecord,
  MessageRecord,
  NewMessage,
  RatingRecord,
  Storage,
  StorageRecords,
} from '../../src/server/index.ts'

const HOUR = 3_600_000

function conversation(over: Partial<ConversationRecord> = {}): ConversationRecord {
  return {
    id: 'c1',
    owner: 'local',
    name: null,
    description: null,
    backstory: null,
    model: null,
    botId: null,
    datasetId: null,
    skillsetId: null,
    contactId: null,
    taskId: null,
    spaceId: null,
    privacy: null,
    moderation: null,
    expiresAt: null,
    meta: null,
    createdAt: 1000,
    updatedAt: 1000,
    ...over,
  }
}

function contact(over: Partial<ContactRecord> = {}): ContactRecord {
  return {
    id: 'k1',
    owner: 'local',
    fingerprint: 'fingerprint-one-1',
    name: null,
    description: null,
    email: null,
    phone: null,
    nick: null,
    preferences: null,
    verifiedAt: null,
    meta: null,
    createdAt: 1000,
    updatedAt: 1000,
    ...over,
  }
}

function rating(over: Partial<RatingRecord> = {}): RatingRecord {
  return {
    id: 'r1',
    owner: 'local',
    value: 100,
    reason: null,
    conversationId: 'c1',
    messageId: null,
    botId: null,
    contactId: null,
    createdAt: 5000,
    updatedAt: 5000,
    ...over,
  }
}

function attachment(over: Partial<AttachmentRecord> = {}): AttachmentRecord {
  return {
    id: 'a1',
    conversationId: 'c1',
    name: 'a1.txt',
    description: 'notes.txt',
    type: 'text/plain',
    size: 3,
    createdAt: 5000,
    updatedAt: 5000,
    ...over,
  }
}

const said = (id: string, text = id, over: Partial<NewMessage> = {}): NewMessage => ({
  id,
  type: 'user',
  text,
  ...over,
})
const ids = (items: readonly { id: string }[] | undefined) => items?.map((each) => each.id)

/** What every storage promises. `factory` gives an empty one; it is closed after each test. */
export function storageContract(name: string, factory: () => Storage | Promise<Storage>): void {
  describe(`${name}: conversations`, () => {
    const { storage } = withStorage()

    test('gives back every column of what was stored', async () => {
      const full = conversation({
        name: 'Trip',
        description: '',
        backstory: 'You plan trips.',
        model: 'm/temperature=0',
        botId: 'b',
        datasetId: 'd',
        skillsetId: 's',
        contactId: 'k',
        taskId: 't',
        spaceId: 'p',
        privacy: false,
        moderation: true,
        expiresAt: 9_999_999_999_999,
        meta: { team: 'blue', deep: { list: [1, null, { x: 'ü😀' }] }, 'dotted.key': 0 },
        updatedAt: 1500,
      })
      expect(await storage().conversations.create(full, [])).toBe(true)
      expect(await storage().conversations.get('c1')).toEqual(full)
      expect(await storage().conversations.get('c2')).toBeUndefined()
    })

    test('keeps null apart from false and from empty', async () => {
      await storage().conversations.create(conversation(), [])
      expect(await storage().conversations.get('c1')).toEqual(conversation())
    })

    test('stores the first messages with it, in order, one millisecond apart', async () => {
      await storage().conversations.create(conversation({ createdAt: 700, updatedAt: 800 }), [
        said('z'),
        said('a', 'second', { type: 'bot', meta: { k: 1 }, name: 'n', description: 'd' }),
      ])
      expect(await storage().messages.list({ conversationId: 'c1', order: 'asc' })).toEqual([
        message({ id: 'z', text: 'z', createdAt: 700 }),
        message({ id: 'a', type: 'bot', text: 'second', meta: { k: 1 }, name: 'n', description: 'd', createdAt: 701 }),
      ])
      expect((await storage().conversations.get('c1'))?.updatedAt).toBe(800)
    })

    test('stores neither the conversation nor its messages when the id is taken', async () => {
      await storage().conversations.create(conversation({ name: 'first' }), [said('m1')])
      expect(await storage().conversations.create(conversation({ name: 'second' }), [said('m2')])).toBe(false)
      expect((await storage().conversations.get('c1'))?.name).toBe('first')
      expect(ids(await storage().messages.list({ conversationId: 'c1', order: 'asc' }))).toEqual(['m1'])
    })

    test('stores nothing when two of the first messages have the same id', async () => {
      await expect(storage().conversations.create(conversation(), [said('m1'), said('m1')])).rejects.toBeInstanceOf(
        Error,
      )
      expect(await storage().conversations.get('c1')).toBeUndefined()
      expect(await storage().messages.list({ conversationId: 'c1', order: 'asc' })).toEqual([])
    })

    test('updates the columns that are named and no others', async () => {
      await storage().conversations.create(conversation({ name: 'a', botId: 'b', meta: { k: 1 } }), [])
      const updated = await storage().conversations.update('c1', (current) => ({
        name: `${current.name}!`,
        botId: null,
        meta: { ...current.meta, more: true },
        updatedAt: 2000,
      }))
      const expected = conversation({ name: 'a!', meta: { k: 1, more: true }, updatedAt: 2000 })
      expect(updated).toEqual(expected)
      expect(await storage().conversations.get('c1')).toEqual(expected)
    })

    test('leaves the record alone when the change is undefined, and answers undefined when there is none', async () => {
      await storage().conversations.create(conversation(), [])
      expect(await storage().conversations.update('c1', () => undefined)).toEqual(conversation())
      expect(await storage().conversations.update('c2', () => ({ name: 'x' }))).toBeUndefined()
    })

    test('never changes id, owner or creation', async () => {
      await storage().conversations.create(conversation(), [])
      await storage().conversations.update('c1', () => ({ id: 'c9', owner: 'else', createdAt: 1, name: 'x' }))
      expect(await storage().conversations.get('c1')).toEqual(conversation({ name: 'x' }))
      expect(await storage().conversations.get('c9')).toBeUndefined()
    })

    test('applies concurrent updates one after the other', async () => {
      await storage().conversations.create(conversation({ meta: { n: 0 } }), [])
      await Promise.all(
        Array.from({ length: 20 }, () =>
          storage().conversations.update('c1', (current) => ({ meta: { n: Number(current.meta?.n) + 1 } })),
        ),
      )
      expect((await storage().conversations.get('c1'))?.meta).toEqual({ n: 20 })
    })

    test('deletes it with its messages and attachments, once', async () => {
      await storage().conversations.create(conversation(), [said('m1')])
      await storage().conversations.create(conversation({ id: 'c2' }), [said('m1')])
      await storage().attachments.create(attachment(), new Uint8Array([1]), [])
      await storage().attachments.create(attachment({ id: 'a2', conversationId: 'c2' }), new Uint8Array([2]), [])
      expect(await storage().conversations.delete('c1')).toBe(true)
      expect(await storage().conversations.delete('c1')).toBe(false)
      expect(await storage().conversations.get('c1')).toBeUndefined()
      expect(await storage().messages.get('c1', 'm1')).toBeUndefined()
      expect(await storage().messages.history('c1')).toEqual([])
      expect(await storage().attachments.get('a1')).toBeUndefined()
      expect(await storage().attachments.read('a1')).toBeUndefined()
      expect(await storage().messages.get('c2', 'm1')).toBeDefined()
      expect(await storage().attachments.read('a2')).toEqual(new Uint8Array([2]))
    })

    test('a conversation made again under a deleted id begins empty', async () => {
      await storage().conversations.create(conversation(), [said('m1')])
      await storage().conversations.delete('c1')
      await storage().conversations.create(conversation(), [])
      expect(await storage().messages.list({ conversationId: 'c1', order: 'asc' })).toEqual([])
    })

    test('what a caller does to its copy does not reach what is stored', async () => {
      const mine = conversation({ meta: { deep: { k: 1 } } })
      await storage().conversations.create(mine, [])
      Object.assign(mine.meta ?? {}, { deep: 'changed' })
      const read = await storage().conversations.get('c1')
      Object.assign(read?.meta?.deep ?? {}, { k: 2 })
      expect((await storage().conversations.get('c1'))?.meta).toEqual({ deep: { k: 1 } })
    })
  })

  describe(`${name}: lists`, () => {
    const { storage } = withStorage()
    const list = async (over: Partial<ConversationListQuery> = {}) =>
      ids(await storage().conversations.list({ owner: 'local', order: 'asc', now: 5000, ...over }))

    test('are sorted by creation, then by id, in both orders', async () => {
      for (const [id, createdAt] of [
        ['b', 2],
        ['c10', 1],
        ['c2', 1],
        ['a', 3],
        ['C', 1],
      ] as const)
        await storage().conversations.create(conversation({ id, createdAt }), [])
      expect(await list()).toEqual(['C', 'c10', 'c2', 'b', 'a'])
      expect(await list({ order: 'desc' })).toEqual(['a', 'b', 'c2', 'c10', 'C'])
    })

    test('visit every item once, page by page, in both orders, also when times are equal', async () => {
      const all = Array.from({ length: 57 }, (_, index) => `c${index}`)
      for (const [index, id] of all.entries())
        await storage().conversations.create(conversation({ id, createdAt: Math.floor(index / 10) }), [])
      for (const order of ['asc', 'desc'] as const) {
        const seen: string[] = []
        for (;;) {
          const page = (await list({ order, take: 10, ...(seen.length ? { cursor: seen.at(-1) } : {}) })) ?? []
          if (page.length === 0) break
          seen.push(...page)
        }
        expect(seen).toEqual(await list({ order }))
        expect(new Set(seen)).toEqual(new Set(all))
      }
    })

    test('are empty after a cursor that is unknown, deleted or of another owner', async () => {
      for (const id of ['c1', 'c2', 'c3']) await storage().conversations.create(conversation({ id }), [])
      await storage().conversations.create(conversation({ id: 'foreign', owner: 'else', createdAt: 0 }), [])
      await storage().conversations.delete('c1')
      expect(await list({ cursor: 'nowhere' })).toEqual([])
      expect(await list({ cursor: 'c1' })).toEqual([])
      expect(await list({ cursor: 'foreign' })).toEqual([])
      expect(await list({ cursor: 'c2' })).toEqual(['c3'])
    })

    test('show only what the owner has', async () => {
      await storage().conversations.create(conversation({ id: 'mine' }), [])
      await storage().conversations.create(conversation({ id: 'yours', owner: 'else' }), [])
      expect(await list()).toEqual(['mine'])
      expect(await list({ owner: 'nobody' })).toEqual([])
    })

    test('leave out conversations that have expired', async () => {
      await storage().conversations.create(conversation({ id: 'past', expiresAt: 5000 }), [])
      await storage().conversations.create(conversation({ id: 'future', expiresAt: 5001 }), [])
      expect(await list()).toEqual(['future'])
    })

    test('filter by several ids of bots, contacts and tasks at once', async () => {
      await storage().conversations.create(conversation({ id: 'c1', botId: 'b1', contactId: 'k1', taskId: 't1' }), [])
      await storage().conversations.create(conversation({ id: 'c2', botId: 'b2', contactId: 'k1' }), [])
      await storage().conversations.create(conversation({ id: 'c3', botId: 'b3' }), [])
      expect(await list({ botIds: ['b1', 'b2'] })).toEqual(['c1', 'c2'])
      expect(await list({ botIds: ['b1', 'b2'], contactIds: ['k1'], taskIds: ['t1'] })).toEqual(['c1'])
      expect(await list({ contactIds: ["k1' OR 1=1 --"] })).toEqual([])
      expect(await list({ botIds: [] })).toEqual([])
    })

    test('filter by meta: by type and value, by path, all of them', async () => {
      const metas = {
        blue: { team: 'blue', on: true, deep: { er: { k: 'v' } } },
        red: { team: 'red', on: 'true', n: 5 },
        one: { on: 1, list: ['x'], 'deep.er': 'flat', n: '5' },
        none: null,
        quote: { 'a"b': 'q', "it's": 'q', '': 'empty', $x: 'd', 'b[0]': 'i' },
      }
      for (const [id, meta] of Object.entries(metas))
        await storage().conversations.create(conversation({ id, meta }), [])
      expect(await list({ meta: { team: 'blue' } })).toEqual(['blue'])
      expect(await list({ meta: { on: true } })).toEqual(['blue'])
      expect(await list({ meta: { on: 'true' } })).toEqual(['red'])
      expect(await list({ meta: { on: false } })).toEqual([])
      expect(await list({ meta: { n: '5' } })).toEqual(['one'])
      expect(await list({ meta: { 'deep.er.k': 'v' } })).toEqual(['blue'])
      expect(await list({ meta: { 'deep.er': 'flat' } })).toEqual([])
      expect(await list({ meta: { 'list.0': 'x' } })).toEqual([])
      expect(await list({ meta: { team: 'blue', on: 'true' } })).toEqual([])
      expect(await list({ meta: { 'a"b': 'q', "it's": 'q', $x: 'd', 'b[0]': 'i' } })).toEqual(['quote'])
      expect(await list({ meta: { constructor: 'x' } })).toEqual([])
      expect(await list({ meta: { '__proto__.x': 'x' } })).toEqual([])
      expect(await list({ meta: {} })).toHaveLength(5)
    })

    test('go on after a cursor that the filter leaves out', async () => {
      for (const [id, team] of [
        ['c1', 'x'],
        ['c2', 'y'],
        ['c3', 'x'],
      ] as const)
        await storage().conversations.create(conversation({ id, meta: { team } }), [])
      expect(await list({ cursor: 'c2', meta: { team: 'x' } })).toEqual(['c3'])
    })
  })

  describe(`${name}: messages`, () => {
    const { storage } = withStorage()
    const all = (over: object = {}) => storage().messages.list({ conversationId: 'c1', order: 'asc', ...over })
    beforeEach(async () => {
      await storage().conversations.create(conversation(), [])
    })

    test('get times that only grow, however slow the clock is', async () => {
      const first = await storage().messages.append('c1', [said('b'), said('a')], 2000)
      const second = await storage().messages.append('c1', [said('0')], 1000)
      expect(first?.map((each) => each.createdAt)).toEqual([2000, 2001])
      expect(second?.map((each) => each.createdAt)).toEqual([2002])
      expect(second).toEqual([message({ id: '0', text: '0', createdAt: 2002 })])
      expect(ids(await all())).toEqual(['b', 'a', '0'])
    })

    test('get the time they ask for when the order allows it', async () => {
      const stored = await storage().messages.append(
        'c1',
        [
          said('a', 'a', { createdAt: 50 }),
          said('b', 'b', { createdAt: 40 }),
          said('c', 'c', { createdAt: 90 }),
          said('d'),
        ],
        60,
      )
      expect(stored?.map((each) => each.createdAt)).toEqual([50, 51, 90, 91])
    })

    test('move the conversation to the top of what was updated, never back', async () => {
      await storage().messages.append('c1', [said('a')], 2000)
      expect((await storage().conversations.get('c1'))?.updatedAt).toBe(2000)
      await storage().messages.append('c1', [said('b')], 1500)
      expect((await storage().conversations.get('c1'))?.updatedAt).toBe(2000)
    })

    test('are all stored or none', async () => {
      await storage().messages.append('c1', [said('a')], 2000)
      await expect(storage().messages.append('c1', [said('b'), said('a')], 2000)).rejects.toBeInstanceOf(Error)
      await expect(storage().messages.append('c1', [said('c'), said('c')], 2000)).rejects.toBeInstanceOf(Error)
      expect(ids(await all())).toEqual(['a'])
      expect(await storage().messages.append('c2', [said('d')], 2000)).toBeUndefined()
      expect(await storage().messages.list({ conversationId: 'c2', order: 'asc' })).toEqual([])
    })

    test('keep their order when many are appended at once', async () => {
      await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          storage().messages.append('c1', [said(`q${index}`), said(`a${index}`)], 2000),
        ),
      )
      const stored = await all()
      expect(new Set(stored.map((each) => each.createdAt)).size).toBe(100)
      for (let index = 0; index < 100; index += 2)
        expect(stored[index + 1]?.id).toBe(stored[index]?.id.replace('q', 'a'))
    })

    test('are found only in their own conversation', async () => {
      await storage().conversations.create(conversation({ id: 'c2' }), [])
      await storage().messages.append('c1', [said('m')], 2000)
      expect(await storage().messages.get('c1', 'm')).toEqual(message({ id: 'm', text: 'm', createdAt: 2000 }))
      expect(await storage().messages.get('c2', 'm')).toBeUndefined()
      expect(await storage().messages.update('c2', 'm', () => ({ text: 'x' }))).toBeUndefined()
      expect(await storage().messages.delete('c2', 'm')).toBe(false)
      expect(await storage().messages.get('c3', 'm')).toBeUndefined()
      expect(await storage().messages.delete('c3', 'm')).toBe(false)
      expect(await storage().messages.update('c3', 'm', () => ({ text: 'x' }))).toBeUndefined()
    })

    test('may have the same id in another conversation', async () => {
      await storage().conversations.create(conversation({ id: 'c2' }), [])
      await storage().messages.append('c1', [said('m', 'one')], 2000)
      await storage().messages.append('c2', [said('m', 'two')], 2000)
      expect((await storage().messages.get('c1', 'm'))?.text).toBe('one')
      expect((await storage().messages.get('c2', 'm'))?.text).toBe('two')
    })

    test('keep every character, a null byte included', async () => {
      const text = 'a\u0000b\n\r\t"\\😀 \u2028 e\u0301'
      await storage().messages.append('c1', [said('m', text, { meta: { text } })], 2000)
      const stored = await storage().messages.get('c1', 'm')
      expect(stored?.text).toBe(text)
      expect(stored?.meta).toEqual({ text })
    })

    test('update in place and keep their order', async () => {
      await storage().messages.append('c1', [said('a'), said('b'), said('c')], 2000)
      const updated = await storage().messages.update('c1', 'b', (current) => ({
        id: 'x',
        conversationId: 'c2',
        createdAt: 1,
        text: `${current.text}2`,
        type: 'context',
        meta: { k: 1 },
        updatedAt: 3000,
      }))
      const expected = message({
        id: 'b',
        type: 'context',
        text: 'b2',
        meta: { k: 1 },
        createdAt: 2001,
        updatedAt: 3000,
      })
      expect(updated).toEqual(expected)
      expect(await storage().messages.get('c1', 'b')).toEqual(expected)
      expect(ids(await all())).toEqual(['a', 'b', 'c'])
      expect(await storage().messages.update('c1', 'b', () => undefined)).toEqual(expected)
    })

    test('are deleted once', async () => {
      await storage().messages.append('c1', [said('a'), said('b'), said('c')], 2000)
      expect(await storage().messages.delete('c1', 'b')).toBe(true)
      expect(await storage().messages.delete('c1', 'b')).toBe(false)
      expect(ids(await all())).toEqual(['a', 'c'])
    })

    test('are paged in both orders, filtered by type', async () => {
      await storage().messages.append(
        'c1',
        Array.from({ length: 9 }, (_, index) => said(`m${index}`, '', { type: index % 3 ? 'user' : 'activity' })),
        2000,
      )
      expect(ids(await all({ take: 3 }))).toEqual(['m0', 'm1', 'm2'])
      expect(ids(await all({ take: 3, cursor: 'm2' }))).toEqual(['m3', 'm4', 'm5'])
      expect(ids(await all({ take: 2, cursor: 'm2', order: 'desc' }))).toEqual(['m1', 'm0'])
      expect(ids(await all({ types: ['user'], take: 3, cursor: 'm3' }))).toEqual(['m4', 'm5', 'm7'])
      expect(await all({ types: ['bot'] })).toEqual([])
      expect(await all({ types: [] })).toEqual([])
      expect(await all({ cursor: 'nowhere' })).toEqual([])
    })

    test('are a history from the newest checkpoint on', async () => {
      expect(await storage().messages.history('c1')).toEqual([])
      await storage().messages.append('c1', [said('a'), said('b')], 2000)
      expect(ids(await storage().messages.history('c1'))).toEqual(['a', 'b'])
      const checkpoint = (id: string) => said(id, 'summary', { type: 'checkpoint' })
      await storage().messages.append('c1', [checkpoint('k1'), said('c'), checkpoint('k2'), said('d')], 2000)
      expect(ids(await storage().messages.history('c1'))).toEqual(['k2', 'd'])
    })
  })

  describe(`${name}: contacts`, () => {
    const { storage } = withStorage()

    test('are stored once for each fingerprint of an owner', async () => {
      const full = contact({
        name: 'Ann',
        email: 'a@b.c',
        phone: '+1',
        nick: 'a',
        preferences: 'p',
        verifiedAt: 7,
        meta: { k: 1 },
        description: 'd',
      })
      expect(await storage().contacts.ensure(full)).toEqual(full)
      expect(await storage().contacts.ensure(contact({ id: 'k2', name: 'Bob' }))).toEqual(full)
      expect(await storage().contacts.get('k2')).toBeUndefined()
      const foreign = contact({ id: 'k3', owner: 'else' })
      expect(await storage().contacts.ensure(foreign)).toEqual(foreign)
      expect(await storage().contacts.get('k1')).toEqual(full)
    })

    test('are one when many ask at the same moment', async () => {
      const made = await Promise.all(
        Array.from({ length: 10 }, (_, index) => storage().contacts.ensure(contact({ id: `k${index}` }))),
      )
      expect(new Set(ids(made)).size).toBe(1)
    })

    test('change, but never to the fingerprint of another one', async () => {
      await storage().contacts.ensure(contact())
      await storage().contacts.ensure(contact({ id: 'k2', fingerprint: 'fingerprint-two-2' }))
      expect(await storage().contacts.update('k2', () => ({ fingerprint: 'fingerprint-one-1', name: 'x' }))).toBe(
        'conflict',
      )
      expect((await storage().contacts.get('k2'))?.name).toBeNull()
      expect(
        await storage().contacts.update('k1', () => ({ fingerprint: 'fingerprint-one-1', name: 'x', owner: 'else' })),
      ).toEqual(contact({ name: 'x' }))
      expect(await storage().contacts.update('k2', () => ({ name: 'y' }))).toMatchObject({ name: 'y' })
      expect(await storage().contacts.update('k2', () => undefined)).toMatchObject({ name: 'y' })
      expect(await storage().contacts.update('k9', () => ({ name: 'x' }))).toBeUndefined()
    })

    test('are listed by owner, page and meta', async () => {
      for (let index = 0; index < 5; index += 1)
        await storage().contacts.ensure(
          contact({
            id: `k${index}`,
            fingerprint: `fingerprint-000${index}`,
            createdAt: index,
            meta: { odd: index % 2 === 1 },
          }),
        )
      await storage().contacts.ensure(contact({ id: 'foreign', owner: 'else' }))
      expect(ids(await storage().contacts.list({ owner: 'local', order: 'desc', take: 2, cursor: 'k3' }))).toEqual([
        'k2',
        'k1',
      ])
      expect(ids(await storage().contacts.list({ owner: 'local', order: 'asc', meta: { odd: true } }))).toEqual([
        'k1',
        'k3',
      ])
      expect(await storage().contacts.list({ owner: 'local', order: 'asc', cursor: 'foreign' })).toEqual([])
    })
  })

  describe(`${name}: ratings`, () => {
    const { storage } = withStorage()
    const activity = (id: string): NewMessage[] => [
      { id: `${id}-request`, type: 'activity', text: '' },
      { id: `${id}-response`, type: 'activity', text: '' },
    ]
    const cast = (over: Partial<RatingRecord>, window = HOUR) => {
      const next = rating({ updatedAt: over.createdAt ?? 5000, ...over })
      return storage().ratings.cast(next, activity(next.id), window)
    }
    const stored = async () => ids(await storage().messages.list({ conversationId: 'c1', order: 'asc' }))
    beforeEach(async () => {
      await storage().conversations.create(conversation(), [])
    })

    test('are stored with their two messages', async () => {
      expect(await cast({ reason: 'good', contactId: 'k1', botId: 'b1', messageId: 'm1' })).toBe(true)
      expect(await stored()).toEqual(['r1-request', 'r1-response'])
      expect(await storage().ratings.list({ owner: 'local', contactId: 'k1', order: 'asc' })).toEqual([
        rating({ reason: 'good', contactId: 'k1', botId: 'b1', messageId: 'm1' }),
      ])
      expect((await storage().conversations.get('c1'))?.updatedAt).toBe(5000)
    })

    test('count once in the window, in whichever direction', async () => {
      await cast({})
      expect(await cast({ id: 'r2', value: -100, createdAt: 5000 + HOUR - 1 })).toBe(false)
      expect(await stored()).toHaveLength(2)
      expect(await cast({ id: 'r3', createdAt: 5000 + HOUR })).toBe(true)
      expect(await cast({ id: 'r4', createdAt: 5001 + HOUR })).toBe(false)
      expect(await stored()).toHaveLength(4)
    })

    test('of a conversation, of each message, with each bot and by each owner are separate', async () => {
      await storage().conversations.create(conversation({ id: 'c2' }), [])
      expect(await cast({})).toBe(true)
      expect(await cast({ id: 'r2', messageId: 'm1' })).toBe(true)
      expect(await cast({ id: 'r3', messageId: 'm2' })).toBe(true)
      expect(await cast({ id: 'r4', botId: 'b1' })).toBe(true)
      expect(await cast({ id: 'r5', owner: 'else' })).toBe(true)
      expect(await cast({ id: 'r6', conversationId: 'c2' })).toBe(true)
      expect(await cast({ id: 'r7', messageId: 'm1' })).toBe(false)
    })

    test('count every time without a window', async () => {
      expect(await cast({}, 0)).toBe(true)
      expect(await cast({ id: 'r2', value: -100 }, 0)).toBe(true)
      expect(await stored()).toHaveLength(4)
    })

    test('count once when cast many times at the same moment', async () => {
      const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => cast({ id: `r${index}` })))
      expect(outcomes.filter(Boolean)).toHaveLength(1)
      expect(await stored()).toHaveLength(2)
    })

    test('of a conversation that is not there are not stored', async () => {
      expect(await cast({ conversationId: 'c9', contactId: 'k1' })).toBe(false)
      expect(await storage().ratings.list({ owner: 'local', contactId: 'k1', order: 'asc' })).toEqual([])
    })

    test('outlive their conversation and are listed page by page', async () => {
      for (const id of ['r1', 'r2', 'r3']) await cast({ id, contactId: 'k1', messageId: id })
      await cast({ id: 'r4', contactId: 'k2', messageId: 'r4' })
      await storage().conversations.delete('c1')
      const list = { owner: 'local', contactId: 'k1', order: 'desc' } as const
      expect(ids(await storage().ratings.list({ ...list, take: 2 }))).toEqual(['r3', 'r2'])
      expect(ids(await storage().ratings.list({ ...list, take: 2, cursor: 'r2' }))).toEqual(['r1'])
      expect(await storage().ratings.list({ ...list, cursor: 'r4' })).toEqual([])
      expect(await storage().ratings.list({ ...list, owner: 'else' })).toEqual([])
    })
  })

  describe(`${name}: sessions, usage and repeats`, () => {
    const { storage } = withStorage()
    const session = (token: string, createdAt: number, expiresAt: number) => ({
      token,
      owner: 'local',
      conversationId: 'c1',
      createdAt,
      expiresAt,
    })

    test('a session is found by its token, and forgotten some time after it expired', async () => {
      await storage().sessions.create(session('t1', 1000, 2000))
      expect(await storage().sessions.get('t1')).toEqual(session('t1', 1000, 2000))
      expect(await storage().sessions.get('t2')).toBeUndefined()
      await storage().sessions.create(session('t2', 1999, 9000))
      expect(await storage().sessions.get('t1')).toBeDefined()
      await storage().sessions.create(session('t3', 2000, 9000))
      expect(await storage().sessions.get('t1')).toBeUndefined()
      expect(await storage().sessions.get('t2')).toBeDefined()
    })

    test('usage adds up within its bounds, both included', async () => {
      const use = (createdAt: number, conversationId: string | null = 'c1') =>
        storage().usage.add({ owner: 'local', conversationId, tokens: 10, messages: 2, createdAt })
      for (const at of [99, 100, 150, 200, 201]) await use(at)
      await use(150, 'c2')
      await use(150, null)
      expect(await storage().usage.sum('c1', 100, 200)).toEqual({ tokens: 30, messages: 6 })
      expect(await storage().usage.sum('c9', 100, 200)).toEqual({ tokens: 0, messages: 0 })
    })

    test('the first request has the key, a repeat gets what the first was answered', async () => {
      const first = { key: 'k', fingerprint: 'f', createdAt: 1000 }
      expect(await storage().idempotency.begin(first)).toBeUndefined()
      expect(await storage().idempotency.begin({ ...first, fingerprint: 'g' })).toEqual({ ...first, answer: null })
      const answer = { status: 200, contentType: 'application/jsonl', body: '{"a":"ü"}\n' }
      await storage().idempotency.finish('k', answer)
      expect(await storage().idempotency.begin({ ...first, createdAt: 2000 })).toEqual({ ...first, answer })
      await storage().idempotency.release('k')
      expect(await storage().idempotency.begin(first)).toBeUndefined()
    })

    test('only one of many has the key', async () => {
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => storage().idempotency.begin({ key: 'k', fingerprint: 'f', createdAt: 1 })),
      )
      expect(outcomes.filter((each) => each === undefined)).toHaveLength(1)
    })

    test('a key is free again after a day, and an answer to a key that is gone goes nowhere', async () => {
      const record = { key: 'k', fingerprint: 'f', createdAt: 1000 }
      await storage().idempotency.begin(record)
      const later = { key: 'k', fingerprint: 'f', createdAt: 1000 + 24 * HOUR }
      expect(await storage().idempotency.begin(later)).toBeDefined()
      expect(await storage().idempotency.begin({ ...later, createdAt: later.createdAt + 1 })).toBeUndefined()
      await storage().idempotency.finish('gone', { status: 200, contentType: 'application/json', body: '' })
      expect(await storage().idempotency.begin({ ...record, key: 'gone' })).toBeUndefined()
    })
  })

  describe(`${name}: attachments`, () => {
    const { storage } = withStorage()
    beforeEach(async () => {
      await storage().conversations.create(conversation(), [])
    })

    test('are announced by messages before their bytes arrive', async () => {
      expect(await storage().attachments.create(attachment(), null, [said('m1'), said('m2')])).toBe(true)
      expect(ids(await storage().messages.list({ conversationId: 'c1', order: 'asc' }))).toEqual(['m1', 'm2'])
      expect(await storage().attachments.get('a1')).toEqual(attachment())
      expect(await storage().attachments.read('a1')).toBeUndefined()
      expect(await storage().attachments.write('a1', new Uint8Array([0, 255, 10]))).toBe(true)
      expect(await storage().attachments.read('a1')).toEqual(new Uint8Array([0, 255, 10]))
      await storage().attachments.write('a1', new Uint8Array())
      expect(await storage().attachments.read('a1')).toEqual(new Uint8Array())
    })

    test('that do not exist are neither written nor read', async () => {
      expect(
        await storage().attachments.create(attachment({ conversationId: 'c9' }), new Uint8Array([1]), [said('m')]),
      ).toBe(false)
      expect(await storage().attachments.get('a1')).toBeUndefined()
      expect(await storage().attachments.write('a1', new Uint8Array([1]))).toBe(false)
      expect(await storage().attachments.read('a1')).toBeUndefined()
    })

    test('keep their bytes apart from the buffer they came in', async () => {
      const bytes = new Uint8Array([1, 2, 3])
      await storage().attachments.create(attachment(), bytes, [])
      bytes.fill(9)
      const read = await storage().attachments.read('a1')
      read?.fill(8)
      expect(await storage().attachments.read('a1')).toEqual(new Uint8Array([1, 2, 3]))
    })

    test('are listed by conversation, page by page', async () => {
      await storage().conversations.create(conversation({ id: 'c2' }), [])
      for (const id of ['a1', 'a2', 'a3']) await storage().attachments.create(attachment({ id }), null, [])
      await storage().attachments.create(attachment({ id: 'a4', conversationId: 'c2' }), null, [])
      const list = { conversationId: 'c1', order: 'asc' } as const
      expect(ids(await storage().attachments.list({ ...list, take: 2 }))).toEqual(['a1', 'a2'])
      expect(ids(await storage().attachments.list({ ...list, cursor: 'a2' }))).toEqual(['a3'])
      expect(await storage().attachments.list({ ...list, cursor: 'a4' })).toEqual([])
    })
  })

  describe(`${name}: what it begins with`, () => {
    const { storage } = withStorage()
    const records = (over: Partial<StorageRecords> = {}): StorageRecords => ({
      contacts: [contact(), contact({ id: 'k2', fingerprint: 'fingerprint-two-2', meta: { k: 1 } })],
      conversations: [conversation({ contactId: 'k1', meta: { deep: { k: 1 } } }), conversation({ id: 'c2' })],
      messages: [
        message({ id: 'm1', text: 'one', meta: { k: [1] }, createdAt: 1000 }),
        message({ id: 'm2', text: 'two', createdAt: 7000 }),
        message({ id: 'm1', conversationId: 'c2', text: 'other', createdAt: 2000 }),
      ],
      ratings: [rating({ contactId: 'k1', messageId: 'm1', reason: 'good' })],
      attachments: [{ record: attachment(), bytes: new Uint8Array([1, 2, 3]) }],
      usage: [{ owner: 'local', conversationId: 'c1', tokens: 5, messages: 2, createdAt: 1000 }],
      ...over,
    })
    const everything = async () => [
      ids(await storage().conversations.list({ owner: 'local', order: 'asc', now: 5000 })),
      ids(await storage().contacts.list({ owner: 'local', order: 'asc' })),
      ids(await storage().messages.list({ conversationId: 'c1', order: 'asc' })),
      ids(await storage().ratings.list({ owner: 'local', contactId: 'k1', order: 'asc' })),
      ids(await storage().attachments.list({ conversationId: 'c1', order: 'asc' })),
      (await storage().usage.sum('c1', 0, 9000)).tokens,
    ]
    const nothing = [[], [], [], [], [], 0]

    test('is kept as it is given, times and ids too', async () => {
      const given = records()
      expect(await storage().fill(given)).toBe(true)
      expect(await everything()).toEqual([['c1', 'c2'], ['k1', 'k2'], ['m1', 'm2'], ['r1'], ['a1'], 5])
      expect(await storage().conversations.get('c1')).toEqual(given.conversations[0])
      expect(await storage().contacts.get('k2')).toEqual(given.contacts[1])
      expect(await storage().messages.history('c1')).toEqual(given.messages.slice(0, 2))
      expect(await storage().messages.get('c2', 'm1')).toEqual(given.messages[2])
      expect(await storage().ratings.list({ owner: 'local', contactId: 'k1', order: 'asc' })).toEqual(given.ratings)
      expect(await storage().attachments.get('a1')).toEqual(attachment())
      expect(await storage().attachments.read('a1')).toEqual(new Uint8Array([1, 2, 3]))
      expect(await storage().usage.sum('c1', 0, 9000)).toEqual({ tokens: 5, messages: 2 })
    })

    test('goes on as if it had been said here', async () => {
      await storage().fill(records())
      const [next] = (await storage().messages.append('c1', [said('m3')], 100)) ?? []
      expect(next?.createdAt).toBe(7001)
      await expect(storage().messages.append('c1', [said('m1')], 100)).rejects.toBeInstanceOf(Error)
      expect(await storage().ratings.cast(rating({ id: 'r2', messageId: 'm1' }), [], HOUR)).toBe(false)
      expect(await storage().conversations.delete('c1')).toBe(true)
      expect(await storage().attachments.read('a1')).toBeUndefined()
    })

    test('is for the beginning only', async () => {
      await storage().fill(records())
      const more = records({ conversations: [conversation({ id: 'c9' })], messages: [], attachments: [] })
      expect(await storage().fill(more)).toBe(false)
      expect(await storage().conversations.get('c9')).toBeUndefined()
      for (const id of ['c1', 'c2']) await storage().conversations.delete(id)
      // Whoever has deleted everything has worked here, too.
      expect(await storage().fill(more)).toBe(false)
      expect(await storage().conversations.get('c9')).toBeUndefined()
    })

    test.each<[string, Partial<StorageRecords>]>([
      ['two conversations have one id', { conversations: [conversation(), conversation()] }],
      ['two contacts have one id', { contacts: [contact(), contact({ fingerprint: 'fingerprint-two-2' })] }],
      ['two contacts have one fingerprint', { contacts: [contact(), contact({ id: 'k2' })] }],
      ['two messages have one id', { messages: [message({}), message({ createdAt: 5 })] }],
      ['two ratings have one id', { ratings: [rating(), rating({ createdAt: 9000 })] }],
      ['a message is of no conversation', { messages: [message({}), message({ conversationId: 'c9' })] }],
      [
        'an attachment is of none',
        { attachments: [{ record: attachment({ conversationId: 'c9' }), bytes: new Uint8Array() }] },
      ],
    ])('is not stored at all when %s', async (_, wrong) => {
      await expect(storage().fill(records(wrong))).rejects.toBeInstanceOf(Error)
      expect(await everything()).toEqual(nothing)
      expect(await storage().messages.list({ conversationId: 'c2', order: 'asc' })).toEqual([])
      expect(await storage().fill(records())).toBe(true)
    })

    test('is copied', async () => {
      const given = records()
      await storage().fill(given)
      Object.assign(given.conversations[0]?.meta?.deep ?? {}, { k: 2 })
      given.attachments[0]?.bytes.fill(9)
      expect((await storage().conversations.get('c1'))?.meta).toEqual({ deep: { k: 1 } })
      expect(await storage().attachments.read('a1')).toEqual(new Uint8Array([1, 2, 3]))
    })
  })

  describe(`${name}: what tests ask it at once`, () => {
    const { storage } = withStorage()

    test('shows everything, expires sessions, forgets everything', async () => {
      const { controls } = storage()
      if (controls === undefined) return
      await storage().conversations.create(conversation({ id: 'b', createdAt: 2 }), [said('m1'), said('m2')])
      await storage().conversations.create(conversation({ id: 'a', createdAt: 1, meta: { k: 1 } }), [])
      await storage().sessions.create({ token: 't', owner: 'local', conversationId: 'a', createdAt: 1, expiresAt: 9 })
      const shown = controls.snapshot()
      expect(ids(shown.conversations)).toEqual(['a', 'b'])
      expect(ids(shown.messages.b)).toEqual(['m1', 'm2'])
      expect(shown.messages.a).toEqual([])
      expect(shown.conversations[0]?.meta).toEqual({ k: 1 })
      controls.expireSessions()
      expect((await storage().sessions.get('t'))?.expiresAt).toBe(0)
      controls.clear()
      expect(controls.snapshot()).toEqual({ conversations: [], messages: {} })
      expect(await storage().sessions.get('t')).toBeUndefined()
      expect(await storage().conversations.create(conversation({ id: 'b' }), [said('m1')])).toBe(true)
    })

    test('refuses to work once it is closed', async () => {
      const closed = await factory()
      await closed.close()
      await expect(closed.conversations.get('c1')).rejects.toBeInstanceOf(Error)
    })
  })

  function withStorage(): { storage: () => Storage } {
    let current: Storage | undefined
    beforeEach(async () => {
      current = await factory()
    })
    afterEach(async () => {
      await current?.close()
    })
    return {
      storage() {
        if (current === undefined) throw new Error('no storage outside a test')
        return current
      },
    }
  }

  function message(over: Partial<MessageRecord>): MessageRecord {
    return {
      id: 'm1',
      conversationId: 'c1',
      type: 'user',
      text: '',
      meta: null,
      name: null,
      description: null,
      createdAt: 0,
      updatedAt: over.createdAt ?? 0,
      ...over,
    }
  }
}
