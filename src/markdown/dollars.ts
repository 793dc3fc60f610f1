import type { Reader, Take } from './inline.ts'
import { copyOf } from './preview.ts'
import { otherThan, runLength } from './ticks.ts'

/** The dollars before a formula, with one character on their right, and those behind it, with one on either side. */
const OPENS = /^\$(?:\S|\$.?)$/s
const CLOSES = /^(?:\S\$\D?|.\$\$.?)$/s

/**
 * A formula in a sentence, `$x$` or `$$x$$`, from the dollars before or behind it. What follows the first ones is read as text until the
 * others come: most dollars are money.
 */
export function readDollars(reader: Reader, text: string, final: boolean, take: Take): RegExp | undefined {
  const { part } = reader
  const { at, formula } = part
  const size = runLength(text, at)
  const end = at + size
  if (end === text.length && !final) return otherThan('$')
  const math = formula && runLength(text, formula.at) === size && text.slice(formula.at + size, at).trim()
  if (math && CLOSES.test(text.slice(at - 1, end + 1))) {
    reader.part = formula
    return take(end, { type: 'code', text: math, math: true })
  }
  part.formula = OPENS.test(text.slice(at, end + 1)) ? copyOf(part) : null
  return take(end)
}
