import { ApiError, badRequest } from './api-error.ts'
import { CONTENT_TYPES, framer } from './framing.ts'
import { hashText } from './hash.ts'
import type { Answer, Call } from './call.ts'
import type { Run } from './run.ts'

const MAX_KEY_LENGTH = 255

interface Running {
  fingerprint: string
  answer: Promise<Answer>
}

/**
 * Does a POST with an `Idempotency-Key` once. A repeat with the same key, credentials and body joins the first while it
 * runs, and gets what the first was answered afterwards. Failures that changed nothing free the key again.
 */
export function createRepeats(): (call: Call, body: string, work: () => Promise<Answer>) => Promise<Answer> {
  const running = new Map<string, Running>()

  return async (call, body, work) => {
    const given = call.request.headers.get('idempotency-key')
    if (given === null) return work()
    if (given === '' || given.length > MAX_KEY_LENGTH)
      throw badRequest(`The Idempotency-Key header must have 1 to ${MAX_KEY_LENGTH} characters`)
    const key = JSON.stringify([call.caller.owner, call.caller.scope, given])
    const fingerprint = `${call.operation} ${call.url.pathname} ${call.format} ${hashText(body)}`

    const first = running.get(key)
    if (first) return sameRequest(first.fingerprint, fingerprint, first.answer)
    const answer = begin(call, key, fingerprint, work).catch((error: unknown) => {
      running.delete(key)
      throw error
    })
    running.set(key, { fingerprint, answer })
    const settled = await answer
    if ('run' in settled) {
      const { run } = settled
      // A storage that was closed under a run has nobody to tell.
      void recordRun(call, key, run)
        .catch(() => {})
        .finally(() => running.delete(key))
    } else running.delete(key)
    return settled
  }
}

async function begin(call: Call, key: string, fingerprint: string, work: () => Promise<Answer>): Promise<Answer> {
  const { idempotency } = call.house.storage
  const earlier = await idempotency.begin({ key, fingerprint, createdAt: call.house.now() })
  if (earlier) {
    sameRequest(earlier.fingerprint, fingerprint, undefined)
    if (earlier.answer === null)
      throw new ApiError(409, 'The first request with this Idempotency-Key was interrupted and has no answer')
    return { stored: earlier.answer }
  }
  try {
    const answer = await work()
    if ('json' in answer) {
      const body = answer.json === undefined ? '' : JSON.stringify(answer.json)
      await idempotency.finish(key, { status: answer.status ?? 200, contentType: CONTENT_TYPES.json, body })
    }
    return answer
  } catch (error) {
    await idempotency.release(key)
    throw error
  }
}

function sameRequest<T>(first: string, second: string, value: T): T {
  if (first !== second) throw new ApiError(409, 'This Idempotency-Key was used for another request')
  return value
}

/** Keeps the answer of a run for later repeats, once it has ended. */
async function recordRun(call: Call, key: string, run: Run): Promise<void> {
  const { idempotency } = call.house.storage
  await run.finished
  if (run.failure) await idempotency.release(key)
  else await idempotency.finish(key, await replay(run, call.format))
}

async function replay(run: Run, format: Call['format']) {
  const contentType = CONTENT_TYPES[format]
  if (format !== 'json') return { status: 200, contentType, body: run.events.map(framer(format)).join('') }
  return run.result().then(
    (result) => ({ status: 200, contentType, body: JSON.stringify(result) }),
    (error: ApiError) => ({ status: error.status, contentType, body: JSON.stringify(error.body) }),
  )
}
