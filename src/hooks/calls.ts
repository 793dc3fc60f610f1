import { keyOfComplete } from '../queries/index.ts'
import { observed } from './exchange.ts'
import type { Answer, Exchange } from './exchange.ts'
import { laterSteps } from './steps.ts'
import { conversationIdOf } from './thread.ts'
import type { Thread } from './thread.ts'
import { definitions } from './tools.ts'

/** Puts the user's message to the server and reads the reply. Creates the conversation first when there is none. */
export async function ask(thread: Thread, exchange: Exchange): Promise<void> {
  const { kit, stateless } = thread
  if (stateless) return (await laterSteps()).askStateless(thread, exchange)
  const conversationId = conversationIdOf(thread) ?? (await (await laterSteps()).createOnce(thread))
  if (exchange.signal.aborted) return undefined
  const { body, tools } = thread.options()
  const text = exchange.turn?.user?.text
  const record = { ...definitions(tools), ...body, ...exchange.turn?.request, ...(text !== undefined && { text }) }
  await callFor(thread, exchange, 'conversation.complete', (signal) =>
    kit.client.complete(conversationId, record, { retries: 0, signal }),
  )
  return goOn(thread, exchange)
}

/** Reads a reply to what is stored. */
export async function answer(thread: Thread, exchange: Exchange): Promise<void> {
  const conversationId = conversationIdOf(thread)
  if (conversationId === null) return ask(thread, exchange)
  await callFor(thread, exchange, 'conversation.receive', (signal) =>
    thread.kit.client.receive(conversationId, definitions(thread.options().tools), { retries: 0, signal }),
  )
  return goOn(thread, exchange)
}

/** Answers the calls that a run has ended with, and lets it go on. */
export async function goOn(thread: Thread, exchange: Exchange): Promise<void> {
  if (exchange.signal.aborted || exchange.turn?.phase !== 'tool') return undefined
  const { answerCalls } = await laterSteps()
  await answerCalls(thread, exchange)
  if (exchange.signal.aborted) return undefined
  return answer(thread, exchange)
}

/** Reads a reply where `useIsMutating`, devtools and `onError` see it. */
export function callFor(
  thread: Thread,
  exchange: Exchange,
  operation: string,
  open: (signal: AbortSignal) => Answer,
): Promise<void> {
  return observed(thread.kit, { mutationFn: () => exchange.read(open), ...described(thread, operation) }, undefined)
}

/** By what name a call is seen in devtools and told to `onError`. */
export const described = (thread: Thread, operation: string) => {
  const conversationId = conversationIdOf(thread)
  return {
    mutationKey: keyOfComplete(conversationId ?? thread.id, thread.kit.client.scope),
    meta: { operation, ...(conversationId !== null && { conversationId }) },
  }
}
