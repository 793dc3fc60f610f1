const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['minute', 60_000],
  ['hour', 3_600_000],
  ['day', 86_400_000],
]

// A format takes longer to be made than a hundred times take to be written, and a list writes one for each row.
const made = new Map<string, Intl.RelativeTimeFormat | Intl.DateTimeFormat>()

function once<F extends Intl.RelativeTimeFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
  let format = made.get(key)
  if (!format) made.set(key, (format = make()))
  return format as F
}

/** How long ago: minutes, hours, days within a week; beyond it the date. */
export function relativeTime(
  { date, now, locale }: { date: Date; now: Date; locale: string },
  style: Intl.RelativeTimeFormatStyle = 'narrow',
): string {
  const elapsed = Math.max(0, now.getTime() - date.getTime())
  if (elapsed >= 7 * 86_400_000) {
    const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
    return once(
      `${locale} ${year}`,
      () => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year }),
    ).format(date)
  }
  const [unit, size] = UNITS.findLast(([, size]) => elapsed >= size) ?? ['minute', 60_000]
  const format = once(`${locale} ${style}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style }))
  return elapsed < 60_000 ? format.format(0, 'second') : format.format(-Math.floor(elapsed / size), unit)
}
