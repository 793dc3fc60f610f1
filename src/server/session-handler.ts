import type { FetchHandler } from './types.ts'
import { errorAnswer, isResponse, jsonAnswer } from './proxy/answer.ts'
import { isJsonObject } from './proxy/body.ts'

const MIN_DURATION_S = 1800
const MAX_DURATION_S = 86_400

/** What is used of a client; `ConversationClient` and the official SDK's conversation client both fit. */
export interface SessionClient {
  create(request: Record<string, unknown>): PromiseLike<{ id: string }>
  session: {
    create(
      conversationId: string,
      request: { durationInSeconds?: number },
    ): PromiseLike<{ id: string; token: string; expiresAt: number }>
  }
}

export interface SessionHandlerOptions {
  /** A client with the API secret, on the server. */
  client: SessionClient
  /** How long a token lives, 1800…86400 seconds. @default 3600 */
  durationInSeconds?: number
  /** Who gets a token: for a conversation they own, or for a new one made with `create`. A Response is the answer, e.g. a 401. */
  authorize: (
    request: Request,
  ) =>
    | Promise<{ conversationId?: string; create?: object } | Response>
    | { conversationId?: string; create?: object }
    | Response
}

/**
 * Answers `POST` with `{ id, token, expiresAt }`: a short-lived token for one conversation (`id`), so that a browser may talk to the API itself.
 * Only to pages of the same site, as far as the browser tells (`Sec-Fetch-Site`).
 * @throws TypeError when `durationInSeconds` is out of bounds or `authorize` is missing.
 */
export function createSessionHandler(options: SessionHandlerOptions): FetchHandler {
  const { client, durationInSeconds = 3600, authorize } = options
  if (!(durationInSeconds >= MIN_DURATION_S && durationInSeconds <= MAX_DURATION_S)) {
    throw new TypeError(`createSessionHandler: durationInSeconds is ${MIN_DURATION_S} to ${MAX_DURATION_S}.`)
  }
  if (typeof authorize !== 'function') {
    throw new TypeError('createSessionHandler: authorize is missing. Say who gets a token; nothing is open by default.')
  }

  async function conversationFor(wish: { conversationId?: string; create?: object }): Promise<string> {
    if (wish.conversationId !== undefined) return wish.conversationId
    const { id } = await client.create({ ...wish.create })
    return id
  }

  return {
    async fetch(request) {
      if (request.method !== 'POST') {
        return errorAnswer(405, 'Use POST to get a session.', { headers: { allow: 'POST' } })
      }
      // A form on another site needs no preflight; its visitors must not make conversations here without knowing.
      if (request.headers.get('sec-fetch-site') === 'cross-site') {
        return errorAnswer(403, 'Sessions are given to pages of this site only.')
      }
      try {
        const wish = await authorize(request)
        if (isResponse(wish)) return wish
        if (!isJsonObject(wish)) return errorAnswer(403, 'This is not yours to use.')
        const { id, token, expiresAt } = await client.session.create(await conversationFor(wish), { durationInSeconds })
        return jsonAnswer({ id, token, expiresAt })
      } catch (error) {
        return failure(error)
      }
    },
  }
}

/** Only the kind of failure and the waiting time are passed on: a message may name what a visitor must not know. */
function failure(error: unknown): Response {
  const status = memberOf(error, 'status')
  const retryAfter = memberOf(error, 'retryAfter')
  if (status === 429) {
    const headers: Record<string, string> =
      typeof retryAfter === 'number' ? { 'retry-after': String(Math.ceil(retryAfter)) } : {}
    return errorAnswer(429, 'Too many sessions were asked for. Try again in a moment.', { headers })
  }
  if (status === 403 || status === 404) return errorAnswer(status, 'There is no such conversation for this session.')
  return errorAnswer(502, 'The chat service gave no session. Try again in a moment.')
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
