import { getEventListeners } from 'node:events'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { ConversationClient, ConversationError, type ConversationClientOptions } from '../../src/transport/index.ts'
import { openFaultServer, type FaultServer, type Script } from '../support/fault-server.ts'

/** What no error may repeat. */
export const SECRET = 'sk-the-secret-of-this-test'
export const PRIVATE = 'my private words'

/** What a call of a fault has at hand, and where it notes what it was given. */
export interface Scene {
  client: ConversationClient
  server: FaultServer
  /** A second origin. */
  other: FaultServer
  controller: AbortController
  signal: AbortSignal
  events: { type: string; data: unknown }[]
  /** A client of the same server with other options. */
  connect(options?: Partial<ConversationClientOptions>): ConversationClient
}

export interface Want {
  /** The pieces of text that were delivered, in order. @default none */
  tokens?: string[]
  /** The code of the typed error; several where the rule leaves room. Without it the call has to succeed. */
  code?: string | string[]
  status?: number
  name?: string
  retryable?: boolean
  /** What `error.retryAfter` says. */
  retryAfter?: number
  /** Words of a cause or an answer that the message has to carry. */
  message?: RegExp
  /** The text of the delivered `result`. */
  result?: string
  /** The answer of a plain call, or its part. */
  value?: unknown
  /** Requests that reach the server. @default 1 */
  requests?: number
  /** Milliseconds the call may take at most, and has to take at least. */
  within?: number
  atLeast?: number
  /** Milliseconds from the abort to the end of the call, at most. */
  soon?: number
  /** The error says nothing of `partial`. */
  plain?: boolean
}

export interface Fault {
  /** What happens to the user; unique. */
  name: string
  serve?: Script | Script[]
  /** The second origin's answers. */
  elsewhere?: Script
  options?: Partial<ConversationClientOptions>
  /** What the user does. @default stream a completion and read it to the end */
  call?: (scene: Scene) => AsyncIterable<unknown> | PromiseLike<unknown>
  want: Want
  /** What else has to be true afterwards. */
  check?: (scene: Scene, outcome: Outcome) => unknown
}

export interface Outcome {
  error: unknown
  value: unknown
  ms: number
}

/** Limits for what is silent: nothing here waits for a default of half a minute. */
export const QUICK: Partial<ConversationClientOptions> = { timeout: 400, idleTimeout: 300 }

/** No fault but a silent one is taken for silence where the machine is busy. */
const USUAL: Partial<ConversationClientOptions> = {
  secret: SECRET,
  timeout: 10_000,
  idleTimeout: 10_000,
  retries: 0,
  retryDelay: 5,
}

const complete = ({ client, signal }: Scene) => client.complete('c1', { text: PRIVATE }, { signal }).stream()

const isIterable = (value: unknown): value is AsyncIterable<{ type: string; data: unknown }> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

const now = () => performance.now()

async function act(fault: Fault, scene: Scene): Promise<Outcome> {
  const began = now()
  const outcome: Outcome = { error: undefined, value: undefined, ms: 0 }
  try {
    const made = (fault.call ?? complete)(scene)
    if (isIterable(made)) {
      for await (const event of made) {
        scene.events.push(event)
      }
    } else {
      outcome.value = await made
    }
  } catch (error) {
    outcome.error = error
  }
  outcome.ms = now() - began
  return outcome
}

const tokensOf = (scene: Scene): string[] =>
  scene.events.flatMap(({ type, data }) => (type === 'token' ? [(data as { token: string }).token] : []))

const shown = (error: unknown): string =>
  error instanceof Error
    ? [
        error.message,
        error.stack,
        JSON.stringify(error),
        JSON.stringify(Object.entries(error)),
        shown(error.cause),
      ].join('\n')
    : (JSON.stringify(error) ?? '')

function expectError(error: unknown, want: Want, tokens: string[]): void {
  expect(error, 'a typed error').toBeInstanceOf(Error)
  expect(ConversationError.is(error), `a ConversationError and not ${String(error)}`).toBe(true)
  const typed = error as ConversationError
  expect([want.code].flat(), typed.message).toContain(typed.code)
  for (const fact of ['status', 'name', 'retryable', 'retryAfter'] as const) {
    if (want[fact] !== undefined) {
      expect(typed[fact], fact).toBe(want[fact])
    }
  }
  expect(typed.message).toMatch(want.message ?? /\w+ \w+/)
  expect(typed.message.length, 'a sentence, not a page').toBeLessThan(600)
  expect(shown(error), 'no secret in an error').not.toContain(SECRET)
  expect(shown(error), 'no words of the user in an error').not.toContain(PRIVATE)
  expect(shown(error), 'no page in an error').not.toMatch(/<html|<!doctype/i)
  if (!want.plain) {
    expect(typed.partial ?? '', 'the words received so far').toBe(tokens.join(''))
  }
}

/** Plays a fault and proves everything the table says about it, and what is true of each of them. */
export async function playFault(fault: Fault): Promise<void> {
  const server = await openFaultServer(...[fault.serve ?? []].flat())
  const other = await openFaultServer(...[fault.elsewhere ?? []].flat())
  const controller = new AbortController()
  let abortedAt = Infinity
  controller.abort = (reason?: unknown) => {
    abortedAt = now()
    AbortController.prototype.abort.call(controller, reason)
  }
  const isSilent = [fault.want.code].flat().includes('TIMEOUT')
  const limits = isSilent ? { ...USUAL, ...QUICK } : USUAL
  const connect = (options?: Partial<ConversationClientOptions>) =>
    new ConversationClient({ ...limits, baseUrl: server.url, ...fault.options, ...options })
  const scene: Scene = { client: connect(), server, other, controller, signal: controller.signal, events: [], connect }
  const { want } = fault
  try {
    const outcome = await act(fault, scene)
    const sinceAbort = now() - abortedAt

    expect(tokensOf(scene), 'every delivered piece is kept').toEqual(want.tokens ?? [])
    if (want.code === undefined) {
      expect(outcome.error, 'no error').toBeUndefined()
    } else {
      expectError(outcome.error, want, want.tokens ?? [])
    }
    if (want.result !== undefined) {
      const result = scene.events.find(({ type }) => type === 'result')
      expect((result?.data as { text?: unknown } | undefined)?.text).toBe(want.result)
    }
    if (want.value !== undefined) {
      expect(outcome.value).toMatchObject(want.value as object)
    }
    expect(outcome.ms, 'in time').toBeLessThan(want.within ?? 2500)
    expect(sinceAbort, 'at once after the abort').toBeLessThan(want.soon ?? Infinity)
    expect(outcome.ms, 'not too early').toBeGreaterThanOrEqual(want.atLeast ?? 0)

    // The socket: closed, or free again because everything was taken.
    for (const end = now() + 500; now() < end && !server.exchanges.every((exchange) => exchange.released());) {
      await sleep(5)
    }
    expect(
      server.exchanges.every((exchange) => exchange.released()),
      'the socket is let go',
    ).toBe(true)
    // Whatever a forgotten retry would send has been sent by now.
    await turn()
    expect(
      server.exchanges.map(({ method, path }) => `${method} ${path.slice(0, 200)}`),
      'no request is repeated',
    ).toHaveLength(want.requests ?? 1)
    expect(getEventListeners(controller.signal, 'abort'), 'no listener is left on the signal').toHaveLength(0)
    await fault.check?.(scene, outcome)
  } finally {
    await Promise.all([server.close(), other.close()])
  }
}
