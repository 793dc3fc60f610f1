import { describe, expect, test } from 'vitest'
import { memoryStorage } from '../../src/server/index.ts'
import { lineReader, serve, statusAndBody, types, until } from './client.ts'

const c1 = { conversations: [{ id: 'c1' }] }
const key = (value: string, over: object = {}) => ({ headers: { 'idempotency-key': value }, ...over })
const JSONL = { accept: 'application/jsonl' }

describe('A POST sent again with its Idempotency-Key', () => {
  test('is done once, and answered the same', async () => {
    const { write, server } = serve(c1)
    const first = await write('conversation/create', { name: 'x' }, key('k'))
    expect(await write('conversation/create', { name: 'x' }, key('k'))).toEqual(first)
    expect(server.snapshot().conversations).toHaveLength(2)
    expect((await write('conversation/create', { name: 'x' }, key('k2'))).body.id).not.toBe(first.body.id)
    expect((await write('conversation/create', { name: 'x' })).body.id).not.toBe(first.body.id)
  })

  test('gets the same stream, event for event', async () => {
    const { stream, server, post } = serve({ ...c1, reply: 'One two' })
    const first = await stream('conversation/c1/complete', { text: 'x' }, key('k'))
    await until(async () => {
      const again = await post('conversation/c1/complete', { text: 'x' }, key('k', JSONL))
      expect(again.headers.get('content-type')).toBe('application/jsonl')
      expect(types(await stream('conversation/c1/complete', { text: 'x' }, key('k')))).toEqual(types(first))
      return true
    })
    expect(await stream('conversation/c1/complete', { text: 'x' }, key('k'))).toEqual(first)
    expect(server.snapshot().messages.c1).toHaveLength(2)
  })

  test('joins the first while it runs', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const first = lineReader(await post('conversation/c1/complete', { text: 'x' }, key('k', JSONL)))
    await reply.token('Half ')
    const second = lineReader(await post('conversation/c1/complete', { text: 'x' }, key('k', JSONL)))
    await reply.token('done')
    await reply.end()
    const all = async (reader: typeof first) => {
      const seen: unknown[] = []
      for (let line = await reader.next(); line; line = await reader.next()) seen.push(line)
      return seen
    }
    const events = await all(first)
    expect(events).toHaveLength(8)
    expect(await all(second)).toEqual(events)
    expect(server.snapshot().messages.c1).toHaveLength(2)
  })

  test('keeps the run alive when the first reader has gone', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const leave = new AbortController()
    const first = await post('conversation/c1/complete', { text: 'x' }, key('k', { ...JSONL, signal: leave.signal }))
    await reply.token('Half ')
    const second = lineReader(await post('conversation/c1/complete', { text: 'x' }, key('k', JSONL)))
    leave.abort()
    await expect(first.text()).rejects.toThrow(/abort/i)
    await reply.token('done')
    await reply.end()
    expect((await second.until('result')).data).toMatchObject({ text: 'Half done', end: { reason: 'stop' } })
  })

  test('keeps the run alive for those who wait for JSON, too', async () => {
    const { post, server } = serve(c1)
    const reply = server.holdReply()
    const leave = new AbortController()
    const first = post('conversation/c1/complete', { text: 'x' }, key('k', { signal: leave.signal }))
    await reply.token('Half ')
    const second = post('conversation/c1/complete', { text: 'x' }, key('k'))
    await until(() => server.requests.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 1))
    leave.abort()
    await expect(first).rejects.toThrow(/abort/i)
    await reply.token('done')
    await reply.end()
    expect(await (await second).json()).toMatchObject({ text: 'Half done', end: { reason: 'stop' } })
  })

  test('gets the words so far when the first was cut off and nobody listened', async () => {
    const { post, stream, server } = serve(c1)
    const reply = server.holdReply()
    const first = lineReader(await post('conversation/c1/complete', { text: 'x' }, key('k', JSONL)))
    await reply.token('Half')
    await first.cancel()
    await until(() => server.snapshot().messages.c1?.length === 2)
    const events = await stream('conversation/c1/complete', { text: 'x' }, key('k'))
    expect(types(events)).toEqual(['sendResult', 'completeBegin', 'token', 'abort', 'receiveResult', 'result'])
    expect(events.at(-1)?.data).toMatchObject({ text: 'Half', end: { reason: 'abort' } })
    expect(server.snapshot().messages.c1).toHaveLength(2)
  })

  test('at the same moment is one request', async () => {
    const { write, server } = serve(c1)
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => write('conversation/c1/complete', { text: 'x' }, key('k'))),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(server.snapshot().messages.c1).toHaveLength(2)
  })

  test('but saying something else is a conflict', async () => {
    const { write, post } = serve(c1)
    const reuse = { status: 409, body: { code: 'CONFLICT' } }
    const running = post('conversation/c1/complete', { text: 'x' }, key('k', JSONL))
    expect(await write('conversation/c1/complete', { text: 'y' }, key('k', JSONL))).toMatchObject(reuse)
    await (await running).text()
    expect(await write('conversation/c1/complete', { text: 'y' }, key('k', JSONL))).toMatchObject(reuse)
    expect(await write('conversation/c1/complete', { text: 'x' }, key('k'))).toMatchObject(reuse)
    expect(await write('conversation/c1/send', { text: 'x' }, key('k', JSONL))).toMatchObject(reuse)
  })

  test('by somebody else is another request', async () => {
    const { write } = serve({ auth: { secrets: ['sk-a', 'sk-b'] } })
    const a = await write('conversation/create', {}, key('k', { token: 'sk-a' }))
    const b = await write('conversation/create', {}, key('k', { token: 'sk-b' }))
    expect(a.body.id).not.toBe(b.body.id)
  })

  test('after a failure that changed nothing is done as if it were the first', async () => {
    const { write, stream, server } = serve()
    expect((await write('conversation/create', { foo: 1 }, key('k'))).status).toBe(400)
    expect((await write('conversation/create', { name: 'x' }, key('k'))).status).toBe(200)
    expect(types(await stream('conversation/c1/complete', { text: 'x' }, key('r')))).toEqual(['error'])
    expect((await write('conversation/c1/send', { text: 'x' }, key('s'))).status).toBe(404)
    server.add({ id: 'c1' })
    expect((await write('conversation/c1/send', { text: 'x' }, key('s'))).status).toBe(200)
    expect(types(await stream('conversation/c1/complete', { text: 'x' }, key('r')))).toContain('result')
  })

  test('after a run that failed gets the failure again, not a second run', async () => {
    let runs = 0
    const { write } = serve({
      ...c1,
      reply() {
        runs += 1
        throw new Error('no')
      },
    })
    const first = await write('conversation/c1/complete', { text: 'x' }, key('k'))
    expect(first.status).toBe(500)
    await new Promise((resolve) => setTimeout(resolve, 1))
    expect(await write('conversation/c1/complete', { text: 'x' }, key('k'))).toEqual(first)
    expect(runs).toBe(1)
  })

  test('after a server that died in the middle is told so', async () => {
    const storage = memoryStorage()
    const dying = serve({ ...c1, storage, reply: () => new Promise(() => {}) })
    void dying.post('conversation/c1/complete', { text: 'x' }, key('k')).catch(() => {})
    await until(async () => (await storage.messages.history('c1')).length === 1)
    const { write } = serve({ ...c1, storage })
    expect(await write('conversation/c1/complete', { text: 'x' }, key('k'))).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('interrupted') },
    })
    expect(await storage.messages.history('c1')).toHaveLength(1)
  })

  test('is answered by the next server from what the first one stored', async () => {
    const storage = memoryStorage()
    const first = serve({ ...c1, storage })
    const answer = await first.write('conversation/c1/complete', { text: 'x' }, key('k'))
    await new Promise((resolve) => setTimeout(resolve, 1))
    const second = serve({ ...c1, storage })
    expect(await second.write('conversation/c1/complete', { text: 'x' }, key('k'))).toEqual(answer)
  })

  test('keeps an empty answer empty', async () => {
    const { post, write } = serve(c1)
    await write('conversation/c1/contact/upsert', {})
    for (let time = 0; time < 2; time += 1) {
      const response = await post('conversation/c1/contact/upsert', {}, key('k'))
      expect([response.status, await response.text()]).toEqual([304, ''])
    }
  })

  test.each(['', 'x'.repeat(256)])('needs a key of a sensible length, not %j', async (value) => {
    const { post } = serve(c1)
    expect((await statusAndBody(await post('conversation/create', {}, key(value)))).status).toBe(400)
  })

  test('is stored once when it is a file, described or as bytes', async () => {
    const { request, write, read, server } = serve(c1)
    const path = 'conversation/c1/attachment/upload'
    const described = { file: { type: 'text/plain', size: 5 } }
    const first = await write(path, described, key('k'))
    expect(await write(path, described, key('k'))).toEqual(first)
    expect(server.requests.map(({ body }) => body)).toEqual([described, described])
    const send = async (bytes: string) => {
      const headers = { 'content-type': 'text/plain', 'content-length': String(bytes.length), 'idempotency-key': 'b' }
      return statusAndBody(await request('POST', path, bytes, { headers }))
    }
    const sent = await send('bytes')
    expect(await send('bytes')).toEqual(sent)
    expect((await send('other bytes')).status).toBe(409)
    expect((await read('conversation/c1/attachment/list')).body.items).toHaveLength(2)
  })

  test('with a storage closed under it leaves nobody hanging', async () => {
    const storage = memoryStorage()
    const { post, server } = serve({ ...c1, storage })
    const reply = server.holdReply()
    const reader = lineReader(await post('conversation/c1/complete', { text: 'x' }, key('k', JSONL)))
    await reply.token('a')
    await storage.close()
    await reply.end()
    expect((await reader.until('error')).data).toEqual({ message: 'Something went wrong', code: 'GENERIC_ERROR' })
    expect(await reader.next()).toBeUndefined()
  })
})
