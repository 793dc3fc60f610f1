import type { Message } from '../protocol/index.ts'
import type { LiveTurn, TurnRows } from '../store/index.ts'
import { GIVEN } from './given.ts'

/** Everything said so far, for functions of the page, and for a server that keeps nothing. Downloaded with the later steps. */
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
