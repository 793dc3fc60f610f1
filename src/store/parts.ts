import type { Activity, Message } from '../protocol/index.ts'
import type { MessagePart, ToolPart } from './message.ts'

/** Records of the kit's own doings that the server keeps among the messages; nobody reads them as part of a talk. */
const SILENT_FUNCTION = /^((up|down)vote(Conversation|Message)|uploadAttachment|timeBudgetCheckpoint)$/

/** What an `activity` message records; `undefined` when it is none that concerns a reader. */
export function activityOf(message: Message): Activity | undefined {
  const activity: unknown = message.meta?.activity
  if (message.type !== 'activity' || typeof activity !== 'object' || activity === null) return undefined
  const { type, function: called } = activity as Partial<Activity>
  if (typeof called?.name !== 'string' || SILENT_FUNCTION.test(called.name)) return undefined
  return type === 'request' || type === 'response' ? (activity as Activity) : undefined
}

/** Appends to the last part when it is an open one of this type, else opens one. */
export function appendText(parts: readonly MessagePart[], type: 'text' | 'reasoning', delta: string): MessagePart[] {
  const last = parts.at(-1)
  if (last?.type === type && last.streaming) {
    const next = parts.slice()
    next[next.length - 1] = { type, text: last.text + delta, streaming: true }
    return next
  }
  return [...closeParts(parts), { type, text: delta, streaming: true }]
}

/**
 * What a whole message says of its type, in place of the pieces that were streamed of it: those from the part `from` on. They become one,
 * where the last of them was.
 */
export function finishText(
  parts: readonly MessagePart[],
  from: number,
  type: 'text' | 'reasoning',
  text: string,
): MessagePart[] {
  const isPiece = (part: MessagePart, index: number) => index >= from && part.type === type
  const last = parts.findLastIndex(isPiece)
  const whole = { type, text, streaming: false } as const
  if (last === -1) return text === '' ? closeParts(parts) : [...closeParts(parts), whole]
  return closeParts(parts.flatMap((part, index) => (index === last ? [whole] : isPiece(part, index) ? [] : [part])))
}

/** Nothing is added to these any more. */
export function closeParts(parts: readonly MessagePart[]): MessagePart[] {
  return parts.map((part) =>
    (part.type === 'text' || part.type === 'reasoning') && part.streaming ? { ...part, streaming: false } : part,
  )
}

/** Ends the calls that never got an answer. */
export function endTools(parts: readonly MessagePart[]): MessagePart[] {
  return parts.map((part) => (part.type === 'tool' && part.state === 'running' ? { ...part, state: 'error' } : part))
}

/** A call, or the answer to one, among the parts. */
export function applyActivity(parts: readonly MessagePart[], activity: Activity): MessagePart[] {
  const { name, arguments: args } = activity.function
  if (activity.type === 'request') {
    return [...closeParts(parts), { type: 'tool', name, ...(args !== undefined && { args }), state: 'running' }]
  }
  const waiting = parts.filter((part) => part.type === 'tool' && part.state === 'running' && part.name === name)
  // Calls run side by side and the protocol gives them no ids: the arguments tell two of one name apart.
  const call = waiting.find((part) => part.type === 'tool' && sameJson(part.args, args)) ?? waiting[0]
  const done: ToolPart = { type: 'tool', name, ...(args !== undefined && { args }), ...outcome(activity) }
  return call ? parts.map((part) => (part === call ? { ...call, ...done } : part)) : [...closeParts(parts), done]
}

const sameJson = (one: unknown, two: unknown): boolean => JSON.stringify(one) === JSON.stringify(two)

/** Servers write results as JSON strings, and failures as objects with an `error`. */
function outcome(activity: Activity): Pick<ToolPart, 'result' | 'error' | 'state'> {
  const { result: raw } = activity.function
  const result = typeof raw === 'string' ? parsed(raw) : raw
  if (typeof result === 'object' && result !== null && 'error' in result && Object.keys(result).length === 1) {
    const { error } = result
    return { state: 'error', result, error: typeof error === 'string' ? error : JSON.stringify(error) }
  }
  return { state: 'done', result }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
