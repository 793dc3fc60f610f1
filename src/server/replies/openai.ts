import type { CompleteResult, ConversationStreamEvent, EndReason } from '../../protocol/index.ts'
import { ReplyError } from '../reply-error.ts'
import type { ReplyContext } from '../types.ts'
import { toChatMessages } from './openai-messages.ts'
import { readCompletion } from './openai-stream.ts'
import type { ModelCall } from './openai-stream.ts'
import { createPatience, patientChunks } from './patience.ts'
import type { Patience } from './patience.ts'

/** Answers of functions a model may ask for in one run, one after the other. */
const MAX_ROUNDS = 10
/** The rule of thumb for servers that do not count. */
const CHARACTERS_A_TOKEN = 4
/** A local model may have to be loaded first. */
const TIMEOUT_MS = 120_000
/** Of a refusal, as much as is read to tell what it is about. */
const MAX_REFUSAL_BYTES = 64_000

export interface OpenAIReplyOptions {
  /** Where `/chat/completions` is. @default 'https://api.openai.com/v1' */
  baseURL?: string
  /** Many local servers need none. */
  apiKey?: string
  model: string
  /** Milliseconds of silence, before the first word or between two, after which the model is given up. @default 120000 */
  timeout?: number
  /** @default the global fetch */
  fetch?: (input: string, init: RequestInit) => Promise<Response>
}

/**
 * Lets a model answer that speaks the OpenAI protocol, hosted or on this machine. Functions of the request are offered to it
 * as tools. What goes wrong is said in words a reader may see.
 */
export function openAIReply(
  options: OpenAIReplyOptions,
): (context: ReplyContext) => AsyncIterable<string | ConversationStreamEvent> {
  const { baseURL = 'https://api.openai.com/v1' } = options
  const url = `${baseURL.replace(/\/+$/, '')}/chat/completions`

  return async function* reply(context) {
    let used = 0
    let text = ''
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      let calls: ModelCall[] = []
      let reason: EndReason = 'stop'
      const patience = createPatience(context.signal, options.timeout ?? TIMEOUT_MS)
      try {
        const response = await ask(url, options, context, patience)
        for await (const part of readSafely(response, context.signal, patience)) {
          if (part.type === 'token') {
            text += part.text
            yield part.text
          } else if (part.type === 'reasoning') yield { type: 'reasoningToken', data: { token: part.text } }
          else {
            ;({ calls, reason } = part)
            used += part.tokens
          }
        }
      } finally {
        patience.end()
      }
      if (calls.length === 0) {
        yield { type: 'result', data: end(text, used, reason) }
        return
      }
      for (const call of calls) yield request(call, context)
    }
    yield { type: 'result', data: end(text, used, 'iteration') }
  }
}

function end(text: string, used: number, reason: EndReason): CompleteResult {
  return { text, usage: { token: used || Math.ceil(text.length / CHARACTERS_A_TOKEN) }, end: { reason } }
}

/** The server carries the call out, or ends the run there when it is for the caller. */
function request(call: ModelCall, { functions }: ReplyContext): ConversationStreamEvent {
  if (!functions.some(({ name }) => name === call.name)) {
    throw new ReplyError('The model called a function that there is not. Try again.', 'BAD_GATEWAY')
  }
  return {
    type: 'message',
    data: { type: 'activity', text: '', meta: { activity: { type: 'request', function: call } } },
  }
}

async function ask(
  url: string,
  options: OpenAIReplyOptions,
  context: ReplyContext,
  patience: Patience,
): Promise<Response> {
  const { apiKey, model, fetch = globalThis.fetch } = options
  const tools = context.functions.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters: parameters ?? { type: 'object', properties: {} } },
  }))
  let response: Response
  try {
    const asked = fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...(apiKey && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({
        model,
        messages: toChatMessages(context),
        stream: true,
        stream_options: { include_usage: true },
        ...(tools.length > 0 && { tools }),
      }),
      signal: patience.signal,
      redirect: 'error',
    })
    response = await patience.wait(asked)
  } catch (error) {
    context.signal.throwIfAborted()
    if (error instanceof ReplyError) throw error
    throw new ReplyError('The model server could not be reached. Try again in a moment.', 'BAD_GATEWAY', {
      cause: error,
    })
  }
  if (!response.ok) throw await refusal(response, patience)
  return response
}

/** What the server says is not quoted: it may repeat a part of the key or of the conversation. */
async function refusal(response: Response, patience: Patience): Promise<ReplyError> {
  const { status, headers } = response
  const words = status === 400 ? await beginningOf(response, patience) : ''
  response.body?.cancel().catch(() => {})
  const tooLong = words.includes('context_length_exceeded')
  if (tooLong) return new ReplyError('The conversation has become too long for this model.', 'CONTENT_TOO_LARGE')
  if (status === 401 || status === 403) {
    return new ReplyError(
      'The model server does not accept the key of this server. Check OPENAI_API_KEY.',
      'BAD_GATEWAY',
    )
  }
  if (status === 404) {
    return new ReplyError(
      'The model server does not have this model. Check OPENAI_MODEL and OPENAI_BASE_URL.',
      'BAD_GATEWAY',
    )
  }
  if (status === 429) {
    const seconds = Number(headers.get('retry-after'))
    const wait = seconds > 0 ? `in ${Math.ceil(seconds)} seconds` : 'in a moment'
    return new ReplyError(`The model is asked too much at the moment. Try again ${wait}.`, 'TOO_MANY_REQUESTS')
  }
  if (status >= 500)
    return new ReplyError('The model server has a problem. Try again in a moment.', 'SERVICE_UNAVAILABLE')
  return new ReplyError(`The model server refused the request with status ${status}.`, 'BAD_GATEWAY')
}

/** What can be read of it. What cannot is no matter: the status says enough. */
async function beginningOf(response: Response, patience: Patience): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of patientChunks(response, patience)) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > MAX_REFUSAL_BYTES) break
    }
  } catch {
    // Cut or silent.
  }
  return text
}

async function* readSafely(response: Response, signal: AbortSignal, patience: Patience) {
  const isJson = response.headers.get('content-type')?.includes('application/json') ?? false
  try {
    yield* readCompletion(patientChunks(response, patience), isJson ? 'json' : 'events')
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof ReplyError) throw error
    throw new ReplyError('The answer of the model broke off. Try again to go on.', 'STREAM_INTERRUPTED', {
      cause: error,
    })
  }
}
