/** What was found, as it stands in the list. */
export const hitsIn = (list: HTMLElement | null): HTMLElement[] =>
  Array.from(list?.querySelectorAll<HTMLElement>('.ck-search-hit') ?? [])

/** Gives one of what was found the focus. Whether there is one. */
export function focusHit(list: HTMLElement | null, at: number): boolean {
  const hit = hitsIn(list).at(at)
  hit?.focus()
  return hit !== undefined
}
