import type { ConversationCreateRequest } from '../protocol/index.ts'
import { createOptions, keyOfComplete } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { nameThread } from '../store/index.ts'
import { observed } from './exchange.ts'
import type { Answer, Exchange } from './exchange.ts'
import { messagesKey } from './settle.ts'
import { laterSteps } from './steps.ts'
import { conversationIdOf } from './thread.ts'
import type { Thread } from './thread.ts'
import { definitions } from './tools.ts'

/** Puts the user's message to the server and reads the reply. Creates the conversation first when there is none. */
export async function ask(thread: Thread, exchange: Exchange): Promise<void> {
  const { kit, stateless } = thread
  if (stateless) return (await laterSteps()).askStateless(thread, exchange)
  const conversationId = conversationIdOf(thread) ?? (await createOnce(thread))
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

const creating = new Map<string, Promise<string>>()

/** The id of a thread's conversation. It becomes one only, also when the first message was stopped while that was being created. */
export async function createOnce(thread: Thread): Promise<string> {
  const { id } = thread
  const stored = conversationIdOf(thread)
  if (stored !== null) return stored
  const created = creating.get(id) ?? create(thread).finally(() => creating.delete(id))
  creating.set(id, created)
  return created
}

/** Creates the conversation of a thread that has none. */
async function create({ kit, id, options }: Thread): Promise<string> {
  const { create: request = {}, initialMessages = [], onConversationCreated } = options()
  const body: ConversationCreateRequest =
    initialMessages.length > 0 ? { ...request, messages: [...initialMessages] } : request
  const created = await observed(kit, createOptions(kit.client), body)
  // Nothing was said in it before, so nothing has to be read.
  kit.queryClient.setQueryData<MessagePages>(messagesKey(kit, created.id), {
    pages: [{ items: [] }],
    pageParams: [undefined],
  })
  nameThread(kit.store, id, created.id)
  onConversationCreated?.(created.id)
  return created.id
}
