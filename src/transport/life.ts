import { ConversationError } from './errors.ts'

/** What an error says about the call it belongs to. */
export interface CallFacts {
  url?: string
  method?: string
}

/** The longest time a timer can wait; beyond it there is no limit. */
const LONGEST_MS = 2 ** 31 - 1
const LATE = 'The server took too long. Try again later.'

/**
 * The life of one try: it ends when the caller aborts, when a limit passes or when it is closed. Whoever waits on it is told at
 * once, whether or not the network listens; and when it is over, nothing of it is left on the caller's signal.
 */
export class Life {
  readonly #controller = new AbortController()
  readonly #signals: AbortSignal[]
  readonly #facts: CallFacts
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the limit passes, and when the timer rings: a limit that is put off, as every chunk does, leaves the timer alone. */
  #due = Infinity
  #rings = Infinity
  #tell: ((error: unknown) => void) | undefined
  #open = true
  /** Why it ended, if not by itself. */
  error: ConversationError | undefined
  /** Called once, when the caller or a limit ends it, or it is closed. */
  onEnd: (() => void) | undefined

  constructor(signals: readonly (AbortSignal | undefined)[], facts: CallFacts = {}) {
    this.#facts = facts
    this.#signals = signals.filter((signal) => signal !== undefined)
    for (const signal of this.#signals) signal.addEventListener('abort', this.#aborted)
    if (this.#signals.some((signal) => signal.aborted)) this.#aborted()
  }

  /** For `fetch`. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Sets the time from now until which something has to happen. 0 and infinity set none. */
  limit(ms: number): void {
    this.#due = this.#open && ms > 0 && ms <= LONGEST_MS ? performance.now() + ms : Infinity
    if (this.#due < this.#rings) this.#wind(ms)
  }

  #wind(ms: number): void {
    clearTimeout(this.#timer)
    this.#rings = performance.now() + ms
    this.#timer = setTimeout(() => {
      this.#rings = Infinity
      const left = this.#due - performance.now()
      // A timer may ring a moment early.
      if (left < 1) this.#fail('TIMEOUT', LATE)
      else if (left < Infinity) this.#wind(left)
    }, ms)
  }

  /** Waits for something, at most as long as the life lasts. */
  guard<T>(work: PromiseLike<T> | T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // The work is heard out even then: it may fail because of what ended the life, and nobody else listens.
      if (this.error) reject(this.error)
      else this.#tell = reject
      // eslint-disable-next-line promise/catch-or-return -- both ways are taken
      Promise.resolve(work).then(resolve, reject)
    })
  }

  /** Waits, and ends with that. */
  async sleep(ms: number): Promise<void> {
    await this.guard(new Promise<void>((resolve) => (this.#timer = setTimeout(resolve, ms)))).finally(() =>
      this.close(),
    )
  }

  /** Throws when it is over. */
  check(): void {
    if (this.error) throw this.error
  }

  /** Ends it: no timer, no listener, no connection is left. */
  close(reason?: unknown): void {
    if (!this.#open) return
    this.#open = false
    clearTimeout(this.#timer)
    for (const signal of this.#signals) signal.removeEventListener('abort', this.#aborted)
    // First what reads, then the connection under it, which would break the reading.
    this.onEnd?.()
    this.#controller.abort(reason)
  }

  readonly #aborted = (): void => {
    const reason: unknown = this.#signals.find((signal) => signal.aborted)?.reason
    if ((reason as Error | undefined)?.name === 'TimeoutError') this.#fail('TIMEOUT', LATE, reason)
    else this.#fail('ABORTED', 'The call was stopped by its caller.', reason)
  }

  #fail(code: 'TIMEOUT' | 'ABORTED', message: string, cause?: unknown): void {
    if (!this.#open) return
    this.error = new ConversationError({ ...this.#facts, code, message, cause })
    this.#tell?.(this.error)
    this.close(this.error)
  }
}
