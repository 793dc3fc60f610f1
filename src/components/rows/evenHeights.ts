import { movedTo } from './heights.ts'
import type { Column, Heights } from './heights.ts'

/** So many rows tell how high the others are, about. */
const SAMPLE = 4
/** Lines that a row has, with what is around them, before any was seen. */
const LINES = 2.5

/** Rows that are about alike, as those seen so far: what is far off is not even guessed, and a list of any length opens in the same time. */
export function createEvenHeights(): Heights {
  let keys: readonly string[] = []
  let column: Column = { width: 320, line: 21, gap: 1 }
  let sizes = new Float64Array(0)
  /** Where each row ends, as far as it was asked for since a change. */
  let ends = new Float64Array(0)
  let summed = 0
  /** From here on the rows are alike, and `sizes` says nothing. */
  let alike = 0
  let typical = 0
  const known = new Map<string, number>()

  const learn = () => {
    let sum = 0
    for (const px of known.values()) sum += px
    typical = (known.size > 0 ? sum / known.size : column.line * LINES) + column.gap
  }
  const set = (index: number, size: number) => {
    if (index >= alike) {
      sizes.fill(typical, alike, index)
      alike = index + 1
    } else if (sizes[index] === size) return
    sizes[index] = size
    summed = Math.min(summed, index)
  }
  const plant = () => {
    if (sizes.length !== keys.length) {
      sizes = new Float64Array(keys.length)
      ends = new Float64Array(keys.length)
    }
    summed = 0
    alike = 0
    learn()
    if (known.size === 0) return
    keys.forEach((key, index) => {
      const px = known.get(key)
      if (px !== undefined) set(index, px + column.gap)
    })
  }
  const offset = (index: number) => {
    const wanted = Math.min(index, keys.length)
    const single = Math.min(wanted, alike)
    for (; summed < single; summed += 1) ends[summed] = (ends[summed - 1] ?? 0) + sizes[summed]!
    return (ends[single - 1] ?? 0) + Math.max(0, wanted - single) * typical
  }

  return {
    get keys() {
      return keys
    },
    get total() {
      return offset(keys.length)
    },
    offset,
    at(wanted) {
      const last = keys.length - 1
      const single = offset(alike)
      if (wanted >= single && alike <= last) return Math.min(last, alike + Math.floor((wanted - single) / typical))
      let low = 0
      let high = Math.max(0, alike - 1)
      while (low < high) {
        const middle = (low + high) >> 1
        if (ends[middle]! > wanted) high = middle
        else low = middle + 1
      }
      return low
    },
    become(next) {
      const before = keys
      keys = next
      plant()
      return movedTo(before, next)
    },
    measured(index, px) {
      const key = keys[index]
      if (key === undefined) return
      known.set(key, px)
      set(index, px + column.gap)
      if (known.size === SAMPLE) learn()
    },
    fit(next) {
      const { width, line, gap } = column
      if (width === next.width && line === next.line && gap === next.gap) return
      // What was measured in another width says nothing about this one.
      if (width !== next.width || line !== next.line) known.clear()
      column = next
      plant()
    },
  }
}
