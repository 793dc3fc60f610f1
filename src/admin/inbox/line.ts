/** A conversation of the list, or one that was found, as it stands among the others on the page. */
export interface Line {
  id: string
  /** What has the focus, or has what has it. */
  element: HTMLElement
  /** Whether it is one of the list; else it was found. */
  isRow: boolean
  /** The one after it or before it, where that is on the page. */
  beside: (step: 1 | -1) => HTMLElement | undefined
  /** The nearest that is not among some. */
  nearest: (gone: ReadonlySet<string>) => HTMLElement | undefined
}

/** The conversation in the list of an inbox that has the focus, or in which something has it. */
export function focusedLine(root: HTMLElement | null): Line | undefined {
  const element = root?.ownerDocument.activeElement?.closest<HTMLElement>('.ck-inbox-list [data-id]')
  const id = element?.dataset.id
  if (!element || id === undefined || !root!.contains(element)) return undefined
  const all = [...(element.closest('ul, ol')?.querySelectorAll<HTMLElement>('button[data-id]') ?? [])]
  const at = all.findIndex((each) => each.dataset.id === id)
  return {
    id,
    element,
    isRow: !element.matches('.ck-search-hit'),
    beside: (step) => (at < 0 ? undefined : all[at + step]),
    nearest(gone) {
      const stays = (each: HTMLElement) => !gone.has(each.dataset.id!)
      return all.slice(at + 1).find(stays) ?? all.slice(0, Math.max(0, at)).findLast(stays)
    },
  }
}
