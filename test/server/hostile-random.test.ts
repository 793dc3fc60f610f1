import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STATUS_CODES } from '../../src/protocol/index.ts'
import { randomRequest, type RandomRequest } from '../support/random-request.ts'
import { BASE, flaws, LEAK, startServer, type Answer } from '../support/refusals.ts'
import { watchRejections } from '../support/rejections.ts'
import { STORAGES } from '../support/storages.ts'

watchRejections()

describe.each(STORAGES)('a thousand random requests to a server $place', ({ open }) => {
  const DOCUMENTED = new Set([...Object.keys(STATUS_CODES).map(Number), 200, 204, 302, 304])

  /** What a reader of a channel gets who leaves soon: a channel does not end by itself. */
  async function answerOf(
    target: ReturnType<typeof startServer>,
    { operation, method, path, headers, body }: RandomRequest,
  ): Promise<Answer> {
    const signal = operation === 'channel.subscribe' ? AbortSignal.timeout(30) : null
    const init = { method, headers, signal, ...(['GET', 'HEAD'].includes(method) ? {} : { body }) }
    try {
      const response = await target.fetch(new Request(BASE + path, init))
      const text = await response.text()
      return { status: response.status, text, type: response.headers.get('content-type') ?? '' }
    } catch (error) {
      if (signal?.aborted) {
        return { status: 200, text: '', type: '' }
      }
      throw error
    }
  }

  test('each one is answered with a documented status, and each refusal with a message and a code', async () => {
    const met: Record<string, number> = {}
    const kept = open()
    const target = startServer(kept.storage)
    await fc.assert(
      // Eight in a row meet a server that has seen some of them before.
      fc.asyncProperty(fc.array(randomRequest, { minLength: 8, maxLength: 8 }), async (requests) => {
        target.reset()
        for (const request of requests) {
          const answer = await answerOf(target, request)
          met[answer.status] = (met[answer.status] ?? 0) + 1
          expect(DOCUMENTED).toContain(answer.status)
          const fine = answer.status < 400 || request.method === 'HEAD'
          expect(fine ? [] : flaws(answer), `${request.method} ${request.path}`).toEqual([])
          expect(answer.text).not.toMatch(LEAK)
        }
      }),
      { numRuns: 150, seed: 20_261_121 },
    )
    await kept.remove()
    const asked = Object.values(met).reduce((sum, count) => sum + count, 0)
    expect(asked).toBeGreaterThanOrEqual(1000)
    // Otherwise it would only knock at the door.
    expect(met[200]).toBeGreaterThan(asked / 4)
    expect(met[400]).toBeGreaterThan(asked / 10)
  }, 60_000)
})
