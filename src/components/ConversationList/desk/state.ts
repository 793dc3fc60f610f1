import type { DeletedBatch } from '../../../hooks/index.ts'
import { createCell } from '../../../internal/index.ts'
import type { Cell } from '../../../internal/index.ts'
import type { ConversationError } from '../../../transport/index.ts'

/** A name that is being written. */
export interface Renaming {
  text: string
  /** Why the server did not take it. */
  error?: ConversationError
}

/** What goes on in a list beside what it shows. Not in its rows: those come and go while one scrolls. */
export interface DeskState {
  /** By conversation. */
  renames: Cell<ReadonlyMap<string, Renaming>>
  /** Where a range of chosen rows begins. */
  anchor: string | undefined
  /** What was open when it was deleted. */
  closed: string | undefined
  /** The row that has the focus, or has what has it. */
  focused: Cell<string | undefined>
  /** What takes the server, done by the part of the list that can, once it is there. */
  hands: Cell<Hands>
}

export interface Hands {
  remove: (ids: readonly string[]) => void
  undo: () => DeletedBatch
  save: (id: string, name: string) => void
}

export const createDeskState = (): DeskState => ({
  renames: createCell<ReadonlyMap<string, Renaming>>(new Map()),
  anchor: undefined,
  closed: undefined,
  focused: createCell<string | undefined>(undefined),
  hands: createCell<Hands>({ remove: () => {}, undo: () => [], save: () => {} }),
})

/** Opens the field for a name, changes what it says, or closes it. */
export function setRenaming({ renames }: DeskState, id: string, renaming: Renaming | undefined): void {
  const next = new Map(renames.get())
  if (renaming) next.set(id, renaming)
  else next.delete(id)
  renames.set(next)
}
