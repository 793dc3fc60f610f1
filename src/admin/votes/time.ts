import type { Ballot } from './collect.ts'
import { calendarOf, dayOf, nextUnit, unitStart } from './days.ts'
import type { TimeUnit } from './days.ts'
import { tallyOf } from './tally.ts'
import type { Tally } from './tally.ts'

export type { TimeUnit } from './days.ts'

/** The votes of a day, a week or a month. */
export interface TimeGroup extends Tally {
  /** Its first day, `2026-03-29`. */
  day: string
  /** Its first moment, and the first one after it. Epoch milliseconds. */
  start: number
  end: number
}

export interface TimeOptions {
  unit: TimeUnit
  /** An IANA name. @default the viewer's */
  timeZone?: string
  /** The day a week begins with, 1 Monday … 7 Sunday. @default 1 */
  weekStart?: number
  /** Epoch milliseconds: the first group holds `from`, the last one what is just before `to`. @default the first and the last vote */
  from?: number
  to?: number
  /** How many groups at most; the newest stay. @default 400 */
  limit?: number
}

/** The time zone of whoever looks. */
export const viewersZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/**
 * Votes by time, the oldest first, without gaps: a day on which nobody voted is there, with zeros. Days are those of the time zone,
 * with 23 or 25 hours where the clock is changed.
 * @throws RangeError when there is no such time zone.
 */
export function votesOverTime(votes: readonly Pick<Ballot, 'vote' | 'createdAt'>[], options: TimeOptions): TimeGroup[] {
  const { unit, timeZone = viewersZone(), weekStart, limit = 400 } = options
  const calendar = calendarOf(timeZone)
  const times = votes.filter(({ createdAt }) => isTime(createdAt)).toSorted((a, b) => a.createdAt - b.createdAt)
  const from = options.from ?? times[0]?.createdAt
  const last = options.to === undefined ? times.at(-1)?.createdAt : options.to - 1
  if (from === undefined || last === undefined || !(from <= last) || !isTime(from) || !isTime(last)) return []
  const first = unitStart(calendar.at(from), unit, weekStart)
  const borders = [nextUnit(unitStart(calendar.at(last), unit, weekStart), unit)]
  while (borders[0]! > first && borders.length <= limit) {
    borders.unshift(unitStart(borders[0]! - 1, unit, weekStart))
  }
  const groups: TimeGroup[] = []
  let index = 0
  for (const [place, number] of borders.slice(0, -1).entries()) {
    const start = calendar.start(number)
    const end = calendar.start(borders[place + 1]!)
    const counts = { up: 0, down: 0 }
    // What lies within the first group but before `from` was not asked for.
    const begin = Math.max(start, from)
    while (index < times.length && times[index]!.createdAt < begin) index += 1
    while (index < times.length && times[index]!.createdAt < end && times[index]!.createdAt <= last) {
      counts[times[index]!.vote] += 1
      index += 1
    }
    groups.push({ day: isoDay(number), start, end, ...tallyOf(counts.up, counts.down) })
  }
  return groups
}

function isoDay(number: number): string {
  const { year, month, day } = dayOf(number)
  return [String(year).padStart(4, '0'), ...[month, day].map((each) => String(each).padStart(2, '0'))].join('-')
}

/** A time that a calendar can tell. */
const isTime = (time: number) => Math.abs(time) <= 8.64e15 - 10 * 86_400_000
