const DAY_MS = 86_400_000

/** The day a time falls on where the reader is, as a number that is one more each day; `NaN` for no time at all. */
export function dayOf(time: number | Date): number {
  const date = new Date(time)
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS
}

const FORMATS = {
  /** The time of day. */
  time: { timeStyle: 'short' },
  /** All there is to know. */
  full: { dateStyle: 'full', timeStyle: 'short' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  year: { dateStyle: 'long' },
} satisfies Record<string, Intl.DateTimeFormatOptions>

// A format takes longer to be made than a hundred dates take to be written, and a thread writes two for each message.
const made = new Map<string, Intl.DateTimeFormat>()

export function formatDate(date: Date, locale: string, format: keyof typeof FORMATS): string {
  const key = format + locale
  let known = made.get(key)
  if (!known) made.set(key, (known = new Intl.DateTimeFormat(locale, FORMATS[format])))
  return known.format(date)
}

/** A day as one speaks of it: today, yesterday, else its date, with the year when that is another one. */
export function formatDay(date: Date, now: Date, locale: string): string {
  const days = dayOf(date) - dayOf(now)
  if (days !== 0 && days !== -1) {
    return formatDate(date, locale, date.getFullYear() === now.getFullYear() ? 'day' : 'year')
  }
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)
}
