import { describe, expect, test } from 'vitest'
import { ORIGIN, serve, statusAndBody } from './client.ts'

const c1 = { conversations: [{ id: 'c1' }] }
const UPLOAD = 'conversation/c1/attachment/upload'
const bytes = (text: string) => new TextEncoder().encode(text)

describe('An upload in two steps', () => {
  test('is described first, sent second, listed and downloaded', async () => {
    const { get, read, write, server } = serve(c1)
    const { status, body } = await write(UPLOAD, { file: { type: 'text/plain', size: 5, name: 'Müller notes.TXT' } })
    expect(status).toBe(200)
    expect(body.name).toBe(`${body.id}.txt`)
    expect(body.uploadRequest).toEqual({
      method: 'PUT',
      url: `${ORIGIN}/api/v1/conversation/c1/attachment/${body.id}/content`,
      headers: { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename=M%C3%BCller%20notes.TXT' },
    })
    expect(body.downloadRequest).toEqual({ method: 'GET', url: body.uploadRequest.url, headers: {} })
    const activities = server.snapshot().messages.c1
    expect(activities?.map(({ type, meta }) => [type, meta?.activity.type])).toEqual([
      ['activity', 'request'],
      ['activity', 'response'],
    ])
    expect(JSON.parse(activities?.[1]?.meta?.activity.function.result)).toEqual({
      id: body.id,
      name: body.name,
      type: 'text/plain',
      url: `attachment://${body.name}`,
    })
    expect((await get(`conversation/c1/attachment/${body.name}/download`)).status).toBe(404)

    const { url, method, headers } = body.uploadRequest
    const sent = await server.fetch(new Request(url, { method, headers, body: bytes('Hello') }))
    expect(sent.status).toBe(200)
    expect(sent.headers.get('access-control-allow-origin')).toBe('*')
    for (const where of [`/api/v1/conversation/c1/attachment/${body.name}/download`, new URL(url).pathname]) {
      const response = await get(where)
      expect([response.status, await response.text()]).toEqual([200, 'Hello'])
      expect(response.headers.get('content-type')).toBe('text/plain')
      expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''M%C3%BCller%20notes.TXT")
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect((await read('conversation/c1/attachment/list')).body).toEqual({
      items: [
        {
          id: body.id,
          name: body.name,
          description: 'Müller notes.TXT',
          type: 'text/plain',
          size: 5,
          createdAt: expect.any(Number),
          updatedAt: expect.any(Number),
          meta: { contentType: 'text/plain', size: 5 },
        },
      ],
      cursor: null,
    })
  })

  test('lets a page of another origin send the bytes', async () => {
    const { write, request } = serve(c1)
    const { uploadRequest } = (await write(UPLOAD, { file: { type: 'text/plain', size: 5 } })).body
    const asked = 'content-type,content-disposition,x-timezone,x-mine'
    const response = await request('OPTIONS', new URL(uploadRequest.url).pathname, null, {
      headers: { 'access-control-request-headers': asked, 'access-control-request-method': 'PUT' },
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(response.headers.get('access-control-allow-headers')).toBe(asked)
    const without = await request('OPTIONS', new URL(uploadRequest.url).pathname, null)
    expect(without.headers.get('access-control-allow-headers')).toContain('Content-Disposition')
  })

  test('takes exactly the bytes that were announced, and once', async () => {
    const { write, request, get } = serve(c1)
    const { uploadRequest } = (await write(UPLOAD, { file: { type: 'text/plain', size: 5 } })).body
    const path = new URL(uploadRequest.url).pathname
    expect((await request('PUT', path, 'Hell')).status).toBe(400)
    expect((await request('PUT', path, 'Hello!')).status).toBe(400)
    expect((await get(path)).status).toBe(404)
    expect((await request('POST', path, 'Hello')).status).toBe(405)
    expect((await request('PUT', path, 'Hello')).status).toBe(200)
    expect(await statusAndBody(await request('PUT', path, 'World'))).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT' },
    })
    expect(await (await get(path)).text()).toBe('Hello')
    for (const wrong of [path.replace('c1', 'c2'), path.replace(/c[0-9a-z]{24}/, 'nothing')])
      expect((await request('PUT', wrong, 'Hello')).status).toBe(404)
  })

  test('knows an address for whoever mounted it elsewhere', async () => {
    const { write } = serve({ ...c1, basePath: '/chat' })
    const { uploadRequest } = (await write(`/chat/${UPLOAD}`, { file: { type: 'a/b', size: 0 } })).body
    expect(uploadRequest.url).toContain(`${ORIGIN}/chat/conversation/c1/attachment/`)
  })

  test('works where the official client sends it', async () => {
    const { write } = serve(c1)
    for (const path of ['/api/v1/Attachment/c1/upload', '/api/v1/attachment/c1/upload', '/v1/ATTACHMENT/c1/upload'])
      expect((await write(path, { file: { type: 'text/plain', size: 1 } })).body.uploadRequest.method).toBe('PUT')
    expect((await write('/api/v1/Attachments/c1/upload', { file: { type: 'text/plain', size: 1 } })).status).toBe(404)
  })
})

describe('An upload in one step', () => {
  const download = async (house: ReturnType<typeof serve>, name: string) => {
    const response = await house.get(`conversation/c1/attachment/${name}/download`)
    return [response.headers.get('content-type'), await response.text()]
  }

  test.each([
    ['data:text/plain,Hello%20you', 'text/plain', 'Hello you', 'txt'],
    ['data:,x', 'text/plain', 'x', 'txt'],
    ['DATA:image/jpeg;base64,SGk=', 'image/jpeg', 'Hi', 'jpg'],
    ['data:text/plain;charset=utf-8,%zz', 'text/plain', '%zz', 'txt'],
    ['data:<script>,x', 'application/octet-stream', 'x', 'bin'],
  ])('can be %j', async (file, type, text, extension) => {
    const house = serve(c1)
    const { status, body } = await house.write(UPLOAD, { file })
    expect([status, body]).toEqual([200, { id: expect.any(String), name: `${body.id}.${extension}` }])
    expect(await download(house, body.name)).toEqual([type, text])
  })

  test('can be a form', async () => {
    const house = serve(c1)
    const form = new FormData()
    form.set('file', new File(['<b>Hi</b>'], 'page.html', { type: 'text/html' }))
    const response = await house.server.fetch(new Request(`${ORIGIN}/api/v1/${UPLOAD}`, { method: 'POST', body: form }))
    const { body } = await statusAndBody(response)
    expect(body).toEqual({ id: expect.any(String), name: `${body.id}.html` })
    expect(await download(house, body.name)).toEqual(['text/html', '<b>Hi</b>'])
  })

  test('can be bare bytes', async () => {
    const house = serve(c1)
    for (const [type, extension] of [
      ['image/png', 'png'],
      ['', 'bin'],
      ['image/svg+xml; x=1', 'svg'],
    ] as const) {
      const response = await house.request('POST', UPLOAD, 'bytes', { headers: { 'content-type': type } })
      const { status, body } = await statusAndBody(response)
      expect([type, status, body.name]).toEqual([type, 200, `${body.id}.${extension}`])
    }
  })

  test('can be an address, which the server reads', async () => {
    const asked: [string, RequestInit | undefined][] = []
    const house = serve({
      ...c1,
      fetch: async (url, init) => {
        asked.push([url, init])
        return new Response('remote', { headers: { 'content-type': 'text/markdown; charset=utf-8' } })
      },
    })
    const { body } = await house.write(UPLOAD, { file: 'https://files.example.org/a%20b.md?x=1' })
    expect(body.name).toBe(`${body.id}.md`)
    expect(await download(house, body.name)).toEqual(['text/markdown', 'remote'])
    expect(asked[0]?.[0]).toBe('https://files.example.org/a%20b.md?x=1')
    expect(asked[0]?.[1]?.redirect).toBe('error')
    const bare = await house.write(UPLOAD, { file: 'https://files.example.org/' })
    expect(bare.body.name).toBe(`${bare.body.id}.md`)
  })

  test.each([
    'http://files.example.org/a',
    'ftp://files.example.org/a',
    'file:///etc/passwd',
    'no address',
    'data:text/plain',
    'data:text/plain;base64,%%%',
    'https://localhost/a',
    'https://printer/a',
    'https://printer.local/a',
    'https://127.0.0.1/a',
    'https://2130706433/a',
    'https://0x7f.1/a',
    'https://10.0.0.1/a',
    'https://100.64.0.1/a',
    'https://169.254.169.254/latest/meta-data',
    'https://172.16.0.1/a',
    'https://192.168.1.1/a',
    'https://[::1]/a',
    'https://[::ffff:127.0.0.1]/a',
    'https://[fd00::1]/a',
    'https://metadata.internal./a',
  ])('is not read from %s', async (file) => {
    let asked = 0
    const { write, server } = serve({
      ...c1,
      fetch: async () => {
        asked += 1
        return new Response('secret')
      },
    })
    expect(await write(UPLOAD, { file })).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
    expect(asked).toBe(0)
    expect(server.snapshot().messages.c1).toEqual([])
  })

  test('of an address that cannot be read is a bad request', async () => {
    const failing = serve({ ...c1, fetch: () => Promise.reject(new TypeError('fetch failed')) })
    expect((await failing.write(UPLOAD, { file: 'https://8.8.8.8/a' })).status).toBe(400)
    const missing = serve({ ...c1, fetch: async () => new Response('', { status: 404 }) })
    expect((await missing.write(UPLOAD, { file: 'https://[2001:db8::1]/a' })).status).toBe(400)
  })

  test.each([
    ['application/json', '{}', '"file" is required'],
    ['application/json', '{"file":{"type":"a/b"}}', '"file.size" is required'],
    ['application/json', '{"file":{"type":"a/b","size":-1}}', '"file.size" must be greater than or equal to 0'],
    ['application/json', '{"file":""}', '"file" is not allowed to be empty'],
    ['application/json', '{"file":5}', '"file" must be a string'],
    ['application/json', '{', 'The body is not valid JSON'],
    ['multipart/form-data', 'x', 'The body is not valid multipart/form-data'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="file"\r\n\r\ntext\r\n--b--\r\n',
      '"file" is required',
    ],
  ])('is refused as %s %j', async (type, body, message) => {
    const { request } = serve(c1)
    const answer = await statusAndBody(await request('POST', UPLOAD, body, { headers: { 'content-type': type } }))
    expect(answer).toEqual({ status: 400, body: { code: 'BAD_REQUEST', message } })
  })

  test('that is too large reaches a limit, however it comes', async () => {
    const { post, request, server } = serve({ ...c1, fetch: async () => new Response(new Uint8Array(25_000_001)) })
    const tooMuch = new Uint8Array(25_000_001)
    const form = new FormData()
    form.set('file', new Blob([tooMuch]))
    const answers = [
      await post(UPLOAD, { file: { type: 'a/b', size: 25_000_001 } }),
      await post(UPLOAD, { file: 'https://8.8.8.8/a' }),
      await request('POST', UPLOAD, tooMuch, { headers: { 'content-type': 'a/b' } }),
      await server.fetch(new Request(`${ORIGIN}/api/v1/${UPLOAD}`, { method: 'POST', body: form })),
    ]
    for (const response of answers) {
      expect(response.headers.get('x-failure-code')).toBe('LIMITS_REACHED')
      expect(await statusAndBody(response)).toMatchObject({ status: 429, body: { code: 'LIMITS_REACHED' } })
    }
    expect(server.snapshot().messages.c1).toEqual([])
  })
})

describe('Attachments', () => {
  test('are listed page by page, with null at the end', async () => {
    const { read, write, items } = serve(c1)
    for (let n = 0; n < 3; n += 1) await write(UPLOAD, { file: `data:,${n}` })
    const first = (await read('conversation/c1/attachment/list?take=2')).body
    expect([first.items.length, first.cursor]).toEqual([2, first.items[1].id])
    const second = (await read(`conversation/c1/attachment/list?take=2&cursor=${first.cursor}`)).body
    expect([second.items.length, second.cursor]).toEqual([1, null])
    expect(await items('conversation/c1/attachment/list')).toHaveLength(3)
  })

  test('of a conversation that is not there are not found, and go with it', async () => {
    const { get, read, write, request } = serve(c1)
    const { name } = (await write(UPLOAD, { file: 'data:,x' })).body
    expect((await read('conversation/c9/attachment/list')).status).toBe(404)
    for (const [type, body] of [
      ['application/json', '{"file":"data:,x"}'],
      ['a/b', 'x'],
    ] as const)
      expect(
        (await request('POST', 'conversation/c9/attachment/upload', body, { headers: { 'content-type': type } }))
          .status,
      ).toBe(404)
    for (const wrong of ['nothing.txt', name.replace('.txt', '.exe'), name.replace('.txt', '')])
      expect((await get(`conversation/c1/attachment/${wrong}/download`)).status).toBe(404)
    await write('conversation/c1/delete')
    expect((await get(`conversation/c1/attachment/${name}/download`)).status).toBe(404)
  })
})
