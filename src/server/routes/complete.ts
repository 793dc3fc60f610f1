import { findConversation } from '../lookup.ts'
import { postStream } from '../route.ts'
import { completeMessage, completeStateless, receiveMessage, sendMessage } from '../schemas.ts'
import { conversationRun, say, statelessRun, track } from '../turn-run.ts'
import { contactOfReference } from './contacts.ts'
import { toMessages } from './messages.ts'
import type { Message } from '../../protocol/index.ts'
import type { Call } from '../call.ts'
import type { Routes } from '../route.ts'
import type { Run } from '../run.ts'
import type { Schema } from '../schema.ts'

type Parsed<S> = S extends Schema<infer T> ? T : never

export const completeRoutes: Routes = {
  'conversation.complete': postStream(completeMessage, (call, body) => ({
    run: startComplete(call, body),
    asEvents: true,
    pings: true,
  })),

  'conversation.completeStateless': postStream(completeStateless, async (call, body) => ({
    run: await startStateless(call, body),
    asEvents: true,
    pings: true,
  })),

  'conversation.initiate': postStream(completeMessage, (call, body) => ({
    run: conversationRun(call, { ...textOf(body), type: 'instruction' }, body),
    pings: true,
  })),

  'conversation.send': postStream(sendMessage, (call, { text }) => ({
    run: track(call, async (run) => {
      const conversation = await findConversation(call)
      const { id } = await say(call, conversation, { type: 'user', text })
      const data = { id, text, entities: [], usage: { token: 0 } }
      run.emit({ type: 'result', data, createdAt: call.house.now() })
    }),
  })),

  'conversation.receive': postStream(receiveMessage, (call, body) => ({
    run: conversationRun(call, {}, body, 'receive'),
  })),
}

/** One turn of a stored conversation. */
export function startComplete(call: Call, body: Parsed<typeof completeMessage>): Run {
  return conversationRun(call, textOf(body), body)
}

/** One turn of a conversation that the caller keeps. */
export async function startStateless(call: Call, body: Parsed<typeof completeStateless>): Promise<Run> {
  await contactOfReference(call, body.contactId)
  const messages: Message[] = toMessages(body.messages ?? [])
  for (const { url } of body.attachments ?? []) {
    const activity = { type: 'request', function: { name: 'uploadAttachment', arguments: { url } } }
    messages.push({ type: 'activity', text: '', meta: { activity } })
  }
  if (body.text !== undefined) messages.push({ type: 'user', text: body.text })
  return statelessRun(call, messages, body, body)
}

const textOf = ({ text }: { text?: string }) => (text === undefined ? {} : { text })
