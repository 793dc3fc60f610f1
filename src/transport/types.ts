import type {
  CompleteResult,
  ConversationCompleteMessageRequest,
  ConversationCompleteMessageResponse,
  ConversationCompleteRequest,
  ConversationContactUpsertRequest,
  ConversationContactUpsertResponse,
  ConversationCreateRequest,
  ConversationCreateResponse,
  ConversationFetchResponse,
  ConversationListRequest,
  ConversationListResponse,
  ConversationListStreamItem,
  ConversationReceiveMessageRequest,
  ConversationReceiveMessageResponse,
  ConversationReceiveMessageStreamResult,
  ConversationSendMessageRequest,
  ConversationSendMessageResponse,
  ConversationStreamEvent,
  ConversationUpdateRequest,
  Id,
  ItemEvent,
  Message,
  MessageCreateRequest,
  MessageCreateResponse,
  MessageInstance,
  MessageListRequest,
  MessageListResponse,
  MessageUpdateRequest,
  MessageUpdateResponse,
  SessionCreateRequest,
  SessionCreateResponse,
  VoteRequest,
} from '../protocol/index.ts'

/** The part of `fetch` that the client uses. It is always called with an absolute URL. */
export type FetchFunction = (input: string | URL, init?: RequestInit) => Promise<Response>

/** Why a token is asked for. */
export interface TokenContext {
  /** `initial`: there is none yet. `expired`: the last one ends within seconds. `unauthorized`: the server refused it with 401. */
  reason: 'initial' | 'expired' | 'unauthorized'
  /** The token that is to be replaced. */
  previous?: string
  /** The conversation of the call that asks, when it has one. */
  conversationId?: string
}

/** Headers for every call, or a function that is asked before each one. */
export type HeadersOption = Record<string, string> | (() => Record<string, string> | Promise<Record<string, string>>)

export interface ConversationClientOptions {
  /** The API secret. For servers only: in a browser the constructor throws, unless `dangerouslyAllowBrowser` is set. */
  secret?: string
  /** A session token, or a function that gets one. The function is asked once for all waiting calls, again ahead of expiry, and once more after a 401. */
  token?: string | ((context: TokenContext) => string | Promise<string>)
  /**
   * Where the API is. A path of its own replaces `/api/v1`: `/api/chat` calls `/api/chat/conversation/…`. A relative one belongs to the page.
   * @default 'https://api.chatbotkit.com'
   */
  baseUrl?: string | URL
  /** Replaces the host of `baseUrl`. */
  host?: string
  /** Replaces the protocol of `baseUrl`. */
  protocol?: 'http:' | 'https:'
  /**
   * Path template to another path or URL, which may hold the same placeholders:
   * `{ '/api/v1/conversation/{conversationId}/upvote': '/votes/{conversationId}' }`. Credentials never go to another origin.
   */
  endpoints?: Record<string, string>
  /** Act as this child user. */
  runAsUserId?: string
  /** Act as the child user with this address. */
  runAsChildUserEmail?: string
  /** An IANA name, for dates in a backstory. The hosted API refuses the header from browsers. */
  timezone?: string
  headers?: HeadersOption
  /** Milliseconds until the headers of a stream, or until the end of a plain call. 0 sets no limit. @default 30000 until headers, 60000 for a plain call */
  timeout?: number
  /** Longest silence inside a stream, in milliseconds; a `ping` ends a silence. 0 sets no limit. @default 60000 */
  idleTimeout?: number
  /** How often a failed call is tried again: a GET after a network error, 408, 429, 500, 502, 503 or 504; anything else only after 429. @default 3 */
  retries?: number
  /** The first wait between two tries, in milliseconds. It doubles, and each wait is a random part of it. `Retry-After` goes before. @default 250 */
  retryDelay?: number
  /** Whether a GET is tried again when it ran into its time limit. @default false */
  retryTimeout?: boolean
  /** @default the global `fetch` */
  fetch?: FetchFunction
  /** The same as `fetch`. */
  fetchFn?: FetchFunction
  /** Whether cookies go along, as in `fetch`. */
  credentials?: RequestCredentials
  /** Accept a secret in a browser, where everyone who opens the page can read it. @default false */
  dangerouslyAllowBrowser?: boolean
  /** Sets the query keys of two clients apart. @default 'default' */
  scope?: string
}

/** The name of the options in the reference documentation. */
export type ChatBotKitClientOptions = ConversationClientOptions

export interface ClientFetchOptions {
  /** @default 'POST' with a body, else 'GET' */
  method?: string
  headers?: Record<string, string>
  /** Objects become `key.member`, `null` and `undefined` are left out. */
  query?: Record<string, unknown>
  /** A JSON body. Wins over `buffer`, and that over `file`. */
  record?: Record<string, unknown>
  /** A body of raw bytes. */
  buffer?: ArrayBuffer
  /** A body of form data with this file in the field `file`. */
  file?: { name?: string; type?: string; data: string | ArrayBuffer }
  /** A call to somebody else: no credentials and none of the client's headers. */
  external?: boolean
  /** The key looked up in the client's `endpoints`. @default the path */
  endpoint?: string
  /** As in the client's options, for this call. */
  timeout?: number
  retries?: number
  retryDelay?: number
  retryTimeout?: boolean
  idleTimeout?: number
  fetchFn?: FetchFunction
  signal?: AbortSignal
}

/** The last argument of every call. */
export interface CallOptions {
  /** Ends the call at once, whatever it is doing. */
  signal?: AbortSignal
  /** As in the client's options, for this call. */
  timeout?: number
  idleTimeout?: number
  retries?: number
  /** The caller's own id for what is sent, as `Idempotency-Key`, by which a server knows a repeat. The hosted API refuses the header from browsers. */
  clientMessageId?: string
  headers?: Record<string, string>
}

export interface StreamOptions {
  signal?: AbortSignal
  /** The same as `signal`, by the name in the reference documentation. */
  abortSignal?: AbortSignal
}

/**
 * An answer that is asked for when somebody wants it. Awaiting it, as often as one likes, makes one request for the whole
 * answer; `stream()` makes one of its own and can be read once.
 */
export interface ResponsePromise<T, U> extends PromiseLike<T> {
  catch<R = never>(onRejected?: ((reason: unknown) => R | PromiseLike<R>) | null): Promise<T | R>
  finally(onFinally?: (() => void) | null): Promise<T>
  /** The answer as events, while they arrive. Leaving the loop closes the connection. */
  stream(options?: StreamOptions): AsyncGenerator<U, void, undefined>
  /** The answer, remembered by the client under this key. */
  cache(key?: string): Promise<T>
}

export interface ConversationMessageTransport {
  list(
    conversationId: string,
    request?: MessageListRequest,
    options?: CallOptions,
  ): ResponsePromise<MessageListResponse, ItemEvent<MessageInstance>>
  fetch(conversationId: string, messageId: string, options?: CallOptions): ResponsePromise<MessageInstance, never>
  create(conversationId: string, request: MessageCreateRequest, options?: CallOptions): Promise<MessageCreateResponse>
  update(
    conversationId: string,
    messageId: string,
    request: MessageUpdateRequest,
    options?: CallOptions,
  ): Promise<MessageUpdateResponse>
  delete(conversationId: string, messageId: string, options?: CallOptions): Promise<Id>
  upvote(conversationId: string, messageId: string, request: VoteRequest, options?: CallOptions): Promise<Id>
  downvote(conversationId: string, messageId: string, request: VoteRequest, options?: CallOptions): Promise<Id>
}

/** What the kit asks of a client. The official `new ChatBotKit({ secret }).conversation` fits as it is. */
export interface ConversationTransport {
  list(
    request?: ConversationListRequest,
    options?: CallOptions,
  ): ResponsePromise<ConversationListResponse, ConversationListStreamItem>
  fetch(conversationId: string, options?: CallOptions): ResponsePromise<ConversationFetchResponse, never>
  create(request: ConversationCreateRequest, options?: CallOptions): Promise<ConversationCreateResponse>
  update(conversationId: string, request: ConversationUpdateRequest, options?: CallOptions): Promise<Id>
  delete(conversationId: string, options?: CallOptions): Promise<Id>
  complete(
    conversationId: null,
    request: ConversationCompleteRequest & { messages: Message[] },
    options?: CallOptions,
  ): ResponsePromise<CompleteResult, ConversationStreamEvent>
  complete(
    conversationId: string,
    request: ConversationCompleteMessageRequest,
    options?: CallOptions,
  ): ResponsePromise<ConversationCompleteMessageResponse, ConversationStreamEvent>
  send(
    conversationId: string,
    request: ConversationSendMessageRequest,
    options?: CallOptions,
  ): ResponsePromise<ConversationSendMessageResponse, ConversationStreamEvent<ConversationSendMessageResponse>>
  receive(
    conversationId: string,
    request: ConversationReceiveMessageRequest,
    options?: CallOptions,
  ): ResponsePromise<
    ConversationReceiveMessageResponse,
    ConversationStreamEvent | Partial<ConversationReceiveMessageStreamResult>
  >
  upvote(conversationId: string, request?: VoteRequest, options?: CallOptions): Promise<Id>
  downvote(conversationId: string, request?: VoteRequest, options?: CallOptions): Promise<Id>
  upsertContact?(
    conversationId: string,
    request: ConversationContactUpsertRequest,
    options?: CallOptions,
  ): Promise<ConversationContactUpsertResponse>
  message: ConversationMessageTransport
  session: {
    create(conversationId: string, request: SessionCreateRequest, options?: CallOptions): Promise<SessionCreateResponse>
  }
  attachment?: object
}
