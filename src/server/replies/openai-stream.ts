import type { EndReason } from '../../protocol/index.ts'
import { ReplyError } from '../reply-error.ts'
import { MAX_LINE_LENGTH, sseData } from './sse.ts'

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
  usage?: { prompt_tokens?: unknown; completion_tokens?: unknown } | null
}
interface Delta {
  content?: unknown
  reasoning_content?: unknown
  reasoning?: unknown
  tool_calls?: { index?: unknown; function?: { name?: unknown; arguments?: unknown } }[] | null
}

/** Calls a model may ask for at once. */
const MAX_CALLS = 128

const REASONS = new Map<string, EndReason>([
  ['length', 'length'],
  ['tool_calls', 'activity'],
  ['function_call', 'activity'],
])

/**
 * Reads the answer of a chat completion from its bytes, streamed as server-sent events or whole as JSON.
 * @throws ReplyError when the model reports an error, or the stream ends before it was finished.
 */
export async function* readCompletion(
  chunks: AsyncIterable<Uint8Array>,
  form: 'events' | 'json',
): AsyncGenerator<ModelPart, void, undefined> {
  const calls: { name: string; text: string }[] = []
  let finish: string | undefined
  let done = false
  let tokens = 0
  for await (const data of form === 'json' ? whole(chunks) : sseData(chunks)) {
    if (data === '[DONE]') {
      done = true
      break
    }
    const chunk = parse(data)
    if (chunk.error) throw new ReplyError('The model failed while it was answering. Try again.', 'BAD_GATEWAY')
    const choice = chunk.choices?.[0]
    const delta = choice?.delta ?? choice?.message
    const reasoning = textOf(delta?.reasoning_content ?? delta?.reasoning)
    if (reasoning !== '') yield { type: 'reasoning', text: reasoning }
    const text = textOf(delta?.content)
    if (text !== '') yield { type: 'token', text }
    collectCalls(calls, delta?.tool_calls ?? [])
    finish = choice?.finish_reason ?? finish
    if (chunk.usage) {
      // Some count in every chunk, all from the beginning: the last one counts.
      tokens = countOf(chunk.usage.prompt_tokens) + countOf(chunk.usage.completion_tokens)
    }
  }
  if (finish === undefined && !done) {
    throw new ReplyError('The answer of the model broke off. Try again to go on.', 'STREAM_INTERRUPTED')
  }
  if (finish === 'content_filter') {
    throw new ReplyError('The model stopped: its filter does not let this answer through.', 'CONTENT_MODERATION')
  }
  const named = calls.filter((call) => call.name !== '')
  const reason = named.length > 0 ? 'activity' : (REASONS.get(finish ?? 'stop') ?? 'stop')
  yield { type: 'end', reason, calls: named.map(toCall), tokens }
}

/** Some servers answer in one piece whatever they are asked for. */
async function* whole(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MAX_LINE_LENGTH) throw new RangeError('The answer is too long.')
  }
  yield text + decoder.decode()
}

/** A text, or the texts of a list of parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}

function countOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function parse(data: string): Chunk {
  try {
    const chunk: unknown = JSON.parse(data)
    if (isObject(chunk)) return chunk
  } catch {
    // Half a JSON is what a cut connection leaves.
  }
  throw new ReplyError('The answer of the model broke off. Try again to go on.', 'STREAM_INTERRUPTED')
}

function collectCalls(calls: { name: string; text: string }[], deltas: NonNullable<Delta['tool_calls']>): void {
  deltas.forEach((delta, position) => {
    const index = delta.index ?? position
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= MAX_CALLS) throw unreadable()
    while (calls.length <= index) calls.push({ name: '', text: '' })
    const { name, arguments: given } = delta.function ?? {}
    const call = calls[index]!
    if (typeof name === 'string') call.name += name
    // Some give the arguments as they are, not written down.
    if (given) call.text += typeof given === 'string' ? given : JSON.stringify(given)
  })
}

function toCall({ name, text }: { name: string; text: string }): ModelCall {
  try {
    return { name, arguments: text.trim() === '' ? {} : JSON.parse(text) }
  } catch {
    throw unreadable()
  }
}

function unreadable(): ReplyError {
  return new ReplyError('The model called a function in a way that cannot be read. Try again.', 'BAD_GATEWAY')
}
