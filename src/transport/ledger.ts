import { STATUS_CODES } from '../protocol/index.ts'
import type { LineFailure } from '../protocol/index.ts'
import { errorBody } from './answer.ts'
import { ConversationError, RETRYABLE_STATUSES } from './errors.ts'
import { clean, isCode } from './foreign.ts'
import type { ConversationErrorInit } from './errors.ts'

/** What a stream has said so far: its text, whether it is whole, and the failure it reported. */
export class Ledger {
  readonly #raw: boolean
  readonly #endsWithResult: boolean
  readonly #private: readonly string[]
  #finished = ''
  #open = ''
  /** Whether the text is kept. A reader who keeps it anyway need not pay for it twice. */
  keepsText = true
  #result = false
  #failure: { code: string; message: string; retryable: boolean } | undefined

  /**
   * @param kind what is streamed: lines that mean nothing here, the items of a list, or a run, which ends with a result
   * @param words what no error may repeat
   */
  constructor(kind: 'lines' | 'items' | 'run', words: readonly string[] = []) {
    this.#raw = kind === 'lines'
    this.#endsWithResult = kind === 'run'
    this.#private = words
  }

  /** The text of the reply received so far. */
  get partial(): string {
    return this.#finished + this.#open
  }

  /** Whether nothing more is needed: the result is here, or a failure. */
  get settled(): boolean {
    return this.#result || this.#failure !== undefined
  }

  /** Whether the stream has reported a failure. */
  get reported(): boolean {
    return this.#failure !== undefined
  }

  /** Notes events and gives those that are for the reader. Reported failures are kept back; `end` tells them. */
  take<U>(events: U[]): U[] {
    if (this.#raw) return events
    const { keepsText } = this
    let failed = false
    for (const event of events as Event[]) {
      if (event.type === 'token' && !keepsText) continue
      if (this.#note(event)) failed = true
    }
    return failed ? events.filter((event) => !isFailure(event as Event)) : events
  }

  /** What is wrong with a stream that ended like this, if anything. */
  end(facts: Partial<ConversationErrorInit>, failure?: LineFailure, cause?: unknown): ConversationError | undefined {
    const partial = this.partial
    if (this.#failure) return new ConversationError({ ...facts, ...this.#failure, partial })
    if (this.#result) return undefined
    if (!failure && cause === undefined && !this.#endsWithResult) return undefined
    const code = failure ? 'STREAM_PARSE' : 'STREAM_INTERRUPTED'
    const message = `${failure?.message ?? 'The answer broke off.'} What came before was kept.`
    return new ConversationError({ ...facts, code, message, cause, partial })
  }

  /** Whether the event is a failure. */
  #note(event: Event): boolean {
    const { data } = event
    switch (event.type) {
      case 'item':
        return false
      case 'token':
        if (typeof data?.token === 'string') this.#open += data.token
        return false
      case 'message':
        // A bot message repeats its tokens. On a channel, the event is inside.
        if (data?.type === 'bot' && typeof data.text === 'string') {
          this.#finished += data.text
          this.#open = ''
        } else if (data?.type === 'result' || data?.type === 'error') this.#result = true
        return false
      case 'result':
        this.#result = true
        return false
      default:
        if (!isFailure(event)) return false
        this.#failure ??= reported(event, this.#private)
        return true
    }
  }
}

/** As much of an event as may be relied on: nothing. */
interface Event {
  type?: unknown
  data?: { token?: unknown; type?: unknown; text?: unknown; code?: unknown; message?: unknown } | null
}

/** An `error` event, or the bare error body that a server or a proxy writes in its place. */
function isFailure(event: Event): boolean {
  return event.type === 'error' || (event.type === undefined && errorBody(event) !== undefined)
}

function reported(event: Event, words: readonly string[]) {
  const { code, message } = event.type === 'error' ? (event.data ?? {}) : (event as NonNullable<Event['data']>)
  const said = typeof message === 'string' && message ? `: ${clean(message, words)}` : ''
  // What would be refused with a status is refused the next time too, unless that status passes.
  const [status] = Object.entries(STATUS_CODES).find(([, name]) => name === code) ?? []
  return {
    code: isCode(code) ? code : 'STREAM_ERROR',
    retryable: status === undefined || RETRYABLE_STATUSES.includes(Number(status)),
    message: `The server reported a failure${said}.`,
  }
}
