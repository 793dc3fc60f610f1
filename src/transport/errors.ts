import { STATUS_CODES } from '../protocol/index.ts'

/** The codes of the kit and of the API. Servers may send others. */
export type ConversationErrorCode =
  | (typeof STATUS_CODES)[keyof typeof STATUS_CODES]
  /** No connection, or it broke before an answer. */
  | 'NETWORK'
  /** A time limit passed, on either side. */
  | 'TIMEOUT'
  /** The caller ended it. */
  | 'ABORTED'
  /** Something is under way that has to end first. */
  | 'BUSY'
  /** An answer that is not what the API sends. */
  | 'BAD_RESPONSE'
  /** The server sends the call somewhere else, where it must not go. */
  | 'REDIRECTED'
  /** A line of a stream is not a JSON object. */
  | 'STREAM_PARSE'
  /** A stream ended before its result. */
  | 'STREAM_INTERRUPTED'
  /** The server reported a failure inside a stream, without a code. */
  | 'STREAM_ERROR'
  /** A stream was asked for its events a second time. */
  | 'STREAM_CONSUMED'
  | (string & {})

/** The facts of an error. */
export interface ConversationErrorInit {
  code: ConversationErrorCode
  message: string
  /** The HTTP status, when there was an answer. */
  status?: number
  /** Where the call went, without its query. */
  url?: string
  method?: string
  /** The server's `x-request-id`. */
  requestId?: string
  /** Seconds the server asks to wait. */
  retryAfter?: number
  /** @default by code and status */
  retryable?: boolean
  /** The text of the reply received before a stream broke. */
  partial?: string
  cause?: unknown
}

const BRAND = Symbol.for('conversation-kit.error')

/** A call that the client refuses to make. */
export function badRequest(message: string): ConversationError {
  return new ConversationError({ code: 'BAD_REQUEST', message: `${message} Nothing was sent.`, retryable: false })
}

/** Statuses after which the same call may work later. */
export const RETRYABLE_STATUSES: readonly (number | undefined)[] = [408, 429, 500, 502, 503, 504]

/** Everything that can go wrong with a call. The message never holds a token, a secret or what somebody wrote. */
export class ConversationError extends Error {
  readonly code: ConversationErrorCode
  // Declared, not defined: what is not known is not there.
  /** The HTTP status, when there was an answer. */
  declare readonly status?: number
  /** Where the call went, without its query. */
  declare readonly url?: string
  declare readonly method?: string
  /** The server's `x-request-id`. */
  declare readonly requestId?: string
  /** Seconds the server asks to wait. */
  declare readonly retryAfter?: number
  /** Whether the same call may work later. */
  readonly retryable: boolean
  /** The text of the reply received before a stream broke. */
  declare readonly partial?: string

  constructor({ code, message, cause, retryable, ...facts }: ConversationErrorInit) {
    super(message, cause === undefined ? undefined : { cause })
    // What the platform calls an abort, so that code written for `fetch` knows it.
    this.name = code === 'ABORTED' ? 'AbortError' : 'ConversationError'
    this.code = code
    Object.assign(this, facts)
    this.retryable = retryable ?? (/^(NETWORK|TIMEOUT|STREAM_)/.test(code) || RETRYABLE_STATUSES.includes(facts.status))
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** Whether it is one of ours, even from another copy of the package. */
  static is(value: unknown): value is ConversationError {
    return typeof value === 'object' && value !== null && BRAND in value
  }
}
