const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A number of bytes with its unit, in the manner of a language. A kilobyte has a thousand. */
export function fileSize(bytes: number, locale: string): string {
  const step = Math.min(Math.max(0, Math.floor(Math.log10(bytes) / 3)), UNITS.length - 1)
  const unit = UNITS[step]!
  const value = bytes / 1000 ** step
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value)
}
