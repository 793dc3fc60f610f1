import type {
  ConversationInstance,
  ConversationStreamEvent,
  FunctionDefinition,
  Message,
  MessageInstance,
} from '../protocol/index.ts'
import type { Operation } from './operations.ts'
import type { SeedOptions } from './seed/options.ts'

export type { Operation } from './operations.ts'
export type { SeedOptions } from './seed/options.ts'

/** What every server of this room is: a `Request` in, a `Response` out. Mounts in Hono, Next, Bun, Deno, Workers, Node by an adapter. */
export interface FetchHandler {
  fetch: (request: Request) => Promise<Response>
}

/** What a reply function knows. */
export interface ReplyContext {
  /** The stored conversation; `null` in a stateless run. Its `backstory` and `model` are those of the request there: see `settings`. */
  conversation: ConversationInstance | null
  /** The options that hold for this run: of the conversation, or of the stateless request. */
  settings: { backstory?: string | null; model?: string | null; botId?: string | null }
  /**
   * The history in order, from the newest checkpoint on, the new user message last. Live: what this run produces is
   * appended, so that after yielding an `activity` request the answer of the function is its last element.
   */
  messages: Message[]
  /** The newest user message, `''` when there is none. */
  text: string
  /** The functions of the request. Yield an `activity` request message to call one. */
  functions: readonly FunctionDefinition[]
  /** Aborted when the reader has gone. */
  signal: AbortSignal
  /** Waits `ms` milliseconds; rejects with the signal's reason when the run is aborted. */
  sleep: (ms: number) => Promise<void>
}

/**
 * What the server answers. A text is split into words and streamed; a list is streamed element by element; strings are tokens,
 * objects are sent as they are. A `message` of type `activity` that requests a function of the request is carried out by
 * the server. A `usage` event is counted, not sent; a `result` event sets usage and the reason of the end.
 */
export type Reply =
  | string
  | readonly string[]
  | readonly ConversationStreamEvent[]
  | AsyncIterable<string | ConversationStreamEvent>

export type ReplyFunction = (context: ReplyContext) => Reply | Promise<Reply>

/** A conversation to begin with. What is left out gets a default. */
export type SeedConversation = Partial<ConversationInstance> & {
  messages?: readonly (Partial<MessageInstance> & Message)[]
}

export interface ConversationServerOptions {
  /** Conversations to begin with, also after `reset()`. One whose id is stored already is left as it is. */
  conversations?: readonly SeedConversation[]
  /**
   * Begins with so many made-up conversations, as a support desk has them: people, votes, files, several languages, the last
   * 90 days. The same number gives the same ones, counted back from `now`. Only a storage that is empty gets them, all or
   * none. Requests wait for them; so does `ready`.
   * @default none
   */
  seed?: number | SeedOptions
  /** What the server answers. @default the user's text, word by word */
  reply?: Reply | ReplyFunction
  /** Milliseconds before each token of a text or list reply, or a range to choose from. Async replies pace themselves with `sleep`. @default 0 */
  tokenDelay?: number | readonly [min: number, max: number]
  /** Milliseconds before each answer. @default 0 */
  latency?: number
  /** Items a page at most, and when `take` is not given. @default 100 */
  pageSize?: number
  /**
   * `open`: any or no token is the one local account. With `secrets` only they get in, each one an account of its own; the
   * first is the local account, which owns the seeds. Session tokens are checked either way.
   * @default 'open'
   */
  auth?: 'open' | { secrets: readonly string[] }
  /** What a session token may do: what the hosted API allows, or also fetch its conversation and list, fetch and create its messages. @default 'strict' */
  sessionRights?: 'strict' | 'wide'
  /**
   * Milliseconds in which a second vote on the same thing, in either direction, is accepted but changes nothing. 0 lets
   * readers change their mind at once.
   * @default 3_600_000
   */
  voteWindow?: number
  /** Where the API is mounted. @default both '/api/v1' and '/v1' */
  basePath?: string
  /** Epoch milliseconds. @default Date.now */
  now?: () => number
  /** Ids of stored things. @default 25 characters, sortable by time */
  generateId?: (kind: 'conversation' | 'message' | 'session') => string
  /** Whether answers may be read from other origins. @default true */
  cors?: boolean
  /** Milliseconds between the `ping` lines of a completion. @default 10_000 */
  pingInterval?: number
  /** Loads an attachment given by its address. @default the global fetch, `https:` only, no private addresses */
  fetch?: (url: string, init?: RequestInit) => Promise<Response>
}

/** A reply written by hand: each method resolves once the reader has been handed what it wrote. */
export interface ManualReply {
  event(event: ConversationStreamEvent): Promise<void>
  token(token: string): Promise<void>
  /** Ends the reply: the message is stored, the result sent. */
  end(): Promise<void>
  /** The model fails: an `error` line, then the result. */
  fail(message: string): Promise<void>
  /** The connection breaks: the body ends with a network error. */
  cut(): Promise<void>
}

/** One request as the server saw it. */
export interface RecordedRequest {
  operation: Operation
  method: string
  url: string
  /** The ids in the path. */
  params: Record<string, string>
  /** The parsed JSON body; `undefined` when there was none, or one of more than 100,000 characters. */
  // eslint-disable-next-line typescript/no-explicit-any -- tests read into it
  body: any
  headers: Headers
  /** Whether the caller went away before the answer was complete. */
  aborted: boolean
}

export interface FailureOptions {
  status: number
  code?: string
  message?: string
  /** How many requests fail. @default 1 */
  times?: number
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number
}

export interface RecordedVote {
  conversationId: string
  messageId?: string
  value: number
  reason?: string
}

/** The local API, and the handles a test or a story moves it by. */
export interface ConversationServer extends FetchHandler {
  /**
   * Resolves when all that the server begins with is stored, with how many conversations `seed` brought: 0 when something was
   * stored already. Rejects with what went wrong.
   */
  readonly ready: Promise<{ seeded: number }>
  /** The last 1000 requests that met a route, oldest first. */
  readonly requests: readonly RecordedRequest[]
  /** The last 1000 votes that counted, oldest first. */
  readonly votes: readonly RecordedVote[]
  /** Answers with this from the next run on; `undefined` is the default again. */
  reply(next: ConversationServerOptions['reply']): void
  /** The next run says what the returned handle says, and nothing by itself. */
  holdReply(): ManualReply
  /** The next requests of an operation fail. */
  fail(operation: Operation, error: FailureOptions): void
  /** The network is gone: requests reject with a `TypeError` and running answers break, until `offline(false)`. */
  offline(on?: boolean): void
  /** Every session token given so far has expired. Needs a storage with `controls`. */
  expireSessions(): void
  /** Stores a conversation and its messages. */
  add(conversation: SeedConversation): ConversationInstance
  /** All that is stored, as the API would answer it. Needs a storage with `controls`. */
  snapshot(): { conversations: ConversationInstance[]; messages: Record<string, MessageInstance[]> }
  /** Back to how it began: seeds, reply, no requests, votes, failures. Needs a storage with `controls`. */
  reset(): void
}
