import type { RatingInstance } from '../../protocol/index.ts'
import type { ToldVote } from './activities.ts'

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

/** A rating and the activities of the same vote are stored together; between them is what a slow server takes. */
const TOGETHER_MS = 60_000

/**
 * The votes that count, the newest first. A vote that several sources tell of counts once; of the votes of one contact on one
 * thing the last counts. A rating knows most of a vote and wins, except over what was confirmed after it was read. A conversation's
 * own memory does not say which message was voted on: such votes count each, unless a rating or an own vote is the same one.
 */
export function collectVotes({ ratings = [], readAt = 0, told = [], own = [] }: VoteSources): Ballot[] {
  const things = new Map<string, Map<string, Ballot>>()
  const lost: Ballot[] = []
  const untold = withoutRated(told, ratings)
  for (const rating of lastOfEach(ratings)) {
    const ballot = ballotOf(rating)
    if (ballot.conversationId === undefined) lost.push(ballot)
    else cast(things, ballot, rating.contactId ?? '')
  }
  const left = new Set(untold)
  const newest = latestToldOf(untold)
  for (const { conversationId, messageId, vote, at } of own) {
    const thing = thingOf(conversationId, messageId)
    const rated = latest(things.get(thing))
    const activity = newest(conversationId, messageId === undefined ? 'conversation' : 'message', vote, left)
    if (rated && at <= readAt) continue
    if (activity) left.delete(activity)
    if (rated?.vote === vote) continue
    const { reason, createdAt = at } = activity ?? {}
    const { botId, contactId } = rated ?? {}
    const known = { ...(botId && { botId }), ...(contactId && { contactId }), ...(reason && { reason }) }
    const ballot = { conversationId, ...(messageId !== undefined && { messageId }), vote, createdAt, ...known }
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

/** 0 is an up, as it is in the API's own lists. What is no number is no vote. */
export const voteOf = ({ value }: Pick<RatingInstance, 'value'>): 'up' | 'down' => (value >= 0 ? 'up' : 'down')

/** Ratings as often as they are, each as it was last changed, the oldest first. */
function lastOfEach(ratings: readonly RatingInstance[]): RatingInstance[] {
  const byId = new Map<string, RatingInstance>()
  for (const rating of ratings) {
    const known = byId.get(rating.id)
    if (!Number.isFinite(rating.value) || (known && known.updatedAt > rating.updatedAt)) continue
    byId.set(rating.id, rating)
  }
  return [...byId.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

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

const kindOf = (on: string, vote: string, conversationId: string) => `${on} ${vote} ${conversationId}`

/** What is told of votes that no rating tells of. Each rating stands for one vote that is told. */
function withoutRated(told: readonly ToldVote[], ratings: readonly RatingInstance[]): ToldVote[] {
  const times = new Map<string, number[]>()
  for (const rating of lastOfEach(ratings)) {
    const { conversationId, messageId, reason, createdAt } = rating
    if (!conversationId) continue
    const kind = `${kindOf(messageId ? 'message' : 'conversation', voteOf(rating), conversationId)} ${reason ?? ''}`
    const known = times.get(kind)
    if (known) known.push(createdAt)
    else times.set(kind, [createdAt])
  }
  return told
    .toSorted((a, b) => a.createdAt - b.createdAt)
    .filter(({ on, vote, conversationId, reason = '', createdAt }) => {
      const rated = times.get(`${kindOf(on, vote, conversationId)} ${reason}`)
      const index = rated?.findIndex((time) => Math.abs(time - createdAt) <= TOGETHER_MS) ?? -1
      if (index >= 0) rated!.splice(index, 1)
      return index < 0
    })
}

/** Finds the newest of what is told that is still left. */
function latestToldOf(told: readonly ToldVote[]) {
  const byKind = new Map<string, ToldVote[]>()
  for (const each of told) {
    const kind = kindOf(each.on, each.vote, each.conversationId)
    const known = byKind.get(kind)
    if (known) known.push(each)
    else byKind.set(kind, [each])
  }
  return (conversationId: string, on: ToldVote['on'], vote: 'up' | 'down', left: ReadonlySet<ToldVote>) =>
    byKind.get(kindOf(on, vote, conversationId))?.findLast((each) => left.has(each))
}
