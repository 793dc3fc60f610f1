/** The heights of the rows of a list, those on the page as they are and the others by guess. Plain numbers: no page is needed. */
export interface Heights {
  readonly keys: readonly string[]
  /** All rows with their gaps, in px. */
  readonly total: number
  /** Where a row begins, in px from the top of the first; that of `keys.length` is the end of the last. */
  offset: (index: number) => number
  /** The row that a line lies in, of those there are. */
  at: (offset: number) => number
  /**
   * Takes another list, and gives where a row of the old one is now, or -1. `lengthOf` gives how many letters a row has; without it
   * they are taken to be alike.
   */
  become: (keys: readonly string[], lengthOf?: (key: string) => number) => (index: number) => number
  /** What a row was seen to measure, without the gap. It is remembered as long as the column keeps its width. */
  measured: (index: number, px: number) => void
  /** Says how wide the column is, how high a line, and what lies between two rows, in px. Costs a guess for each row if it changed. */
  fit: (column: Column) => void
}

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

/** So many rows of a list without lengths tell how high the others are, about. */
const SAMPLE = 4
/** Lines that a row of such a list has, with what is around them, before any was seen. */
const LINES = 2.5

export function createHeights(): Heights {
  let keys: readonly string[] = []
  let column: Column = { width: 640, line: 23, gap: 44 }
  let sizes = new Float64Array(0)
  /** Where each row ends, as far as it was asked for since a change. */
  let ends = new Float64Array(0)
  let summed = 0
  /** From here on the rows are alike, and `sizes` says nothing: a list of any length is opened in the same time. */
  let alike = 0
  let typical = 0
  let even = false
  const lengths = new Map<string, number>()
  const known = new Map<string, number>()

  /** What a row of a list without lengths measures, with its gap, going by those that were seen. */
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
    alike = even ? 0 : keys.length
    if (even) learn()
    if (even && known.size === 0) return
    keys.forEach((key, index) => {
      const px = known.get(key) ?? (even ? undefined : guess(lengths.get(key)!, column))
      if (px !== undefined) set(index, px + column.gap)
    })
  }
  const offset = (index: number) => {
    const wanted = Math.min(index, keys.length)
    const single = Math.min(wanted, alike)
    for (; summed < single; summed += 1) ends[summed] = (ends[summed - 1] ?? 0) + sizes[summed]!
    return (ends[single - 1] ?? 0) + (wanted - single) * typical
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
      const single = offset(alike)
      if (alike < keys.length && wanted >= single)
        return Math.min(keys.length - 1, alike + Math.floor((wanted - single) / typical))
      let low = 0
      let high = Math.max(0, alike - 1)
      while (low < high) {
        const middle = (low + high) >> 1
        if (ends[middle]! > wanted) high = middle
        else low = middle + 1
      }
      return low
    },
    become(next, lengthOf) {
      const before = keys
      keys = next
      even = !lengthOf
      if (lengthOf) for (const key of next) if (!lengths.has(key)) lengths.set(key, lengthOf(key))
      plant()
      // Beyond the end is as far beyond it as before.
      return (index) => (index < before.length ? next.indexOf(before[index]!) : index + next.length - before.length)
    },
    measured(index, px) {
      const key = keys[index]
      if (key === undefined) return
      known.set(key, px)
      set(index, px + column.gap)
      if (even && known.size === SAMPLE) learn()
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
