import type { FetchHandler, Operation } from './types.ts'
import { errorAnswer, isResponse, relayAnswer } from './proxy/answer.ts'
import { forceMeta, isJsonObject, pickListParameters, pickPassedMembers, readJsonObject } from './proxy/body.ts'
import type { JsonObject } from './proxy/body.ts'
import { isProxied, matchRoute } from './proxy/route.ts'
import { FIRST_BYTE_TIMEOUT_MS, upstreamHeaders, upstreamRoot } from './proxy/upstream.ts'

/** Lists of what belongs to somebody. */
const FILTERED_BY_META = new Set<Operation>([
  'conversation.list',
  'conversation.export',
  'contact.list',
  'contact.conversations',
])

/** What makes something that then belongs to somebody. */
const MARKED_BY_META = new Set<Operation>(['conversation.create', 'contact.create', 'contact.ensure', 'contact.upsert'])

export interface ProxyAuthorizeContext {
  /** The visitor's request, with cookies and headers. Its body is in `body`. */
  request: Request
  operation: Operation
  /** The conversation the request is about; absent for lists, creation and stateless completion. */
  conversationId?: string
  /** The visitor's JSON body as it came; `undefined` for reads. */
  body: unknown
}

/** What the host adds to a request it lets through. */
export interface ProxyGrant {
  /** Acts as this child user of the account. Not empty. */
  runAsUserId?: string
  /** Written into the meta of what is created or updated, and a filter on conversation lists: the mark of who owns it. No key or value is empty. */
  meta?: Record<string, string>
}

export interface ConversationProxyOptions {
  /** The API secret. It goes to the API only. */
  secret: string
  /** Where the proxy is mounted. @default '/api/v1' */
  basePath?: string
  /** The API to call. @default 'https://api.chatbotkit.com' */
  baseUrl?: string
  /** @default the global fetch */
  fetch?: (input: string, init: RequestInit) => Promise<Response>
  /** What visitors may do. Nothing is open that is not named here. */
  allow: readonly Operation[]
  /** Who may: `true`, or what to add; `false` is a 403; a Response is the answer. */
  authorize: (
    context: ProxyAuthorizeContext,
  ) => boolean | Response | ProxyGrant | Promise<boolean | Response | ProxyGrant>
  /** The body to send in place of the visitor's. Without it only `text`, `entities`, `name`, `meta`, `value` and `reason` pass. */
  transformBody?: (context: ProxyAuthorizeContext) => unknown
}

/**
 * A door to the conversation API for one's own backend: adds the secret, lets through only what is allowed, streams without
 * buffering, and stops the run when the visitor leaves. Cookies and credentials of the visitor stay here.
 * @throws TypeError when the secret is empty, `authorize` is missing or `allow` names an operation that does not exist.
 */
export function createConversationProxy(options: ConversationProxyOptions): FetchHandler {
  assertOptions(options)
  const allowed = new Set<Operation>(options.allow)
  const base = `/${(options.basePath ?? '/api/v1').replace(/^\/+|\/+$/g, '')}/`
  const root = upstreamRoot(options.baseUrl)

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const route = url.pathname.startsWith(base)
      ? matchRoute(request.method, url.pathname.slice(base.length))
      : ({ kind: 'unknown' } as const)
    if (route.kind === 'unknown') return errorAnswer(404, 'There is no such operation.')
    if (route.kind === 'method') {
      return errorAnswer(405, `Use ${route.allow} for this operation.`, { headers: { allow: route.allow } })
    }
    if (!allowed.has(route.operation)) return errorAnswer(403, `The operation ${route.operation} is not open here.`)

    const read = route.method === 'POST' ? await readBody(request) : undefined
    if (read instanceof Response) return read
    const context: ProxyAuthorizeContext = {
      request,
      operation: route.operation,
      ...(route.conversationId === undefined ? {} : { conversationId: route.conversationId }),
      body: read,
    }
    const verdict = await options.authorize(context)
    if (isResponse(verdict)) return verdict
    if (verdict !== true && !isJsonObject(verdict)) return errorAnswer(403, 'This is not yours to use.')
    const grant: ProxyGrant = verdict === true ? {} : verdict
    if (!isWhole(grant)) {
      return errorAnswer(500, 'authorize gave an empty user or meta value, which would open what belongs to others.')
    }

    const query =
      route.method === 'GET'
        ? pickListParameters(url.searchParams, FILTERED_BY_META.has(route.operation) ? grant.meta : undefined)
        : new URLSearchParams()
    const search = query.size > 0 ? `?${query}` : ''
    const body = read && (await bodyToSend(context, read, grant))
    return call(request, `${root}/${route.path}${search}`, body, grant)
  }

  async function bodyToSend(context: ProxyAuthorizeContext, read: JsonObject, grant: ProxyGrant): Promise<JsonObject> {
    const made = options.transformBody ? await options.transformBody(context) : pickPassedMembers(read)
    if (!isJsonObject(made)) throw new TypeError('createConversationProxy: transformBody has to return an object.')
    const { operation } = context
    // An update without meta leaves the stored one as it is.
    const isUpdate = operation.endsWith('.update')
    const marked = MARKED_BY_META.has(operation) || (isUpdate && 'meta' in made)
    return grant.meta && marked ? forceMeta(made, grant.meta, isUpdate) : made
  }

  async function call(
    request: Request,
    url: string,
    body: JsonObject | undefined,
    grant: ProxyGrant,
  ): Promise<Response> {
    const stop = new AbortController()
    const onAbort = () => stop.abort(request.signal.reason)
    if (request.signal.aborted) onAbort()
    else request.signal.addEventListener('abort', onAbort, { once: true })
    const slow = new Error('slow')
    const timer = setTimeout(() => stop.abort(slow), FIRST_BYTE_TIMEOUT_MS)
    try {
      const upstream = await (options.fetch ?? globalThis.fetch)(url, {
        method: request.method,
        headers: upstreamHeaders(request, options.secret, grant.runAsUserId),
        redirect: 'manual',
        signal: stop.signal,
        ...(body && { body: JSON.stringify(body) }),
      })
      return await relayAnswer(upstream, options.secret, stop.signal)
    } catch {
      // The reason may quote headers or addresses, so none of it is passed on.
      return stop.signal.reason === slow
        ? errorAnswer(504, 'The chat service took too long to answer. Try again in a moment.')
        : errorAnswer(502, 'The chat service could not be reached. Try again in a moment.')
    } finally {
      clearTimeout(timer)
    }
  }

  return {
    async fetch(request) {
      try {
        return await handle(request)
      } catch {
        return errorAnswer(500, 'This server could not handle the request.')
      }
    },
  }
}

/** The API ignores an empty filter and an empty user: who is not known must not get to see everything. */
function isWhole(grant: ProxyGrant): boolean {
  const isGiven = (value: unknown) => typeof value === 'string' && value.trim() !== ''
  if ('runAsUserId' in grant && !isGiven(grant.runAsUserId)) return false
  return !('meta' in grant) || (isJsonObject(grant.meta) && Object.entries(grant.meta).flat().every(isGiven))
}

async function readBody(request: Request): Promise<JsonObject | Response> {
  // Also what keeps a form on another site from posting with the visitor's cookies: this type needs a preflight.
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
  if (type !== 'application/json') return errorAnswer(400, 'Send the body as application/json.')
  const read = await readJsonObject(request)
  if (read.kind === 'large') return errorAnswer(413, 'The body is too large.')
  return read.kind === 'ok' ? read.body : errorAnswer(400, 'The body is not a JSON object.')
}

function assertOptions({ secret, allow, authorize }: ConversationProxyOptions): void {
  if (typeof secret !== 'string' || secret.trim() === '') {
    throw new TypeError(
      'createConversationProxy: secret is empty. Give the API secret, for example from CHATBOTKIT_API_SECRET.',
    )
  }
  if (!Array.isArray(allow)) {
    throw new TypeError('createConversationProxy: allow is missing. List the operations that visitors may use.')
  }
  const unknown = allow.find((operation) => !isProxied(operation))
  if (unknown !== undefined) {
    throw new TypeError(
      `createConversationProxy: allow names an operation that the proxy does not know, ${JSON.stringify(unknown)}.`,
    )
  }
  if (typeof authorize !== 'function') {
    throw new TypeError(
      'createConversationProxy: authorize is missing. Say who may use the proxy; nothing is open by default.',
    )
  }
}
