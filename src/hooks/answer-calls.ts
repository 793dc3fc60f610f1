import type { Message } from '../protocol/index.ts'
import { named } from '../queries/index.ts'
import type { ToolPart } from '../store/index.ts'
import type { Exchange } from './exchange.ts'
import { said } from './said.ts'
import { conversationIdOf } from './thread.ts'
import type { Thread } from './thread.ts'
import { waitingCalls } from './tools.ts'
import type { ToolHandler } from './tools.ts'

interface CallContext {
  signal: AbortSignal
  messages: Message[]
}

/** Answers the calls into this page that a run has ended with, and stores the answers where the conversation is stored. */
export async function answerCalls(thread: Thread, exchange: Exchange): Promise<void> {
  const { signal } = exchange
  const { tools = [], initialMessages } = thread.options()
  const context = { signal, messages: said(exchange.turn, initialMessages) }
  const conversationId = conversationIdOf(thread)
  for (const message of await answersTo(waitingCalls(exchange.turn, tools), tools, context)) {
    if (signal.aborted) return
    if (conversationId !== null) await named(thread.kit.client.message.create(conversationId, message))
    exchange.happen({ type: 'message', data: message })
  }
}

/** The answers to calls, all at once; none when it is stopped: a function may wait for somebody who has left. */
async function answersTo(
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
