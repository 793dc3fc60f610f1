import type { EndReason } from '../../protocol/index.ts'
import { ReplyError } from '../reply-error.ts'
import { sseData } from './sse.ts'

/** What one answer of a model brings, piece by piece. */
export type ModelPart =
  | { type: 'token'; text: string }
  | { type: 'reasoning'; text: string }
  | { type: 'end'; reason: EndReason; calls: ModelCall[]; tokens: number }

export interface ModelCall {
  name: string
  arguments: unknown
}

/** The members of a chunk that are read; everything may be missing, and servers differ in what is `null`. */
interface Chunk {
  error?: unknown
  choices?: { delta?: Delta | null; message?: Delta | null; finish_reason?: string | null }[] | null
  usage?: { prompt_tokens?: number; completion_tokens?: number } | null
}
interface Delta {
  content?: string | null
  reasoning_content?: string | null
  reasoning?: string | null
  tool_calls?: { index?: number; function?: { name?: string; arguments?: string } }[] | null
}

const REASONS: Record<string, EndReason> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'activity',
  function_call: 'activity',
}

/**
 * Reads the answer of a chat completion, streamed or whole.
 * @throws ReplyError when the model reports an error, or the stream ends before it was finished.
 */
export async function* readCompletion(response: Response): AsyncGenerator<ModelPart, void, undefined> {
  const calls: { name: string; text: string }[] = []
  let finish: string | undefined
  let done = false
  let tokens = 0
  for await (const data of dataOf(response)) {
    if (data === '[DONE]') {
      done = true
      break
    }
    const chunk = parse(data)
    if (chunk.error) throw new ReplyError('The model failed while it was answering. Try again.', 'BAD_GATEWAY')
    const choice = chunk.choices?.[0]
    const delta = choice?.delta ?? choice?.message
    const reasoning = delta?.reasoning_content ?? delta?.reasoning
    if (reasoning) yield { type: 'reasoning', text: reasoning }
    if (delta?.content) yield { type: 'token', text: delta.content }
    collectCalls(calls, delta?.tool_calls ?? [])
    finish = choice?.finish_reason ?? finish
    if (chunk.usage) {
      const { prompt_tokens: input = 0, completion_tokens: output = 0 } = chunk.usage
      // Some count in every chunk, all from the beginning: the last one counts.
      tokens = input + output
    }
  }
  if (finish === undefined && !done) {
    throw new ReplyError('The answer of the model broke off. Try again to go on.', 'STREAM_INTERRUPTED')
  }
  if (finish === 'content_filter') {
    throw new ReplyError('The model stopped: its filter does not let this answer through.', 'CONTENT_MODERATION')
  }
  const named = calls.filter((call) => call.name !== '')
  const reason = named.length > 0 ? 'activity' : (REASONS[finish ?? 'stop'] ?? 'stop')
  yield { type: 'end', reason, calls: named.map(toCall), tokens }
}

async function* dataOf(response: Response): AsyncGenerator<string, void, undefined> {
  if (!response.body) return
  // Some servers answer in one piece whatever they are asked for.
  if (response.headers.get('content-type')?.includes('application/json')) yield await response.text()
  else yield* sseData(response.body)
}

function parse(data: string): Chunk {
  try {
    const chunk: unknown = JSON.parse(data)
    if (typeof chunk === 'object' && chunk !== null) return chunk
  } catch {
    // Half a JSON is what a cut connection leaves.
  }
  throw new ReplyError('The answer of the model broke off. Try again to go on.', 'STREAM_INTERRUPTED')
}

function collectCalls(calls: { name: string; text: string }[], deltas: NonNullable<Delta['tool_calls']>): void {
  deltas.forEach((delta, position) => {
    const index = delta.index ?? position
    const call = (calls[index] ??= { name: '', text: '' })
    call.name += delta.function?.name ?? ''
    call.text += delta.function?.arguments ?? ''
  })
}

function toCall({ name, text }: { name: string; text: string }): ModelCall {
  try {
    return { name, arguments: text.trim() === '' ? {} : JSON.parse(text) }
  } catch {
    throw new ReplyError('The model called a function in a way that cannot be read. Try again.', 'BAD_GATEWAY')
  }
}
