import { english } from '../../src/internal/strings.ts'
import type { Messages } from '../../src/internal/strings.ts'

const ACCENTS: Record<string, string> = {
  a: 'á',
  c: 'ç',
  e: 'é',
  i: 'î',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  S: 'Š',
  u: 'û',
  y: 'ý',
}
const LONGER = 0.4

/** Each word with accents and longer, the sentence in brackets: what is read without them is not from the catalogue. */
export const pseudo = (text: string): string =>
  `⟦${text.replaceAll(/\p{L}+/gu, (word) => accented(word) + 'x'.repeat(Math.ceil(word.length * LONGER)))}⟧`

const accented = (word: string) => Array.from(word, (letter) => ACCENTS[letter] ?? letter).join('')

/** The catalogue in a language that nobody speaks. */
export const pseudoMessages = Object.fromEntries(
  Object.entries(english).map(([key, word]) => [
    key,
    typeof word === 'string' ? pseudo(word) : (values: object) => pseudo((word as (values: object) => string)(values)),
  ]),
) as unknown as Messages
