import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FetchHandler } from '../types.ts'

/** A handler in the words of `node:http`, Connect and Express. */
export type NodeListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Loads the adapter at its first use, so that nobody else has to install it. */
export async function toNodeListener(handler: FetchHandler): Promise<NodeListener> {
  const { getRequestListener } = await loadAdapter()
  // Our handlers use nothing of Node's Request that the adapter would make faster; the globals stay the host's.
  return getRequestListener((request) => handler.fetch(request), { overrideGlobalObjects: false })
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
