import type { RatingInstance } from '../../protocol/index.ts'
import type { ConversationFacts } from '../view/view.ts'
import { thingOf } from './collect.ts'
import type { Ballot } from './collect.ts'
import { voteOf } from './rated.ts'

type Facts = Pick<ConversationFacts, 'up' | 'down'>

/** Counts votes as they come. */
export interface VoteFacts {
  /** Ups and downs by conversation. The same map all the time; an entry is a new object when it changes. */
  readonly facts: ReadonlyMap<string, Facts>
  /** Costs what is added. A vote that was counted before is not counted again; a changed one counts as its last. */
  add: (ratings: Iterable<RatingInstance>) => void
}

export function createVoteFacts(): VoteFacts {
  const facts = new Map<string, Facts>()
  const last = new Map<string, RatingInstance>()
  const count = (conversationId: string, vote: 'up' | 'down', by: 1 | -1) => {
    const known = facts.get(conversationId) ?? { up: 0, down: 0 }
    facts.set(conversationId, { ...known, [vote]: known[vote] + by })
  }
  return {
    facts,
    add(ratings) {
      for (const rating of ratings) {
        const { conversationId, messageId, contactId } = rating
        if (!conversationId || !Number.isFinite(rating.value)) continue
        const voice = `${thingOf(conversationId, messageId)}:${contactId ?? ''}`
        const known = last.get(voice)
        if (known && isNewer(known, rating)) continue
        last.set(voice, rating)
        if (known && voteOf(known) === voteOf(rating)) continue
        if (known) count(conversationId, voteOf(known), -1)
        count(conversationId, voteOf(rating), 1)
      }
    },
  }
}

/** Ups and downs by conversation, for a list that shows or filters by them. */
export function factsOf(ratings: Iterable<RatingInstance>): ReadonlyMap<string, Facts> {
  const { facts, add } = createVoteFacts()
  add(ratings)
  return facts
}

/** The same, of votes that were collected already. */
export function factsOfVotes(votes: Iterable<Ballot>): ReadonlyMap<string, Facts> {
  const facts = new Map<string, Facts>()
  for (const { conversationId, vote } of votes) {
    if (conversationId === undefined) continue
    const known = facts.get(conversationId) ?? { up: 0, down: 0 }
    known[vote] += 1
    facts.set(conversationId, known)
  }
  return facts
}

const isNewer = (a: RatingInstance, b: RatingInstance) =>
  a.id === b.id ? a.updatedAt > b.updatedAt : a.createdAt > b.createdAt || (a.createdAt === b.createdAt && a.id > b.id)
