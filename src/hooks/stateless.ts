import { callFor, goOn } from './calls.ts'
import type { Exchange } from './exchange.ts'
import { said } from './said.ts'
import type { Thread } from './thread.ts'
import { definitions } from './tools.ts'

/** Sends everything along to a server that keeps nothing. */
export async function askStateless(thread: Thread, exchange: Exchange): Promise<void> {
  const request = exchange.turn?.request
  const { body, initialMessages, tools } = thread.options()
  const messages = [...(request?.messages ?? []), ...said(exchange.turn, initialMessages)]
  const record = { ...definitions(tools), ...body, ...request, messages }
  await callFor(thread, exchange, 'conversation.completeStateless', (signal) =>
    thread.kit.client.complete(null, record, { retries: 0, signal }),
  )
  return goOn(thread, exchange)
}
