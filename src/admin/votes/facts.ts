import type { ConversationFacts } from '../view/view.ts'
import type { Ballot } from './collect.ts'

type Facts = Pick<ConversationFacts, 'up' | 'down'>

/** Ups and downs by conversation of votes that were collected, for a list that shows or filters by them. */
export function factsOf(votes: Iterable<Ballot>): ReadonlyMap<string, Facts> {
  const facts = new Map<string, Facts>()
  for (const { conversationId, vote } of votes) {
    if (conversationId === undefined) continue
    const known = facts.get(conversationId) ?? { up: 0, down: 0 }
    known[vote] += 1
    facts.set(conversationId, known)
  }
  return facts
}
