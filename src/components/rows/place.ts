/** The elements at the upper edge of the view, from the outermost to the innermost, and where their tops are. */
export type Place = { element: Element; top: number }[]

/** From the viewport down to the item of a list in an answer. */
const DEPTH = 9
/** What shows less than this, in px, is the end of a bubble or a fraction of a line, which nobody reads. */
const SLIVER_PX = 8

/** What is read at the moment. */
export function placeOf(viewport: HTMLElement): Place {
  const start = viewport.getBoundingClientRect().top
  const edge = start + SLIVER_PX
  const place: Place = []
  let parent: Element = viewport
  while (place.length < DEPTH) {
    let element = firstBelow(parent.children, edge)
    // The button that loads what is older stays on top, and room is nothing to read; what comes after them must not move.
    while (element && (element instanceof HTMLButtonElement || element.classList.contains('ck-spacer')))
      element = element.nextElementSibling ?? undefined
    // What a message says is read: its day, and that it is new, come and go, and may stick to the edge.
    if (parent.classList.contains('ck-row')) element = bubbleIn(parent) ?? element
    else if (element?.classList.contains('ck-row')) {
      const bubble = bubbleIn(element)
      const next = element.nextElementSibling
      if (bubble && next?.matches('.ck-row, .ck-message') && bubble.getBoundingClientRect().bottom <= edge)
        element = next
    }
    if (!element) break
    const top = element.getBoundingClientRect().top
    place.push({ element, top: top - start })
    if (top >= edge && !bubbleIn(element)) break
    parent = element
  }
  return place
}

const bubbleIn = (row: Element) => row.querySelector('[data-ck="bubble"]')

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

/** How far what was read has moved since, but for what the reader has scrolled, by the innermost element that is still there. */
export function driftOf(viewport: HTMLElement, place: Place, scrolled: number): number {
  const kept = place.findLast(({ element }) => viewport.contains(element))
  if (!kept) return 0
  return kept.element.getBoundingClientRect().top - viewport.getBoundingClientRect().top - kept.top + scrolled
}
