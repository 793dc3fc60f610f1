/** Which conversations are chosen: those named, or all that match but those named. Plain data: it can be kept and sent. */
export type ConversationSelection =
  | { all?: false; ids: readonly string[] }
  /** `except`: what was taken out again by hand. */
  | { all: true; except: readonly string[] }

export const NOTHING: ConversationSelection = { ids: [] }

/** Whether a conversation is chosen. */
export const isChosen = (selection: ConversationSelection, id: string): boolean =>
  selection.all ? !selection.except.includes(id) : selection.ids.includes(id)
