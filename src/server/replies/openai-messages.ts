import type { Activity, Message } from '../../protocol/index.ts'
import type { ReplyContext } from '../types.ts'

/** A message in the words of the OpenAI protocol. */
export type ChatMessage =
  | { role: 'system' | 'user' | 'assistant'; content: string }
  | { role: 'assistant'; content: null; tool_calls: ToolCall[] }
  | { role: 'tool'; tool_call_id: string; content: string }

interface ToolCall {
  id: string
  type: 'function'
  function: { name: string; arguments: string }
}

/** Calls that record what a reader did, not what the model asked for. */
const BOOKKEEPING = new Set([
  'upvoteConversation',
  'downvoteConversation',
  'upvoteMessage',
  'downvoteMessage',
  'uploadAttachment',
])

const ROLES = { user: 'user', bot: 'assistant', instruction: 'user', context: 'system' } as const

/** The conversation as a model reads it. Reasoning is left out, calls without an answer too: a model refuses those. */
export function toChatMessages({ messages, settings }: Pick<ReplyContext, 'messages' | 'settings'>): ChatMessage[] {
  const backstory = messages.findLast((message) => message.type === 'backstory')?.text ?? settings.backstory ?? ''
  const chat: ChatMessage[] = backstory.trim() === '' ? [] : [{ role: 'system', content: backstory }]
  // What a checkpoint sums up is not said again.
  const checkpoint = messages.findLastIndex((message) => message.type === 'checkpoint')
  messages.slice(Math.max(checkpoint, 0)).forEach((message, index) => addMessage(chat, message, `call_${index}`))
  return chat
}

function addMessage(chat: ChatMessage[], message: Message, callId: string): void {
  switch (message.type) {
    case 'user':
    case 'bot':
    case 'instruction':
    case 'context':
      if (message.text !== '') chat.push({ role: ROLES[message.type], content: message.text })
      break
    case 'checkpoint':
      chat.push({ role: 'system', content: `Summary of the conversation so far:\n${message.text}` })
      break
    case 'activity':
      addCall(chat, message.meta?.['activity'] as Activity | undefined, callId)
      break
    case 'backstory':
    case 'reasoning':
      break
  }
}

/** An answered call: the response repeats the arguments, so it stands for the request too. */
function addCall(chat: ChatMessage[], activity: Activity | undefined, id: string): void {
  if (activity?.type !== 'response' || BOOKKEEPING.has(activity.function.name)) return
  const { name, arguments: args = {}, result = 'no result' } = activity.function
  const call: ToolCall = { id, type: 'function', function: { name, arguments: JSON.stringify(args) } }
  chat.push({ role: 'assistant', content: null, tool_calls: [call] })
  chat.push({ role: 'tool', tool_call_id: id, content: typeof result === 'string' ? result : JSON.stringify(result) })
}
