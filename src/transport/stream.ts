import { createLineDecoder } from '../protocol/index.ts'
import type { LineDecoder } from '../protocol/index.ts'
import { chunkReader } from './answer.ts'
import type { ChunkReader } from './answer.ts'
import { ConversationError } from './errors.ts'
import { Ledger } from './ledger.ts'
import { Life } from './life.ts'
import type { CallFacts } from './life.ts'

/** How long a stream may take to close once all is said: nothing more is expected of it. */
const CLOSING_MS = 1000
/** How long the rest of a stream is waited for after it reported a failure. */
const AFTER_FAILURE_MS = 5000

/** A stream whose headers are here. */
export interface OpenStream {
  reader: ChunkReader
  life: Life
  facts: CallFacts
  idleTimeout: number
  /** Keeps account of what was said. */
  ledger: Ledger
  /** The answer's type, when it says that this is no stream of lines. */
  otherType?: string
}

/** Events in batches: all that came in one chunk at once, so that a reader pays one promise a chunk and none an event. */
export class BatchReader<U> {
  readonly #open: (leave: AbortSignal) => Promise<OpenStream>
  readonly #leave = new AbortController()
  readonly #decoder: LineDecoder<U> = createLineDecoder<U>()
  #stream: OpenStream | undefined
  #state: 'reading' | 'ended' | 'over' = 'reading'
  #delivered = false

  /** @param open asks for the stream, when the first batch is wanted; `leave` aborts when nobody wants it any more */
  constructor(open: (leave: AbortSignal) => Promise<OpenStream>) {
    this.#open = open
  }

  /** Whether nothing more may be given, even of what is here: the caller has aborted. */
  get stopped(): boolean {
    return this.#stream?.life.error !== undefined
  }

  /**
   * The next events, or undefined at the end.
   *
   * @param withheld whether `stopped` kept events from the reader, who is told so
   * @param onEvents gets the events in their place, all up to the end: a loop around `next` would pay a second promise a chunk. It
   * is for who keeps their text: errors have no `partial`.
   */
  async next(withheld = false, onEvents?: (events: U[]) => void): Promise<U[] | undefined> {
    if (this.#state === 'over') return undefined
    try {
      if (withheld && this.#stream) throw stoppedIn(this.#stream)
      const stream = (this.#stream ??= await this.#open(this.#leave.signal))
      stream.ledger.keepsText = !onEvents
      let cause: unknown
      while (this.#state === 'reading' && !this.#decoder.failure) {
        let events: U[]
        try {
          events = this.#take(stream, await this.#chunk(stream))
        } catch (error) {
          cause = error
          break
        }
        if (events.length === 0 || this.#leave.signal.aborted) continue
        if (!onEvents) return events
        onEvents(events)
      }
      this.#check(stream, cause)
    } catch (error) {
      // Who left is not told that the call was stopped.
      if (!this.#leave.signal.aborted) {
        this.close()
        throw error
      }
    }
    this.close()
    return undefined
  }

  /** Lets the connection go. A `next` that waits gives undefined. */
  close(): void {
    this.#state = 'over'
    this.#stream?.life.close()
    this.#leave.abort()
  }

  /** Not async: a reader pays one promise a chunk. */
  #chunk({ life, ledger, idleTimeout, reader }: OpenStream): ReturnType<ChunkReader['read']> {
    const closing = ledger.settled && (ledger.reported ? AFTER_FAILURE_MS : CLOSING_MS)
    life.limit(closing ? Math.min(idleTimeout || Infinity, closing) : idleTimeout)
    return reader.read()
  }

  #take({ life, ledger }: OpenStream, { done, value }: Awaited<ReturnType<ChunkReader['read']>>): U[] {
    life.check()
    life.limit(0)
    if (done) this.#state = 'ended'
    const events = ledger.take(value && !done ? this.#decoder.push(value) : this.#decoder.end())
    this.#delivered ||= events.length > 0
    return events
  }

  /** Throws what is wrong with the end of a stream, if anything is. */
  #check(stream: OpenStream, cause: unknown): void {
    const { ledger, facts, otherType } = stream
    let failure = this.#decoder.failure
    let why = cause
    if (failure?.cut || (failure && otherType && !this.#delivered)) {
      why = new TypeError(failure.cut ? 'The last line is cut.' : `The answer is ${otherType}, not a stream of lines.`)
      failure = undefined
    }
    const error = (ledger.settled ? undefined : stoppedIn(stream)) ?? ledger.end(facts, failure, why)
    if (error) throw error
  }
}

/** Why the life of a stream is over, with the text that came before. */
function stoppedIn({ life, ledger }: OpenStream): ConversationError | undefined {
  return life.error && Object.assign(life.error, { partial: ledger.partial })
}

/** The events one by one. Written by hand: what is here already costs one settled promise an event, and leaving works while a `next` waits. */
export class EventStream<U> implements AsyncGenerator<U, void, undefined> {
  readonly #batches: BatchReader<U>
  #batch: readonly U[] = []
  #at = 0
  /** How many were asked for and are not here, and the latest of them. */
  #asked = 0
  #latest: Promise<unknown> | undefined

  constructor(batches: BatchReader<U>) {
    this.#batches = batches
  }

  next(): Promise<IteratorResult<U, void>> {
    if (this.#at < this.#batch.length && this.#asked === 0 && !this.#batches.stopped)
      return Promise.resolve({ done: false, value: this.#batch[this.#at++] as U })
    const step = () => this.#step()
    const turn = this.#asked++ > 0 && this.#latest ? this.#latest.then(step, step) : this.#step()
    this.#latest = turn
    // Whoever asks and leaves is not told by the platform what became of it.
    turn.catch(() => {})
    return turn
  }

  async #step(): Promise<IteratorResult<U, void>> {
    try {
      const more = this.#at < this.#batch.length
      if (!more || this.#batches.stopped) {
        this.#at = 0
        this.#batch = []
        this.#batch = (await this.#batches.next(more)) ?? []
      }
      return this.#batch.length > 0
        ? { done: false, value: this.#batch[this.#at++] as U }
        : { done: true, value: undefined }
    } finally {
      this.#asked--
    }
  }

  return(): Promise<IteratorResult<U, void>> {
    this.#leave()
    return Promise.resolve({ done: true, value: undefined })
  }

  throw(error: unknown): Promise<IteratorResult<U, void>> {
    this.#leave()
    // eslint-disable-next-line typescript/prefer-promise-reject-errors -- what was thrown in comes out
    return Promise.reject(error)
  }

  #leave(): void {
    this.#batch = []
    this.#batches.close()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }
}

/** The objects of a JSON Lines body, as they arrive. Nothing is made of them: an `error` line is an object like any other. */
export function jsonl<T = unknown>(
  body: ReadableStream<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const open = async (leave: AbortSignal): Promise<OpenStream> => {
    if (body.locked) throw consumed({})
    const life = new Life([signal, leave])
    const ledger = new Ledger('lines')
    return { reader: chunkReader(new Response(body), life), life, ledger, facts: {}, idleTimeout: 0 }
  }
  return new EventStream<T>(new BatchReader<T>(open))
}

/** What a second reading of a stream is answered. */
export function consumed(facts: CallFacts): ConversationError {
  return new ConversationError({
    ...facts,
    code: 'STREAM_CONSUMED',
    message: 'This stream was read before.',
    retryable: false,
  })
}
