import { wilsonInterval } from './wilson.ts'
import type { Interval } from './wilson.ts'
import type { Ballot } from './collect.ts'

/** So many ups and downs, and what they say. */
export interface Tally extends Interval {
  up: number
  down: number
  total: number
}

/** What votes have in common, and how they fell. */
export interface Group<K> extends Tally {
  key: K
}

export const tallyOf = (up: number, down: number): Tally => ({
  up,
  down,
  total: up + down,
  ...wilsonInterval(up, up + down),
})

/** How votes fell. */
export function tallyVotes(votes: Iterable<Pick<Ballot, 'vote'>>): Tally {
  let up = 0
  let down = 0
  for (const { vote } of votes) {
    if (vote === 'up') up += 1
    else down += 1
  }
  return tallyOf(up, down)
}

/**
 * Votes by what `keyOf` says of them, the best first: by the lower end of the interval, then by how many there are, then in the
 * order they came.
 */
export function rankVotes<V extends Pick<Ballot, 'vote'>, K>(votes: Iterable<V>, keyOf: (vote: V) => K): Group<K>[] {
  const counts = new Map<K, { up: number; down: number }>()
  for (const vote of votes) {
    const key = keyOf(vote)
    const count = counts.get(key) ?? { up: 0, down: 0 }
    count[vote.vote] += 1
    counts.set(key, count)
  }
  return [...counts]
    .map(([key, { up, down }]) => Object.assign(tallyOf(up, down), { key }))
    .toSorted((a, b) => b.lower - a.lower || b.total - a.total)
}
