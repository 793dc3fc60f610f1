import type { Ballot } from './collect.ts'
import { calendarOf, dayOf, numberOf } from './days.ts'
import type { TimeUnit } from './days.ts'

/** The times that can be chosen. */
export const RANGES = ['7', '30', '90', 'year', 'all'] as const
export type Range = (typeof RANGES)[number]

/** What a chart can show so that one group can still be told from the next. */
const MOST_GROUPS = 100

export const UNITS: readonly TimeUnit[] = ['day', 'week', 'month']
const DAYS = { day: 1, week: 7, month: 30 } satisfies Record<TimeUnit, number>

/** A time of whole days that ends with today. Without `from` it began with the first vote. */
export interface Span {
  from?: number
  to: number
  /** How many days it has, `undefined` as `from`. */
  days?: number
}

export function spanOf(range: Range, now: number, timeZone: string): Span {
  const calendar = calendarOf(timeZone)
  const today = calendar.at(now)
  const to = calendar.start(today + 1)
  if (range === 'all') return { to }
  const { year, month } = dayOf(today)
  const first = range === 'year' ? numberOf({ year, month: month - 11, day: 1 }) : today + 1 - Number(range)
  return { from: calendar.start(first), to, days: today + 1 - first }
}

/** How many days there are from the first of these votes on. The newest comes first. */
export const daysOf = (votes: readonly Pick<Ballot, 'createdAt'>[], { to, days }: Span): number =>
  days ?? (votes.length === 0 ? 1 : Math.max(1, Math.ceil((to - votes.at(-1)!.createdAt) / 86_400_000)))

/** What votes of so many days can be put together by. */
export const unitsFor = (days: number): TimeUnit[] =>
  UNITS.filter((unit) => days / DAYS[unit] <= MOST_GROUPS || unit === 'month')

/** What they are put together by unless somebody chooses otherwise. */
export const unitFor = (days: number): TimeUnit => (days <= 45 ? 'day' : days <= 200 ? 'week' : 'month')
