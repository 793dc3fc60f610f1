'use client'
import { useSyncExternalStore } from 'react'
import { deskWords } from '../../../internal/english/desk.ts'
import { editIcon, trashIcon } from '../../../internal/index.ts'
import type { ConversationInstance } from '../../../protocol/index.ts'
import { useStrings } from '../../useStrings.ts'
import type { List } from '../list.ts'
import { isChosen } from '../selection.ts'
import { chooseRow, rename } from './keys.ts'
import { meantBy, removeRows } from './removal.ts'

export interface RowProps {
  conversation: ConversationInstance
  list: List
  tabIndex: number
}

/** The check box before a conversation, where they are chosen. */
export function Check(props: RowProps) {
  return props.list.selection && <Box {...props} selection={props.list.selection} />
}

function Box({ conversation, list, tabIndex, selection }: RowProps & { selection: NonNullable<List['selection']> }) {
  const { id } = conversation
  const words = useStrings(deskWords)
  const read = () => isChosen(selection.get(), id)
  const checked = useSyncExternalStore(selection.subscribe, read, read)
  return (
    <input
      type="checkbox"
      className="ck-list-check"
      aria-label={words.listSelect({ name: nameOf(conversation, list) })}
      tabIndex={tabIndex}
      checked={checked}
      // Which keys are held is known to a click only; the change that comes with it says the same.
      onChange={() => {}}
      onClick={(event) => chooseRow(list, id, event.shiftKey)}
    />
  )
}

/** What is after a conversation: votes, and what can be done to it. `quiet`: nothing can be, at the moment. */
export function Beside({ conversation, list, tabIndex, quiet }: RowProps & { quiet: boolean }) {
  const { id } = conversation
  const { canRename, canDelete } = list
  const words = useStrings(deskWords)
  const name = nameOf(conversation, list)
  return (
    <>
      {list.votes && <Votes list={list} id={id} />}
      {(canRename || canDelete) && !quiet && (
        <span className="ck-list-actions">
          {canRename && (
            <button
              type="button"
              className="ck-icon-button"
              aria-label={words.listRename({ name })}
              title={words.rename}
              tabIndex={tabIndex}
              onClick={() => rename(list, id)}
            >
              {editIcon}
            </button>
          )}
          {canDelete && (
            <button
              type="button"
              className="ck-icon-button"
              aria-label={words.listDelete({ name })}
              title={words.delete}
              tabIndex={tabIndex}
              onClick={() => removeRows(list, meantBy(list, id))}
            >
              {trashIcon}
            </button>
          )}
        </span>
      )}
    </>
  )
}

function Votes({ list, id }: { list: List; id: string }) {
  const words = useStrings(deskWords)
  const count = list.votes!(id)
  if (!count || (count.up === 0 && count.down === 0)) return null
  const { up, down } = count
  return (
    <span className="ck-list-votes">
      <span className="ck-hidden">{words.listVotes({ up, down })}</span>
      {up > 0 && (
        <span aria-hidden="true" data-vote="up">
          {up}
        </span>
      )}
      {down > 0 && (
        <span aria-hidden="true" data-vote="down">
          {down}
        </span>
      )}
    </span>
  )
}

/** What a conversation is called, for those who hear it. */
export const nameOf = ({ name }: ConversationInstance, { words }: List): string => name?.trim() || words.untitled
