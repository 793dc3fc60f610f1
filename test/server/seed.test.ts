import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createConversationServer, memoryStorage } from '../../src/server/index.ts'
import type { Storage, StorageRecords } from '../../src/server/index.ts'
import { generateConversations } from '../../src/server/seed/generate.ts'
import { createTestKit, createTestServer } from '../../src/testing/index.ts'
import { STORAGES } from '../support/storages.ts'
import { serve, talk } from './client.ts'

const NOW = Date.UTC(2026, 0, 1, 15, 30)
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What a change of any word of the generator changes. Who depends on the made-up conversations is to know. */
const HASH = '7cd707870c6994ef'

let records: StorageRecords
beforeAll(() => {
  records = generateConversations({ count: 2000, now: NOW })
})

async function filled(): Promise<Storage> {
  const storage = memoryStorage()
  expect(await storage.fill(records)).toBe(true)
  return storage
}

function counted<T>(items: readonly T[], keyOf: (item: T) => unknown): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[String(keyOf(item))] = (counts[String(keyOf(item))] ?? 0) + 1
  return counts
}

function hash(value: unknown): string {
  const text = JSON.stringify(value, (_, each: unknown) => (each instanceof Uint8Array ? [...each] : each))
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function byConversation({ conversations, messages }: StorageRecords) {
  const all = new Map(conversations.map(({ id }) => [id, [] as (typeof messages)[number][]]))
  for (const message of messages) all.get(message.conversationId)?.push(message)
  return all
}

const isSorted = (items: readonly { createdAt: number; id: string }[]) =>
  items.every((item, index) => {
    const before = items[index - 1]
    return !before || before.createdAt < item.createdAt || (before.createdAt === item.createdAt && before.id < item.id)
  })

describe('the made-up conversations', () => {
  test('are the same for the same number, in every process', () => {
    expect(hash(records)).toBe(HASH)
    const few = { count: 100, now: NOW }
    expect(generateConversations(few)).toEqual(generateConversations({ ...few, seed: 1 }))
  })

  test('are others for another number, and another time moves them', () => {
    const of = (options: { seed?: number; now?: number }) =>
      generateConversations({ count: 50, now: NOW, ...options }).conversations
    const [first, other, later] = [of({}), of({ seed: 2 }), of({ now: NOW + 7 * DAY })]
    expect(other.map(({ name }) => name)).not.toEqual(first.map(({ name }) => name))
    expect(later.map(({ createdAt }) => createdAt - 7 * DAY)).toEqual(first.map(({ createdAt }) => createdAt))
  })

  test('happened in the last 90 days, by day more than by night, some within the hour', () => {
    const { conversations } = records
    expect(conversations).toHaveLength(2000)
    const times = conversations.map(({ createdAt }) => createdAt)
    expect(Math.min(...times)).toBeGreaterThan(NOW - 90 * DAY)
    expect(times.filter((time) => time > NOW - 3 * HOUR).length).toBeGreaterThan(5)
    const hours = counted(times, (time) => new Date(time).getUTCHours())
    expect(hours[10]! / hours[3]!).toBeGreaterThan(5)
    const days = counted(times, (time) => new Date(time).getUTCDay())
    expect(days[2]! / days[0]!).toBeGreaterThan(1.5)
    for (const { createdAt, updatedAt } of [...records.messages, ...records.ratings, ...conversations]) {
      if (createdAt > NOW || updatedAt > NOW) throw new Error('It has not happened yet.')
    }
  })

  test('are in the order of the lists, with ids that grow with time', () => {
    expect(isSorted(records.conversations)).toBe(true)
    const ids = records.conversations.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted())
    expect(ids.every((id) => /^c[0-9a-z]{24}$/.test(id))).toBe(true)
    for (const list of [records.contacts, records.ratings, records.attachments.map(({ record }) => record)])
      expect(isSorted(list)).toBe(true)
    const begun = new Map(records.conversations.map(({ id, createdAt }) => [id, createdAt]))
    for (const [id, messages] of byConversation(records)) {
      const times = messages.map(({ createdAt }) => createdAt)
      expect(times.every((time, index) => index === 0 || time > times[index - 1]!)).toBe(true)
      expect(times[0], id).toBeGreaterThanOrEqual(begun.get(id)!)
    }
    const all = [...ids, ...records.messages.map(({ id }) => id), ...records.contacts.map(({ id }) => id)]
    expect(new Set(all).size).toBe(all.length)
  })

  test('are of many kinds, and not evenly', () => {
    const { conversations } = records
    const key = (name: string) => counted(conversations, ({ meta }) => meta?.[name])
    expect(key('team')).toMatchObject({
      orders: expect.any(Number),
      billing: expect.any(Number),
      sales: expect.any(Number),
      technical: expect.any(Number),
    })
    expect(Object.keys(key('topic'))).toHaveLength(9)
    expect(Object.keys(key('language')).length).toBeGreaterThan(8)
    expect(key('channel')['web']! / key('channel')['phone']!).toBeGreaterThan(8)
    expect(key('priority')['normal']! / key('priority')['urgent']!).toBeGreaterThan(4)
    expect(Object.keys(counted(conversations, ({ botId }) => botId))).toHaveLength(6)
    expect(Object.keys(counted(conversations, ({ model }) => model)).length).toBeGreaterThan(4)
    expect(conversations.filter(({ name }) => name === null).length).toBeGreaterThan(50)
    expect(new Set(conversations.map(({ name }) => name)).size).toBeGreaterThan(300)
    expect(new Set(records.messages.map(({ text }) => text)).size).toBeGreaterThan(3000)
    const contacts = Object.values(counted(conversations, ({ contactId }) => contactId)).toSorted((a, b) => b - a)
    // The first of them is nobody.
    expect(contacts[0]).toBeGreaterThan(200)
    expect(contacts[1]).toBeGreaterThan(8)
    expect(contacts.at(-1)).toBe(1)
  })

  test('are short and long, answered and not, with tools, thoughts, notes and files', () => {
    const talks = [...byConversation(records).values()]
    const lengths = talks.map(({ length }) => length)
    expect(Math.min(...lengths)).toBe(1)
    expect(lengths.filter((length) => length > 100).length).toBeGreaterThan(3)
    expect(records.messages.length / 2000).toBeGreaterThan(8)
    const last = counted(talks, (talk) => talk.findLast(({ type }) => type === 'user' || type === 'bot')?.type)
    expect(last['user']).toBeGreaterThan(200)
    expect(last['user']).toBeLessThan(400)
    const types = counted(records.messages, ({ type }) => type)
    for (const type of ['user', 'bot', 'activity', 'reasoning', 'context']) expect(types[type]).toBeGreaterThan(100)
    expect(records.attachments.length).toBeGreaterThan(40)
    const longest = Math.max(...records.messages.map(({ text }) => text.length))
    expect(longest).toBeGreaterThan(5000)
    expect(records.messages.filter(({ text }) => text.includes('```')).length).toBeGreaterThan(50)
    // Nothing was left blank.
    expect(
      records.messages.filter(({ text }) => /\{(?:order|product|first|city|amount|day|soon|email)/.test(text)),
    ).toEqual([])
  })

  test('are liked more with one bot than with another', () => {
    const share = (botId: string) => {
      const { up = 0, down = 0 } = counted(
        records.ratings.filter((each) => each.botId === botId),
        ({ value }) => (value > 0 ? 'up' : 'down'),
      )
      expect(up + down).toBeGreaterThan(30)
      return up / (up + down)
    }
    expect(share('bot-orders')).toBeGreaterThan(0.75)
    expect(share('bot-billing')).toBeLessThan(0.5)
    const reasons = counted(records.ratings, ({ reason }) => reason)
    expect(reasons['null']).toBeGreaterThan(100)
    expect(Object.keys(reasons).length).toBeGreaterThan(20)
  })

  test.each([1, 3, 17])('are whole when there are only %i', async (count) => {
    const few = generateConversations({ count, now: NOW })
    expect(few.conversations).toHaveLength(count)
    expect(await memoryStorage().fill(few)).toBe(true)
  })
})

/** A record without what the server chooses by itself. */
const OWN = new Set(['id', 'createdAt', 'updatedAt', 'contactId', 'conversationId', 'messageId', 'owner'])
const shown = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, each: unknown) => (OWN.has(key) ? undefined : each)))

describe('what is stored of a made-up conversation', () => {
  test('is what the API accepts, and what it would have stored', async () => {
    const { read, write } = serve()
    // One of eighty, and all that strangers tried.
    const sample = records.conversations.filter(
      ({ name }, index) => index % 80 === 0 || /[<=#]|^$|DROP/.test(name ?? '-'),
    )
    expect(sample.length).toBeGreaterThan(30)
    const messages = byConversation(records)
    for (const conversation of sample) {
      const said = messages.get(conversation.id) ?? []
      const { owner, contactId: _, id, createdAt: __, updatedAt: ___, ...body } = conversation
      expect(owner, id).toBe('local')
      const first = said.map(({ type, text, meta }) => ({ type, text, meta }))
      const { status, body: answer } = await write('conversation/create', { ...body, messages: first })
      expect({ status, answer }).toMatchObject({ status: 200 })
      expect(shown((await read(`conversation/${answer.id}/fetch`)).body)).toEqual(shown(conversation))
      const stored = (await read(`conversation/${answer.id}/message/list`)).body.items
      expect(stored.map(shown)).toEqual(first.slice(0, 100))
    }
    for (const { id, createdAt: _, updatedAt: __, ...contact } of records.contacts.slice(0, 40)) {
      const { owner: ___, ...body } = contact
      const { status, body: answer } = await write('contact/create', body)
      expect(status, id).toBe(200)
      expect(shown((await read(`contact/${answer.id}/fetch`)).body)).toEqual(shown(body))
    }
  })

  test('of a vote is what a vote leaves behind', async () => {
    const { read, write } = serve()
    const votes = records.ratings.filter(({ contactId }) => contactId !== null).slice(0, 60)
    expect(new Set(votes.map(({ messageId, value }) => `${messageId === null} ${value > 0}`)).size).toBe(4)
    for (const vote of votes) {
      const contact = (await write('contact/create', { name: 'Ada', fingerprint: `somebody-${vote.id}` })).body
      const messages = [{ type: 'bot', text: 'Yes' }]
      const { id } = (await write('conversation/create', { botId: vote.botId, contactId: contact.id, messages })).body
      const bot = (await read(`conversation/${id}/message/list`)).body.items[0]
      const on = vote.messageId === null ? '' : `message/${bot.id}/`
      const path = `conversation/${id}/${on}${vote.value > 0 ? 'upvote' : 'downvote'}`
      expect((await write(path, { value: vote.value, reason: vote.reason })).status).toBe(200)

      const [rating] = (await read(`contact/${contact.id}/rating/list`)).body.items
      expect(shown(rating)).toEqual(shown(vote))
      expect(rating.messageId === null).toBe(vote.messageId === null)
      const left = (await read(`conversation/${id}/message/list`)).body.items.slice(1)
      const said = records.messages.filter(({ conversationId }) => conversationId === vote.conversationId)
      const at = said.findIndex(({ createdAt, type }) => createdAt === vote.createdAt && type === 'activity')
      expect(said.slice(at, at + 2).map(({ type, text, meta }) => ({ type, text, meta }))).toEqual(
        left.map(({ type, text, meta }: { type: string; text: string; meta: unknown }) => ({ type, text, meta })),
      )
      const target = said.find((each) => each.id === vote.messageId)
      expect(target?.type ?? 'none').toBe(vote.messageId === null ? 'none' : 'bot')
    }
  })

  test('of a file can be listed and downloaded', async () => {
    const { read, get } = serve({ storage: await filled() })
    const { record, bytes } = records.attachments[0]!
    const path = `conversation/${record.conversationId}/attachment`
    const [item] = (await read(`${path}/list`)).body.items
    expect(item).toMatchObject({ id: record.id, description: record.description, size: bytes.length })
    const said = records.messages.filter(({ conversationId }) => conversationId === record.conversationId)
    expect(JSON.stringify(said.map(({ meta }) => meta))).toContain(`attachment://${record.name}`)
    const downloaded = await get(`${path}/${record.name}/download`)
    expect(new Uint8Array(await downloaded.arrayBuffer())).toEqual(bytes)
  })
})

describe('a server that begins with made-up conversations', () => {
  test('answers requests that came before they were there', async () => {
    const { read, server } = serve({ seed: { count: 30, seed: 7 }, now: () => NOW })
    const { body } = await read('conversation/list?take=100')
    expect(body.items).toHaveLength(30)
    expect(await server.ready).toEqual({ seeded: 30 })
    const expected = generateConversations({ count: 30, seed: 7, now: NOW }).conversations
    expect(server.snapshot().conversations.map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  })

  test('has its own conversations beside them, and all of them again after a reset', async () => {
    const conversations = [{ id: 'mine', name: 'Mine', messages: [{ type: 'user' as const, text: 'Hi' }] }]
    const server = createTestServer({ seed: 20, conversations })
    await server.ready
    expect(server.snapshot().conversations.map(({ id }) => id)).toContain('mine')
    const before = server.snapshot()
    server.add({ id: 'later' })
    expect(server.snapshot().conversations).toHaveLength(22)
    server.reset()
    // In the middle of it, once more.
    server.reset()
    await server.ready
    expect(server.snapshot().conversations).toEqual(before.conversations)
    expect(server.snapshot().messages['mine']).toMatchObject([{ text: 'Hi' }])
    const first = before.conversations[0]!.id
    expect(server.snapshot().messages[first]).toEqual(before.messages[first])
  })

  test('is what a test gets that asks for some', async () => {
    const { client } = createTestKit({ seed: 12 })
    expect((await client.list()).items).toHaveLength(12)
  })

  test.each([0, -1, 1.5, Number.NaN, 10_001])('refuses %s of them', (count) => {
    const problem = `seed is ${count}. It has to be a whole number from 1 to 10000.`
    expect(() => createConversationServer({ seed: count })).toThrow(problem)
    expect(() => createConversationServer({ seed: { count } })).toThrow(problem)
  })

  test('refuses a seed that is no whole number', () => {
    expect(() => createConversationServer({ seed: { count: 1, seed: 0.5 } })).toThrow('seed.seed is 0.5')
  })

  test('is the only one that loads their words', async () => {
    const loaded = new Set<string>()
    const visit = (file: string): void => {
      if (loaded.has(file)) return
      loaded.add(file)
      for (const [, type, path] of readFileSync(file, 'utf8').matchAll(
        /^(?:import|export) (type )?.*? from '(\..*?)'/gms,
      ))
        if (type === undefined && path !== undefined) visit(resolve(dirname(file), path))
    }
    visit(resolve(import.meta.dirname, '../../src/server/index.ts'))
    const rooms = [...loaded].filter((file) => file.includes('/seed/')).map((file) => file.split('/seed/')[1])
    expect(rooms).toEqual(['options.ts'])
    expect(loaded.size).toBeGreaterThan(40)
    expect(await createConversationServer().ready).toEqual({ seeded: 0 })
  })

  test('tells those who wait what went wrong, and every request too', async () => {
    const storage = memoryStorage()
    const broken: Storage = { ...storage, fill: () => Promise.reject(new Error('The disk is full.')) }
    const server = createConversationServer({ storage: broken, seed: 5 })
    await expect(server.ready).rejects.toThrow('The disk is full.')
    await expect(server.fetch(new Request('http://local.test/v1/conversation/list'))).rejects.toThrow(
      'The disk is full.',
    )
  })

  describe.each(STORAGES)('kept $place', ({ open }) => {
    test('has every page, contact, rating and use, and is not filled twice', async () => {
      const opened = open()
      try {
        const { read, server } = serve({ storage: opened.storage, seed: 2000, now: () => NOW })
        const ids: string[] = []
        for (;;) {
          const after = ids.length > 0 ? `&cursor=${ids.at(-1)}` : ''
          const { items } = (await read(`conversation/list?take=100${after}`)).body
          if (items.length === 0) break
          ids.push(...items.map((item: { id: string }) => item.id))
        }
        expect(ids).toEqual(records.conversations.map(({ id }) => id).toReversed())
        expect(await server.ready).toEqual({ seeded: 2000 })

        const talks = counted(records.conversations, ({ contactId }) => contactId)
        const busiest = records.contacts.toSorted((a, b) => (talks[b.id] ?? 0) - (talks[a.id] ?? 0))[0]!
        const theirs = (await read(`contact/${busiest.id}/conversation/list`)).body.items
        expect(theirs).toHaveLength(talks[busiest.id]!)
        const rated = records.ratings.filter(({ contactId }) => contactId === busiest.id)
        expect((await read(`contact/${busiest.id}/rating/list`)).body.items).toHaveLength(rated.length)
        const use = records.usage.filter(({ conversationId }) => conversationId === ids[0])
        expect((await read(`conversation/${ids[0]}/usage/fetch`)).body).toEqual({
          tokens: use.reduce((sum, { tokens }) => sum + tokens, 0),
          messages: use.reduce((sum, { messages }) => sum + messages, 0),
        })
        const billing = (await read('conversation/list?meta.team=billing&meta.vip=true&take=100')).body.items
        const expected = records.conversations.filter(({ meta }) => meta?.team === 'billing' && meta.vip === true)
        expect(billing).toHaveLength(expected.length)
        expect(expected.length).toBeGreaterThan(3)

        const again = createConversationServer({ storage: opened.storage, seed: { count: 10, seed: 3 } })
        expect(await again.ready).toEqual({ seeded: 0 })
        expect((await talk(again).read('conversation/list?take=1')).body.items[0].id).toBe(ids[0])
      } finally {
        await opened.remove()
      }
    })
  })
})
