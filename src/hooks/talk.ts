import { localKey, userMessage } from '../store/index.ts'
import { answer, ask } from './calls.ts'
import type { FinishInfo } from './exchange.ts'
import { run } from './run.ts'
import { begin, conversationIdOf, refusal } from './thread.ts'
import type { RunBody, RunRequest, Thread, UserInput } from './thread.ts'

/** Says something and reads the answer. */
export async function send(thread: Thread, input: UserInput, body?: RunBody): Promise<FinishInfo> {
  const { text, entities, meta } = typeof input === 'string' ? { text: input } : input
  const words = text.trim()
  if (words === '') throw refusal('There is nothing to send: the text is empty.')
  const exchange = begin(thread, userMessage(localKey(), words, Date.now(), meta))
  return run(thread, exchange, () => ask(thread, exchange, { ...body, ...(entities && { entities }) }))
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
    throw refusal('There is nothing to answer: give a text or messages.')
  }
  const exchange = begin(thread, words === '' ? undefined : userMessage(localKey(), words, Date.now()))
  return run(thread, exchange, () => ask(thread, exchange, { ...request, ...body }))
}

/** Lets the assistant speak next, without anything new being said. */
export async function receive(thread: Thread): Promise<FinishInfo> {
  if (conversationIdOf(thread) === null) throw refusal('There is nothing to answer: no conversation is stored yet.')
  const exchange = begin(thread)
  return run(thread, exchange, () => answer(thread, exchange))
}
