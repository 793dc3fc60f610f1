import type { RatingInstance } from '../../protocol/index.ts'
import type { ToldVote } from './activities.ts'
import { reasonKey } from './reasons.ts'

/** 0 is an up, as it is in the API's own lists. What is no number is no vote. */
export const voteOf = ({ value }: Pick<RatingInstance, 'value'>): 'up' | 'down' => (value >= 0 ? 'up' : 'down')

/** Ratings as often as they are, each as it was last changed, the oldest first. */
export function lastOfEach(ratings: readonly RatingInstance[]): RatingInstance[] {
  const byId = new Map<string, RatingInstance>()
  for (const rating of ratings) {
    const known = byId.get(rating.id)
    if (!Number.isFinite(rating.value) || (known && known.updatedAt > rating.updatedAt)) continue
    byId.set(rating.id, rating)
  }
  return [...byId.values()].toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
}

export function groupBy<T>(things: Iterable<T>, keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const each of things) {
    const key = keyOf(each)
    const known = groups.get(key)
    if (known) known.push(each)
    else groups.set(key, [each])
  }
  return groups
}

/** Votes of one kind may be told of by the same words. */
export const kindOf = ({ on, vote, conversationId }: Pick<ToldVote, 'on' | 'vote' | 'conversationId'>): string =>
  JSON.stringify([conversationId, on, vote])

const sameAs = (vote: Pick<ToldVote, 'on' | 'vote' | 'conversationId' | 'reason'>) =>
  `${kindOf(vote)}${reasonKey(vote.reason)}`

const toldOf = (rating: RatingInstance): string =>
  sameAs({
    on: rating.messageId ? 'message' : 'conversation',
    vote: voteOf(rating),
    conversationId: rating.conversationId ?? '',
    reason: rating.reason ?? undefined,
  })

/**
 * What is told of votes that no rating tells of, the oldest first. Each rating stands for one vote that is told: of several that could
 * be meant for the one nearest in time. How near does not matter, the two may be stored by different clocks. `ratings` are the oldest
 * first.
 */
export function withoutRated(told: readonly ToldVote[], ratings: readonly RatingInstance[]): ToldVote[] {
  const rated = groupBy(ratings, toldOf)
  const left = [...groupBy(told.toSorted(byTime), sameAs)].flatMap(([kind, same]) =>
    unmatched(same, rated.get(kind) ?? []),
  )
  return left.toSorted(byTime)
}

/** Both are the oldest first. */
function unmatched(told: readonly ToldVote[], ratings: readonly RatingInstance[]): ToldVote[] {
  const left: ToldVote[] = []
  let index = 0
  for (const [place, { createdAt }] of ratings.entries()) {
    const far = (at: number) => Math.abs(told[at]!.createdAt - createdAt)
    // As long as enough stay for the ratings that follow.
    while (told.length - index > ratings.length - place && far(index + 1) <= far(index)) left.push(told[index++]!)
    index += 1
  }
  return [...left, ...told.slice(index)]
}

const byTime = (a: { createdAt: number }, b: { createdAt: number }) => a.createdAt - b.createdAt
