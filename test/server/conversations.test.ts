import { describe, expect, test } from 'vitest'
import { serve, T0 } from './client.ts'

describe('A conversation', () => {
  test('is stored with everything it was made with, and shows null for what it was not', async () => {
    const { read, write } = serve()
    const made = await write('conversation/create', {
      name: 'Trip',
      backstory: 'You plan.',
      botId: 'b',
      meta: { team: 'blue' },
    })
    expect(made).toEqual({ status: 200, body: { id: expect.stringMatching(/^c[0-9a-z]{24}$/) } })
    const { status, body } = await read(`conversation/${made.body.id}/fetch`)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: made.body.id,
      name: 'Trip',
      description: null,
      contactId: null,
      taskId: null,
      spaceId: null,
      botId: 'b',
      datasetId: null,
      skillsetId: null,
      backstory: 'You plan.',
      model: null,
      privacy: false,
      moderation: false,
      expiresAt: null,
      meta: { team: 'blue' },
      createdAt: expect.any(Number),
      updatedAt: body.createdAt,
    })
    expect(body.createdAt).toBeGreaterThan(T0)
  })

  test('has ids that sort by when they were made', async () => {
    const { write } = serve({ now: () => T0 })
    const made: string[] = []
    for (let index = 0; index < 50; index += 1) made.push((await write('conversation/create')).body.id)
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(50)
  })

  test('takes its first messages along, in order, and tells them back without ids', async () => {
    const { read, write } = serve()
    const messages = [
      { type: 'user', text: 'Hi', id: 'mine', createdAt: 5, meta: { k: 1 } },
      { type: 'bot', text: '', name: 'n', description: null, meta: null },
      { type: 'activity', text: '', meta: { activity: { type: 'trigger', function: { name: 'f' } } } },
    ]
    const { status, body } = await write('conversation/create', { messages })
    expect(status).toBe(200)
    expect(body.messages).toEqual([
      { type: 'user', text: 'Hi', meta: { k: 1 } },
      { type: 'bot', text: '' },
      { type: 'activity', text: '', meta: { activity: { type: 'trigger', function: { name: 'f' } } } },
    ])
    const { items } = (await read(`conversation/${body.id}/message/list`)).body
    expect(items.map(({ type, text }: { type: string; text: string }) => [type, text])).toEqual([
      ['user', 'Hi'],
      ['bot', ''],
      ['activity', ''],
    ])
    expect(items[0].id).not.toBe('mine')
    expect(items[0].createdAt).toBeGreaterThan(T0)
    expect(items[1].createdAt).toBe(items[0].createdAt + 1)
    expect(Object.keys(items[0])).toEqual(['id', 'type', 'text', 'meta', 'createdAt', 'updatedAt'])
    expect((await read(`conversation/${body.id}/usage/fetch`)).body.messages).toBe(3)
  })

  test.each([
    [{ foo: 1 }, '"foo" is not allowed'],
    [{ name: 5 }, '"name" must be a string'],
    [{ privacy: 'maybe' }, '"privacy" must be a boolean'],
    [{ meta: 'x' }, '"meta" must be of type object'],
    [{ meta: [] }, '"meta" must be of type object'],
    [{ meta: { _own: 1 } }, '"meta._own" is not allowed'],
    [{ expiresAt: 'soon' }, '"expiresAt" must be a number'],
    [{ expiresAt: 1.5 }, '"expiresAt" must be an integer'],
    [{ messages: {} }, '"messages" must be an array'],
    [{ messages: [{ text: 'x' }] }, '"messages[0].type" is required'],
    [{ messages: [{ type: 'user' }] }, '"messages[0].text" is required'],
    [
      {
        messages: [
          { type: 'user', text: 'x' },
          { type: 'robot', text: 'x' },
        ],
      },
      '"messages[1].type" must be one of [user, bot,',
    ],
    [{ messages: [{ type: 'user', text: 'x', updatedAt: 1 }] }, '"messages[0].updatedAt" is not allowed'],
    [{ messages: [{ type: 'activity', text: '' }] }, '"messages[0].meta.activity" is required'],
    [
      { messages: [{ type: 'activity', text: '', meta: { activity: { type: 'x', function: {} } } }] },
      'must be one of [request',
    ],
    [
      { messages: [{ type: 'activity', text: '', meta: { activity: { type: 'request' } } }] },
      'function" must be of type object',
    ],
    [{ contactId: 'nobody' }, '"contactId" is not the id of a contact'],
    [{ contactId: { name: 'x' } }, '"contactId.fingerprint" is required'],
    [{ contact: { fingerprint: 'too-short' } }, '"contact.fingerprint" length must be at least 17 characters long'],
  ])('is not made from %j', async (body, message) => {
    const { read, write } = serve()
    const answer = await write('conversation/create', body)
    expect(answer).toEqual({ status: 400, body: { code: 'BAD_REQUEST', message: expect.stringContaining(message) } })
    expect((await read('conversation/list')).body.items).toEqual([])
  })

  test('converts what it can, and takes null and empty texts', async () => {
    const { read, write } = serve()
    const body = {
      name: '',
      description: null,
      privacy: 'TRUE',
      moderation: 'false',
      expiresAt: '9999999999999',
      meta: null,
    }
    const { id } = (await write('conversation/create', body)).body
    expect((await read(`conversation/${id}/fetch`)).body).toMatchObject({
      name: '',
      description: null,
      privacy: true,
      moderation: false,
      expiresAt: 9_999_999_999_999,
      meta: null,
    })
  })

  test('names the contact it is with, by id or by fingerprint', async () => {
    const { read, write } = serve()
    const contact = { fingerprint: 'user-of-ours-00001', name: 'Ann' }
    const first = (await write('conversation/create', { contact })).body.id
    const second = (await write('conversation/create', { contactId: contact })).body.id
    const { contactId } = (await read(`conversation/${first}/fetch`)).body
    expect((await read(`conversation/${second}/fetch`)).body.contactId).toBe(contactId)
    expect((await read(`contact/${contactId}/fetch`)).body).toMatchObject({
      name: 'Ann',
      verifiedAt: expect.any(Number),
    })
    const third = (await write('conversation/create', { contactId })).body.id
    expect((await read(`conversation/${third}/fetch`)).body.contactId).toBe(contactId)
  })

  test('changes only where it is told to, and null clears', async () => {
    const { read, write } = serve()
    const { contactId } = (await read('conversation/list')).body
    const { id } = (
      await write('conversation/create', { name: 'a', botId: 'b', taskId: 't', datasetId: 'd', expiresAt: 9e12 })
    ).body
    const before = (await read(`conversation/${id}/fetch`)).body
    const clear = { botId: null, taskId: null, datasetId: null, expiresAt: null, contactId: contactId ?? null }
    expect(await write(`conversation/${id}/update`, { ...clear, model: 'm/temperature=0' })).toEqual({
      status: 200,
      body: { id },
    })
    const after = (await read(`conversation/${id}/fetch`)).body
    expect(after).toEqual({ ...before, ...clear, model: 'm/temperature=0', updatedAt: after.updatedAt })
    expect(after.updatedAt).toBeGreaterThan(before.updatedAt)
    expect((await write(`conversation/${id}/update`, {})).status).toBe(200)
  })

  test('has its meta replaced, merged, cleared or left alone', async () => {
    const { read, write } = serve()
    const { id } = (await write('conversation/create', { meta: { a: 1, b: { c: 1 } } })).body
    const meta = async () => (await read(`conversation/${id}/fetch`)).body.meta
    await write(`conversation/${id}/update`, { meta: { $update: { b: 2, d: 3, _own: 1, '-x': 1 } } })
    expect(await meta()).toEqual({ a: 1, b: 2, d: 3 })
    await write(`conversation/${id}/update`, { name: 'x' })
    expect(await meta()).toEqual({ a: 1, b: 2, d: 3 })
    await write(`conversation/${id}/update`, { meta: { e: 1, $odd: 1, '#f': 1 } })
    expect(await meta()).toEqual({ e: 1 })
    expect((await write(`conversation/${id}/update`, { meta: { _own: 1 } })).status).toBe(400)
    await write(`conversation/${id}/update`, { meta: { $update: null } })
    expect(await meta()).toEqual({})
    await write(`conversation/${id}/update`, { meta: null })
    expect(await meta()).toBeNull()
    await write(`conversation/${id}/update`, { meta: { $update: { k: 1 } } })
    expect(await meta()).toEqual({ k: 1 })
  })

  test('never shows keys that are for the server only', async () => {
    const { read } = serve({ conversations: [{ id: 'c1', meta: { '#secret': 1, a: [{ '#b': 1, c: 1 }] } }] })
    expect((await read('conversation/c1/fetch')).body.meta).toEqual({ a: [{ c: 1 }] })
  })

  test.each([
    { messages: [] },
    { contact: { fingerprint: 'user-of-ours-00001' } },
    { contactId: { fingerprint: 'user-of-ours-00001' } },
  ])('is not updated with %j', async (body) => {
    const { write } = serve({ conversations: [{ id: 'c1' }] })
    expect((await write('conversation/c1/update', body)).status).toBe(400)
  })

  test('goes with its messages, once', async () => {
    const { read, write } = serve({ conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'user', text: 'x' }] }] })
    expect(await write('conversation/c1/delete')).toEqual({ status: 200, body: { id: 'c1' } })
    expect((await write('conversation/c1/delete')).status).toBe(404)
    expect((await read('conversation/c1/fetch')).status).toBe(404)
    expect((await read('conversation/c1/message/list')).status).toBe(404)
    expect((await read('conversation/list')).body.items).toEqual([])
  })

  test('is gone when its time is over', async () => {
    let time = 1000
    const { read } = serve({ now: () => time, conversations: [{ id: 'c1', expiresAt: 2000 }] })
    expect((await read('conversation/c1/fetch')).body.expiresAt).toBe(2000)
    time = 2000
    expect((await read('conversation/list')).body.items).toEqual([])
    expect((await read('conversation/c1/fetch')).status).toBe(404)
    time = 1000
    expect((await read('conversation/c1/fetch')).status).toBe(404)
  })

  test.each(['update', 'delete', 'upvote', 'downvote', 'session/create', 'compact', 'receive', 'contact/upsert'])(
    'that does not exist cannot be asked to %s',
    async (verb) => {
      const { write } = serve()
      expect(await write(`conversation/c9/${verb}`)).toEqual({
        status: 404,
        body: { message: 'Conversation not found', code: 'NOT_FOUND' },
      })
    },
  )

  test('is refused an id that is taken', async () => {
    const { write } = serve({ generateId: () => 'same' })
    expect((await write('conversation/create')).status).toBe(200)
    expect(await write('conversation/create')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } })
  })
})

describe('Usage', () => {
  test('counts the messages and tokens of a time', async () => {
    let time = T0
    const { read, write } = serve({ now: () => time, conversations: [{ id: 'c1' }], reply: 'twelve chars' })
    await write('conversation/c1/complete', { text: 'four' })
    time += 86_400_000
    await write('conversation/c1/send', { text: 'x' })
    const usage = async (query: string) => (await read(`conversation/c1/usage/fetch?${query}`)).body
    expect(await usage('')).toEqual({ tokens: 4, messages: 3 })
    const day = (ms: number) => encodeURIComponent(new Date(ms).toISOString())
    expect(await usage(`from=${day(T0 + 1)}`)).toEqual({ tokens: 0, messages: 1 })
    expect(await usage(`to=${day(T0 + 1)}`)).toEqual({ tokens: 4, messages: 2 })
    expect(await usage(`from=${day(T0)}&to=${day(T0 - 1000)}`)).toEqual({ tokens: 4, messages: 2 })
    time += 91 * 86_400_000
    expect(await usage(`from=${day(T0)}`)).toEqual({ tokens: 0, messages: 0 })
  })

  test.each(['yesterday', '2026', '2026-13-45', '12'])('is not told from %s', async (from) => {
    const { read } = serve({ conversations: [{ id: 'c1' }] })
    expect((await read(`conversation/c1/usage/fetch?from=${from}`)).body.code).toBe('BAD_REQUEST')
  })
})
