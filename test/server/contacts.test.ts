import { describe, expect, test } from 'vitest'
import { serve } from './client.ts'

const FINGERPRINT = 'user-of-ours-00001'

describe('A contact', () => {
  test('is stored with what is known, and shows null for the rest', async () => {
    const { read, write } = serve()
    const known = {
      name: 'Ann',
      email: ' ann@example.org ',
      phone: '(212) 555-0123',
      nick: 'a',
      meta: { k: 1 },
      verifiedAt: 5,
    }
    const made = await write('contact/create', known)
    expect(made).toEqual({ status: 200, body: { id: expect.stringMatching(/^c[0-9a-z]{24}$/) } })
    const { body } = await read(`contact/${made.body.id}/fetch`)
    expect(body).toEqual({
      ...known,
      id: made.body.id,
      email: 'ann@example.org',
      phone: '+12125550123',
      description: null,
      preferences: null,
      fingerprint: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      createdAt: expect.any(Number),
      updatedAt: body.createdAt,
    })
    expect((await read('contact/list')).body).toEqual({ items: [body], cursor: body.id })
  })

  test('made twice with one fingerprint is a conflict', async () => {
    const { write } = serve()
    expect((await write('contact/create', { fingerprint: FINGERPRINT })).status).toBe(200)
    expect(await write('contact/create', { fingerprint: FINGERPRINT })).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT' },
    })
  })

  test.each([
    [{ email: 'no address' }, '"email" must be a valid email'],
    [{ email: 'a@b' }, '"email" must be a valid email'],
    [{ email: '@b.c' }, '"email" must be a valid email'],
    [{ email: 'a@b..c' }, '"email" must be a valid email'],
    [{ phone: '123' }, '"phone" must be a valid phone number'],
    [{ phone: '+12' }, '"phone" must be a valid phone number'],
    [{ phone: 'call me' }, '"phone" must be a valid phone number'],
    [{ phone: '+1234567890123456' }, '"phone" must be a valid phone number'],
    [{ fingerprint: 'sixteen-letters-' }, '"fingerprint" length must be at least 17 characters long'],
    [{ verifiedAt: 'now' }, '"verifiedAt" must be a number'],
    [{ owner: 'x' }, '"owner" is not allowed'],
  ])('is not made from %j', async (body, message) => {
    const { read, write } = serve()
    for (const path of ['contact/create', 'contact/ensure'])
      expect(await write(path, body)).toEqual({ status: 400, body: { code: 'BAD_REQUEST', message } })
    expect((await read('contact/list')).body.items).toEqual([])
  })

  test.each([
    ['+44 20 7946 0958', '+442079460958'],
    ['0049 30 901820', '+4930901820'],
    ['212.555.0123', '+12125550123'],
    ['1-212-555-0123', '+12125550123'],
  ])('%s is the phone number %s', async (phone, stored) => {
    const { read, write } = serve()
    const { id } = (await write('contact/ensure', { phone })).body
    expect((await read(`contact/${id}/fetch`)).body.phone).toBe(stored)
  })

  test('changes where it is told to, and never to somebody else', async () => {
    const { read, write } = serve()
    const { id } = (await write('contact/create', { name: 'Ann', email: 'a@b.co', meta: { a: 1 } })).body
    await write('contact/create', { fingerprint: FINGERPRINT })
    expect(
      await write(`contact/${id}/update`, { email: null, phone: '+442079460958', meta: { $update: { b: 2 } } }),
    ).toEqual({
      status: 200,
      body: { id },
    })
    expect((await read(`contact/${id}/fetch`)).body).toMatchObject({
      name: 'Ann',
      email: null,
      phone: '+442079460958',
      meta: { a: 1, b: 2 },
    })
    expect((await write(`contact/${id}/update`, { fingerprint: FINGERPRINT })).status).toBe(409)
    expect((await write(`contact/${id}/update`, { fingerprint: `${FINGERPRINT}-new` })).status).toBe(200)
    expect((await write(`contact/${id}/update`, { phone: 'x' })).status).toBe(400)
    expect((await write('contact/nobody/update')).status).toBe(404)
  })

  test('of another key is forbidden', async () => {
    const { read, write } = serve({ auth: { secrets: ['sk-a', 'sk-b'] }, conversations: [{ id: 'c1' }] })
    const { id } = (await write('contact/create', {}, { token: 'sk-b' })).body
    for (const path of ['fetch', 'conversation/list', 'rating/list'])
      expect((await read(`contact/${id}/${path}`, { token: 'sk-a' })).status).toBe(403)
    expect((await write(`contact/${id}/update`, {}, { token: 'sk-a' })).status).toBe(403)
    expect((await write('conversation/c1/update', { contactId: id }, { token: 'sk-a' })).status).toBe(400)
    expect((await read('contact/list', { token: 'sk-a' })).body.items).toEqual([])
  })
})

describe('Ensuring a contact', () => {
  test('finds it by its fingerprint, and changes nothing then', async () => {
    const { read, write } = serve()
    const first = (await write('contact/ensure', { fingerprint: FINGERPRINT, name: 'Ann' })).body.id
    expect((await write('contact/ensure', { fingerprint: FINGERPRINT, name: 'Bob' })).body.id).toBe(first)
    expect((await read(`contact/${first}/fetch`)).body).toMatchObject({ name: 'Ann', verifiedAt: expect.any(Number) })
  })

  test('finds it by what is known of it', async () => {
    const { read, write } = serve()
    const first = (await write('contact/ensure', { email: 'a@b.co', name: 'Ann' })).body.id
    expect((await write('contact/ensure', { name: 'Ann', email: 'a@b.co', description: 'x' })).body.id).toBe(first)
    expect((await write('contact/ensure', { name: 'Ann' })).body.id).not.toBe(first)
    expect((await read(`contact/${first}/fetch`)).body).toMatchObject({ description: null, verifiedAt: null })
  })

  test('never takes a verified contact for an unverified one, nor the other way round', async () => {
    const { read, write } = serve()
    await write('contact/create', { fingerprint: FINGERPRINT })
    expect(await write('contact/ensure', { fingerprint: FINGERPRINT })).toMatchObject({ status: 500 })
    const { id } = (await write('contact/ensure', { name: 'Ann' })).body
    const { fingerprint } = (await read(`contact/${id}/fetch`)).body
    await write(`contact/${id}/update`, { verifiedAt: 5 })
    expect((await write('contact/ensure', { name: 'Ann' })).status).toBe(500)
    expect((await write('contact/ensure', { fingerprint })).body.id).toBe(id)
  })
})

describe('The contact of a conversation', () => {
  test('is attached once, with a message that names it', async () => {
    const { post, read, write } = serve({ conversations: [{ id: 'c1' }] })
    const { status, body } = await write('conversation/c1/contact/upsert', { name: 'Ann', email: 'a@b.co' })
    expect(status).toBe(200)
    expect((await read('conversation/c1/fetch')).body.contactId).toBe(body.id)
    expect((await read('conversation/c1/message/list')).body.items).toMatchObject([
      { type: 'context', text: 'The user is the contact Ann.' },
    ])
    const again = await post('conversation/c1/contact/upsert', { name: 'Bob' })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await read('conversation/c1/message/list')).body.items).toHaveLength(1)
  })

  test('is one when many ask at the same moment', async () => {
    const { post, read } = serve({ conversations: [{ id: 'c1' }] })
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => post('conversation/c1/contact/upsert', { name: `n${n}` })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 304)).toHaveLength(4)
    expect((await read('conversation/c1/message/list')).body.items).toHaveLength(1)
  })

  test('lists the conversations it is in, by meta too', async () => {
    const { read, write, items } = serve({
      conversations: [{ id: 'c1', meta: { team: 'blue' } }, { id: 'c2' }, { id: 'c3' }],
    })
    const { id } = (await write('conversation/c1/contact/upsert', {})).body
    await write('conversation/c2/update', { contactId: id })
    const { body } = await read(`contact/${id}/conversation/list?order=asc`)
    expect(body.items.map((each: { id: string }) => each.id)).toEqual(['c1', 'c2'])
    expect(Object.keys(body.items[0])).not.toContain('spaceId')
    expect(Object.keys(body.items[0])).not.toContain('moderation')
    expect(await items(`contact/${id}/conversation/list?meta.team=blue`)).toHaveLength(1)
    expect((await read('contact/nobody/conversation/list')).status).toBe(404)
  })
})
