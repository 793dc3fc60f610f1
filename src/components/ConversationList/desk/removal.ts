import { inPlaceOf } from '../inPlaceOf.ts'
import type { List } from '../list.ts'
import { chosenOf, isChosen, withChosen } from '../selection.ts'

/** What a deletion of a row means: the row, or all that are chosen and loaded when it is one of them. */
export function meantBy({ selection, ids }: List, id: string): readonly string[] {
  const chosen = selection?.get()
  return chosen && isChosen(chosen, id) ? chosenOf(chosen, ids.get()) : [id]
}

/** Deletes conversations. The focus goes to the row after them, what is open and deleted is not open any more. */
export function removeRows(list: List, removed: readonly string[]): void {
  const ids = list.ids.get()
  const set = new Set(removed)
  const last = ids.findLast((id) => set.has(id))
  const next = inPlaceOf(ids, last, (id) => !set.has(id))
  const chosen = list.selection?.get()
  list.state!.hands.get().remove(removed)
  if (chosen) list.choose(withChosen(chosen, removed, false))
  const opened = list.value.get()
  if (opened !== null && set.has(opened)) {
    list.state!.closed = opened
    list.open(null)
  }
  if (next !== undefined) list.hold.focus(next)
}

/** Takes the last deletion back. What was open and is there again is open again, unless something else is. */
export function bringBack(list: List): void {
  const state = list.state!
  const back = state.hands.get().undo()
  if (back[0] === undefined) return
  if (state.closed !== undefined && back.includes(state.closed) && list.value.get() === null) list.open(state.closed)
  state.closed = undefined
  list.hold.focus(back[0])
}
