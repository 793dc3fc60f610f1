import { describe, expect, test } from 'vitest'
import { serve } from './client.ts'

const c1 = {
  conversations: [
    { id: 'c1', messages: [{ id: 'm1', type: 'user' as const, text: 'Hello there', meta: { a: 1 } }] },
    { id: 'c2', messages: [{ id: 'm2', type: 'bot' as const, text: 'x' }] },
  ],
}

describe('A message', () => {
  test('is stored without an answer', async () => {
    const { read, write } = serve(c1)
    const body = {
      type: 'context',
      text: '',
      name: 'n',
      description: null,
      entities: [{ anything: 1 }],
      meta: { k: 1 },
    }
    const made = await write('conversation/c1/message/create', body)
    expect(made).toEqual({ status: 200, body: { id: expect.any(String), entities: [] } })
    const { body: shown } = await read(`conversation/c1/message/${made.body.id}/fetch`)
    expect(shown).toEqual({
      id: made.body.id,
      type: 'context',
      text: '',
      meta: { k: 1 },
      createdAt: expect.any(Number),
      updatedAt: shown.createdAt,
    })
    expect((await read('conversation/c1/message/list')).body.items.at(-1)).toEqual(shown)
    expect((await read('conversation/c1/usage/fetch')).body).toEqual({ tokens: 0, messages: 1 })
  })

  test('moves its conversation to the top of what was updated', async () => {
    const { read, write } = serve(c1)
    const before = (await read('conversation/c1/fetch')).body
    await write('conversation/c1/message/create', { type: 'user', text: 'x' })
    const after = (await read('conversation/c1/fetch')).body
    expect(after.updatedAt).toBeGreaterThan(before.updatedAt)
    expect(after.createdAt).toBe(before.createdAt)
  })

  test.each([
    [{ text: 'x' }, '"type" is required'],
    [{ type: 'user' }, '"text" is required'],
    [{ type: 'assistant', text: 'x' }, '"type" must be one of'],
    [{ type: 'user', text: 'x', id: 'mine' }, '"id" is not allowed'],
    [{ type: 'user', text: 'x', meta: { _x: 1 } }, '"meta._x" is not allowed'],
    [{ type: 'user', text: 'x', entities: ['x'] }, '"entities[0]" must be of type object'],
  ])('is not made from %j', async (body, message) => {
    const { write } = serve(c1)
    expect(await write('conversation/c1/message/create', body)).toEqual({
      status: 400,
      body: { code: 'BAD_REQUEST', message: expect.stringContaining(message) },
    })
  })

  test('can come in batches, all or none, with the ids of the sender told back', async () => {
    const { read, write } = serve(c1)
    const items = [
      { id: 'mine', type: 'user', text: 'one' },
      { type: 'bot', text: 'two', meta: { k: 1 } },
    ]
    const { status, body } = await write('conversation/c1/message/batch/create', { items })
    expect(status).toBe(200)
    expect(body.items).toEqual([
      { id: expect.any(String), entities: [], originalId: 'mine' },
      { id: expect.any(String), entities: [] },
    ])
    const stored = (await read('conversation/c1/message/list')).body.items.slice(1)
    expect(stored.map(({ id, text }: { id: string; text: string }) => [id, text])).toEqual([
      [body.items[0].id, 'one'],
      [body.items[1].id, 'two'],
    ])
    for (const bad of [[], Array.from({ length: 101 }, () => items[1]), [items[1], { type: 'x', text: '' }]])
      expect((await write('conversation/c1/message/batch/create', { items: bad })).status).toBe(400)
    expect((await read('conversation/c1/message/list')).body.items).toHaveLength(3)
  })

  test('changes where it is told to, and keeps its place', async () => {
    const { read, write } = serve(c1)
    const message = async () => (await read('conversation/c1/message/m1/fetch')).body
    const before = await message()
    expect(
      await write('conversation/c1/message/m1/update', { text: 'New', type: 'instruction', entities: [] }),
    ).toEqual({
      status: 200,
      body: { id: 'm1', entities: [] },
    })
    expect(await message()).toEqual({ ...before, text: 'New', type: 'instruction', updatedAt: expect.any(Number) })
    expect((await message()).updatedAt).toBeGreaterThan(before.updatedAt)
    await write('conversation/c1/message/m1/update', { meta: { $update: { b: 2 } } })
    expect((await message()).meta).toEqual({ a: 1, b: 2 })
    await write('conversation/c1/message/m1/update', { meta: {} })
    expect((await message()).meta).toEqual({})
    expect((await write('conversation/c1/message/m1/update', { createdAt: 1 })).status).toBe(400)
  })

  test('is deleted once', async () => {
    const { read, write } = serve(c1)
    expect(await write('conversation/c1/message/m1/delete')).toEqual({ status: 200, body: { id: 'm1' } })
    expect((await write('conversation/c1/message/m1/delete')).status).toBe(404)
    expect((await read('conversation/c1/message/list')).body).toEqual({ items: [] })
  })

  test('has no voice here, but the part to speak must be in it', async () => {
    const { write } = serve(c1)
    const path = 'conversation/c1/message/m1/synthesize'
    expect(await write(path)).toEqual({ status: 200, body: { id: 'm1' } })
    expect((await write(path, { text: 'there' })).status).toBe(200)
    expect((await write(path, { text: 'nowhere' })).status).toBe(400)
    expect((await write(path, { text: '' })).status).toBe(400)
  })

  test.each(['m2', 'm9', '__proto__'])('is not found outside its conversation: %s', async (id) => {
    const { read, write } = serve(c1)
    expect(await read(`conversation/c1/message/${id}/fetch`)).toEqual({
      status: 404,
      body: { message: 'Message not found', code: 'NOT_FOUND' },
    })
    for (const verb of ['update', 'delete', 'upvote', 'downvote', 'synthesize'])
      expect((await write(`conversation/c1/message/${id}/${verb}`)).status).toBe(404)
    expect((await read('conversation/c2/message/m2/fetch')).status).toBe(200)
  })
})

describe('Compacting', () => {
  test('stores a summary after which the history begins, and deletes nothing', async () => {
    const { read, write } = serve({ ...c1, reply: 'Porto is lovely. '.repeat(40) })
    await write('conversation/c1/complete', { text: 'Two\n days?' })
    const { status, body } = await write('conversation/c1/compact')
    expect(status).toBe(200)
    expect(body.text).toMatch(/^user: Hello there\nuser: Two days\?\nbot: Porto is lovely\. .*…$/)
    expect(body.usage.token).toBeGreaterThan(0)
    const { items } = (await read('conversation/c1/message/list')).body
    expect(items.at(-1)).toMatchObject({ id: body.id, type: 'checkpoint', text: body.text })
    expect(items).toHaveLength(4)
  })

  test('has nothing to do in an empty conversation, nor twice', async () => {
    const { write, server } = serve({ ...c1, conversations: [{ id: 'c1' }] })
    const nothing = { status: 200, body: { id: 'c1', text: '', usage: { token: 0 } } }
    expect(await write('conversation/c1/compact')).toEqual(nothing)
    await write('conversation/c1/send', { text: 'x' })
    const first = (await write('conversation/c1/compact')).body
    expect(await write('conversation/c1/compact')).toEqual(nothing)
    await write('conversation/c1/send', { text: 'y' })
    expect((await write('conversation/c1/compact')).body.text).toBe(`${first.text}\nuser: y`)
    expect(server.snapshot().messages.c1).toHaveLength(4)
  })

  test('of messages the caller keeps stores nothing, and keeps the newest when there is too much', async () => {
    const { write, server } = serve()
    const messages = Array.from({ length: 100 }, (_, n) => ({ type: 'user', text: `${n} ${'x'.repeat(300)}` }))
    const { status, body } = await write('conversation/compact', { messages, backstory: 'B' })
    expect([status, Object.keys(body)]).toEqual([200, ['text', 'usage']])
    expect(body.text.length).toBeLessThan(4100)
    expect(body.text).toContain('user: 99 ')
    expect(server.snapshot().conversations).toEqual([])
    for (const bad of [{}, { messages: [] }, { messages, functions: [] }, { messages, limits: {} }])
      expect((await write('conversation/compact', bad)).status).toBe(400)
  })
})

describe('An export', () => {
  const conversations = [
    {
      id: 'c1',
      name: 'Say "hi", =1+1',
      meta: { team: 'blue', 'two words': [1, { k: 'v' }] },
      messages: [
        { type: 'user' as const, text: 'Hello\nthere' },
        { type: 'activity' as const, text: '' },
        { type: 'bot' as const, text: 'Hi' },
      ],
    },
    { id: 'c2', createdAt: 1 },
  ]

  test('has what was said with each conversation', async () => {
    const { read, items } = serve({ conversations })
    const { body } = await read('conversation/export')
    expect(body.cursor).toBe('c2')
    expect(body.items[0].messages.map(({ type, text }: { type: string; text: string }) => [type, text])).toEqual([
      ['user', 'Hello\nthere'],
      ['bot', 'Hi'],
    ])
    expect(body.items[1].messages).toEqual([])
    expect(Object.keys(body.items[0])).not.toContain('privacy')
    expect(Object.keys(body.items[0])).not.toContain('expiresAt')
    expect(body.items[0]).toMatchObject({ id: 'c1', spaceId: null })
    expect((await items('conversation/export')).map(({ data }) => data)).toEqual(body.items)
    expect((await read('conversation/export?take=1&cursor=c1')).body.items).toMatchObject([{ id: 'c2' }])
  })

  test('as a table quotes everything, and has the columns of its first item', async () => {
    const { get } = serve({ conversations })
    const response = await get('conversation/export', { accept: 'text/csv' })
    expect(response.headers.get('content-type')).toBe('text/csv')
    const [header, ...rows] = (await response.text()).split(/\n(?=id,|"c\d")/)
    expect(header).toBe(
      'id,name,description,contactId,taskId,spaceId,botId,datasetId,skillsetId,backstory,model,meta,createdAt,updatedAt,messages',
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]).toMatch(/^"c1","Say ""hi"", =1\+1","","","","","","","","",/)
    expect(rows[0]).toContain('"team: ""blue""\n""two words"": [1,{""k"":""v""}]"')
    expect(rows[0]).toMatch(/"user: Hello\nthere\n\nbot: Hi"$/)
    expect(rows[1]).toMatch(/^"c2","",.*,"1","1",""\n$/)
  })
})
