import type { MutationOptions } from '@tanstack/react-query'
import type { ConversationStreamEvent, EndReason } from '../protocol/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { isBusy, reduceTurn, turnOf, writeTurn } from '../store/index.ts'
import type { LiveTurn, TurnEvent } from '../store/index.ts'
import { ConversationError, readStream, toConversationError } from '../transport/index.ts'
import type { ResponsePromise } from '../transport/index.ts'
import { createPacer, hasFrames } from './frames.ts'
import type { Pacer } from './frames.ts'

/** About so much text is read, laid out and painted in a frame. */
const FRAME_LETTERS = 9000
/** After so much, what comes next is left to the next frame: most of all the end, with which much beside the words changes. */
const MANY_LETTERS = 2000

/** How an exchange ended. */
export interface FinishInfo {
  /** The reply, or as much of it as came. */
  text: string
  /** The server's id of the reply; `null` when it is not stored, or not known. */
  id: string | null
  usage?: { token: number }
  reason: EndReason
  conversationId: string | null
}

export interface ExchangeOptions {
  kit: ConversationKit
  /** The conversation's id, or the local id of one that is not created yet. */
  thread: string
  throttle: number | false
  onEvent?: (event: ConversationStreamEvent) => void
  /** Whether the page goes on with a run that ended with calls into it. */
  goesOn?: (turn: LiveTurn | undefined) => boolean
  /** Sees each state before it is in the store. */
  onTurn?: (turn: LiveTurn) => void
}

/** What an answer streams. Types of events that nobody knows come along. */
type StreamedEvent = { type?: string }
export type Answer = Pick<ResponsePromise<unknown, StreamedEvent>, 'stream'>

/**
 * One exchange under way: the hand by which a call moves the turn in the store. Once another exchange has taken its place, or the
 * store was reset, it moves nothing any more.
 */
export class Exchange {
  readonly controller = new AbortController()
  readonly #options: ExchangeOptions
  readonly #pacer: Pacer
  #waiting: TurnEvent[] = []
  /** The last words of those, to which more are added: our own copy. */
  #growing: TokenEvent | undefined
  #turn: LiveTurn | undefined

  constructor(options: ExchangeOptions) {
    this.#options = options
    this.#pacer = createPacer(() => this.#draw(), options.throttle)
    this.controller.signal.addEventListener('abort', () => {
      // Words that have arrived stay, also those of the frame that is not drawn yet.
      this.happen(...this.#waiting.splice(0), { type: 'stop' })
    })
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** The turn as this exchange last saw it. */
  get turn(): LiveTurn | undefined {
    return this.#turn
  }

  /** Takes the thread over. */
  begin(change: (turn: LiveTurn | undefined, controller: AbortController) => LiveTurn): void {
    const { kit, thread } = this.#options
    this.#write(change(turnOf(kit.store.getState(), thread), this.controller))
  }

  /** Lets events happen to the turn, in one write. */
  happen(...events: readonly TurnEvent[]): void {
    const { kit, thread } = this.#options
    const before = turnOf(kit.store.getState(), thread)
    if (before?.controller !== this.controller) return
    const after = events.reduce<LiveTurn>(reduceTurn, before)
    if (after !== before) this.#write(after)
  }

  #write(turn: LiveTurn): void {
    this.#turn = turn
    this.#options.onTurn?.(turn)
    writeTurn(this.#options.kit.store, this.#options.thread, turn)
  }

  /** Reads a reply, one write a frame, up to its end or until it is stopped. Throws what it fails by. */
  async read(open: (signal: AbortSignal) => Answer): Promise<void> {
    const { signal } = this
    if (signal.aborted) return
    const onEvents = (events: readonly StreamedEvent[]) => {
      for (const event of events as readonly ConversationStreamEvent[]) {
        if (signal.aborted) return
        this.#take(event)
        this.#options.onEvent?.(event)
      }
      this.#pacer.request()
    }
    try {
      await readStream(open(signal), { signal, onEvents })
    } catch (error) {
      if (!signal.aborted) throw error
    } finally {
      // The last words and the end are one write.
      while (this.#waiting.length > 0) {
        this.#pacer.request()
        await this.#pacer.settled()
      }
    }
  }

  #take(event: ConversationStreamEvent): void {
    if (event.type === 'result' && event.data?.end?.reason === 'activity') {
      this.happen(...this.#waiting.splice(0))
      this.#waiting.push(this.#options.goesOn?.(this.#turn) ? { type: 'step' } : event)
    } else this.#wait(event)
  }

  /** What has come since the last frame, but no more of it than a frame can hold. */
  #draw(): void {
    const whole = this.#options.throttle === false || !hasFrames()
    const full = this.#waiting.findIndex((event) => tokenOf(event).length >= MANY_LETTERS)
    this.happen(...this.#waiting.splice(0, whole || full < 0 ? Infinity : full + 1))
    if (this.#waiting.length > 0) this.#pacer.request()
  }

  /** Words that come in one frame are one event: a thousand tokens at once cost what one does. */
  #wait(event: ConversationStreamEvent): void {
    const token = tokenOf(event)
    const last = this.#growing
    if (token === '') this.#waiting.push(event)
    else if (last?.type === event.type && last === this.#waiting.at(-1) && last.data.token.length < FRAME_LETTERS)
      last.data.token += token
    else this.#waiting.push((this.#growing = { ...event, data: { token } } as TokenEvent))
  }

  /** Marks the turn failed and gives the error its words. */
  fail(cause: unknown): ConversationError {
    const partial = this.#turn?.reply?.text
    const error = Object.assign(toConversationError(cause, partial), partial && { partial })
    this.happen({ type: 'fail', error })
    return error
  }
}

type TokenEvent = Extract<TurnEvent, { type: 'token' | 'reasoningToken' }> & { data: { token: string } }

/** What a token says; no other event has one. */
function tokenOf(event: TurnEvent | undefined): string {
  const token = (event as { data?: { token?: unknown } } | undefined)?.data?.token
  return typeof token === 'string' ? token : ''
}

/** Runs a call where `useIsMutating`, devtools and the provider's `onError` see it. Never tried again, and never held back while offline. */
export function observed<T, V>(
  { queryClient }: ConversationKit,
  options: MutationOptions<T, ConversationError, V>,
  variables: V,
): Promise<T> {
  return queryClient
    .getMutationCache()
    .build(queryClient, { ...options, retry: false, networkMode: 'always' })
    .execute(variables)
}

/** What the caller is told about an exchange that has ended. */
export function finishInfo(turn: LiveTurn | undefined, conversationId: string | null): FinishInfo {
  const result = turn?.result
  return {
    text: turn?.reply?.text ?? '',
    id: turn?.reply?.id ?? result?.id ?? null,
    ...(result?.usage && { usage: result.usage }),
    reason: turn?.end ?? 'abort',
    conversationId,
  }
}

/** Refuses a second exchange while one is under way. */
export function refuseBusy(turn: LiveTurn | undefined): void {
  if (isBusy(turn)) throw busyError()
}

export const busyError = (): ConversationError =>
  new ConversationError({
    code: 'BUSY',
    message: 'The assistant is still answering.',
    retryable: true,
  })

/** A promise whose failure is on the screen already: whoever does not look at it is not told again by the browser. */
export function shownElsewhere<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {})
  return promise
}
