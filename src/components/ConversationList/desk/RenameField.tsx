'use client'
import { useEffect, useId, useRef } from 'react'
import { flushSync } from 'react-dom'
import { deskWords } from '../../../internal/english/desk.ts'
import { errorText } from '../../errorText.ts'
import { useStrings } from '../../useStrings.ts'
import { nameOf } from './Row.tsx'
import type { RowProps } from './Row.tsx'
import { setRenaming } from './state.ts'
import type { Renaming } from './state.ts'

interface RenameFieldProps extends RowProps {
  renaming: Renaming
}

/** The name of a conversation, being written anew. */
export function RenameField({ list, conversation, renaming }: RenameFieldProps) {
  const { id } = conversation
  const words = useStrings(deskWords)
  const { text, error } = renaming
  const field = useRef<HTMLInputElement>(null)
  /** Whether it was settled by a key: the field goes then, and is left by that. */
  const settled = useRef(false)
  const errorId = useId()
  const refused = error !== undefined

  useEffect(() => {
    // What comes back refused takes no focus from where the reader is by now.
    if (refused) return
    field.current?.focus({ preventScroll: true })
    field.current?.select()
  }, [refused])

  const leave = (save: boolean, focus: boolean) => {
    if (settled.current) return
    settled.current = true
    const wanted = text.trim()
    // At once: the focus goes to what comes in place of the field.
    flushSync(() => setRenaming(list.state!, id, undefined))
    if (focus) list.hold.focus(id)
    if (save && wanted !== '' && wanted !== list.view.row(id)?.name) list.state!.hands.get().save(id, wanted)
  }
  return (
    <form
      className="ck-list-rename"
      onSubmit={(event) => {
        event.preventDefault()
        leave(true, true)
      }}
    >
      <input
        ref={field}
        className="ck-list-field"
        dir="auto"
        aria-label={words.listRename({ name: nameOf(conversation, list) })}
        aria-invalid={refused}
        aria-describedby={refused ? errorId : undefined}
        value={text}
        onChange={(event) => {
          setRenaming(list.state!, id, { ...renaming, text: event.target.value })
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
            event.preventDefault()
            event.stopPropagation()
            leave(false, true)
          }
        }}
        onBlur={(event) => {
          // Another window: this field has the focus again when the reader comes back. A refused name waits for a decision.
          if (document.activeElement === event.target || refused) return
          leave(true, false)
        }}
      />
      {error && (
        <span id={errorId} className="ck-list-error" role="alert">
          {words.listNotRenamed}. {errorText(error, words)}
        </span>
      )}
    </form>
  )
}
