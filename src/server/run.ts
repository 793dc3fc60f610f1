import type { StreamEvent } from '../protocol/index.ts'
import { ApiError, toApiError } from './api-error.ts'
import { NetworkError } from './network-error.ts'
import { isRecord } from './schema.ts'

/** Who is told what a run does. */
export interface RunReader {
  event(event: StreamEvent): void
  end(failure: ApiError | undefined): void
  /** The connection is to break. */
  cut(error: Error): void
  /** Whether it can take more at once. */
  hasRoom(): boolean
}

/**
 * One run of a model: what it says, kept in order, and who listens. It begins at once, goes on while somebody listens
 * (or nobody has yet), and is aborted when the last listener goes.
 */
export class Run {
  readonly #events: StreamEvent[] = []
  readonly #readers = new Set<RunReader>()
  readonly #controller = new AbortController()
  readonly #wakeUps = new Set<() => void>()
  readonly #finished: Promise<void>
  #ended = false
  #discarded = false
  #failure: ApiError | undefined

  readonly #endless: boolean

  /**
   * `work` says what happens through `emit`; what it throws is the failure of the run. An endless run forgets what its
   * listeners have heard.
   */
  constructor(work: (run: Run) => Promise<void>, { endless = false } = {}) {
    this.#endless = endless
    this.#finished = this.#work(work)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Everything so far, oldest first. */
  get events(): readonly StreamEvent[] {
    return this.#events
  }

  /** What it threw, once it has ended. */
  get failure(): ApiError | undefined {
    return this.#failure
  }

  /** Resolves when it has ended, in whichever way. */
  get finished(): Promise<void> {
    return this.#finished
  }

  emit(event: StreamEvent): void {
    if (!this.#endless || this.#readers.size === 0) this.#events.push(event)
    for (const reader of this.#readers) reader.event(event)
  }

  /** Waits until every listener can take more; gives nothing to wait for when they can. */
  drained(): Promise<void> | undefined {
    return this.#isFull() ? this.#drained() : undefined
  }

  async #drained(): Promise<void> {
    while (this.#isFull()) await new Promise<void>((resolve) => this.#wakeUps.add(resolve))
  }

  #isFull(): boolean {
    if (this.signal.aborted) return false
    for (const reader of this.#readers) if (!reader.hasRoom()) return true
    return false
  }

  /** A listener can take more again. */
  wake(): void {
    for (const wakeUp of this.#wakeUps) wakeUp()
    this.#wakeUps.clear()
  }

  /** Tells the reader everything from the beginning. The returned function ends that. */
  read(reader: RunReader): () => void {
    for (const event of this.#events) reader.event(event)
    if (this.#ended) {
      reader.end(this.#failure)
      return () => {}
    }
    this.#readers.add(reader)
    if (this.#endless) this.#events.length = 0
    return () => {
      if (this.#readers.delete(reader) && this.#readers.size === 0) this.abort()
      this.wake()
    }
  }

  abort(): void {
    if (!this.#ended) this.#controller.abort(new DOMException('The reader has gone.', 'AbortError'))
    this.wake()
  }

  /** Nothing of it is to be stored. */
  get isDiscarded(): boolean {
    return this.#discarded
  }

  discard(): void {
    this.#discarded = true
    this.cut()
  }

  /** Breaks the connection of every listener. */
  cut(): void {
    for (const reader of this.#readers) reader.cut(new NetworkError('network error'))
    this.#readers.clear()
    this.abort()
  }

  /** What a caller gets who asked for JSON; throws what went wrong, and the signal's reason when the caller goes. */
  async result(signal?: AbortSignal): Promise<unknown> {
    await new Promise<void>((resolve, reject) => {
      const stop = this.read({ event() {}, end: () => resolve(), cut: reject, hasRoom: () => true })
      const leave = () => {
        stop()
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', leave)
      if (signal?.aborted) leave()
    })
    if (this.#failure) throw this.#failure
    const error = this.#events.find((event) => event.type === 'error')
    if (isRecord(error?.data)) {
      const { message, code } = error.data
      throw new ApiError(500, String(message), { code: typeof code === 'string' ? code : 'GENERIC_ERROR' })
    }
    return this.#events.findLast((event) => event.type === 'result')?.data
  }

  async #work(work: (run: Run) => Promise<void>): Promise<void> {
    // The first event must not come before the caller has had a chance to listen.
    await Promise.resolve()
    try {
      await work(this)
    } catch (error) {
      this.#failure = toApiError(error)
    }
    this.#ended = true
    for (const reader of this.#readers) reader.end(this.#failure)
    this.#readers.clear()
    this.wake()
  }
}
