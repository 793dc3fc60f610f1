import { ApiError, badRequest, toApiError } from './api-error.ts'
import { authenticate } from './auth.ts'
import { mediaType, parseJson, readJsonText } from './body.ts'
import { NetworkError } from './network-error.ts'
import { OPERATIONS } from './operations.ts'
import { errorResponse, respond } from './respond.ts'
import { sleep } from './reply.ts'
import type { Call, Format, House } from './call.ts'
import type { Operation } from './operations.ts'
import type { Recorder } from './recorder.ts'
import type { Route } from './route.ts'
import type { RecordedRequest } from './types.ts'
import type { createRepeats } from './idempotency.ts'

const FORMATS: Record<string, Format> = {
  '': 'json',
  '*/*': 'json',
  'application/json': 'json',
  'application/jsonl': 'jsonl',
  'text/event-stream': 'sse',
  'text/csv': 'csv',
}

/** Longer bodies are not kept for tests to look at. */
const RECORDED_LENGTH = 100_000

/** A request that was matched to an operation. */
export interface Matched {
  request: Request
  operation: Operation
  route: Route
  basePath: string
  params: Record<string, string>
}

/** What the pipeline works with. */
export interface Works {
  house: House
  recorder: Recorder
  once: ReturnType<typeof createRepeats>
}

/** The connection broke. Not an `Error`, so that nothing on the way turns it into an answer. */
export class Broken {
  readonly reason: unknown
  constructor(reason: unknown) {
    this.reason = reason
  }
}

/** One request: recorded, checked in the order of the hosted API, answered. Throws only {@link Broken}. */
export async function handle(matched: Matched, works: Works): Promise<Response> {
  const { request } = matched
  const record = works.recorder.request(matched.operation, request, matched.params)
  const leave = () => {
    record.aborted = true
  }
  request.signal.addEventListener('abort', leave, { once: true })
  const done = () => request.signal.removeEventListener('abort', leave)
  try {
    return await answer(matched, works, record, done)
  } catch (error) {
    if (request.signal.aborted) throw new Broken(request.signal.reason)
    if (error instanceof NetworkError) throw new Broken(error)
    done()
    return errorResponse(toApiError(error))
  }
}

async function answer(matched: Matched, works: Works, record: RecordedRequest, done: () => void): Promise<Response> {
  const { request, operation, route, params } = matched
  const { house, recorder, once } = works
  const { method } = OPERATIONS[operation]
  if (house.options.latency) await sleep(house.options.latency, request.signal)

  if (request.method === 'HEAD') return new Response(null)
  if (request.method !== method) throw new ApiError(405)
  const isJson = mediaType(request) === 'application/json'
  if (!isJson && (route.body === 'json' || route.body === 'ignored'))
    throw badRequest('The content type must be application/json')
  const hasJson = isJson && route.body !== 'none'
  const text = hasJson ? await readJsonText(request).catch((error: unknown) => new Unread(error)) : ''
  if (typeof text === 'string' && hasJson && text.length <= RECORDED_LENGTH) record.body = parsed(text)

  const caller = await authenticate(request, operation, params, house)
  const failure = recorder.failureOf(operation)
  if (failure) throw new ApiError(failure.status, failure.message, failure)
  if (text instanceof Unread) throw text.reason

  const format = route.streams ? formatOf(request) : 'json'
  const call: Call = { ...matched, house, caller, format, url: new URL(request.url) }
  const work = async () => route.answer(call, hasJson && route.body !== 'ignored' ? parseJson(text) : undefined)
  return respond(method === 'POST' ? await once(call, hasJson ? text : outlineOf(request), work) : await work(), {
    format,
    house,
    signal: request.signal,
    done,
    left() {
      record.aborted = true
    },
  })
}

/** A body that could not be read is told of when its turn has come. */
class Unread {
  readonly reason: unknown
  constructor(reason: unknown) {
    this.reason = reason
  }
}

/** What tells one body of bytes from another without reading it. */
function outlineOf({ headers }: Request): string {
  return `${headers.get('content-type')} ${headers.get('content-length')}`
}

/** Only the first choice of the caller counts. */
function formatOf(request: Request): Format {
  const accept = request.headers.get('accept') ?? ''
  const first = accept.split(',')[0]?.split(';')[0]?.trim().toLowerCase() ?? ''
  const format = Object.hasOwn(FORMATS, first) ? FORMATS[first] : undefined
  if (format === undefined) throw badRequest('The Accept header names no format that is offered')
  return format
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
