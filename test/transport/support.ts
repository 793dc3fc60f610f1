import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { ConversationError } from '../../src/transport/index.ts'

export interface Seen {
  method: string
  path: string
  headers: IncomingMessage['headers']
  body: string
}

/** A real server on a port of its own, closed after the test. `seen` is what it was asked, `open` the answers a client still holds on to. */
export async function serve(answer: (request: Seen, response: ServerResponse, count: number) => unknown) {
  const seen: Seen[] = []
  const open = new Set<ServerResponse>()
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    open.add(response)
    response.on('close', () => open.delete(response))
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const entry = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      }
      seen.push(entry)
      void answer(entry, response, seen.length)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => {
      server.close(resolve)
    })
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, open }
}

export function json(response: ServerResponse, body: unknown, status = 200, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

export const lines = (...events: unknown[]) => events.map((event) => `${JSON.stringify(event)}\n`).join('')
export const token = (text: string) => ({ type: 'token', data: { token: text } })
export const RESULT = { type: 'result', data: { id: 'm2', text: 'Hi', usage: { token: 1 }, end: { reason: 'stop' } } }

/** An answer made here, without a network. The body is sent as it is. */
export function reply(body: BodyInit | null, status = 200, headers: Record<string, string> = {}) {
  return new Response(body, { status, headers: { 'content-type': 'application/jsonl', ...headers } })
}

/** A body that is written by hand, and that says when nobody reads it any more. */
export function openBody() {
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = {
    cancelled: false,
    stream: new ReadableStream<Uint8Array>({
      start(given) {
        controller = given
      },
      cancel() {
        body.cancelled = true
      },
    }),
    write: (text: string) => controller.enqueue(new TextEncoder().encode(text)),
    close: () => controller.close(),
    fail: (error: unknown) => controller.error(error),
  }
  return body
}

/** What a stream gave, and how it ended. */
export async function drain<T>(stream: AsyncIterable<T>) {
  const events: T[] = []
  try {
    for await (const event of stream) events.push(event)
    return { events, error: undefined }
  } catch (error) {
    if (!ConversationError.is(error)) throw error
    return { events, error }
  }
}

/** The error of a call that has to fail. */
export async function failure(call: PromiseLike<unknown>): Promise<ConversationError> {
  const outcome = await Promise.resolve(call).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if (!('error' in outcome) || !ConversationError.is(outcome.error))
    throw new Error(`expected a ConversationError, got ${JSON.stringify(outcome)}`)
  return outcome.error
}

/** A signal that counts who listens to it. */
export function countedSignal() {
  const controller = new AbortController()
  const { signal } = controller
  const counted = { signal, abort: (reason?: unknown) => controller.abort(reason), listeners: 0 }
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    counted.listeners++
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    counted.listeners--
    remove(...args)
  }
  return counted
}
