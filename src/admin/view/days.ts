/** From the first moment to the last, both within, as milliseconds since 1970. */
export interface Span {
  start: number
  end: number
}

const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?$/i
const DAYS_AGO = /^P(\d{1,5})D$/

/**
 * What an ISO 8601 text spans: a year, month, day, minute, second or millisecond. A day is the reader's, from midnight to midnight where
 * the page is read, be it 23 hours long; so is a time that names no zone. `P6D` is the day six days before `now`. `undefined` where it
 * is no date.
 */
export function spanOf(text: string, now: Date = new Date()): Span | undefined {
  const ago = DAYS_AGO.exec(text)
  if (ago) {
    const day = (more: number) => local(now.getFullYear(), now.getMonth(), now.getDate() - Number(ago[1]) + more)
    return { start: day(0), end: day(1) - 1 }
  }
  const [, ...parts] = DATE.exec(text) ?? []
  if (parts.length === 0) return undefined
  const [year, month, day, hour, minute, second, fraction, zone] = parts
  const [y, m, d] = [Number(year), Number(month ?? 1) - 1, Number(day ?? 1)]
  if (!isOnCalendar(y, m, d)) return undefined
  if (month === undefined) return { start: local(y, 0, 1), end: local(y + 1, 0, 1) - 1 }
  if (day === undefined) return { start: local(y, m, 1), end: local(y, m + 1, 1) - 1 }
  if (hour === undefined) return { start: local(y, m, d), end: local(y, m, d + 1) - 1 }
  const time = [Number(hour), Number(minute), Number(second ?? 0), Number((fraction ?? '').padEnd(3, '0'))] as const
  if (time[0] > 23 || time[1] > 59 || time[2] > 59) return undefined
  const start = zone === undefined ? local(y, m, d, ...time) : utc(y, m, d, ...time) - offsetOf(zone)
  const length = fraction !== undefined ? 1 : second !== undefined ? 1000 : 60_000
  return Number.isNaN(start) ? undefined : { start, end: start + length - 1 }
}

/** Whether a text is one that `spanOf` knows. */
export const isDay = (text: string): boolean => spanOf(text) !== undefined

/** A day as a date field has it. */
export function dayText(time: number): string {
  const date = new Date(time)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

// `new Date(99, 0, 1)` is in 1999.
function local(year: number, month: number, day: number, ...[hour = 0, minute = 0, second = 0, ms = 0]: number[]) {
  const date = new Date(2000, 0, 1)
  date.setFullYear(year, month, day)
  return date.setHours(hour, minute, second, ms)
}

function utc(year: number, month: number, day: number, ...[hour = 0, minute = 0, second = 0, ms = 0]: number[]) {
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  return date.setUTCHours(hour, minute, second, ms)
}

function isOnCalendar(year: number, month: number, day: number): boolean {
  const date = new Date(utc(year, month, day))
  return date.getUTCMonth() === month && date.getUTCDate() === day
}

function offsetOf(zone: string): number {
  if (/^z$/i.test(zone)) return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3).replace(':', '') || 0)]
  if (hours > 23 || minutes > 59) return Number.NaN
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
