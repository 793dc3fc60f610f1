import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { toNodeListener } from './adapter.ts'
import { createLocalServer } from './local-server.ts'
import type { LocalServerOptions } from './local-server.ts'

/** How long answers that are being streamed may go on once the server is to stop. */
const DRAIN_MS = 10_000
/** How long a run that was cut off may take to store what it had said. */
const SETTLE_MS = 300
const IDLE_CHECK_MS = 50
const MAX_LOGGED_PATH = 200

export interface ServeOptions extends LocalServerOptions {
  /** 0 takes a free one. @default 8787 */
  port?: number
  /** @default '127.0.0.1', which only this machine reaches */
  host?: string
  /** Gets one line for each request, when it is over. @default nothing is logged */
  log?: (line: string) => void
}

export interface Serving {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  /** Sentences for people: where data is kept and who answers. */
  readonly about: readonly string[]
  /** Takes no more requests, lets running answers end for up to `drain` milliseconds (10 000 by default), and lets go of the data file. */
  close(drain?: number): Promise<void>
}

/**
 * Runs the local server, or the proxy to the hosted service, on a port of this machine.
 * @throws Error with one sentence when the port or the data file cannot be used, or a package is missing.
 */
export async function serve(options: ServeOptions = {}): Promise<Serving> {
  const { port = 8787, host = '127.0.0.1', log } = options
  const local = createLocalServer({ ...options, host })
  try {
    const listen = await toNodeListener(local)
    const server = createServer((request, response) => {
      if (log) logWhenOver(request, response, log)
      void listen(request, response)
    })
    await listening(server, port, host)
    const seeded = await local.ready
    return {
      url: urlOf(server, host),
      about: seeded === undefined ? local.about : [...local.about, seeded],
      close: onlyOnce(async (drain = DRAIN_MS) => stop(server, drain, () => local.close())),
    }
  } catch (error) {
    await local.close()
    throw error
  }
}

function onlyOnce(work: (drain?: number) => Promise<void>): (drain?: number) => Promise<void> {
  let done: Promise<void> | undefined
  return (drain) => (done ??= work(drain))
}

async function listening(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    throw new Error(whyNot(error, port, host), { cause: error })
  }
}

function whyNot(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EADDRINUSE') return `Port ${port} is in use. Stop what uses it, or choose another one with --port.`
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023 with --port.`
  return `The address ${host} cannot be listened on. Choose another one with --host.`
}

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : ''
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function stop(server: Server, drain: number, closeData: () => Promise<void>): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  // Connections that are kept alive become idle one after the other.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS)
  let cut = false
  const limit = setTimeout(() => {
    cut = true
    server.closeAllConnections()
  }, drain)
  await closed
  clearInterval(idle)
  clearTimeout(limit)
  if (cut) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  await closeData()
}

/** Method, path, status, duration and id. Never the query: it may hold what is nobody's business. */
function logWhenOver(request: IncomingMessage, response: ServerResponse, log: (line: string) => void): void {
  const begun = performance.now()
  const path = (request.url ?? '').split('?', 1)[0]!.slice(0, MAX_LOGGED_PATH)
  response.once('close', () => {
    const ms = Math.round(performance.now() - begun)
    // None when the caller was gone before there was an answer.
    const id = response.getHeader('x-request-id') ?? '-'
    const left = response.writableFinished ? '' : ' unfinished'
    log(`${request.method} ${path} ${response.statusCode} ${ms}ms ${String(id)}${left}`)
  })
}
