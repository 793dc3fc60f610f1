'use client'
import { useId, useState } from 'react'
import { useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import { focusPanel } from './Popup.tsx'

interface SaveViewProps {
  isTaken: (name: string) => boolean
  /** Whether it was saved. */
  onSave: (name: string) => boolean
}

/** A name, and a button that saves what is shown under it. */
export function SaveView({ isTaken, onSave }: SaveViewProps) {
  const words = useStrings(viewWords)
  const id = useId()
  const [name, setName] = useState('')
  const taken = isTaken(name)
  return (
    <form
      className="ck-saved-save"
      onSubmit={(event) => {
        event.preventDefault()
        if (!onSave(name)) return
        setName('')
        focusPanel(event.currentTarget)
      }}
    >
      <input
        className="ck-filter-control ck-saved-field"
        aria-label={words.viewSaveName}
        placeholder={words.viewSaveName}
        aria-invalid={taken}
        aria-describedby={taken ? id : undefined}
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <button type="submit" className="ck-button" disabled={name.trim() === '' || taken}>
        {words.viewSave}
      </button>
      {taken && (
        <span className="ck-saved-problem" id={id} role="alert">
          {words.viewTaken}
        </span>
      )}
    </form>
  )
}
