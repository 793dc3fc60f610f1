/** The heights of the rows of a thread, those on the page as they are and the others by guess. Plain numbers: no page is needed. */
export interface Heights {
  readonly keys: readonly string[]
  /** All rows with their gaps, in px. */
  readonly total: number
  /** Where a row begins, in px from the top of the first; that of `keys.length` is the end of the last. */
  offset: (index: number) => number
  /** The row that a line lies in, of those there are. */
  at: (offset: number) => number
  /** Takes another list, and gives where a row of the old one is now, or -1. What both lists have at their ends is not guessed again. */
  become: (keys: readonly string[], lengthOf: (key: string) => number) => (index: number) => number
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

/** Reading an offset and writing a height cost the logarithm of the rows: the sums are kept in a binary indexed tree. */
export function createHeights(): Heights {
  let keys: readonly string[] = []
  let column: Column = { width: 640, line: 23, gap: 44 }
  let lengths = new Float64Array(0)
  let sizes = new Float64Array(0)
  let tree = new Float64Array(1)
  const known = new Map<string, number>()

  const sizeOf = (index: number) => (known.get(keys[index]!) ?? guess(lengths[index]!, column)) + column.gap
  const plant = () => {
    const count = keys.length
    sizes = Float64Array.from(lengths, (_, index) => sizeOf(index))
    tree = new Float64Array(count + 1)
    for (let node = 1; node <= count; node += 1) {
      tree[node]! += sizes[node - 1]!
      const parent = node + (node & -node)
      if (parent <= count) tree[parent]! += tree[node]!
    }
  }
  const offset = (index: number) => {
    let sum = 0
    for (let node = Math.min(index, keys.length); node > 0; node -= node & -node) sum += tree[node]!
    return sum
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
      let index = 0
      let left = wanted
      for (let step = 2 ** Math.floor(Math.log2(keys.length || 1)); step >= 1; step /= 2) {
        const node = index + step
        if (node > keys.length || tree[node]! > left) continue
        left -= tree[node]!
        index = node
      }
      return Math.max(0, Math.min(index, keys.length - 1))
    },
    become(next, lengthOf) {
      const before = keys
      const grown = next.length - before.length
      const shared = Math.min(next.length, before.length)
      let head = 0
      while (head < shared && before[head] === next[head]) head += 1
      let tail = 0
      while (tail < shared - head && before.at(-1 - tail) === next.at(-1 - tail)) tail += 1
      const old = lengths
      const end = next.length - tail
      // Rows in between are looked up by name: a new message and an older page may come at once.
      const found = new Map<string, number>()
      if (head < before.length - tail) for (let index = head; index < end; index += 1) found.set(next[index]!, index)
      const now = (index: number) =>
        index < head ? index : index >= before.length - tail ? index + grown : (found.get(before[index]!) ?? -1)
      lengths = new Float64Array(next.length).fill(-1)
      for (let index = 0; index < before.length; index += 1) {
        const at = now(index)
        if (at >= 0) lengths[at] = old[index]!
      }
      for (let index = 0; index < next.length; index += 1)
        if (lengths[index] === -1) lengths[index] = lengthOf(next[index]!)
      keys = next
      plant()
      return now
    },
    measured(index, px) {
      if (!(index < keys.length)) return
      known.set(keys[index]!, px)
      const more = px + column.gap - sizes[index]!
      if (more === 0) return
      sizes[index]! += more
      for (let node = index + 1; node <= keys.length; node += node & -node) tree[node]! += more
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
