import type { Ballot } from './collect.ts'

/** Votes that give the same reason. */
export interface ReasonGroup {
  /** As it is written most often; absent for votes that give none. */
  reason?: string
  /** The same for all spellings; empty for votes that give none. */
  key: string
  count: number
}

/** A reason without what does not tell one from another: space around and between, capitals, how accents are stored. */
export const reasonKey = (reason: string | null | undefined): string => tidy(reason).toLowerCase()

const tidy = (reason: string | null | undefined) => (reason ?? '').normalize('NFC').trim().replaceAll(/\s+/g, ' ')

/**
 * Votes by reason, the most frequent first; those that give none last. Of spellings that are as frequent, the one that was written
 * first is shown.
 */
export function groupReasons(votes: Iterable<Pick<Ballot, 'reason' | 'createdAt'>>): ReasonGroup[] {
  const groups = new Map<string, Map<string, { count: number; first: number }>>()
  for (const { reason, createdAt } of votes) {
    const spelling = tidy(reason)
    const key = spelling.toLowerCase()
    const spellings = groups.get(key) ?? new Map<string, { count: number; first: number }>()
    groups.set(key, spellings)
    const { count, first } = spellings.get(spelling) ?? { count: 0, first: createdAt }
    spellings.set(spelling, { count: count + 1, first: Math.min(first, createdAt) })
  }
  return [...groups]
    .map(([key, spellings]) => {
      const all = [...spellings]
      const count = all.reduce((sum, [, each]) => sum + each.count, 0)
      const [best] = all.toSorted(([a, x], [b, y]) => y.count - x.count || x.first - y.first || compare(a, b))
      return key === '' ? { key, count } : { reason: best![0], key, count }
    })
    .toSorted((a, b) => Number(a.key === '') - Number(b.key === '') || b.count - a.count || compare(a.key, b.key))
}

/** The same order on every machine. */
const compare = (a: string, b: string) => Number(a > b) - Number(a < b)
