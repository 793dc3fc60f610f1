/** Six digits of base 36 are the most that one step gives. */
const SIX_DIGITS = 36 ** 6

/** Chance that can be repeated: the same numbers give the same choices, in every engine. */
export interface Random {
  /** From 0, less than 1. */
  next(): number
  /** A whole number from 0, less than `end`. */
  below(end: number): number
  /** A whole number, both ends included. */
  between(first: number, last: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** A key, as often as its weight says. Weights are whole numbers. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K
  /** Digits and small letters. */
  text(length: number): string
}

/** Only whole numbers of 32 bits are reckoned with: what engines differ in, sines and logarithms, is not used. */
export function createRandom(...seeds: readonly number[]): Random {
  let state = 0
  function step(): number {
    state = (state + 0x9e_37_79_b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21_f0_aa_ad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x73_5a_2d_97)
    return (mixed ^ (mixed >>> 15)) >>> 0
  }
  for (const seed of seeds) {
    // Both halves: a time in milliseconds has more than 32 bits.
    state = step() ^ (seed | 0)
    state = step() ^ Math.floor(seed / 2 ** 32)
  }

  const next = () => step() / 2 ** 32
  const below = (end: number) => Math.floor(next() * end)
  return {
    next,
    below,
    between: (first, last) => first + below(last - first + 1),
    chance: (probability) => next() < probability,
    pick<T>(items: readonly T[]): T {
      const item = items[below(items.length)]
      if (item === undefined) throw new Error('There is nothing to choose from.')
      return item
    },
    weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
      let total = 0
      for (const key in weights) total += weights[key] ?? 0
      let left = below(total)
      for (const key in weights) {
        left -= weights[key] ?? 0
        if (left < 0) return key
      }
      throw new Error('There is nothing to choose from.')
    },
    text(length) {
      let text = ''
      while (text.length < length) text += below(SIX_DIGITS).toString(36).padStart(6, '0')
      return text.slice(0, length)
    },
  }
}
