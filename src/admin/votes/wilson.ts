/** The standard normal quantile of 97.5 %: 95 % lie within it on both sides. */
const Z = 1.959963984540054

/** Where the share of ups lies, all 0 to 1. */
export interface Interval {
  /** The share that was seen; `null` without votes. */
  share: number | null
  lower: number
  upper: number
}

/**
 * The Wilson score interval, 95 %: where the share of ups would lie if many more voted. Few votes make it wide, so its lower end
 * puts 180 of 200 before 2 of 2. Without votes it is 0 to 1.
 * @throws RangeError when these are no counts, or more are up than there are.
 */
export function wilsonInterval(up: number, total: number): Interval {
  if (!Number.isInteger(up) || !Number.isInteger(total) || up < 0 || up > total) {
    throw new RangeError(
      `wilsonInterval: ${up} of ${total} is no share. Give whole numbers, the first at most the second.`,
    )
  }
  if (total === 0) return { share: null, lower: 0, upper: 1 }
  const share = up / total
  const square = Z * Z
  const scale = 1 + square / total
  const centre = (share + square / (2 * total)) / scale
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / total + square / (4 * total * total))
  // At the ends the formula gives the share itself, but for the rounding.
  return {
    share,
    lower: up === 0 ? 0 : Math.max(0, Math.min(share, centre - half)),
    upper: up === total ? 1 : Math.min(1, Math.max(share, centre + half)),
  }
}
