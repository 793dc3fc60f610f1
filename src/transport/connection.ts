import { chunkReader, drop, factsOf, readBlob, readError, readObject } from './answer.ts'
import type { RequestOptions } from './call.ts'
import { Credentials } from './credentials.ts'
import { ConversationError, badRequest } from './errors.ts'
import { Ledger } from './ledger.ts'
import { Life } from './life.ts'
import type { CallFacts } from './life.ts'
import { isBrowser, parseUrl } from './platform.ts'
import { retryWait } from './retry.ts'
import type { OpenStream } from './stream.ts'
import type { ConversationClientOptions, FetchFunction } from './types.ts'
import { resolveUrl, shownUrl } from './url.ts'

const HEADERS_TIMEOUT_MS = 30_000
const CALL_TIMEOUT_MS = 60_000
const IDLE_TIMEOUT_MS = 60_000
const RETRIES = 3
const RETRY_DELAY_MS = 250
const MAX_REDIRECTS = 5

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const LINES_ACCEPT = 'application/jsonl'
/** Types of answers that hold no events. The official server says `application/jsonl`; others may say nothing of use. */
const OTHER_TYPES = /^(text\/html|application\/(json|xml)|text\/xml)\b/i

const PRIVATE_MEMBERS = /^(text|backstory|email|phone|reason)$/

type Signals = readonly (AbortSignal | undefined)[]

/** A call with its address and body worked out. */
interface Prepared {
  url: URL
  trusted: boolean
  method: string
  body: string | ArrayBuffer | FormData | undefined
  contentType: string | undefined
  options: RequestOptions
  facts: CallFacts
  /** What no error may repeat. */
  private: string[]
}

/** One way to the API: where it is, who calls, how long to wait and how often to try. */
export class Connection {
  readonly #options: ConversationClientOptions
  readonly #credentials: Credentials
  /** The answers that `cache` remembers. */
  readonly cache = new Map<string, Promise<unknown>>()

  constructor(options: ConversationClientOptions) {
    this.#options = options
    this.#credentials = new Credentials(options)
  }

  /** Asks for a whole answer. */
  async fetch(path: string, options: RequestOptions): Promise<unknown> {
    const prepared = this.#prepare(path, options)
    const timeout = options.timeout ?? this.#options.timeout
    return await this.#retrying(prepared, [options.signal], async (life) => {
      life.limit(timeout ?? HEADERS_TIMEOUT_MS)
      const started = Date.now()
      const response = await this.#send(prepared, life)
      if (timeout === undefined) life.limit(CALL_TIMEOUT_MS - (Date.now() - started))
      const answer = await this.#read(response, prepared, life)
      life.close()
      return answer
    })
  }

  async #read(response: Response, { options, facts, private: words }: Prepared, life: Life): Promise<unknown> {
    if (response.status === 304 && options.notModified) return options.notModified
    if (!response.ok) throw await readError(response, life, facts, words)
    if (!options.external && !options.as) return await readObject(response, life, facts, words)
    const blob = await readBlob(response, life)
    return options.as ? blob : { headers: response.headers, data: await blob.arrayBuffer() }
  }

  /** Asks for a stream and gives it once its headers are here. */
  async open(path: string, options: RequestOptions, signals: Signals): Promise<OpenStream> {
    const prepared = this.#prepare(path, options)
    return await this.#retrying(prepared, [options.signal, ...signals], async (life) => {
      const timeout = options.timeout ?? this.#options.timeout
      life.limit(timeout ?? HEADERS_TIMEOUT_MS)
      const response = await this.#send(prepared, life, LINES_ACCEPT)
      // From here on silence is what is limited; an error's body has the time of a plain call.
      if (!response.ok) {
        life.limit(timeout ?? CALL_TIMEOUT_MS)
        throw await readError(response, life, prepared.facts, prepared.private)
      }
      const type = response.headers.get('content-type') ?? ''
      return {
        reader: chunkReader(response, life),
        life,
        facts: factsOf(response, prepared.facts),
        idleTimeout: options.idleTimeout ?? this.#options.idleTimeout ?? IDLE_TIMEOUT_MS,
        ledger: new Ledger(prepared.method === 'GET' ? 'items' : 'run', prepared.private),
        otherType: OTHER_TYPES.exec(type)?.[0],
      }
    })
  }

  #prepare(path: string, options: RequestOptions): Prepared {
    const { body, contentType } = bodyOf(options)
    const { url, trusted } = resolveUrl(this.#options, { path, ...options })
    const method = (options.method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase()
    const facts = { url: shownUrl(url), method }
    return { url, trusted, method, body, contentType, options, facts, private: privateWords(options.record) }
  }

  /** Makes a try, and others while a failure allows it. The life of the one that works is left to it. */
  async #retrying<R>(
    { method, options, facts }: Prepared,
    signals: Signals,
    attempt: (life: Life) => Promise<R>,
  ): Promise<R> {
    const policy = {
      method,
      retries: options.retries ?? this.#options.retries ?? RETRIES,
      retryDelay: options.retryDelay ?? this.#options.retryDelay ?? RETRY_DELAY_MS,
      retryTimeout: options.retryTimeout ?? this.#options.retryTimeout,
    }
    for (let tries = 1; ; tries++) {
      const life = new Life(signals, facts)
      try {
        life.check()
        return await attempt(life)
      } catch (cause) {
        life.close()
        const error = toError(cause, facts)
        const wait = retryWait(error, tries, policy)
        if (wait === undefined) throw error
        await new Life(signals, facts).sleep(wait)
      }
    }
  }

  /** Sends a call; once more with another token when the first one is refused. */
  async #send(prepared: Prepared, life: Life, accept?: string): Promise<Response> {
    const conversationId = prepared.options.params?.conversationId
    let token = prepared.trusted ? await this.#waitForToken(this.#credentials.get(conversationId), life) : undefined
    let asked = false
    for (;;) {
      if (token) prepared.private.push(token)
      const headers = await life.guard(this.#headers(prepared, token, accept))
      const response = await this.#follow(prepared, headers, life)
      if (response.status !== 401 || token === undefined || asked || !this.#credentials.renewable) return response
      drop(response.body)
      const next = await this.#waitForToken(this.#credentials.replace(token, conversationId), life)
      ;({ token, asked } = next)
    }
  }

  async #waitForToken<T>(token: Promise<T>, life: Life): Promise<T> {
    try {
      return await life.guard(token)
    } catch (error) {
      // A token function that hangs must not hang the calls to come.
      if (life.error?.code === 'TIMEOUT') this.#credentials.giveUp()
      throw error
    }
  }

  async #headers(
    { trusted, contentType, options }: Prepared,
    token: string | undefined,
    accept: string | undefined,
  ): Promise<Headers> {
    const headers = new Headers()
    try {
      if (!options.external) {
        const own = this.#options.headers
        setAll(headers, typeof own === 'function' ? await own() : own)
        // What the client is set up with must not turn a plain call into a stream.
        headers.set('accept', 'application/json')
        if (!trusted) headers.delete('authorization')
      }
      if (trusted) {
        const { runAsUserId, runAsChildUserEmail, timezone } = this.#options
        setAll(headers, {
          authorization: token && `Bearer ${token}`,
          'x-runas-user-id': runAsUserId,
          'x-runas-child-user-email': runAsChildUserEmail,
          'x-timezone': timezone,
        })
      }
      if (contentType) headers.set('content-type', contentType)
      setAll(headers, options.headers)
    } catch (error) {
      if (ConversationError.is(error)) throw error
      // Without the cause: it repeats the value, which may be a secret.
      throw badRequest('A header cannot be sent, or its function failed.')
    }
    if (accept) headers.set('accept', accept)
    return headers
  }

  /** Carries a call to where it belongs. A redirect is followed only within its origin, so that neither body nor token leaves it. */
  async #follow(prepared: Prepared, headers: Headers, life: Life): Promise<Response> {
    const { options, body, facts } = prepared
    const init: RequestInit = { method: prepared.method, headers, body, signal: life.signal, redirect: 'manual' }
    // Some servers' platforms refuse the member; only browsers have a cache.
    if (isBrowser()) init.cache = 'no-store'
    if (this.#options.credentials && !options.external) init.credentials = this.#options.credentials
    let { url } = prepared
    for (let hops = 0; ; hops++) {
      life.check()
      const response = await this.#fetch(url, init, life, options)
      const elsewhere =
        init.redirect === 'manual' && response.redirected && parseUrl(response.url)?.origin !== url.origin
      if (response.type !== 'opaqueredirect' && !REDIRECTS.has(response.status) && !elsewhere) return response
      drop(response.body)
      const target = locationOf(response, url)
      if (options.as === 'blob' && init.redirect === 'manual' && hops < MAX_REDIRECTS) {
        // A file may be kept anywhere. Where the target can be seen it gets a bare request; browsers drop the token themselves.
        if (target?.origin !== url.origin && target) init.headers = {}
        if (!target) init.redirect = 'follow'
        url = target ?? url
      } else if (
        target?.origin === url.origin &&
        hops < MAX_REDIRECTS &&
        (prepared.method === 'GET' || response.status >= 307)
      ) {
        url = target
      } else {
        throw new ConversationError({
          ...facts,
          code: 'REDIRECTED',
          status: response.status || undefined,
          message: 'The server redirects the call elsewhere. Check baseUrl.',
          retryable: false,
        })
      }
    }
  }

  async #fetch(url: URL, init: RequestInit, life: Life, options: RequestOptions): Promise<Response> {
    const { fetchFn, fetch } = this.#options
    const run: FetchFunction = options.fetchFn ?? fetchFn ?? fetch ?? options.platformFetch ?? globalThis.fetch
    const sent = (async () => await run(url.href, init))()
    return await life.guard(
      sent.then((response) => {
        // It came too late: nobody will read it.
        if (life.error) drop(response.body)
        return response
      }),
    )
  }
}

function bodyOf({ record, buffer, file }: RequestOptions): {
  body?: string | ArrayBuffer | FormData
  contentType?: string
} {
  if (record) return { body: toJson(record), contentType: 'application/json' }
  if (buffer) return { body: buffer, contentType: 'application/octet-stream' }
  if (!file) return {}
  const body = new FormData()
  body.append('file', new Blob([file.data], { type: file.type }), file.name)
  return { body }
}

function toJson(record: object): string {
  try {
    return JSON.stringify(record)
  } catch {
    throw badRequest('The request is no JSON.')
  }
}

/** Words of the caller that a server's message may repeat and that no error may show. */
function privateWords(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return PRIVATE_MEMBERS.test(key) && value.trim().length > 3 ? [value.trim()] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([member, inner]) => privateWords(inner, member))
}

function setAll(headers: Headers, values: Record<string, string | undefined> | undefined): void {
  for (const [name, value] of Object.entries(values ?? {})) if (value) headers.set(name, value)
}

function locationOf(response: Response, from: URL): URL | undefined {
  const location = response.headers.get('location')
  return location ? parseUrl(location, from) : undefined
}

function toError(cause: unknown, facts: CallFacts): ConversationError {
  if (ConversationError.is(cause)) return cause
  return new ConversationError({
    ...facts,
    code: 'NETWORK',
    message: 'The connection failed. Check the network, the address and CORS.',
    cause,
  })
}
