/** A number and what there are so many of. */
export const counted = (count: number, locale: string, one: string, other = `${one}s`): string =>
  `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : other}`
