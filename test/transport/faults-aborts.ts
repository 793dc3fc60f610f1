import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { answer, drip, json, jsonl, pause, ping, result, stall, text, token, wire } from '../support/fault-server.ts'
import type { Fault, Scene } from './faults-run.ts'

const said = [token('Half '), token('an ans')]
const words = ['Half ', 'an ans']
const end = result('Half an answer')
/** A reader who changes their mind after a while. */
const LATER_MS = 80
/** "Well under 200 ms" after it. */
const SOON_MS = 200

const ABORTED: Fault['want'] = { code: 'ABORTED', name: 'AbortError', retryable: false, soon: SOON_MS }

/** Aborts after a while, but not before the requests have arrived. */
async function later({ controller, server }: Scene, requests = 1): Promise<void> {
  await sleep(LATER_MS)
  for (let n = 0; n < 100 && server.exchanges.length < requests; n++) {
    await sleep(10)
  }
  controller.abort()
}

const completion = ({ client, signal }: Scene) => client.complete('c1', { text: 'hi' }, { signal })

/** Presses stop while the call is under way. */
const stopping =
  (call: (scene: Scene) => AsyncIterable<unknown> | PromiseLike<unknown>, requests = 1): Fault['call'] =>
  (scene) => {
    void later(scene, requests)
    return call(scene)
  }

/** Presses stop a while after both pieces came. */
const stoppingAfterWords = (call: (scene: Scene) => AsyncIterable<unknown>): Fault['call'] =>
  async function* (scene) {
    let seen = 0
    for await (const event of call(scene)) {
      seen += 1
      if (seen === words.length) {
        void later(scene)
      }
      yield event
    }
  }

/** Reads until `count` events came, then leaves in some way. */
async function readSome(scene: Scene, count: number, leave: () => void): Promise<void> {
  let seen = 0
  for await (const event of completion(scene).stream()) {
    scene.events.push(event)
    seen += 1
    if (seen === count) {
      leave()
      break
    }
  }
}

const busy = json(429, { code: 'TOO_MANY_REQUESTS', message: 'Slow down' }, { 'retry-after': '5' })

export const ABORTS: Fault[] = [
  // --- the signal
  {
    name: 'an abort before anything is sent to a stream',
    serve: jsonl(end),
    call: (scene) => {
      scene.controller.abort()
      return completion(scene).stream()
    },
    want: { code: 'ABORTED', name: 'AbortError', requests: 0 },
  },
  {
    name: 'an abort before anything is sent in a plain call',
    serve: json(200, { id: 'c1' }),
    call: (scene) => {
      scene.controller.abort()
      return scene.client.fetch('c1', { signal: scene.signal })
    },
    want: { code: 'ABORTED', name: 'AbortError', requests: 0 },
  },
  {
    name: 'an abort before anything is sent in a write',
    serve: json(200, { id: 'c1' }),
    call: (scene) => {
      scene.controller.abort()
      return scene.client.create({}, { signal: scene.signal })
    },
    want: { code: 'ABORTED', name: 'AbortError', requests: 0 },
  },
  {
    name: 'an abort between making the call and reading it',
    serve: jsonl(end),
    call: (scene) => {
      const stream = completion(scene).stream()
      scene.controller.abort()
      return stream
    },
    want: { code: 'ABORTED', name: 'AbortError', requests: 0 },
  },
  {
    name: 'an abort before the headers of a stream',
    serve: wire(stall),
    call: stopping((scene) => completion(scene).stream()),
    want: ABORTED,
  },
  {
    name: 'an abort before the headers is never asked again',
    serve: wire(stall),
    options: { retries: 3 },
    call: stopping(({ client, signal }) => client.fetch('c1', { signal })),
    want: ABORTED,
  },
  {
    name: 'an abort of a write before its headers',
    serve: wire(stall),
    call: stopping(({ client, signal }) => client.create({ name: 'a' }, { signal })),
    want: ABORTED,
  },
  {
    name: 'an abort in the body of a plain call',
    serve: answer(200, { 'content-type': 'application/json' }, '{"id":', stall),
    call: stopping(({ client, signal }) => client.fetch('c1', { signal })),
    want: { ...ABORTED, plain: true },
  },
  {
    name: 'an abort in the body of a refusal',
    serve: answer(500, { 'content-type': 'application/json' }, '{"code":', stall),
    call: stopping(({ client, signal }) => client.fetch('c1', { signal })),
    want: { ...ABORTED, plain: true },
  },
  {
    name: 'an abort in mid-stream keeps the words',
    serve: jsonl(...said, stall),
    call: stoppingAfterWords((scene) => completion(scene).stream()),
    want: { ...ABORTED, tokens: words },
  },
  {
    name: 'an abort in mid-line keeps the words',
    serve: jsonl(...said, '{"type":"tok', stall),
    call: stoppingAfterWords((scene) => completion(scene).stream()),
    want: { ...ABORTED, tokens: words },
  },
  {
    name: 'an abort while tokens pour in',
    serve: jsonl(drip(ping, 5, 400), end),
    call: stopping((scene) => completion(scene).stream()),
    want: ABORTED,
  },
  {
    name: 'an abort by the signal of stream()',
    serve: jsonl(...said, stall),
    call: stoppingAfterWords(({ client, signal }) => client.complete('c1', { text: 'hi' }).stream({ signal })),
    want: { ...ABORTED, tokens: words },
  },
  {
    name: 'an abort by the abortSignal of stream(), as the official client calls it',
    serve: jsonl(...said, stall),
    call: stoppingAfterWords(({ client, signal }) =>
      client.complete('c1', { text: 'hi' }).stream({ abortSignal: signal }),
    ),
    want: { ...ABORTED, tokens: words },
  },
  {
    name: 'an abort in the wait for a retry',
    serve: busy,
    options: { retries: 3 },
    call: stopping(({ client, signal }) => client.fetch('c1', { signal })),
    want: { ...ABORTED, plain: true },
  },
  {
    name: 'an abort in the wait for the retry of a completion',
    serve: busy,
    options: { retries: 3 },
    call: stopping((scene) => completion(scene).stream()),
    want: ABORTED,
  },
  {
    name: 'an abort while the token is being fetched',
    serve: jsonl(end),
    options: { secret: undefined, token: () => new Promise<string>(() => undefined) },
    call: stopping((scene) => completion(scene).stream(), 0),
    want: { ...ABORTED, requests: 0 },
  },
  {
    name: 'an abort while the headers are being made',
    serve: jsonl(end),
    options: { headers: () => new Promise<Record<string, string>>(() => undefined) },
    call: stopping((scene) => completion(scene).stream(), 0),
    want: { ...ABORTED, requests: 0 },
  },
  {
    name: 'an abort with a reason of one’s own is still told as an abort',
    serve: wire(stall),
    call: (scene) => {
      setTimeout(() => scene.controller.abort('changed my mind'), LATER_MS)
      return completion(scene).stream()
    },
    want: ABORTED,
  },
  {
    name: 'a signal that times out by itself is an abort of the caller, not ours',
    serve: wire(stall),
    call: ({ client }) => client.fetch('c1', { signal: AbortSignal.timeout(LATER_MS) }),
    want: { code: ['ABORTED', 'TIMEOUT'], within: LATER_MS + 300, plain: true },
  },
  {
    name: 'an abort after the end changes nothing',
    serve: jsonl(...said, end),
    call: async (scene) => {
      for await (const event of completion(scene).stream()) {
        scene.events.push(event)
      }
      scene.controller.abort()
      await sleep(20)
    },
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'an abort during next() rejects that next()',
    serve: jsonl(...said, stall),
    call: async (scene) => {
      const stream = completion(scene).stream()
      scene.events.push((await stream.next()).value as never, (await stream.next()).value as never)
      const waiting = stream.next()
      setTimeout(() => scene.controller.abort(), LATER_MS)
      await waiting
    },
    want: { ...ABORTED, tokens: words },
  },
  {
    name: 'a stream stays ended after an abort',
    serve: jsonl(...said, stall),
    call: async (scene) => {
      const stream = completion(scene).stream()
      scene.events.push((await stream.next()).value as never, (await stream.next()).value as never)
      scene.controller.abort()
      const codes: unknown[] = [await stream.next().catch((error: { code: string }) => error.code)]
      codes.push((await stream.next()).done)
      return codes
    },
    want: { tokens: words },
    check: (_scene, { value }) => expect(value).toEqual(['ABORTED', true]),
  },
  {
    name: 'one signal for ten calls ends them all and stays clean',
    serve: wire(stall),
    call: async (scene) => {
      void later(scene, 10)
      const calls = Array.from({ length: 10 }, () => scene.client.fetch('c1', { signal: scene.signal }))
      const settled = await Promise.allSettled(calls)
      return settled.map((one) => one.status === 'rejected' && (one.reason as { code: string }).code)
    },
    want: { requests: 10, soon: SOON_MS },
    check: (_scene, { value }) => expect(value).toEqual(Array.from({ length: 10 }, () => 'ABORTED')),
  },

  // --- leaving early
  {
    name: 'a break lets the socket go',
    serve: jsonl(...said, stall),
    call: (scene) => readSome(scene, 2, () => undefined),
    want: { tokens: words },
  },
  {
    name: 'a throw in the loop lets the socket go and comes through as it is',
    serve: jsonl(...said, stall),
    call: async (scene) => {
      const mine = new Error('mine')
      const came = await readSome(scene, 2, () => {
        throw mine
      }).catch((error: unknown) => error)
      expect(came).toBe(mine)
    },
    want: { tokens: words },
  },
  {
    name: 'a return() while next() waits ends both',
    serve: jsonl(...said, stall),
    call: async (scene) => {
      const stream = completion(scene).stream()
      scene.events.push((await stream.next()).value as never, (await stream.next()).value as never)
      const waiting = stream.next()
      await sleep(20)
      const began = performance.now()
      const back = await stream.return()
      const after = await waiting.catch((error: { code: string }) => error.code)
      return { back: back.done, after, ms: performance.now() - began }
    },
    want: { tokens: words },
    check: (_scene, { value }) => {
      const { back, after, ms } = value as { back: boolean; after: unknown; ms: number }
      expect(back).toBe(true)
      expect([{ value: undefined, done: true }, 'ABORTED']).toContainEqual(after)
      expect(ms).toBeLessThan(200)
    },
  },
  {
    name: 'a return() before the headers ends the request',
    serve: wire(stall),
    call: async (scene) => {
      const stream = completion(scene).stream()
      const waiting = stream.next().catch(() => undefined)
      await sleep(40)
      await stream.return()
      await waiting
    },
    want: { within: 300 },
  },
  {
    name: 'a return() before the first next() sends nothing',
    serve: jsonl(end),
    call: async (scene) => {
      const stream = completion(scene).stream()
      await stream.return()
      return (await stream.next()).done
    },
    want: { requests: 0 },
    check: (_scene, { value }) => expect(value).toBe(true),
  },
  {
    name: 'a throw() into the stream lets the socket go',
    serve: jsonl(...said, stall),
    call: async (scene) => {
      const stream = completion(scene).stream()
      scene.events.push((await stream.next()).value as never, (await stream.next()).value as never)
      const mine = new Error('mine')
      await expect(stream.throw(mine)).rejects.toBe(mine)
    },
    want: { tokens: words },
  },
  {
    name: 'a call nobody reads sends nothing',
    serve: jsonl(end),
    call: async (scene) => {
      completion(scene)
      completion(scene).stream()
      await sleep(40)
    },
    want: { requests: 0 },
  },
  {
    name: 'a second reading of a stream is a typed error and no second completion',
    serve: jsonl(...said, end),
    call: async (scene) => {
      const call = completion(scene)
      for await (const event of call.stream()) {
        scene.events.push(event)
      }
      for await (const _again of call.stream()) {
        // There is nothing to read twice.
      }
    },
    want: {
      tokens: words,
      code: 'STREAM_CONSUMED',
      plain: true,
    },
  },
  {
    name: 'a reader slower than the server loses nothing',
    serve: jsonl(...said, pause(5), end),
    call: async function* (scene) {
      for await (const event of completion(scene).stream()) {
        await sleep(30)
        yield event
      }
    },
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'a reader who rests longer than the idle limit is not told that the server was silent',
    serve: jsonl(...said, end),
    options: { idleTimeout: 100 },
    call: async (scene) => {
      const stream = completion(scene).stream()
      scene.events.push((await stream.next()).value as never)
      await sleep(250)
      for await (const event of stream) {
        scene.events.push(event)
      }
    },
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'awaiting a call three times is one request',
    serve: json(200, { id: 'c1' }),
    call: async ({ client, signal }) => {
      const call = client.fetch('c1', { signal })
      return Promise.all([call, call, (async () => call)()])
    },
    want: {},
    check: (_scene, { value }) => expect(value).toMatchObject([{ id: 'c1' }, { id: 'c1' }, { id: 'c1' }]),
  },
  {
    name: 'a refused call awaited twice is one request and the same refusal',
    serve: text(404, 'text/plain', 'no'),
    call: async ({ client, signal }) => {
      const call = client.fetch('c1', { signal })
      const one: unknown = await call.then(undefined, (error: unknown) => error)
      const two: unknown = await call.catch((error: unknown) => error)
      return [one, two].map((error) => (error as { code: string }).code)
    },
    want: {},
    check: (_scene, { value }) => expect(value).toEqual(['NOT_FOUND', 'NOT_FOUND']),
  },
]
