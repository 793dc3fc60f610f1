import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FetchHandler } from '../types.ts'

/** A handler in the words of `node:http`, Connect and Express. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Loads the adapter at its first use, so that nobody else has to install it. */
export async function toNodeListener(handler: FetchHandler): Promise<NodeListener> {
  const { getRequestListener } = await loadAdapter()
  // Our handlers use nothing of Node's Request that the adapter would make faster; the globals stay the host's.
  return getRequestListener(
    async (request, { outgoing }) => {
      const response = await handler.fetch(request)
      // Set, not only sent: what is only sent cannot be read again for the log.
      outgoing.setHeader('x-request-id', response.headers.get('x-request-id') ?? randomUUID())
      return breakQuietly(response, () => outgoing.destroy())
    },
    { overrideGlobalObjects: false },
  )
}

/**
 * A body that breaks breaks the connection, so that the reader can tell; the adapter would also print the error with its
 * stack, although what broke is the network and nothing here.
 */
function breakQuietly(response: Response, destroy: () => void): Response {
  if (!response.body) return response
  const reader = response.body.getReader()
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const part = await reader.read().catch(() => undefined)
        // Neither closed nor failed here: the adapter cancels it when the connection is gone.
        if (part === undefined) destroy()
        else if (part.done) controller.close()
        else controller.enqueue(part.value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, response)
}

async function loadAdapter() {
  try {
    return await import('@hono/node-server')
  } catch (error) {
    throw new Error(
      'The package @hono/node-server, which listens to HTTP, cannot be loaded. Run: npm install @hono/node-server',
      {
        cause: error,
      },
    )
  }
}
