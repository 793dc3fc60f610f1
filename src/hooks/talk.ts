import { changeQueue, localKey, userMessage } from '../store/index.ts'
import type { ChatMessage, RunRequest } from '../store/index.ts'
import { answer, ask } from './calls.ts'
import type { FinishInfo } from './exchange.ts'
import { run } from './run.ts'
import { begin, conversationIdOf, refusal } from './thread.ts'
import type { RunBody, Thread } from './thread.ts'

/** Sends a message and reads the answer. Its row is where it was, also when it has waited. */
export async function send(thread: Thread, row: ChatMessage, request: RunRequest): Promise<FinishInfo> {
  const exchange = begin(thread, { ...row, status: 'sending' }, request)
  changeQueue(thread.kit.store, thread.id, (queue) => queue.filter((message) => message.row.key !== row.key))
  return run(thread, exchange, () => ask(thread, exchange))
}

/** One reply to a request, or to what is stored. */
export async function complete(
  thread: Thread,
  mode: 'complete' | 'receive',
  input: string | RunRequest,
  body?: RunBody,
): Promise<FinishInfo> {
  const { text = '', ...request } = typeof input === 'string' ? { text: input } : input
  if (mode === 'receive') return receive(thread)
  const words = text.trim()
  if (words === '' && thread.stateless && !request.messages?.length) {
    throw refusal('There is nothing to answer.')
  }
  const user = words === '' ? undefined : userMessage(localKey(), words, Date.now())
  const exchange = begin(thread, user, { ...request, ...body })
  return run(thread, exchange, () => ask(thread, exchange))
}

/** Lets the assistant speak next, without anything new being said. */
export async function receive(thread: Thread): Promise<FinishInfo> {
  if (conversationIdOf(thread) === null) throw refusal('There is nothing to answer.')
  const exchange = begin(thread)
  return run(thread, exchange, () => answer(thread, exchange))
}
