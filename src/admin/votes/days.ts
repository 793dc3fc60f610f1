/** A day of a calendar on the wall, whatever the clock does on it. Months count from 1. */
export interface Day {
  year: number
  month: number
  day: number
}

/** What votes are put together by. */
export type TimeUnit = 'day' | 'week' | 'month'

const DAY_MS = 86_400_000

/** Days as numbers: how many since 1 January 1970, by the calendar alone. */
export const numberOf = ({ year, month, day }: Day): number => Math.round(Date.UTC(year, month - 1, day) / DAY_MS)

export function dayOf(number: number): Day {
  const date = new Date(number * DAY_MS)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** The calendar of a time zone: from a time to its day and back. */
export interface ZoneCalendar {
  /** The number of the day that a time lies in. */
  at: (time: number) => number
  /** The first moment of a day, also where the clock leaves its midnight out or shows it twice. */
  start: (number: number) => number
}

/** @throws RangeError when there is no such zone. */
export function calendarOf(timeZone: string): ZoneCalendar {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  })
  const at = (time: number) => {
    const parts = { year: 0, month: 0, day: 0 }
    for (const { type, value } of format.formatToParts(time))
      if (type in parts) parts[type as keyof Day] = Number(value)
    return numberOf(parts)
  }
  const starts = new Map<number, number>()
  const start = (number: number) => {
    const known = starts.get(number)
    if (known !== undefined) return known
    // No zone is more than 26 hours from another; days follow one another, so their border can be closed in on.
    let before = number * DAY_MS - 26 * 3_600_000
    let after = number * DAY_MS + 26 * 3_600_000
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (at(middle) < number) before = middle
      else after = middle
    }
    starts.set(number, after)
    return after
  }
  return { at, start }
}

/** The number of the day with which the unit begins that a day lies in. `weekStart`: 1 Monday … 7 Sunday. */
export function unitStart(number: number, unit: TimeUnit, weekStart = 1): number {
  if (unit === 'day') return number
  // Day 0 was a Thursday.
  if (unit === 'week') return number - ((((number + 3 - (weekStart - 1)) % 7) + 7) % 7)
  return numberOf({ ...dayOf(number), day: 1 })
}

/** The number of the day with which the next unit begins. */
export function nextUnit(start: number, unit: TimeUnit): number {
  if (unit === 'month') {
    const { year, month } = dayOf(start)
    return numberOf({ year, month: month + 1, day: 1 })
  }
  return start + (unit === 'week' ? 7 : 1)
}
