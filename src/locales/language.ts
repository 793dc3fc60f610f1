import type { Messages } from '../internal/strings.ts'
import { relativeTime } from '../internal/relativeTime.ts'

/** What a number asks of the words after it; a language has some of these. `#` stands for the number. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/**
 * How a language counts, and tells the time.
 *
 * @param tag as in `de`
 */
export function language(tag: string) {
  /** The reader's own kind of the language (`de-AT`), or else the language itself: a sentence is not in two. */
  const own = (locale = tag) => (locale.startsWith(`${tag}-`) ? locale : tag)
  return {
    /** The words that go with a number. */
    counted: (count: number, forms: Forms, locale?: string): string => {
      const form = forms[new Intl.PluralRules(tag).select(count)] ?? forms.other
      return form.replace('#', new Intl.NumberFormat(own(locale)).format(count))
    },
    /** A number alone. */
    number: (value: number, locale?: string): string => new Intl.NumberFormat(own(locale)).format(value),
    /** As in `yesterday`. */
    daysAgo: (days: number, locale?: string): string =>
      new Intl.RelativeTimeFormat(own(locale), { numeric: 'auto' }).format(-days, 'day'),
    /** As in `20 seconds`. */
    inSeconds: (seconds: number, locale?: string): string =>
      new Intl.NumberFormat(own(locale), { style: 'unit', unit: 'second', unitDisplay: 'long' }).format(seconds),
    /** As in `in 20 seconds`. */
    later: (seconds: number): string => new Intl.RelativeTimeFormat(tag).format(seconds, 'second'),
    time: (values: Parameters<Messages['time']>[0]): string =>
      relativeTime({ ...values, locale: own(values.locale) }, 'short'),
  }
}
