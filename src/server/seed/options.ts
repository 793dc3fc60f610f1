/** Which made-up conversations a server begins with. */
export interface SeedOptions {
  /** How many, 1 to 10,000. */
  count: number
  /** Another number makes other conversations of the same kind. @default 1 */
  seed?: number
}

const MOST = 10_000

/** @throws Error with one sentence when it is no number of conversations. `name` is what it was given by. */
export function readSeed(given: number | SeedOptions, name = 'seed'): Required<SeedOptions> {
  const { count, seed = 1 } = typeof given === 'number' ? { count: given } : given
  if (!Number.isInteger(count) || count < 1 || count > MOST) throw badCount(name, count)
  if (!Number.isSafeInteger(seed)) throw new Error(`${name}.seed is ${String(seed)}. It has to be a whole number.`)
  return { count, seed }
}

/** The number in a word of a command line or a variable. */
export function parseSeed(word: string, name: string): number {
  if (!/^\d+$/.test(word.trim())) throw badCount(name, `"${word}"`)
  return readSeed(Number(word), name).count
}

function badCount(name: string, given: unknown): Error {
  return new Error(`${name} is ${String(given)}. It has to be a whole number from 1 to ${MOST}.`)
}
