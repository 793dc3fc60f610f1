import { Connection } from './connection.ts'
import type { RequestOptions } from './call.ts'
import { LazyResponse } from './response-promise.ts'
import type { ClientFetchOptions, ConversationClientOptions, ResponsePromise } from './types.ts'

/** The base of every client: an address, credentials, and one way to call. */
export class ChatBotKitClient {
  readonly #options: ConversationClientOptions
  readonly #connection: Connection
  /** Sets the query keys of two clients apart. */
  readonly scope: string

  /** Takes options, or another client to share its connection and tokens. Nothing is sent before the first call. */
  constructor(options: ConversationClientOptions | ChatBotKitClient = {}) {
    const shared = options instanceof ChatBotKitClient
    this.#options = shared ? options.#options : options
    this.#connection = shared ? options.#connection : new Connection(options)
    this.scope = options.scope ?? 'default'
  }

  /** A client like this one with some options changed; `endpoints` and `headers` are added to. */
  extend(options: Partial<ConversationClientOptions>): this {
    const { endpoints, headers } = this.#options
    const Client = this.constructor as new (options: ConversationClientOptions) => this
    return new Client({
      ...this.#options,
      ...options,
      endpoints: { ...endpoints, ...options.endpoints },
      headers:
        typeof headers === 'function' || typeof options.headers === 'function'
          ? async () => ({ ...(await valueOf(headers)), ...(await valueOf(options.headers)) })
          : { ...headers, ...options.headers },
    })
  }

  /** Calls any path of the API with the client's address, credentials, limits and errors. */
  clientFetch<T, U = never>(path: string, options?: ClientFetchOptions): ResponsePromise<T, U>
  clientFetch<T, U = never>(path: string, options: RequestOptions = {}): ResponsePromise<T, U> {
    return new LazyResponse<T, U>(this.#connection, path, options)
  }
}

const valueOf = (headers: ConversationClientOptions['headers']) => (typeof headers === 'function' ? headers() : headers)
