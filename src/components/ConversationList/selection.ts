/** Which conversations are chosen: those named, or all that match but those named. Plain data: it can be kept and sent. */
export type ConversationSelection =
  | { all?: false; ids: readonly string[] }
  /** `except`: what was taken out again by hand. */
  | { all: true; except: readonly string[] }

export const NOTHING: ConversationSelection = { ids: [] }
/** All that match, also what is not loaded yet. */
export const ALL: ConversationSelection = { all: true, except: [] }

// Asked for every row of a list, of selections that may name all of them.
const sets = new WeakMap<ConversationSelection, ReadonlySet<string>>()

function setOf(selection: ConversationSelection): ReadonlySet<string> {
  let set = sets.get(selection)
  if (!set) sets.set(selection, (set = new Set(selection.all ? selection.except : selection.ids)))
  return set
}

/** Whether a conversation is chosen. */
export const isChosen = (selection: ConversationSelection, id: string): boolean =>
  setOf(selection).has(id) !== Boolean(selection.all)

/** The selection with some conversations in it, or without them. */
export function withChosen(
  selection: ConversationSelection,
  ids: readonly string[],
  chosen: boolean,
): ConversationSelection {
  const set = new Set(setOf(selection))
  for (const id of ids) set[chosen === Boolean(selection.all) ? 'delete' : 'add'](id)
  return selection.all ? { all: true, except: [...set] } : { ids: [...set] }
}

/** The selection with a conversation in it if it was not, and without it if it was. */
export const toggleChosen = (selection: ConversationSelection, id: string): ConversationSelection =>
  withChosen(selection, [id], !isChosen(selection, id))

/** From one conversation to another of a list, both of them included; of one that is not in it, the other alone. */
export function rangeOf(ids: readonly string[], from: string | undefined, to: string): readonly string[] {
  const start = from === undefined ? -1 : ids.indexOf(from)
  const end = ids.indexOf(to)
  if (end < 0) return []
  if (start < 0) return [to]
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1)
}

/** Those of a list that are chosen. */
export const chosenOf = (selection: ConversationSelection, ids: readonly string[]): readonly string[] =>
  ids.filter((id) => isChosen(selection, id))

/**
 * How many are chosen, of a list in which so many match. `undefined` when nobody can tell, since all are chosen and not all are loaded.
 */
export function chosenCount(
  selection: ConversationSelection,
  { matching, complete }: { matching: number; complete: boolean },
): number | undefined {
  if (!selection.all) return setOf(selection).size
  return complete ? Math.max(0, matching - setOf(selection).size) : undefined
}
