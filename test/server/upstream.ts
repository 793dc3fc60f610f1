import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { once } from 'node:events'

export interface SeenRequest {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** A real HTTP server on this machine that answers as the test says and keeps what it was asked. */
export async function startUpstream(
  answer: (response: ServerResponse, request: SeenRequest) => void | Promise<void>,
): Promise<{ url: string; seen: SeenRequest[]; closed: () => number; close: () => Promise<void> }> {
  const seen: SeenRequest[] = []
  let closedEarly = 0
  async function handle(request: IncomingMessage, response: ServerResponse) {
    response.on('close', () => {
      if (!response.writableFinished) closedEarly += 1
    })
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const record = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body }
    seen.push(record)
    await answer(response, record)
  }
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    closed: () => closedEarly,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function answerJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

/** Waits until something has become true. */
export async function until(check: () => boolean, ms = 3000): Promise<void> {
  const end = Date.now() + ms
  while (!check()) {
    if (Date.now() > end) throw new Error('It did not become true in time.')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
