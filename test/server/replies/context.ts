import type { ConversationStreamEvent, Message } from '../../../src/protocol/index.ts'
import type { ReplyContext } from '../../../src/server/index.ts'

/** What a reply knows, without a server around it. Its `sleep` does not wait, but counts. */
export function replyContext(over: Partial<ReplyContext> = {}): ReplyContext & { slept: number[] } {
  const slept: number[] = []
  const messages: Message[] = over.messages ?? [{ type: 'user', text: over.text ?? 'Hi' }]
  const signal = over.signal ?? new AbortController().signal
  return {
    conversation: null,
    settings: {},
    messages,
    text: messages.findLast((message) => message.type === 'user')?.text ?? '',
    functions: [],
    signal,
    async sleep(ms) {
      signal.throwIfAborted()
      slept.push(ms)
    },
    ...over,
    slept,
  }
}

export async function collect(reply: AsyncIterable<string | ConversationStreamEvent>) {
  const events: (string | ConversationStreamEvent)[] = []
  for await (const event of reply) events.push(event)
  const reasoning = events.map((event) =>
    typeof event === 'object' && event.type === 'reasoningToken' ? event.data.token : '',
  )
  const text = events.map((event) =>
    typeof event === 'string' ? event : event.type === 'token' ? event.data.token : '',
  )
  return { events, text: text.join(''), reasoning: reasoning.join('') }
}
