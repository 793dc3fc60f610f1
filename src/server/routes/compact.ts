import { notFound } from '../api-error.ts'
import { findConversation } from '../lookup.ts'
import { post, postAnything } from '../route.ts'
import { compactStateless } from '../schemas.ts'
import { tokensIn } from '../tokens.ts'
import type { Message } from '../../protocol/index.ts'
import type { Routes } from '../route.ts'

const SENTENCE_LENGTH = 200
const SUMMARY_LENGTH = 4000

export const compactRoutes: Routes = {
  'conversation.compact': postAnything(async (call) => {
    const { id, owner } = await findConversation(call)
    const { storage, newId, now } = call.house
    const history = await storage.messages.history(id)
    if (!history.some((message) => message.type !== 'checkpoint'))
      return { json: { id, text: '', usage: { token: 0 } } }
    const text = summarize(history)
    const checkpoint = { id: newId('message'), type: 'checkpoint', text } as const
    const stored = await storage.messages.append(id, [checkpoint], now())
    if (stored === undefined) throw notFound('Conversation')
    const tokens = tokensIn(text)
    await storage.usage.add({ owner, conversationId: id, tokens, messages: 1, createdAt: now() })
    return { json: { id: checkpoint.id, text, usage: { token: tokens } } }
  }),

  'conversation.compactStateless': post(compactStateless, (_, { messages }) => {
    const text = summarize(messages)
    return { json: { text, usage: { token: tokensIn(text) } } }
  }),
}

/** What was said, the beginning of each message, newest kept when it is too much. No model is asked. */
function summarize(messages: readonly Pick<Message, 'type' | 'text'>[]): string {
  const lines: string[] = []
  let length = 0
  for (const { type, text } of messages.toReversed()) {
    const said = text.replaceAll(/\s+/g, ' ').trim()
    if (said === '' || !['user', 'bot', 'context', 'checkpoint'].includes(type)) continue
    const line = type === 'checkpoint' ? text : `${type}: ${shortened(said)}`
    length += line.length
    if (length > SUMMARY_LENGTH) break
    lines.unshift(line)
  }
  return lines.join('\n')
}

function shortened(text: string): string {
  return text.length <= SENTENCE_LENGTH ? text : `${text.slice(0, SENTENCE_LENGTH - 1).trimEnd()}…`
}
