import { errorAnswer, jsonAnswer } from '../proxy/answer.ts'
import { OPERATIONS } from '../operations.ts'
import type { Operation } from '../operations.ts'
import { createConversationProxy } from '../proxy.ts'
import { isProxied } from '../proxy/route.ts'
import type { FetchHandler } from '../types.ts'

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|.+\.localhost)$/

const ALLOWED_HEADERS = 'Accept, Authorization, Content-Type, Idempotency-Key, X-Timezone'
const EXPOSED_HEADERS = 'Retry-After, X-Failure-Code, X-Request-Id'

export interface HostedOptions {
  secret: string
  /** The hosted API. @default 'https://api.chatbotkit.com' */
  baseUrl?: string
  /** The address it listens on: it may be called by this name too. */
  host: string
}

/**
 * The hosted service behind the same paths as the local server, for one developer on one machine. Everything is open, so
 * only pages of this machine may use it: any other that a browser shows could otherwise spend the secret.
 */
export function createHostedHandler({ secret, baseUrl, host }: HostedOptions): FetchHandler {
  const allow = (Object.keys(OPERATIONS) as Operation[]).filter(isProxied)
  const proxyAt = (basePath: string) =>
    createConversationProxy({
      secret,
      basePath,
      ...(baseUrl !== undefined && { baseUrl }),
      allow,
      authorize: () => true,
      transformBody: ({ body }) => body,
    })
  const [long, short] = [proxyAt('/api/v1'), proxyAt('/v1')]
  // Whoever listens on all addresses has opened it to the network on purpose.
  const isOpen = host === '0.0.0.0' || host === '::'
  const isOurs = (hostname: string) => isOpen || hostname === host || LOOPBACK.test(hostname)

  return {
    async fetch(request) {
      const url = new URL(request.url)
      const origin = request.headers.get('origin')
      // The name as well: a foreign name may be made to point here.
      if (!isOurs(url.hostname) || (origin !== null && !isOurs(hostnameOf(origin)))) {
        return errorAnswer(403, 'Only pages of this machine may use the proxy.')
      }
      const answered = request.method === 'OPTIONS' ? jsonAnswer({}) : await forward(url, request)
      return origin === null ? answered : withCors(answered, origin)
    },
  }

  function forward(url: URL, request: Request): Promise<Response> {
    return (url.pathname.startsWith('/v1/') ? short : long).fetch(request)
  }
}

function hostnameOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : ''
}

function withCors(response: Response, origin: string): Response {
  response.headers.set('access-control-allow-origin', origin)
  response.headers.set('access-control-allow-methods', 'GET,POST')
  response.headers.set('access-control-allow-headers', ALLOWED_HEADERS)
  response.headers.set('access-control-expose-headers', EXPOSED_HEADERS)
  response.headers.set('vary', 'Origin')
  return response
}
