import { describe, expect, test } from 'vitest'
import { lineReader, serve, types, until } from '../server/client.ts'

const JSONL = { accept: 'application/jsonl' }

/** The local server inside a page: the same file, no Node under it. */
describe('The server in the page', () => {
  test('streams, stores and lists', async () => {
    const { stream, read } = serve({ conversations: [{ id: 'c1' }], reply: 'Hello you' })
    const events = await stream('conversation/c1/complete', { text: 'Hi' })
    expect(types(events).slice(0, 4)).toEqual(['sendResult', 'completeBegin', 'token', 'token'])
    expect(events.at(-1)?.data).toMatchObject({ text: 'Hello you', end: { reason: 'stop' } })
    expect((await read('conversation/c1/message/list')).body.items).toHaveLength(2)
  })

  test.each(['signal', 'body'])('ends a run when the reader goes by its %s', async (way) => {
    const { post, server } = serve({ conversations: [{ id: 'c1' }] })
    const reply = server.holdReply()
    const leave = new AbortController()
    const response = await post('conversation/c1/complete', { text: 'Hi' }, { ...JSONL, signal: leave.signal })
    await reply.token('Half')
    const reader = lineReader(response)
    await reader.until('token')
    if (way === 'signal') leave.abort()
    else await reader.cancel()
    await until(() => server.snapshot().messages.c1?.length === 2)
    expect(server.requests[0]?.aborted).toBe(true)
  })

  test('keeps files, contacts and sessions', async () => {
    const { get, write } = serve({ conversations: [{ id: 'c1' }] })
    const { name } = (await write('conversation/c1/attachment/upload', { file: 'data:text/plain,Hi' })).body
    expect(await (await get(`conversation/c1/attachment/${name}/download`)).text()).toBe('Hi')
    expect((await write('conversation/c1/contact/upsert', { name: 'Ann' })).status).toBe(200)
    const { token } = (await write('conversation/c1/session/create')).body
    expect((await write('conversation/c1/send', { text: 'x' }, { token })).status).toBe(200)
  })
})
