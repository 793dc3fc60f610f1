import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FetchHandler } from '../types.ts'
import { toNodeListener } from './adapter.ts'
import type { NodeListener } from './adapter.ts'

export interface NodeMiddlewareOptions {
  /** Which paths are the handler's; others are passed on. @default ['/api/v1', '/v1'] */
  basePaths?: readonly string[]
}

/** A middleware of Connect, Vite, Express or Storybook. */
export type NodeMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/** Mounts a handler in a Node server that has others beside it. Put it before anything that reads bodies. */
export function createNodeMiddleware(
  handler: FetchHandler,
  { basePaths = ['/api/v1', '/v1'] }: NodeMiddlewareOptions = {},
): NodeMiddleware {
  let listener: Promise<NodeListener> | undefined
  async function answer(...[request, response, next]: Parameters<NodeMiddleware>): Promise<void> {
    try {
      listener ??= toNodeListener(handler)
      const listen = await listener
      await listen(request, response)
    } catch (error) {
      next(error)
    }
  }
  return (request, response, next) => {
    // A host that mounts us below a path cuts it off; the handler wants the whole one.
    const url = 'originalUrl' in request ? String(request.originalUrl) : (request.url ?? '')
    if (!basePaths.some((base) => url.startsWith(`${base}/`))) return next()
    request.url = url
    void answer(request, response, next)
  }
}
