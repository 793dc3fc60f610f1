import type { Random } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** What the API tells of usage goes back as far. */
const DAYS = 90
/** How busy an hour of a working day is, in UTC. */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 9, 16, 22, 24, 22, 17, 19, 23, 22, 19, 15, 12, 11, 10, 8, 6, 4]
/** Saturday and Sunday, beside the 10 of a working day. */
const WEEKEND = 4

/** When conversations begin, oldest first: within 90 days, more by day than by night, fewer on Sundays, some of them just now. */
export function beginnings(random: Random, count: number, now: number): number[] {
  const days = Array.from({ length: DAYS }, (_, ago) => {
    const weekday = new Date(now - ago * DAY).getUTCDay()
    // A shop that grows: the last week is twice as busy as the first.
    return { ago, weight: (weekday % 6 === 0 ? WEEKEND : 10) * (DAYS * 2 - ago) }
  })
  const byDay = wheel(days.map(({ weight }) => weight))
  const byHour = wheel(HOURS)
  const midnight = Math.floor(now / DAY) * DAY
  const oldest = now - DAYS * DAY + HOUR
  const newest = now - MINUTE
  const times = Array.from({ length: count }, () => {
    if (random.chance(0.012)) return newest - random.below(2 * HOUR)
    const time = midnight - byDay(random) * DAY + byHour(random) * HOUR + random.below(HOUR)
    // What would be later today was yesterday.
    return Math.max(time > newest ? time - DAY : time, oldest + random.below(HOUR))
  })
  times.sort((a, b) => a - b)
  // No two in one millisecond: a list has one order only.
  for (let index = times.length - 2; index >= 0; index -= 1)
    times[index] = Math.min(times[index]!, times[index + 1]! - 1)
  return times
}

function wheel(weights: readonly number[]): (random: Random) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return (random) => {
    let left = random.below(total)
    return weights.findIndex((weight) => (left -= weight) < 0)
  }
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** A day as people write it: "3 March". */
export function dayOf(time: number): string {
  const date = new Date(time)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}
