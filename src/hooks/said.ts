import type { Message } from '../protocol/index.ts'
import { textMessage } from '../store/index.ts'
import type { LiveTurn, TurnRows } from '../store/index.ts'

/** Keys of rows that stand for messages the caller gave. Those are sent as they were given. */
const GIVEN = ':given:'

/** Messages a conversation begins with, as rows. What is for the model only makes no row. */
export function givenRows(thread: string, messages: readonly Message[]): TurnRows[] {
  return messages.flatMap((message, index) => {
    const { type, text, meta } = message
    if (type !== 'user' && type !== 'bot') return []
    const own = type === 'user'
    const role = own ? 'user' : 'assistant'
    const key = `${thread}${GIVEN}${index}`
    const row = textMessage({ key, id: null, role, type, text, status: 'sent', createdAt: 0, meta })
    return [own ? { user: row, after: null } : { reply: row, after: null }]
  })
}

/** Everything said so far, for a server that keeps nothing. */
export function said(turn: LiveTurn | undefined, given: readonly Message[] = []): Message[] {
  const exchanges: TurnRows[] = turn ? [...turn.past, turn] : []
  return [...given, ...exchanges.flatMap(saidIn)]
}

function saidIn({ user, reply }: TurnRows): Message[] {
  const messages: Message[] = []
  // A message that never got through has not been said.
  if (user && !user.key.includes(GIVEN) && user.status !== 'failed' && user.status !== 'stopped') {
    messages.push({ type: 'user', text: user.text, ...(user.meta && { meta: user.meta }) })
  }
  if (!reply || reply.key.includes(GIVEN)) return messages
  for (const part of reply.parts) {
    if (part.type === 'text' && part.text !== '') messages.push({ type: 'bot', text: part.text })
    if (part.type !== 'tool' || part.state === 'running') continue
    const called = { name: part.name, arguments: part.args ?? {} }
    const result = JSON.stringify(part.result ?? (part.state === 'error' ? { error: part.error ?? 'failed' } : null))
    messages.push(
      { type: 'activity', text: '', meta: { activity: { type: 'request', function: called } } },
      { type: 'activity', text: '', meta: { activity: { type: 'response', function: { ...called, result } } } },
    )
  }
  return messages
}
