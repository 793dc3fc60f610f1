import { createConversationServer } from '../../src/server/index.ts'
import type { ConversationServer, ConversationServerOptions, Storage } from '../../src/server/index.ts'

export const ORIGIN = 'http://local.test'
export const T0 = 1_767_225_600_000

/** What a test says with a request beyond its method and path. */
export interface Sent {
  token?: string
  accept?: string
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Line {
  type: string
  // eslint-disable-next-line typescript/no-explicit-any -- tests read into it
  data: any
  createdAt?: number
}

/** A server and short words to talk to it, over the same requests a browser would send. */
export function serve(options: ConversationServerOptions & { storage?: Storage } = {}) {
  const server = createConversationServer({ now: clock(), ...options })
  return { server, ...talk(server) }
}

export function talk(server: ConversationServer) {
  function request(method: string, path: string, body: BodyInit | null, { token, accept, headers, signal }: Sent = {}) {
    return server.fetch(
      new Request(new URL(path.startsWith('/') ? path : `/api/v1/${path}`, ORIGIN), {
        method,
        body,
        headers: {
          ...(body === null ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(accept === undefined ? {} : { accept }),
          ...headers,
        },
        ...(signal ? { signal } : {}),
        duplex: 'half',
      } as RequestInit),
    )
  }
  const get = (path: string, sent?: Sent) => request('GET', path, null, sent)
  const post = (path: string, body: unknown = {}, sent?: Sent) => request('POST', path, JSON.stringify(body), sent)
  return {
    request,
    get,
    post,
    /** Status and parsed body of a GET. */
    read: async (path: string, sent?: Sent) => statusAndBody(await get(path, sent)),
    /** Status and parsed body of a POST. */
    write: async (path: string, body?: unknown, sent?: Sent) => statusAndBody(await post(path, body, sent)),
    /** The lines of a POST that streams. */
    stream: async (path: string, body?: unknown, sent?: Sent) =>
      lines(await (await post(path, body, { accept: 'application/jsonl', ...sent })).text()),
    /** The lines of a GET that streams. */
    items: async (path: string, sent?: Sent) =>
      lines(await (await get(path, { accept: 'application/jsonl', ...sent })).text()),
  }
}

export async function statusAndBody(response: Response) {
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

/** Every line parsed; a blank one in between would not be. */
export function lines(text: string): Line[] {
  if (text === '') return []
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

export const types = (events: readonly Line[]) => events.map((event) => event.type)

/** A clock that moves one millisecond each time it is looked at. */
export function clock(start = T0): () => number {
  let time = start
  return () => {
    time += 1
    return time
  }
}

/** A body that is read line by line, so that a test can stop in the middle. */
export function lineReader(response: Response) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let rest = ''
  return {
    async next(): Promise<Line | undefined> {
      while (!rest.includes('\n')) {
        const { done, value } = await reader.read()
        if (done) return undefined
        rest += decoder.decode(value, { stream: true })
      }
      const end = rest.indexOf('\n')
      const line = rest.slice(0, end)
      rest = rest.slice(end + 1)
      return JSON.parse(line) as Line
    },
    async until(type: string): Promise<Line> {
      for (;;) {
        const line = await this.next()
        if (line === undefined) throw new Error(`no ${type} in the stream`)
        if (line.type === type) return line
      }
    },
    cancel: () => reader.cancel(),
  }
}

/** Waits, by turns of the event loop, until something holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1000; turn += 1) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  throw new Error('it never came to hold')
}
