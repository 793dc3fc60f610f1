'use client'
import { useRef } from 'react'
import type { FocusEvent } from 'react'
import { useBrowserLayoutEffect } from '../../../hooks/index.ts'
import { useCell } from '../../../internal/index.ts'
import type { Hold } from '../hold.ts'
import { inPlaceOf } from '../inPlaceOf.ts'
import type { List } from '../list.ts'

const holds = new WeakMap<Element, Hold>()

/** Takes the focus to a row of a list, wherever in it the row is. `items`: the element that its rows are in. */
export function focusRow(items: Element | null, id: string): undefined {
  if (items) holds.get(items)?.focus(id)
}

const rowOf = (element: Element | null): string | undefined => element?.closest<HTMLElement>('[data-id]')?.dataset.id

/** Takes down which row has the focus, or has what has it. */
export const watchingFocus = ({ state }: List) => ({
  onFocus: ({ target }: FocusEvent) => state!.focused.set(rowOf(target)),
  // React does not tell of what is taken off the page: that was not left by anybody. Who goes to another window comes back.
  onBlur: ({ target }: FocusEvent) => {
    if (target.ownerDocument.activeElement !== target) state!.focused.set(undefined)
  },
})

/** When the row goes that has the focus, the one in its place has it, and the list itself where there is none. Nothing is scrolled. */
export function useKeptFocus({ hold, ids: shown, state }: List): void {
  const ids = useCell(shown)
  const { focused } = state!
  const before = useRef<readonly string[]>(undefined)
  useBrowserLayoutEffect(() => {
    const items = hold.rows.list()!
    const { activeElement } = items.getRootNode() as Document | ShadowRoot
    holds.set(items, hold)
    // It may have been there before this was downloaded.
    if (!before.current && items.contains(activeElement)) focused.set(rowOf(activeElement))
    const old = before.current ?? ids
    const gone = focused.get()
    before.current = ids
    if (gone === undefined || ids.includes(gone)) return
    focused.set(undefined)
    if (activeElement && activeElement !== document.body) return
    const stays = new Set(ids)
    const next = inPlaceOf(old, gone, (id) => stays.has(id)) ?? ids[0]
    const row = next === undefined ? undefined : hold.rows.element(ids.indexOf(next))
    let to = row?.querySelector<HTMLElement>('.ck-conversation')
    if (!to) {
      to = items.parentElement!
      // Else it cannot have the focus.
      to.tabIndex = -1
    }
    to.focus({ preventScroll: true })
  }, [hold, ids, focused])
}
