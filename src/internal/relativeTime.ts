const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]

/** How long ago: minutes, hours, days within a week; beyond it the date. */
export function relativeTime(
  { date, now, locale }: { date: Date; now: Date; locale: string },
  style: Intl.RelativeTimeFormatStyle = 'narrow',
): string {
  const elapsed = Math.max(0, now.getTime() - date.getTime())
  if (elapsed >= 7 * 86_400_000) {
    const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
    return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year }).format(date)
  }
  const [unit, size] = UNITS.findLast(([, size]) => elapsed >= size) ?? ['minute', 60_000]
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style })
  return elapsed < 60_000 ? format.format(0, 'second') : format.format(-Math.floor(elapsed / size), unit)
}
