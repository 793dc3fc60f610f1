import { focusRow } from '../../components/index.ts'
import { hitsIn } from '../search/focus.ts'

/** A conversation of the list, or one that was found, as it stands among the others. */
export interface Line {
  id: string
  /** What has the focus, or has what has it. */
  element: HTMLElement
  /** Whether it is one of the list; else it was found. */
  isRow: boolean
  /** It and the others in their order: also those that are not on the page, as most of a long list. */
  all: readonly string[]
  /** Takes the focus to one of them, wherever it is. Gives its element where it was found: all of those are on the page. */
  focus: (id: string) => HTMLElement | undefined
}

/** The conversation in the list of an inbox that has the focus, or in which something has it. `ids`: those of the list, in its order. */
export function focusedLine(root: HTMLElement | null, ids: () => readonly string[]): Line | undefined {
  const element = root?.ownerDocument.activeElement?.closest<HTMLElement>('.ck-inbox-list [data-id]')
  const id = element?.dataset.id
  if (!element || id === undefined || !root!.contains(element)) return undefined
  if (element.matches('.ck-search-hit')) return lineOfHit(hitsIn(root), id)
  const items = element.closest('ul')
  return { id, element, isRow: true, all: ids(), focus: (other) => focusRow(items, other) }
}

/** A conversation among those that were found, if it is one of them. */
export const foundLine = (root: HTMLElement | null, id: string | null): Line | undefined =>
  id === null ? undefined : lineOfHit(hitsIn(root), id)

function lineOfHit(hits: readonly HTMLElement[], id: string): Line | undefined {
  const find = (wanted: string) => hits.find((hit) => hit.dataset.id === wanted)
  const element = find(id)
  if (!element) return undefined
  return {
    id,
    element,
    isRow: false,
    all: hits.map((hit) => hit.dataset.id!),
    focus(other) {
      find(other)?.focus()
      return find(other)
    },
  }
}
