'use client'
import { useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { deskWords } from '../../../internal/english/desk.ts'
import { EditIcon, TrashIcon } from '../../../internal/index.ts'
import type { ConversationInstance } from '../../../protocol/index.ts'
import { useStrings } from '../../useStrings.ts'
import type { List } from '../list.ts'
import { isChosen } from '../selection.ts'
import { chooseRow, rename } from './keys.ts'
import { meantBy, removeRows } from './removal.ts'
import { RenameField } from './RenameField.tsx'
import type { Renaming } from './state.ts'

interface RowProps {
  conversation: ConversationInstance
  list: List
  tabIndex: number
  children: ReactNode
}

/** What is beside a conversation in its row: the check box, votes, and what can be done to it. */
export function Row({ conversation, list, tabIndex, children }: RowProps) {
  const { id } = conversation
  const { canRename, canDelete, selection } = list
  const words = useStrings(deskWords)
  const renaming = useRenaming(list, id)
  const name = conversation.name?.trim() || list.words.untitled
  return (
    <div className="ck-list-row" data-id={id}>
      {selection && <Check list={list} id={id} tabIndex={tabIndex} label={words.listSelect({ name })} />}
      {renaming ? <RenameField list={list} id={id} name={name} renaming={renaming} /> : children}
      {list.votes && <Votes list={list} id={id} />}
      {(canRename || canDelete) && !renaming && (
        <span className="ck-list-actions">
          {canRename && (
            <button
              type="button"
              className="ck-icon-button"
              aria-label={`${words.rename}: ${name}`}
              title={words.rename}
              tabIndex={tabIndex}
              onClick={() => rename(list, id)}
            >
              <EditIcon />
            </button>
          )}
          {canDelete && (
            <button
              type="button"
              className="ck-icon-button"
              aria-label={`${words.delete}: ${name}`}
              title={words.delete}
              tabIndex={tabIndex}
              onClick={() => removeRows(list, meantBy(list, id))}
            >
              <TrashIcon />
            </button>
          )}
        </span>
      )}
    </div>
  )
}

function useRenaming({ state }: List, id: string): Renaming | undefined {
  const { renames } = state!
  const read = () => renames.get().get(id)
  return useSyncExternalStore(renames.subscribe, read, read)
}

function Check({ list, id, label, tabIndex }: { list: List; id: string; label: string; tabIndex: number }) {
  const selection = list.selection!
  const read = () => isChosen(selection.get(), id)
  const checked = useSyncExternalStore(selection.subscribe, read, read)
  return (
    <input
      type="checkbox"
      className="ck-list-check"
      aria-label={label}
      tabIndex={tabIndex}
      checked={checked}
      // Which keys are held is known to a click only; the change that comes with it says the same.
      onChange={() => {}}
      onClick={(event) => chooseRow(list, id, event.shiftKey)}
    />
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
