import type { Message } from '../protocol/index.ts'
import type { ToolPart } from '../store/index.ts'
import type { ToolHandler } from './tools.ts'

interface CallContext {
  signal: AbortSignal
  messages: Message[]
}

/** Answers calls into this page, all at once; none when it is stopped: a function may wait for somebody who has left. */
export async function answerCalls(
  calls: readonly ToolPart[],
  tools: readonly ToolHandler[],
  context: CallContext,
): Promise<Message[]> {
  if (context.signal.aborted) return []
  const left = new Promise<[]>((resolve) => context.signal.addEventListener('abort', () => resolve([])))
  return Promise.race([left, Promise.all(calls.map((call) => answerCall(call, tools, context)))])
}

/** Answers a call: what the function gives, or why it failed. */
async function answerCall(call: ToolPart, tools: readonly ToolHandler[], context: CallContext): Promise<Message> {
  const args = call.args ?? {}
  let result: unknown
  try {
    const value = await tools.find((tool) => tool.name === call.name)?.handler(args, context)
    result = JSON.stringify(value ?? null)
  } catch (error) {
    result = { error: error instanceof Error ? error.message : String(error) }
  }
  const activity = { type: 'response', function: { name: call.name, arguments: args, result } }
  return { type: 'activity', text: '', meta: { activity } }
}
