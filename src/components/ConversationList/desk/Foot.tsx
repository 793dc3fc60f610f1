'use client'
import { useEffect } from 'react'
import { useBrowserLayoutEffect, useDeferredDelete, useSaveConversation } from '../../../hooks/index.ts'
import { deskWords } from '../../../internal/english/desk.ts'
import type { ConversationError } from '../../../transport/index.ts'
import { errorText } from '../../errorText.ts'
import { useStrings } from '../../useStrings.ts'
import type { List } from '../list.ts'
import { useKeptFocus } from './focus.ts'
import { bringBack } from './removal.ts'
import { setRenaming } from './state.ts'

/** Under a list whose conversations can be changed: what was deleted last and can be taken back, and what was refused. */
export function Foot({ list }: { list: List }) {
  const { canDelete, locale } = list
  const state = list.state!
  const words = useStrings(deskWords)
  const saveConversation = useSaveConversation()
  const deletion = useDeferredDelete()
  const { remove, undo, hold, waiting, refused } = deletion
  useKeptFocus(list)

  useBrowserLayoutEffect(() => {
    const save = (id: string, name: string) => {
      saveConversation(id, { name }).catch((error: ConversationError) => {
        // Unless it is being written anew already.
        if (!state.renames.get().has(id)) setRenaming(state, id, { text: name, error })
      })
    }
    state.hands.set({ remove, undo, save })
  }, [state, remove, undo, saveConversation])

  const last = waiting.at(-1)
  const said = last ? words.listDeleted({ count: last.length, locale }) : ''
  const error = refused[0]?.error
  if (!canDelete) return null
  return (
    <>
      <div className="ck-list-foot" data-shown={last ? '' : undefined}>
        <output>{said}</output>
        {last && <Undo list={list} hold={hold} label={words.undo} />}
      </div>
      {error && (
        <div className="ck-list-refused" role="alert">
          <span>
            {words.listNotDeleted({ count: refused.length, locale })}. {errorText(error, words)}
          </span>
          <button type="button" className="ck-button" onClick={deletion.retry}>
            {words.retry}
          </button>
          <button type="button" className="ck-button" data-quiet="" onClick={deletion.dismiss}>
            {words.dismiss}
          </button>
        </div>
      )}
    </>
  )
}

/** The time stands still for who is on their way to it. */
function Undo({ list, hold, label }: { list: List; hold: (still: boolean) => void; label: string }) {
  useEffect(() => () => hold(false), [hold])
  return (
    <button
      type="button"
      className="ck-button"
      aria-keyshortcuts="Control+Z"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocus={() => hold(true)}
      onBlur={() => hold(false)}
      onClick={() => bringBack(list)}
    >
      {label}
    </button>
  )
}
