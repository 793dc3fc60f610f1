'use client'
import { useId, useRef } from 'react'
import type { KeyboardEvent, ReactElement, ReactNode } from 'react'
import { useStrings } from '../../components/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import type { ConversationError } from '../../transport/index.ts'
import { refusal } from './refusal.ts'
import type { useEdited } from './useEdited.ts'

type Edited = Pick<ReturnType<typeof useEdited>, 'value' | 'set' | 'discard' | 'isChanged'>

interface FieldsProps {
  edited: Pick<Edited, 'discard' | 'isChanged'>
  isPending: boolean
  error: ConversationError | null
  onSave: () => void
  children: ReactNode
}

/** Fields that are saved together: Enter in one of them saves, Escape leaves all as they were. What was refused stays written. */
export function Fields({ edited, isPending, error, onSave, children }: FieldsProps): ReactElement {
  const words = useStrings(inboxWords)
  const form = useRef<HTMLFormElement>(null)
  // The buttons are gone then, and the focus would go with them.
  const stay = () => form.current?.querySelector<HTMLElement>('.ck-field')?.focus()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || !edited.isChanged) return
    event.stopPropagation()
    edited.discard()
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of the fields inside
    <form
      ref={form}
      className="ck-fields"
      aria-busy={isPending}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        if (!edited.isChanged || isPending) return
        if (!document.activeElement?.matches('.ck-field')) stay()
        onSave()
      }}
    >
      {children}
      {error && edited.isChanged && (
        <p className="ck-section-text" data-error="" role="alert">
          {refusal(error, words)}
        </p>
      )}
      {edited.isChanged && (
        <div className="ck-editor-actions">
          <button
            type="button"
            className="ck-button"
            data-quiet=""
            onClick={() => {
              stay()
              edited.discard()
            }}
          >
            {words.inboxDiscard}
          </button>
          <button type="submit" className="ck-button">
            {words.inboxSave}
          </button>
        </div>
      )}
    </form>
  )
}

interface FieldProps {
  label: string
  name: string
  edited: { value: Record<string, string>; set: (name: never, value: string) => void }
  type?: 'text' | 'email' | 'tel'
  multiline?: boolean
}

export function Field({ label, name, edited, type = 'text', multiline }: FieldProps): ReactElement {
  const id = useId()
  const common = {
    id,
    className: 'ck-field',
    dir: 'auto',
    value: edited.value[name] ?? '',
    onChange: (event: { target: { value: string } }) => edited.set(name as never, event.target.value),
  } as const
  return (
    <div className="ck-labelled">
      <label htmlFor={id}>{label}</label>
      {multiline ? <textarea rows={2} {...common} /> : <input type={type} autoComplete="off" {...common} />}
    </div>
  )
}
