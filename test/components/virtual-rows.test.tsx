import { expect, test } from 'vitest'
import { createHeights, guess } from '../../src/components/rows/heights.ts'
import {
  ALL_ROWS,
  isLavish,
  isShort,
  lastRows,
  merged,
  nextRows,
  rowsBetween,
  selected,
  wantedReach,
} from '../../src/components/rows/window.ts'

const COLUMN = { width: 600, line: 20, gap: 10 }
const named = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `k${from + index}`)

/** A generator of numbers from 0 to 1, the same ones for the same seed. */
function random(seed: number) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function heightsOf(sizes: number[]) {
  const heights = createHeights()
  heights.fit(COLUMN)
  heights.become(named(sizes.length), () => 0)
  sizes.forEach((size, index) => heights.measured(index, size))
  return heights
}

test('rows stand one after another, with a gap after each', () => {
  const heights = heightsOf([30, 50, 20])
  expect([0, 1, 2, 3].map(heights.offset)).toEqual([0, 40, 100, 130])
  expect(heights.total).toBe(130)
})

test('a line lies in the row that it is in, also when it is above the first or below the last', () => {
  const heights = heightsOf([30, 50, 20])
  expect([-50, 0, 39, 40, 99, 100, 129, 130, 5000].map(heights.at)).toEqual([0, 0, 0, 1, 1, 2, 2, 2, 2])
  expect(createHeights().at(10)).toBe(0)
})

test('sums stay right whatever is measured in whatever order, for lists of any length', () => {
  const next = random(7)
  for (const count of [1, 2, 3, 31, 32, 33, 1000]) {
    const sizes = Array.from({ length: count }, () => Math.floor(next() * 400))
    const heights = heightsOf(sizes)
    for (let change = 0; change < 200; change += 1) {
      const index = Math.floor(next() * count)
      sizes[index] = Math.floor(next() * 400)
      heights.measured(index, sizes[index])
    }
    let sum = 0
    sizes.forEach((size, index) => {
      expect(heights.offset(index)).toBeCloseTo(sum, 6)
      expect(heights.at(sum + 0.5)).toBe(index)
      sum += size + COLUMN.gap
    })
    expect(heights.total).toBeCloseTo(sum, 6)
  }
})

test('what was measured is remembered when older rows come in above and new ones below', () => {
  const heights = heightsOf([100, 200])
  const now = heights.become(['old', 'k0', 'k1', 'new'], () => 10)
  expect([now(0), now(1)]).toEqual([1, 2])
  const line = guess(10, COLUMN) + COLUMN.gap
  expect(heights.offset(1)).toBe(line)
  expect(heights.offset(3)).toBe(line + 110 + 210)
})

test('a row that is not there any more is nowhere, and the others are where they are', () => {
  const heights = heightsOf([10, 20, 30, 40])
  const now = heights.become(['k0', 'x', 'k3'], () => 0)
  expect([0, 1, 2, 3].map(now)).toEqual([0, -1, -1, 2])
  expect(heights.become(['a', 'b'], () => 0)(0)).toBe(-1)
})

test('what reaches beyond the last row still does when rows come', () => {
  const heights = heightsOf([10, 20])
  const now = heights.become(['k0', 'k1', 'new'], () => 0)
  expect([-1, 2, 3].map(now)).toEqual([-1, 3, 4])
})

test('another width forgets what was measured, and another gap does not', () => {
  const heights = heightsOf([500])
  heights.fit({ ...COLUMN, gap: 40 })
  expect(heights.total).toBe(540)
  heights.fit({ ...COLUMN, width: 300 })
  expect(heights.total).toBe(guess(0, COLUMN) + COLUMN.gap)
})

test('a longer text is guessed to be higher, and a narrow column too', () => {
  expect(guess(1000, COLUMN)).toBeGreaterThan(guess(100, COLUMN))
  expect(guess(1000, { ...COLUMN, width: 280 })).toBeGreaterThan(guess(1000, COLUMN))
  expect(guess(1000, { ...COLUMN, width: 0 })).toBeLessThan(Infinity)
})

test('a hundred thousand rows are arithmetic', () => {
  const count = 100_000
  const heights = createHeights()
  heights.become(named(count), (index) => (index % 9) * 10)
  const started = performance.now()
  for (let index = 0; index < count; index += 1) heights.measured(index, 50)
  for (let index = 0; index < count; index += 1) heights.at(heights.offset(index))
  expect(performance.now() - started).toBeLessThan(2000)
})

test('the rows between two lines are those that either of them touches', () => {
  const heights = heightsOf([30, 50, 20, 60])
  expect(rowsBetween(heights, 45, 105)).toEqual({ from: 1, to: 3 })
  expect(rowsBetween(heights, -100, 10)).toEqual({ from: 0, to: 1 })
  expect(rowsBetween(heights, 9000, 9999)).toEqual({ from: 3, to: 4 })
})

test('a thread opens at its end, with about as many rows as can be seen', () => {
  expect(lastRows(heightsOf([]))).toEqual({ from: 0, to: 0 })
  expect(lastRows(heightsOf([50, 50, 50]))).toEqual({ from: 0, to: 3 })
  expect(lastRows(heightsOf(Array.from({ length: 10_000 }, () => 90)))).toEqual({ from: 9993, to: 10_000 })
  expect(lastRows(heightsOf([50, 50, 5000]))).toEqual({ from: 2, to: 3 })
})

test('what is held joins what is in view where they touch, and stands alone where they do not', () => {
  const view = { from: 50, to: 60 }
  expect(merged([view, { from: 40, to: 50 }], 100)).toEqual([{ from: 40, to: 60 }])
  expect(merged([view, { from: 90, to: 120 }, { from: -1, to: 2 }], 100)).toEqual([
    { from: 0, to: 2 },
    view,
    { from: 90, to: 100 },
  ])
  expect(merged([view, { from: 52, to: 55 }, { from: 30, to: 30 }], 100)).toEqual([view])
})

test('a selection is kept as a whole, unless it is most of a long thread', () => {
  expect(selected({ from: 3, to: 90 })).toEqual([{ from: 3, to: 90 }])
  expect(selected({ from: 0, to: 10_000 })).toEqual([
    { from: 0, to: 1 },
    { from: 9999, to: 10_000 },
  ])
})

test('there is more ahead of a reader who scrolls than behind', () => {
  const down = wantedReach(800, 1)
  expect(down.below).toBeGreaterThan(down.above)
  const up = wantedReach(800, -1)
  expect(up.above).toBeGreaterThan(up.below)
  const rest = wantedReach(800, 0)
  expect(rest.above).toBe(rest.below)
})

test('rows are missing when too few are left beyond the view; at the ends of the thread there are none to get', () => {
  const wanted = wantedReach(800, 0)
  const some = { from: 10, to: 20 }
  const count = ALL_ROWS * 2
  expect(isShort({ above: 200, below: 200 }, wanted, some, count)).toBe(false)
  expect(isShort({ above: -50, below: 200 }, wanted, some, count)).toBe(true)
  expect(isShort({ above: 200, below: 0 }, wanted, some, count)).toBe(true)
  expect(isShort({ above: 0, below: 0 }, wanted, { from: 0, to: count }, count)).toBe(false)
})

test('rows ahead of a reader who scrolls come a few at a time, and all at once when the reader is faster than they are', () => {
  const heights = heightsOf(Array.from({ length: 200 }, () => 30))
  const row = heights.offset(1)
  const view = 20 * row
  const main = { from: 100, to: 130 }
  const near = { from: 80, to: 126 }
  const ahead = { above: row, below: 9 * row }
  const quarter = nextRows(near, main, ahead, view, -1, heights)
  expect(quarter).toEqual({ from: 95, to: 126 })
  expect(nextRows(near, main, ahead, view, -10 * row, heights)).toEqual({ from: 90, to: 126 })
  expect(nextRows(near, main, ahead, view, -1000 * row, heights)).toEqual(near)
  expect(nextRows(near, main, { ...ahead, above: -row }, view, -1, heights)).toEqual(near)
  const down = { from: 104, to: 150 }
  expect(nextRows(down, main, { above: 9 * row, below: row }, view, 1, heights)).toEqual({ from: 104, to: 136 })
  expect(nextRows(down, main, ahead, view, 0, heights)).toEqual(down)
})

test('rows are given up when they are far from the view', () => {
  const wanted = wantedReach(800, 0)
  expect(isLavish({ above: 250, below: 250 }, wanted, 800)).toBe(false)
  expect(isLavish({ above: 9000, below: 250 }, wanted, 800)).toBe(true)
  expect(isLavish({ above: 250, below: 9000 }, wanted, 800)).toBe(true)
})
