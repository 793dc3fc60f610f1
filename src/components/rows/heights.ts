/** The heights of the rows of a list, those on the page as they are and the others by guess. Plain numbers: no page is needed. */
export interface Heights {
  readonly keys: readonly string[]
  /** All rows with their gaps, in px. */
  readonly total: number
  /** Where a row begins, in px from the top of the first; that of `keys.length` is the end of the last. */
  offset: (index: number) => number
  /** The row that a line lies in, of those there are. */
  at: (offset: number) => number
  /** Takes another list, and gives where a row of the old one is now, or -1. */
  become: (keys: readonly string[], lengthOf: (index: number) => number) => Moved
  /** What a row was seen to measure, without the gap. It is remembered as long as the column keeps its width. */
  measured: (index: number, px: number) => void
  /** Says how wide the column is, how high a line, and what lies between two rows, in px. Costs a guess for each row if it changed. */
  fit: (column: Column) => void
}

/** Where a row of the list before is now, or -1. */
export type Moved = (index: number) => number

export interface Column {
  width: number
  line: number
  gap: number
}

/** Half a letter is as wide as a third of its line is high, about. */
const LETTER_PER_LINE = 0.31

/** How high a text probably is, in px. */
export function guess(length: number, { width, line }: Column): number {
  const letters = Math.max(8, width / (line * LETTER_PER_LINE))
  return line * (Math.ceil(length / letters) + 0.4)
}

/** Beyond the end is as far beyond it as before. */
export const movedTo =
  (before: readonly string[], next: readonly string[]): Moved =>
  (index) =>
    index < before.length ? next.indexOf(before[index]!) : index + next.length - before.length

export function createHeights(): Heights {
  let keys: readonly string[] = []
  let column: Column = { width: 640, line: 23, gap: 44 }
  let sizes = new Float64Array(0)
  /** Where each row ends. Added up when it is asked for after a change: ten thousand rows are a few microseconds. */
  let ends: Float64Array | undefined
  /** How much each row says. */
  let lengths = new Uint32Array(0)
  const known = new Map<string, number>()

  const plant = () => {
    sizes = new Float64Array(keys.length)
    // To ask for a key costs more than to guess.
    const some = known.size > 0
    for (let at = 0; at < keys.length; at += 1) {
      sizes[at] = ((some ? known.get(keys[at]!) : undefined) ?? guess(lengths[at]!, column)) + column.gap
    }
    ends = undefined
  }
  const offset = (index: number) => {
    let sum = 0
    ends ??= sizes.map((size) => (sum += size))
    return ends[Math.min(index, keys.length) - 1] ?? 0
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
      let low = 0
      let high = keys.length - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (offset(middle + 1) > wanted) high = middle
        else low = middle + 1
      }
      return low
    },
    become(next, lengthOf) {
      const before = keys
      keys = next
      lengths = new Uint32Array(next.length)
      for (let index = 0; index < next.length; index += 1) lengths[index] = lengthOf(index)
      plant()
      return movedTo(before, next)
    },
    measured(index, px) {
      const key = keys[index]
      if (key === undefined) return
      known.set(key, px)
      sizes[index] = px + column.gap
      ends = undefined
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
