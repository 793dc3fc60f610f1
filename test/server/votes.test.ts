import { describe, expect, test } from 'vitest'
import { serve } from './client.ts'

const HOUR = 3_600_000
const c1 = {
  conversations: [{ id: 'c1', botId: 'b1', messages: [{ id: 'm1', type: 'bot' as const, text: 'Yes' }] }],
}

describe('A vote', () => {
  test.each([
    ['conversation/c1/upvote', 'c1', 100, 'upvoteConversation'],
    ['conversation/c1/downvote', 'c1', -100, 'downvoteConversation'],
    ['conversation/c1/message/m1/upvote', 'm1', 100, 'upvoteMessage'],
    ['conversation/c1/message/m1/downvote', 'm1', -100, 'downvoteMessage'],
  ])('%s is recorded once, with two messages', async (path, id, value, name) => {
    const { write, server } = serve(c1)
    expect(await write(path, { reason: 'Because' })).toEqual({ status: 200, body: { id } })
    const messageId = id === 'm1' ? { messageId: 'm1' } : {}
    expect(server.votes).toEqual([{ conversationId: 'c1', ...messageId, value, reason: 'Because' }])
    const called = { name, arguments: { reason: 'Because' } }
    expect(
      server
        .snapshot()
        .messages.c1?.slice(1)
        .map(({ type, text, meta }) => ({ type, text, meta })),
    ).toEqual([
      { type: 'activity', text: '', meta: { activity: { type: 'request', function: called } } },
      {
        type: 'activity',
        text: '',
        meta: { activity: { type: 'response', function: { ...called, result: 'no result' } } },
      },
    ])
  })

  test('too soon after another one answers as always and changes nothing, in either direction', async () => {
    let time = 1_000_000
    const { write, server } = serve({ ...c1, now: () => time })
    await write('conversation/c1/message/m1/upvote')
    time += HOUR - 1
    expect(await write('conversation/c1/message/m1/downvote')).toEqual({ status: 200, body: { id: 'm1' } })
    expect(await write('conversation/c1/message/m1/upvote')).toEqual({ status: 200, body: { id: 'm1' } })
    expect(server.votes).toEqual([{ conversationId: 'c1', messageId: 'm1', value: 100 }])
    expect(server.snapshot().messages.c1).toHaveLength(3)
    time += 1
    await write('conversation/c1/message/m1/downvote', { value: '-5' })
    expect(server.votes.map(({ value }) => value)).toEqual([100, -5])
  })

  test('on the conversation and on a message are two votes', async () => {
    const { write, server } = serve(c1)
    await write('conversation/c1/upvote', { value: 1 })
    await write('conversation/c1/message/m1/downvote', { value: -1 })
    expect(server.votes).toEqual([
      { conversationId: 'c1', value: 1 },
      { conversationId: 'c1', messageId: 'm1', value: -1 },
    ])
  })

  test('can be changed at once where the server allows it', async () => {
    const { write, server } = serve({ ...c1, voteWindow: 0 })
    for (const direction of ['up', 'down', 'up']) await write(`conversation/c1/message/m1/${direction}vote`)
    expect(server.votes.map(({ value }) => value)).toEqual([100, -100, 100])
  })

  test.each([
    ['upvote', { value: 0 }],
    ['upvote', { value: 101 }],
    ['upvote', { value: -1 }],
    ['upvote', { value: 1.5 }],
    ['upvote', { value: 'much' }],
    ['upvote', { value: null }],
    ['upvote', { value: '' }],
    ['upvote', { value: true }],
    ['upvote', { reason: 5 }],
    ['upvote', { like: true }],
    ['downvote', { value: 1 }],
    ['downvote', { value: 0 }],
    ['downvote', { value: -101 }],
  ])('%s %j is refused', async (verb, body) => {
    const { write, server } = serve(c1)
    for (const path of ['conversation/c1', 'conversation/c1/message/m1'])
      expect(await write(`${path}/${verb}`, body)).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    expect(server.votes).toEqual([])
  })

  test.each(['conversation/c9/upvote', 'conversation/c9/message/m1/upvote', 'conversation/c1/message/m9/downvote'])(
    '%s is not found',
    async (path) => {
      const { write, server } = serve(c1)
      expect((await write(path, { reason: null })).status).toBe(404)
      expect(server.votes).toEqual([])
    },
  )
})

describe('Ratings', () => {
  test('are listed by the contact of their conversation', async () => {
    const { read, write, items } = serve(c1)
    const contact = (await write('contact/create', { name: 'Ann' })).body.id
    await write('conversation/c1/update', { contactId: contact })
    await write('conversation/c1/upvote', { value: 7, reason: '' })
    await write('conversation/c1/message/m1/downvote', { reason: 'Wrong' })
    const path = `contact/${contact}/rating/list?order=asc`
    const { body } = await read(path)
    expect(body.items).toEqual([
      expect.objectContaining({
        value: 7,
        reason: '',
        conversationId: 'c1',
        messageId: null,
        botId: 'b1',
        contactId: contact,
      }),
      expect.objectContaining({ value: -100, reason: 'Wrong', messageId: 'm1' }),
    ])
    expect(Object.keys(body.items[0])).not.toContain('owner')
    expect(await items(`${path}&take=1&cursor=${body.items[0].id}`)).toMatchObject([
      { type: 'item', data: { value: -100 } },
    ])
    expect((await read('contact/nobody/rating/list')).status).toBe(404)
  })
})
