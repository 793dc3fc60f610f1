import type { Reader, Take } from './inline.ts'
import { copyOf } from './preview.ts'
import { OTHER, runLength } from './ticks.ts'

/**
 * A formula in a sentence, `$x$` or `$$x$$`, from the dollars before or behind it. What follows the first ones is read as text until the
 * others come: most dollars are money.
 */
export function readDollars(reader: Reader, text: string, final: boolean, take: Take): RegExp | undefined {
  const { part } = reader
  const { at, formula } = part
  const size = runLength(text, at)
  const end = at + size
  if (end === text.length && !final) return OTHER.$
  /** One alone is closer to the formula than to other words. */
  const isNear = (place: number) => size > 1 || /\S/.test(text[place] ?? ' ')
  const math = formula && runLength(text, formula.at) === size && text.slice(formula.at + size, at).trim()
  if (math && isNear(at - 1) && (size > 1 || !/\d/.test(text[end] ?? ''))) {
    reader.part = formula
    return take(end, { type: 'code', text: math, math: true })
  }
  part.formula = size < 3 && isNear(end) ? copyOf(part) : null
  return take(end)
}
