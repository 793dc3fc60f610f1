import type { RatingInstance } from '../../protocol/index.ts'
import type { ToldVote } from './activities.ts'
import { groupBy, kindOf, lastOfEach, voteOf, withoutRated } from './rated.ts'

/** One vote that counts, whoever told of it. */
export interface Ballot {
  /** The same as long as the vote is. */
  key: string
  vote: 'up' | 'down'
  reason?: string
  /** Epoch milliseconds. */
  createdAt: number
  /** Absent when its conversation is gone. */
  conversationId?: string
  /** Absent when the conversation as a whole was voted on, or when it is not known on which message. */
  messageId?: string
  botId?: string
  contactId?: string
}

/** A vote that was cast on this page, or is remembered by it. */
export interface OwnVote {
  conversationId: string
  messageId?: string
  vote: 'up' | 'down'
  /** When it was confirmed, or read from what was kept. Epoch milliseconds. */
  at: number
}

/** What tells of votes. */
export interface VoteSources {
  ratings?: readonly RatingInstance[]
  /** When the ratings were read: of what was confirmed later they cannot tell. Epoch milliseconds. @default 0 */
  readAt?: number
  told?: readonly ToldVote[]
  own?: readonly OwnVote[]
}

/**
 * The votes that count, the newest first. A vote that several sources tell of counts once; of the votes of one contact on one
 * thing the last counts. A rating knows most of a vote and wins, except over what was confirmed after it was read. A conversation's
 * own memory does not say which message was voted on: such votes count each, unless a rating or an own vote is the same one.
 */
export function collectVotes({ ratings = [], readAt = 0, told = [], own = [] }: VoteSources): Ballot[] {
  const things = new Map<string, Map<string, Ballot>>()
  const lost: Ballot[] = []
  const rated = lastOfEach(ratings)
  const untold = withoutRated(told, rated)
  for (const rating of rated) {
    const ballot = ballotOf(rating)
    if (ballot.conversationId === undefined) lost.push(ballot)
    else cast(things, ballot, rating.contactId ?? '')
  }
  const left = new Set(untold)
  const byKind = groupBy(untold, kindOf)
  for (const { conversationId, messageId, vote, at } of own) {
    const thing = thingOf(conversationId, messageId)
    const known = latest(things.get(thing))
    const on = messageId === undefined ? 'conversation' : 'message'
    const activity = byKind.get(kindOf({ on, vote, conversationId }))?.findLast((each) => left.has(each))
    if (known && at <= readAt) continue
    if (activity) left.delete(activity)
    if (known?.vote === vote) continue
    const { reason, createdAt = at } = activity ?? {}
    const { botId, contactId } = known ?? {}
    const facts = { ...(botId && { botId }), ...(contactId && { contactId }), ...(reason && { reason }) }
    const ballot = { conversationId, ...(messageId !== undefined && { messageId }), vote, createdAt, ...facts }
    cast(things, { key: thing, ...ballot }, contactId ?? '', true)
  }
  const single: Ballot[] = []
  for (const { on, ...rest } of left) {
    const thing = thingOf(rest.conversationId)
    if (on === 'message') single.push({ key: `${thing}@${rest.createdAt}#${single.length}`, ...rest })
    else cast(things, { key: thing, ...rest }, latest(things.get(thing))?.contactId ?? '')
  }
  const voices = [...things.values()].flatMap((each) => Array.from(each.values()))
  return [...voices, ...single, ...lost].toSorted((a, b) => b.createdAt - a.createdAt)
}

/** What is voted on, as one word. */
export const thingOf = (conversationId: string, messageId?: string | null): string =>
  JSON.stringify(messageId ? [conversationId, messageId] : [conversationId])

function ballotOf(rating: RatingInstance): Ballot {
  const { id, conversationId, messageId, botId, contactId, reason, createdAt } = rating
  const thing = conversationId ? thingOf(conversationId, messageId) : id
  return {
    key: contactId ? `${thing}:${contactId}` : thing,
    vote: voteOf(rating),
    createdAt,
    ...(reason && { reason }),
    ...(conversationId && { conversationId }),
    ...(conversationId && messageId && { messageId }),
    ...(botId && { botId }),
    ...(contactId && { contactId }),
  }
}

/** Puts a vote in the place of the earlier one of the same voice. */
function cast(things: Map<string, Map<string, Ballot>>, ballot: Ballot, voice: string, surely = false): void {
  const thing = thingOf(ballot.conversationId!, ballot.messageId)
  const voices = things.get(thing) ?? new Map<string, Ballot>()
  things.set(thing, voices)
  const known = voices.get(voice)
  if (!known || surely || known.createdAt <= ballot.createdAt) {
    voices.set(voice, known ? { ...ballot, ...carried(known, ballot), key: known.key } : ballot)
  }
}

/** What an earlier vote of the same voice knew of where it was cast. */
const carried = ({ botId, contactId }: Ballot, next: Ballot) => ({
  ...(botId && !next.botId && { botId }),
  ...(contactId && !next.contactId && { contactId }),
})

function latest(voices: Map<string, Ballot> | undefined): Ballot | undefined {
  let last: Ballot | undefined
  for (const each of voices?.values() ?? []) if (!last || each.createdAt > last.createdAt) last = each
  return last
}
