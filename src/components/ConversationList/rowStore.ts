import type { ChatStatus } from '../../hooks/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { Renaming } from './desk/desk.ts'
import type { List } from './list.ts'

/** All that a row shows. The same object as long as nothing of it changes. */
export interface RowLook {
  /** Absent when the list does not have it any more. */
  conversation: ConversationInstance | undefined
  /** Whether an answer is on its way in it. */
  live: ChatStatus
  /** Whether it is the one that is open. */
  selected: boolean
  /** Whether Tab goes to it. */
  reachable: boolean
  /** How long ago it was. The words and not the time: a row whose words stay the same does not render. */
  age: string
  /** The name that is being written in place of it. */
  renaming: Renaming | undefined
}

export interface RowStore {
  get: () => RowLook
  subscribe: (listener: () => void) => () => void
}

/** One thing to look at for each row instead of five: a page has many rows, and each look has its price. */
export function createRowStore(list: List, id: string): RowStore {
  const { view, clock, live, value, tabbable, words, locale, state } = list
  let look: RowLook | undefined
  const sources = [clock, live, value, tabbable, ...(state ? [state.renames] : [])]
  return {
    get() {
      const conversation = view.row(id)
      const next: RowLook = {
        conversation,
        live: live.of(id),
        selected: value.get() === id,
        reachable: tabbable.get() === id,
        age: conversation ? words.time({ date: dateOf(conversation), now: clock.now(), locale }) : '',
        renaming: state?.renames.get().get(id),
      }
      if (!look || !isSame(look, next)) look = next
      return look
    },
    subscribe(listener) {
      const stops = [view.onRow(id, listener), ...sources.map((source) => source.subscribe(listener))]
      return () => stops.forEach((stop) => stop())
    },
  }
}

export const dateOf = ({ updatedAt, createdAt }: ConversationInstance): Date => new Date(updatedAt ?? createdAt)

const isSame = (one: RowLook, other: RowLook) =>
  one.conversation === other.conversation &&
  one.live === other.live &&
  one.selected === other.selected &&
  one.reachable === other.reachable &&
  one.age === other.age &&
  one.renaming === other.renaming
