import type { Heights } from './heights.ts'

/** Rows from one to before another. */
export interface Span {
  from: number
  to: number
}

/** More rows than this, and only those near the view are on the page. Up to it the browser finds words in all of them. */
export const ALL_ROWS = 100
/** How much of a thread is on the page before it is known how high the view is, in px by guess: rows too many are made for nothing. */
const FIRST_PX = 700
/** The same of a list that opens at its beginning: what is missing would have to be made, and measured, before the first paint. */
const FIRST_ROWS_PX = 1100
/** So much of what is wanted has to be there. */
const ENOUGH = 0.75
/** A selection up to so many rows can be copied as a whole. */
const SELECTED_ROWS = 200

/** The rows between two lines, at least one. */
export const rowsBetween = (heights: Heights, top: number, bottom: number): Span => ({
  from: heights.at(top),
  to: Math.min(heights.keys.length, heights.at(bottom) + 1),
})

/** What is on the page of a thread that was never seen: its end. */
export const lastRows = (heights: Heights): Span => rowsBetween(heights, heights.total - FIRST_PX, heights.total)

/** What is on the page of a list that was never seen: its beginning. */
export const firstRows = (heights: Heights): Span => rowsBetween(heights, 0, FIRST_ROWS_PX)

/** The rows that hold a selection: all of them, or those at its ends when they are many. */
export const selected = ({ from, to }: Span): Span[] =>
  to - from <= SELECTED_ROWS
    ? [{ from, to }]
    : [
        { from, to: from + 1 },
        { from: to - 1, to },
      ]

/** Spans in order, without what lies outside of the list, and as few as possible. */
export function merged(spans: readonly Span[], count: number): Span[] {
  const result: Span[] = []
  const inside = spans
    .map(({ from, to }) => ({ from: Math.max(0, from), to: Math.min(count, to) }))
    .filter(({ from, to }) => from < to)
    .sort((one, two) => one.from - two.from)
  for (const span of inside) {
    const last = result.at(-1)
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else result.push(span)
  }
  return result
}

/** How far the rows on the page reach beyond the view, and how far they are to, in px. */
export interface Reach {
  above: number
  below: number
}

/**
 * Ahead of a reader who scrolls, by so many px, there is a view more; behind, and at rest, a quarter of one. With `idle` more is made above
 * them while nobody waits: the first movement is upwards then, and finds rows, and code that has run before.
 */
export const wantedReach = (view: number, moved: number, idle = false): Reach => ({
  above: moved < 0 ? view : idle ? view * 0.7 : view / 4,
  below: moved > 0 ? view : view / 4,
})

/** Whether there is too little beyond the view. */
export const isShort = (reach: Reach, wanted: Reach, { from, to }: Span, count: number): boolean =>
  (from > 0 && reach.above < wanted.above * ENOUGH) || (to < count && reach.below < wanted.below * ENOUGH)

/**
 * Of the rows that are wanted near the view, those for the next frame. Ahead of a reader who has not come to the end of them it is a
 * quarter of a view more, or as much as they go on by: all at once takes longer than a frame.
 */
export function nextRows(near: Span, main: Span, reach: Reach, view: number, moved: number, heights: Heights): Span {
  const step = Math.max(view / 4, Math.abs(moved))
  let { from, to } = near
  if (moved < 0 && reach.above > 0) from = Math.max(from, heights.at(heights.offset(main.from) - step))
  if (moved > 0 && reach.below > 0) to = Math.min(to, heights.at(heights.offset(main.to) + step) + 1)
  return { from, to }
}

/** Whether there is much more beyond the view than is of use, by half a view. */
export const isLavish = (reach: Reach, wanted: Reach, view: number): boolean =>
  reach.above > wanted.above + view / 2 || reach.below > wanted.below + view / 2
