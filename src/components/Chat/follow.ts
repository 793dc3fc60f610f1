import { createCell } from '../../internal/index.ts'
import type { Cell } from '../../internal/index.ts'

/** How near the end counts as being there again, in px. Scrolling up by less already lets go. */
const NEAR_PX = 24
/** Below this a fraction of a pixel, as zoomed screens have, is not a movement. */
const SLACK_PX = 2

/** The place of a reader in a scrolling thread: at the end, which is followed, or somewhere above, which is held. */
export interface Follow {
  /** Whether the view is at the end and goes on with it. */
  readonly following: Cell<boolean>
  /** Begins to watch a viewport; the function returned ends it. */
  attach: (viewport: HTMLElement) => () => void
  /** Goes to the end and follows it from now on. */
  toEnd: () => void
  /** Names what is shown: another conversation is opened at its end. */
  open: (conversationId: string | null) => void
}

export function createFollow(): Follow {
  const following = createCell(true)
  let settle = () => {}
  let shown: string | null = null
  const toEnd = () => {
    following.set(true)
    settle()
  }

  return {
    following,
    toEnd,
    open(conversationId) {
      if (conversationId !== shown) toEnd()
      shown = conversationId
    },
    attach(viewport) {
      let place = placeOf(viewport)
      let lastTop = viewport.scrollTop

      // Runs between layout and paint, so what has grown and where we are meet in the same frame.
      settle = () => {
        if (following.get()) viewport.scrollTop = viewport.scrollHeight
        else viewport.scrollTop += driftOf(viewport, place)
        lastTop = viewport.scrollTop
        place = placeOf(viewport)
      }
      const onScroll = () => {
        const top = viewport.scrollTop
        // Our own doing; what has moved since then is still to be settled.
        if (top === lastTop) return
        const below = viewport.scrollHeight - viewport.clientHeight - top
        if (below <= SLACK_PX || (top > lastTop && below <= NEAR_PX)) following.set(true)
        else if (top < lastTop) following.set(false)
        lastTop = top
        place = placeOf(viewport)
      }

      const sizes = new ResizeObserver(() => settle())
      const observeChildren = () => {
        sizes.disconnect()
        sizes.observe(viewport)
        for (const child of viewport.children) sizes.observe(child)
      }
      const children = new MutationObserver(observeChildren)
      children.observe(viewport, { childList: true })
      observeChildren()
      viewport.addEventListener('scroll', onScroll, { passive: true })
      settle()
      return () => {
        settle = () => {}
        sizes.disconnect()
        children.disconnect()
        viewport.removeEventListener('scroll', onScroll)
      }
    },
  }
}

/** The elements at the upper edge of the view, from the outermost to the innermost, and where their tops are. */
type Place = { element: Element; top: number }[]

const DEPTH = 5

function placeOf(viewport: HTMLElement): Place {
  const edge = viewport.getBoundingClientRect().top
  const place: Place = []
  let parent: Element = viewport
  while (place.length < DEPTH) {
    const first = firstBelow(parent.children, edge)
    // The button that loads what is older stays on top; the message under it is what must not move.
    const element = first instanceof HTMLButtonElement ? first.nextElementSibling : first
    if (!element) break
    const top = element.getBoundingClientRect().top
    place.push({ element, top: top - edge })
    if (top >= edge && !element.querySelector('[data-ck="message"]')) break
    parent = element
  }
  return place
}

/** The first element that ends below a line. Elements of a column are in order, so a long thread costs a few looks. */
function firstBelow(elements: HTMLCollection, edge: number): Element | undefined {
  let low = 0
  let high = elements.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (elements[middle]!.getBoundingClientRect().bottom > edge) high = middle
    else low = middle + 1
  }
  return elements[low]
}

/** How far what was read has moved since, by the innermost element that is still there. */
function driftOf(viewport: HTMLElement, place: Place): number {
  const kept = place.findLast(({ element }) => viewport.contains(element))
  if (!kept) return 0
  return kept.element.getBoundingClientRect().top - viewport.getBoundingClientRect().top - kept.top
}
