import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

/** One request as it reached the server. */
export interface Exchange {
  method: string
  /** Path and query, as they were sent. */
  path: string
  headers: IncomingHttpHeaders
  body: string
  socket: Socket
  response: ServerResponse
  /** Whether the connection is closed, or free again because the whole answer was taken. */
  released(): boolean
}

/** What the server does with one request. */
export type Script = (exchange: Exchange) => unknown

/** Bytes to send, or something to do. A step that answers `STOP` is the last one: the response stays as it is. */
export type Step = string | Uint8Array | ((exchange: Exchange) => unknown)
const STOP = Symbol('stop')

export interface FaultServer {
  url: string
  exchanges: Exchange[]
  close(): Promise<void>
}

/** A real HTTP server on a free port. The nth request gets the nth script; the last one repeats. */
export async function openFaultServer(...scripts: Script[]): Promise<FaultServer> {
  const exchanges: Exchange[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    // A request that breaks off is the client's doing and is seen by `released`.
    request.on('error', () => undefined)
    response.on('error', () => undefined)
    request.on('end', () => {
      const exchange: Exchange = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        socket: request.socket,
        response,
        released: () => request.socket.destroyed || response.writableFinished,
      }
      const script = scripts[Math.min(exchanges.length, scripts.length - 1)]
      exchanges.push(exchange)
      request.socket.setNoDelay(true)
      void Promise.resolve(script?.(exchange))
    })
  })
  server.on('clientError', (_error, socket) => socket.destroy())
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

// --- steps ---------------------------------------------------------------------------------------------------------

export const pause =
  (ms: number): Step =>
  () =>
    new Promise((resolve) => setTimeout(resolve, ms))

/** Closes the connection in the middle of the answer. What was sent before has time to arrive. */
export const cut: Step = async ({ socket }) => {
  await new Promise((resolve) => setTimeout(resolve, 20))
  socket.destroy()
  return STOP
}

/** The same, as a crashed machine does it. */
export const reset: Step = async ({ socket }) => {
  await new Promise((resolve) => setTimeout(resolve, 40))
  socket.resetAndDestroy()
  return STOP
}

/** Ends the connection politely but leaves the answer without its end. */
export const hangUp: Step = ({ socket }) => {
  socket.end()
  return STOP
}

/** Says nothing more and keeps the line open. */
export const stall: Step = () => STOP

/** Bytes past the HTTP layer: a broken head, a broken chunk. */
export const raw =
  (text: string): Step =>
  ({ socket }) => {
    socket.write(text)
  }

/** Writes one piece every `everyMs`, `times` times, as long as somebody listens. */
export const drip =
  (piece: string, everyMs: number, times: number): Step =>
  async ({ response, socket }) => {
    for (let n = 0; n < times && !socket.destroyed; n++) {
      await new Promise((resolve) => setTimeout(resolve, everyMs))
      response.write(piece)
    }
  }

// --- scripts -------------------------------------------------------------------------------------------------------

async function play(exchange: Exchange, steps: Step[]): Promise<void> {
  for (const step of steps) {
    if (exchange.socket.destroyed) {
      return
    }
    if (typeof step === 'function') {
      if ((await step(exchange)) === STOP) {
        return
      }
    } else {
      exchange.response.write(step)
    }
  }
  exchange.response.end()
}

/** Only steps: whatever HTTP there is, they say it themselves. */
export const wire =
  (...steps: Step[]): Script =>
  async (exchange) => {
    for (const step of steps) {
      if (typeof step !== 'function' || (await step(exchange)) === STOP) {
        return
      }
    }
  }

/** A head, then the steps; the answer is ended properly unless a step stops it. */
export const answer =
  (status: number, headers: Record<string, string | number>, ...steps: Step[]): Script =>
  (exchange) => {
    exchange.response.writeHead(status, headers)
    exchange.response.flushHeaders()
    return play(exchange, steps)
  }

/** A stream, as the API sends it. */
export const jsonl = (...steps: Step[]): Script => answer(200, { 'content-type': 'application/jsonl' }, ...steps)

/** One JSON body. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Script =>
  answer(status, { 'content-type': 'application/json', ...headers }, JSON.stringify(body))

/** A body of any type. */
export const text = (status: number, type: string, body: string | Uint8Array): Script =>
  answer(status, { 'content-type': type }, body)

// --- lines ---------------------------------------------------------------------------------------------------------

export const line = (value: unknown): string => `${JSON.stringify(value)}\n`
export const token = (piece: string): string => line({ type: 'token', data: { type: 'bot', token: piece } })
export const ping = line({ type: 'ping', data: {} })
export const result = (words: string): string =>
  line({ type: 'result', data: { id: 'm2', text: words, usage: { token: 1 }, end: { reason: 'stop' } } })
export const errorLine = (data?: unknown): string => line({ type: 'error', data })
