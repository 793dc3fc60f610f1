import { createCell } from '../../internal/index.ts'
import type { Cell } from '../../internal/index.ts'
import { createEvenHeights } from '../rows/evenHeights.ts'
import { driftOf, placeOf } from '../rows/place.ts'
import type { Place } from '../rows/place.ts'
import { createRows } from '../rows/rows.ts'
import type { Rows, Why } from '../rows/rows.ts'
import { firstRows } from '../rows/window.ts'
import type { Span } from '../rows/window.ts'

/** So near the top, in px, a reader is at the top, and sees what comes there. */
const NEAR_PX = 8
/** Where a row is far off is guessed, and may be guessed wrong; so often. */
const TRIES = 4
/** Without a movement for this long the reader has come to rest. */
const REST_MS = 150

/** What is loaded of a list; another object for another list. */
interface Loaded {
  ids: () => readonly string[]
}

/** The place of a reader in a list: at its top, where new rows come, or further down, which is held whatever comes above. */
export interface Hold {
  readonly rows: Rows
  /** Rows that came on top while the reader was further down. */
  readonly fresh: Cell<number>
  /** Begins to watch a viewport; the function returned ends it. */
  attach: (viewport: HTMLElement) => () => void
  /** Told when rows have come to the page or left it, before it is painted. `view`: all that is loaded, also what is not shown. */
  committed: (list: HTMLElement | null, ids: readonly string[], view: Loaded, spans: readonly Span[]) => void
  toTop: () => void
  /** Takes the focus to a row, wherever it is. */
  focus: (id: string) => void
  /** The row a view further, by 1, or back, by -1. */
  aView: (index: number, sign: number) => number
}

export function createHold(): Hold {
  const heights = createEvenHeights()
  const rows = createRows(heights, firstRows)
  const fresh = createCell(0)
  let viewport: HTMLElement | undefined
  let place: Place = []
  let ids: readonly string[] = []
  let loaded: readonly string[] = []
  let view: Loaded | undefined
  let lastTop = 0
  let lastView = 0
  /** How far the view has moved last, in px; 0 at rest. */
  let moving = 0
  /** A movement that the browser has still to tell of. */
  let foreseen = false
  /** The row that gets the focus once it is on the page. */
  let wanted: string | undefined
  let tries = 0

  const isAtTop = () => lastTop <= NEAR_PX

  /** Looks at what the reader did; gives how far it went, in px. */
  const notice = (viewport: HTMLElement): number => {
    const top = viewport.scrollTop
    const moved = top - lastTop
    if (moved === 0) return 0
    moving = moved
    lastTop = top
    if (isAtTop()) fresh.set(0)
    return moved
  }
  /** The same before the browser tells of it. When the list has become too short for where the view was, it is the browser that moved. */
  const foresee = (viewport: HTMLElement): number => {
    if (viewport.clientHeight !== lastView || lastTop > viewport.scrollHeight - lastView + 1) return 0
    const moved = notice(viewport)
    if (moved !== 0) foreseen = true
    return moved
  }

  /** Runs between layout and paint, so what has grown and where we are meet in the same frame. */
  const settle = (why: Why) => {
    if (!viewport) return
    const moved = foresee(viewport)
    if (why !== 'sizes') rows.refit()
    let left = isAtTop() ? 0 : driftOf(viewport, place, moved)
    // Less than half a pixel cannot be scrolled; it is not forgotten either.
    if (Math.abs(left) >= 0.5) {
      // While the view moves, in most browsers by itself, it is better not to move it too.
      const gliding = moving !== 0 && why !== 'sizes' && Math.abs(left) < viewport.clientHeight
      const rest = gliding ? rows.absorb(left) : left
      if (rest !== 0) viewport.scrollTop += rest
      left = driftOf(viewport, place, moved)
      if (Math.abs(left) >= 1) left = 0
    }
    look(viewport, why, left)
  }

  /** Takes down what is in view, and has what is near it rendered. */
  const look = (viewport: HTMLElement, why: Why, left = 0) => {
    lastTop = viewport.scrollTop
    lastView = viewport.clientHeight
    // Also at the top: who has left it is told of later than what comes there.
    place = placeOf(viewport).map(({ element, top }) => ({ element, top: top - left }))
    const exchange = rows.look(viewport, moving, false, why)
    // An observer of sizes must not cause others.
    if (exchange && why === 'sizes') requestAnimationFrame(() => settle('rows'))
    else exchange?.()
  }

  const focusRow = () => {
    const index = wanted === undefined ? -1 : ids.indexOf(wanted)
    if (index < 0 || !viewport) return
    if (!rows.element(index) && tries > 0) {
      tries -= 1
      const list = rows.list()
      const start = list ? list.getBoundingClientRect().top - viewport.getBoundingClientRect().top : 0
      viewport.scrollTop += start + heights.offset(index)
      settle('rest')
      return
    }
    const row = rows.element(index)
    const target = row?.querySelector<HTMLElement>('.ck-conversation')
    if (!row || !target) return
    wanted = undefined
    target.focus({ preventScroll: true })
    const view = viewport.getBoundingClientRect()
    const { top, bottom } = row.getBoundingClientRect()
    if (top >= view.top && bottom <= view.bottom) return
    viewport.scrollTop += top < view.top ? top - view.top : Math.min(bottom - view.bottom, top - view.top)
    notice(viewport)
    foreseen = true
    look(viewport, 'rows')
  }

  /** How many rows there are on top that were not there before. */
  const cameOnTop = (next: readonly string[]): number => {
    if (!viewport || viewport.scrollTop <= NEAR_PX || ids.length === 0 || next[0] === ids[0]) return 0
    const before = new Set(loaded)
    const first = next.findIndex((id) => before.has(id))
    return Math.max(0, first)
  }

  return {
    rows,
    fresh,
    aView: (index, sign) => heights.at(heights.offset(index) + sign * (viewport?.clientHeight ?? 0)),
    toTop() {
      fresh.set(0)
      if (!viewport) return
      viewport.scrollTop = 0
      settle('rest')
    },
    focus(id) {
      wanted = id
      tries = TRIES
      focusRow()
    },
    committed(list, nextIds, nextView, spans) {
      const isOther = view !== undefined && nextView !== view
      view = nextView
      // Nothing of another list has come on top of this one, and who asked for it begins at its top.
      if (isOther) {
        fresh.set(0)
        ids = nextIds
        place = []
        if (viewport) viewport.scrollTop = lastTop = 0
      }
      // Before the place of the view is asked for, the room above has to be right.
      rows.committed(list, spans)
      if (nextIds !== ids) {
        const came = cameOnTop(nextIds)
        if (came > 0) fresh.set(fresh.get() + came)
        ids = nextIds
      }
      loaded = nextView.ids()
      settle('rows')
      focusRow()
    },
    attach(element) {
      viewport = element
      lastTop = element.scrollTop
      let rest: ReturnType<typeof setTimeout> | undefined
      const onRest = () => {
        moving = 0
        const owed = rows.repay()
        if (owed !== 0) {
          const before = element.scrollTop
          element.scrollTop += owed
          // Nobody's movement: what is read stays where it is.
          lastTop += element.scrollTop - before
        }
        settle('rest')
      }
      const onScroll = () => {
        const moved = notice(element)
        if (moved === 0 && !foreseen) return
        // The reader went on before the row was there.
        if (!foreseen) wanted = undefined
        foreseen = false
        look(element, 'rest', isAtTop() ? 0 : driftOf(element, place, moved))
        clearTimeout(rest)
        rest = setTimeout(onRest, REST_MS)
      }
      const sizes = new ResizeObserver(() => settle('sizes'))
      sizes.observe(element)
      element.addEventListener('scroll', onScroll, { passive: true })
      settle('rows')
      return () => {
        viewport = undefined
        clearTimeout(rest)
        sizes.disconnect()
        element.removeEventListener('scroll', onScroll)
      }
    },
  }
}
