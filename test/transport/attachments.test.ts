import { request as httpRequest } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { ConversationClient } from '../../src/transport/index.ts'
import type { UploadProgress } from '../../src/transport/index.ts'
import { failure, json, serve } from './support.ts'

afterEach(() => vi.unstubAllGlobals())

/** The API and a storage beside it. */
async function scene(status = 200) {
  const storage = await serve((_, response) => response.writeHead(status, { etag: '"1"' }).end())
  const api = await serve((_, response) =>
    json(response, {
      id: 'a1',
      name: 'a1.txt',
      uploadRequest: {
        method: 'PUT',
        url: `${storage.url}/bucket/a1?signature=private`,
        headers: { 'Content-Length': '999', 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment' },
      },
    }),
  )
  const client = new ConversationClient({
    baseUrl: api.url,
    secret: 'sk-1',
    headers: { 'x-app': 'a' },
    timezone: 'Europe/Lisbon',
  })
  return { storage, api, client }
}

test('uploads in two steps, the second one without credentials', async () => {
  const { storage, api, client } = await scene()
  const steps: UploadProgress[] = []
  const text = 'naïve 東京'
  const size = new TextEncoder().encode(text).length
  expect(
    await client.attachment.upload(
      'c1',
      { data: text, type: 'text/plain', name: 'notes.txt' },
      { onProgress: (step) => steps.push(step) },
    ),
  ).toEqual({ id: 'a1', name: 'a1.txt' })
  expect(api.seen[0]).toMatchObject({ method: 'POST', path: '/api/v1/conversation/c1/attachment/upload' })
  expect(JSON.parse(api.seen[0]!.body)).toEqual({ file: { type: 'text/plain', size, name: 'notes.txt' } })
  expect(storage.seen[0]).toMatchObject({ method: 'PUT', path: '/bucket/a1?signature=private', body: text })
  const { headers } = storage.seen[0]!
  expect(headers).toMatchObject({
    'content-type': 'text/plain',
    'content-disposition': 'attachment',
    'content-length': String(size),
  })
  for (const name of ['authorization', 'x-app', 'x-timezone', 'cookie']) expect(headers).not.toHaveProperty(name)
  expect(steps).toEqual([
    { loaded: 0, total: size },
    { loaded: size, total: size },
  ])
})

test.each([
  ['an ArrayBuffer', new TextEncoder().encode('bytes').buffer, {}, { type: 'application/octet-stream', size: 5 }],
  [
    'a view of one',
    new TextEncoder().encode('some bytes').subarray(5),
    {},
    { type: 'application/octet-stream', size: 5 },
  ],
  ['a blob', new Blob(['bytes'], { type: 'text/csv' }), {}, { type: 'text/csv', size: 5 }],
  ['a file', new File(['bytes'], 'f.bin'), {}, { type: 'application/octet-stream', size: 5, name: 'f.bin' }],
  [
    'a file under another name',
    new File(['bytes'], 'f.bin', { type: 'a/b' }),
    { name: 'g', type: 'c/d' },
    { type: 'c/d', size: 5, name: 'g' },
  ],
])('takes %s', async (_, data, more, file) => {
  const { storage, api, client } = await scene()
  await client.attachment.upload('c1', { data, ...more })
  expect(JSON.parse(api.seen[0]!.body)).toEqual({ file })
  expect(storage.seen[0]?.body).toBe('bytes')
})

test('leaves a file that has a URL to the server', async () => {
  const { url, seen } = await serve((_, response) => json(response, { id: 'a1', name: 'a1.png' }))
  const client = new ConversationClient({ baseUrl: url })
  expect(await client.attachment.upload('c1', { url: 'https://files.test/x.png' })).toEqual({
    id: 'a1',
    name: 'a1.png',
  })
  expect(seen.map(({ body }) => body)).toEqual(['{"file":"https://files.test/x.png"}'])
})

test('says so when the server names no place for the bytes', async () => {
  for (const uploadRequest of [undefined, null, {}, { url: 5, method: 'PUT' }, { url: 'x' }]) {
    const client = new ConversationClient({
      baseUrl: 'http://a.test',
      fetch: async () => Response.json({ id: 'a1', uploadRequest }),
    })
    expect((await failure(client.attachment.upload('c1', { data: 'x' }))).code).toBe('BAD_RESPONSE')
  }
})

test('says so when the storage refuses, without the signature', async () => {
  const { client, storage } = await scene(403)
  const error = await failure(client.attachment.upload('c1', { data: 'x' }))
  expect(error).toMatchObject({ code: 'NOT_AUTHORIZED', status: 403, url: `${storage.url}/bucket/a1`, method: 'PUT' })
  expect(JSON.stringify([error, error.message])).not.toContain('private')
})

test('tells the progress in a browser, and can be stopped there', async () => {
  vi.stubGlobal('XMLHttpRequest', NodeXhr)
  const { storage, client } = await scene()
  const steps: UploadProgress[] = []
  const data = 'x'.repeat(300_000)
  await client.attachment.upload('c1', { data }, { onProgress: (step) => steps.push(step) })
  expect(storage.seen[0]?.body).toBe(data)
  expect(storage.seen[0]?.headers).not.toHaveProperty('authorization')
  expect(steps.length).toBeGreaterThan(2)
  expect(steps.map(({ loaded }) => loaded)).toEqual(steps.map(({ loaded }) => loaded).toSorted((a, b) => a - b))
  expect(steps.at(-1)).toEqual({ loaded: 300_000, total: 300_000 })

  const controller = new AbortController()
  const stopped = failure(
    client.attachment.upload(
      'c1',
      { data },
      { signal: controller.signal, onProgress: ({ loaded }) => loaded > 0 && controller.abort() },
    ),
  )
  expect((await stopped).code).toBe('ABORTED')
})

test('tells a browser’s failed upload from a refused one', async () => {
  vi.stubGlobal('XMLHttpRequest', NodeXhr)
  const gone = await serve((_, response) => response.destroy())
  const empty = await serve((_, response) => response.writeHead(204).end())
  const api = (url: string) =>
    new ConversationClient({
      baseUrl: 'http://a.test',
      fetch: async () => Response.json({ id: 'a1', uploadRequest: { method: 'PUT', url } }),
    })
  // A client with a network of its own carries the bytes too, so the address is never called by the browser.
  await expect(api(gone.url).attachment.upload('c1', { data: 'x' }, { onProgress: () => {} })).resolves.toMatchObject({
    id: 'a1',
  })
  expect(gone.seen).toEqual([])

  vi.stubGlobal('fetch', async () => Response.json({ id: 'a1', uploadRequest: { method: 'PUT', url: gone.url } }))
  const client = new ConversationClient({ baseUrl: 'http://a.test' })
  expect((await failure(client.attachment.upload('c1', { data: 'x' }, { onProgress: () => {} }))).code).toBe('NETWORK')
  vi.stubGlobal('fetch', async () => Response.json({ id: 'a1', uploadRequest: { method: 'PUT', url: empty.url } }))
  await client.attachment.upload('c1', { data: 'x' }, { onProgress: () => {} })
  expect(empty.seen).toHaveLength(1)
})

/** As much of XMLHttpRequest as an upload needs, over a real socket: Node has none. */
class NodeXhr {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {}
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  responseType = ''
  response = new ArrayBuffer(0)
  status = 0
  statusText = ''
  #headers: Record<string, string> = {}
  #answer = ''
  #request: ReturnType<typeof httpRequest> | undefined
  #open: [string, string] = ['', '']
  #aborted = false

  open(method: string, url: string) {
    this.#open = [method, url]
  }
  setRequestHeader(name: string, value: string) {
    this.#headers[name] = value
  }
  getAllResponseHeaders() {
    return this.#answer
  }
  abort() {
    this.#aborted = true
    this.#request?.destroy()
    this.onabort?.()
  }
  send(body: ArrayBuffer) {
    const bytes = new Uint8Array(body)
    const [method, url] = this.#open
    const headers = { ...this.#headers, 'content-length': bytes.length }
    this.#request = httpRequest(url, { method, headers }, (response) => {
      response.resume()
      response.on('end', () => {
        this.status = response.statusCode ?? 0
        this.statusText = response.statusMessage ?? ''
        this.#answer = Object.entries(response.headers)
          .map(([name, value]) => `${name}: ${String(value)}\r\n`)
          .join('')
        this.onload?.()
      })
    })
    this.#request.on('error', () => this.#aborted || this.onerror?.())
    void this.#write(bytes)
  }
  async #write(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length && !this.#aborted; at += 100_000) {
      await new Promise((resolve) => this.#request?.write(bytes.subarray(at, at + 100_000), resolve))
      this.upload.onprogress?.({ loaded: Math.min(at + 100_000, bytes.length), total: bytes.length })
    }
    this.#request?.end()
  }
}
