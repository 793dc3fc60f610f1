import type { Column, Heights } from './heights.ts'
import { ALL_ROWS, isLavish, isShort, merged, nextRows, rowsBetween, selected, wantedReach } from './window.ts'
import type { Span } from './window.ts'

/** Why rows are looked at: the view moved or rests, nobody waits, others are on the page, or some have another height. */
export type Why = 'rest' | 'idle' | 'rows' | 'sizes'

/** Which rows of a long list are on the page, and the room that stands for the others. */
export interface Rows {
  subscribe: (listener: () => void) => () => void
  /** Another number when other rows are to be on the page. */
  version: () => number
  /**
   * The rows that are to be on the page, of a list that may be a new one. Gives the same for the same. `lengths` is asked, once, for a
   * function that gives how much a row says.
   */
  spans: (keys: readonly string[], lengths?: () => (index: number) => number) => readonly Span[]
  /** Told when those rows are on the page, before it is painted. */
  committed: (list: HTMLElement | null, spans: readonly Span[]) => void
  /**
   * Looks at what is in view, of a reader who scrolls by `moved` px; gives whether rows are missing near it, or at `rest` some are
   * far, and a function to change that.
   */
  look: (viewport: HTMLElement, moved: number, following: boolean, why: Why) => (() => void) | undefined
  /** Guesses anew if the column has another width. */
  refit: () => void
  /** Takes a shift of what is read out of the room above instead of scrolling; gives what is left of it, in px. */
  absorb: (drift: number) => number
  /** Sets the room above right again; gives what has to be scrolled for that, in px. */
  repay: () => number
  list: () => HTMLElement | null
  /** The element of a row, if it is on the page. */
  element: (index: number) => Element | undefined
  /** The row that an element is in, or -1. */
  indexOf: (node: Node | null | undefined) => number
  /** Has a row rendered, wherever it is. */
  reveal: (index: number) => void
}

const alike = () => 0

/** `opening` says which rows are on the page of a list that was never seen. */
export function createRows(heights: Heights, opening: (heights: Heights) => Span): Rows {
  const listeners = new Set<() => void>()
  let version = 0
  let main: Span = { from: 0, to: 0 }
  let pins: Span[] = []
  let shown: readonly Span[] = []
  let list: HTMLElement | null = null
  let rows: HTMLCollectionOf<Element> | undefined
  let column: Column = { width: 0, line: 0, gap: 0 }
  /** The height of the room right above the rows in view. */
  let above = 0
  let stale = false

  const change = (next: Span, nextPins: Span[]) => {
    const count = heights.keys.length
    const now = merged([next, ...nextPins], count)
    main = next
    pins = nextPins
    if (
      now.length === shown.length &&
      now.every(({ from, to }, at) => from === shown[at]!.from && to === shown[at]!.to)
    )
      return
    stale = true
    version += 1
    for (const listener of listeners) listener()
  }
  /** Where among the elements a row is. */
  const placeOf = (index: number) => {
    let before = 0
    for (const { from, to } of shown) {
      if (index >= from && index < to) return before + index - from
      before += to - from
    }
    return -1
  }
  const element = (index: number): Element | undefined => rows?.[placeOf(index)]
  const indexOf = (node: Node | null | undefined) => {
    let place = node && list?.contains(node) ? [...rows!].findIndex((row) => row.contains(node)) : -1
    if (place < 0) return -1
    for (const { from, to } of shown) {
      if (place < to - from) return from + place
      place -= to - from
    }
    return -1
  }
  const isWindowed = () => heights.keys.length > ALL_ROWS

  const measure = () => {
    let place = 0
    for (const { from, to } of shown) {
      for (let index = from; index < to; index += 1) {
        heights.measured(index, rows![place++]!.getBoundingClientRect().height)
      }
    }
  }
  /** What a room has to be for the rows that are not there; the gaps beside it are two, and one of them is theirs. */
  const room = (from: number, to: number) => Math.max(0, heights.offset(to) - heights.offset(from) - column.gap)
  const spacers = () => list!.getElementsByClassName('ck-spacer') as HTMLCollectionOf<HTMLElement>
  const before = () => shown.findIndex(({ to }) => main.from < to)
  /** The element of the room right above, and the height it has to have. */
  const roomAbove = () => {
    const at = before()
    const from = shown[at - 1]?.to ?? 0
    const to = shown[at]?.from ?? 0
    return from < to ? { element: spacers()[shown[0]!.from > 0 ? at : at - 1], px: room(from, to) } : undefined
  }
  const setRooms = () => {
    let place = 0
    let end = 0
    for (const { from, to } of [...shown, { from: heights.keys.length, to: 0 }]) {
      const spacer = from > end ? spacers()[place++] : undefined
      if (spacer) spacer.style.blockSize = `${room(end, from)}px`
      end = to
    }
    above = roomAbove()?.px ?? 0
  }
  const fit = () => {
    const width = list!.clientWidth
    if (width === column.width || width === 0) return false
    const { lineHeight, rowGap } = getComputedStyle(list!)
    column = { width, line: parseFloat(lineHeight) || 23, gap: parseFloat(rowGap) || 0 }
    heights.fit(column)
    return true
  }
  const around = (index: number): Span[] => (index < 0 ? [] : [{ from: index - 1, to: index + 2 }])
  /** Where the focus is, what can be reached from there with a key, and what is selected. */
  const held = (): Span[] => {
    const focused = (list!.getRootNode() as Document | ShadowRoot).activeElement
    const selection = getSelection()
    const ends = selection && !selection.isCollapsed ? [selection.anchorNode, selection.focusNode].map(indexOf) : []
    const [from = -1, to = -1] = ends.filter((index) => index >= 0).sort((one, two) => one - two)
    return [...around(indexOf(focused)), ...(from < 0 ? [] : selected({ from, to: Math.max(from, to) + 1 }))]
  }

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    version: () => version,
    list: () => list,
    element,
    indexOf,
    spans(keys, lengths) {
      const count = keys.length
      if (keys !== heights.keys) {
        const old = heights.keys.length
        const now = heights.become(keys, lengths?.() ?? alike)
        // What comes on top of a list that is at its top is seen.
        const from = !lengths && main.from === 0 ? 0 : now(main.from)
        const to = main.to === old ? count : now(main.to - 1) + 1
        main = old === 0 || (from < 0 && to <= 0) ? opening(heights) : { from: Math.max(0, from), to: to || count }
        pins = pins.map((pin) => ({ from: now(pin.from), to: now(pin.to - 1) + 1 }))
      }
      if (count <= ALL_ROWS) main = { from: 0, to: count }
      return merged([main, ...pins], count)
    },
    committed(element, spans) {
      if (list !== element) rows = element?.getElementsByClassName('ck-row')
      list = element
      shown = spans
      stale = false
      if (!list || !isWindowed()) return
      // Before anything is asked of the page: without the room the browser would move the view.
      setRooms()
      if (fit()) setRooms()
    },
    look(viewport, moved, following, why) {
      if (!list || stale || !isWindowed() || viewport.clientHeight === 0) return undefined
      const count = heights.keys.length
      const first = element(main.from)
      const last = element(main.to - 1)
      if (!first || !last) return undefined
      const view = viewport.getBoundingClientRect()
      const reach = {
        above: view.top - first.getBoundingClientRect().top,
        below: last.getBoundingClientRect().bottom - view.bottom,
      }
      const wanted = wantedReach(view.height, moved, why === 'idle')
      const away = following && main.to < count
      if (
        list.clientWidth === column.width &&
        !away &&
        !isShort(reach, wanted, main, count) &&
        !(why === 'rest' && isLavish(reach, wanted, view.height))
      )
        return undefined
      return () => {
        measure()
        const top = away ? heights.total - view.height : heights.offset(main.from) + reach.above
        const wide = rowsBetween(heights, top - wanted.above, top + view.height + wanted.below)
        const near = nextRows(wide, main, reach, view.height, moved, heights)
        change(following ? { ...near, to: count } : near, held())
      }
    },
    refit() {
      if (list && !stale && isWindowed() && fit()) setRooms()
    },
    absorb(drift) {
      const { element } = (isWindowed() && roomAbove()) || {}
      if (!element) return drift
      const next = Math.max(0, above - drift)
      const left = drift - (above - next)
      above = next
      element.style.blockSize = `${next}px`
      return left
    },
    repay() {
      if (!list || stale || !isWindowed()) return 0
      measure()
      const { element, px } = roomAbove() ?? {}
      if (!element || px === undefined) return 0
      const owed = px - above
      above = px
      element.style.blockSize = `${px}px`
      return owed
    },
    reveal(index) {
      if (element(index) || !isWindowed()) return
      measure()
      change({ from: index, to: index + 1 }, around(index))
    },
  }
}
