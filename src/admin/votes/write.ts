import type { TimeUnit } from './days.ts'
import type { Interval } from './wilson.ts'

/** How the board writes numbers and days. */
export interface Writer {
  number: (value: number) => string
  /** 0 to 1 as a percentage. */
  share: (value: number | null) => string
  /** The time a group begins with: its day, or its month. */
  group: (time: number, unit: TimeUnit) => string
  /** The same, as short as a chart has room for. */
  tick: (time: number, unit: TimeUnit) => string
  /** From one percentage to the other. */
  interval: (interval: Interval) => string
}

export function createWriter(locale: string, timeZone: string): Writer {
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' })
  const shortDay = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' })
  const month = new Intl.DateTimeFormat(locale, { timeZone, month: 'long', year: 'numeric' })
  const shortMonth = new Intl.DateTimeFormat(locale, { timeZone, month: 'short', year: 'numeric' })
  const share = (value: number | null) => (value === null ? '–' : percent.format(value))
  return {
    number: (value) => number.format(value),
    share,
    group: (time, unit) => (unit === 'month' ? month : day).format(time),
    tick: (time, unit) => (unit === 'month' ? shortMonth : shortDay).format(time),
    interval: ({ lower, upper }) => percent.formatRange(lower, upper),
  }
}

/** The day a week begins with where the locale is spoken, 1 Monday … 7 Sunday; Monday where a browser does not know. */
export function weekStartOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
    weekInfo?: { firstDay: number }
  }
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1
}
