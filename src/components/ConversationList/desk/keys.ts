import type { KeyboardEvent, MouseEvent } from 'react'
import type { List } from '../list.ts'
import { rowFor } from '../moves.ts'
import { ALL, NOTHING, rangeOf, toggleChosen, withChosen } from '../selection.ts'
import { bringBack, meantBy, removeRows } from './removal.ts'
import { setRenaming } from './state.ts'

/** What a key does in the list beside moving; gives whether it did anything. `id`: the row it was pressed in. */
export function onKeyDown(event: KeyboardEvent, id: string | undefined, list: List): boolean {
  const { key, shiftKey, altKey } = event
  const target = event.target as Element
  // In a field, keys are for the text.
  if (altKey || target.matches('input:not([type="checkbox"])')) return false
  const command = event.ctrlKey || event.metaKey
  if (command) {
    if (shiftKey) return false
    if (key === 'z' && list.canDelete) return (bringBack(list), true)
    if (key === 'a' && list.selection) return (list.choose(ALL), true)
    return false
  }
  if (id === undefined) return false
  if (list.selection && chooseByKey(event, id, list)) return true
  if (shiftKey) return false
  if (key === 'F2' && list.canRename) return (rename(list, id), true)
  if (key === 'Delete' && list.canDelete) return (removeRows(list, meantBy(list, id)), true)
  return false
}

function chooseByKey(event: KeyboardEvent, id: string, list: List): boolean {
  const { key, shiftKey } = event
  const selection = list.selection!.get()
  const state = list.state!
  if (key === 'Escape') {
    if (selection === NOTHING || (!selection.all && selection.ids.length === 0)) return false
    list.choose(NOTHING)
    return true
  }
  // A check box does that itself.
  if (key === ' ' && (event.target as Element).matches('.ck-conversation')) {
    chooseRow(list, id, shiftKey)
    return true
  }
  if (!shiftKey) return false
  const ids = list.ids.get()
  const next = rowFor(event, ids, id, list.hold, true)
  if (next === undefined) return false
  state.anchor ??= id
  // A range that becomes shorter leaves out again what it had.
  const without = withChosen(selection, rangeOf(ids, state.anchor, id), false)
  list.choose(withChosen(without, rangeOf(ids, state.anchor, next), true))
  list.hold.focus(next)
  return true
}

/** Chooses a row, or leaves it out again; with `range` chooses all from the one before to it. */
export function chooseRow(list: List, id: string, range: boolean): void {
  const selection = list.selection!.get()
  const state = list.state!
  if (range && state.anchor !== undefined) {
    list.choose(withChosen(selection, rangeOf(list.ids.get(), state.anchor, id), true))
    return
  }
  state.anchor = id
  list.choose(toggleChosen(selection, id))
}

/** Opens the field for the name of a conversation. */
export function rename({ view, state }: List, id: string): void {
  setRenaming(state!, id, { text: view.row(id)?.name ?? '' })
}

const isRow = (target: EventTarget) => (target as Element).closest('.ck-conversation') !== null

/** What choosing takes of the list as a whole: its rows are buttons, and open with a click that is not about choosing. */
export const choosing = (list: List) => ({
  onClickCapture(event: MouseEvent) {
    const { shiftKey, ctrlKey, metaKey, target } = event
    const id = (target as Element).closest('[data-id]')?.getAttribute('data-id')
    if (!id || !isRow(target) || !(shiftKey || ctrlKey || metaKey)) return
    event.preventDefault()
    event.stopPropagation()
    chooseRow(list, id, shiftKey)
  },
  onMouseDown(event: MouseEvent) {
    // Shift and a click would select the text from there to here.
    if (event.shiftKey && isRow(event.target)) event.preventDefault()
  },
  onKeyUp(event: KeyboardEvent) {
    // In some browsers a button is pressed when the key is let go.
    if (event.key === ' ' && isRow(event.target)) event.preventDefault()
  },
})
