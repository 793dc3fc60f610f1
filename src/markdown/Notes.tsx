'use client'
import type { MouseEvent, ReactElement, ReactNode } from 'react'
import { noteWords } from '../internal/english/notes.ts'
import type { Note } from './scan.ts'
import { useShared } from './useShared.ts'

export interface NoteMarkProps {
  label: string
  /** In a link there is no button. */
  inLink: boolean
}

/** Where a note is mentioned; leads to it. */
export function NoteMark({ label, inLink }: NoteMarkProps): ReactElement {
  const { id, words: given } = useShared()
  const words = { ...noteWords, ...given }
  const key = `${id}-${label}`
  return (
    <sup className="ck-cite">
      {inLink ? (
        label
      ) : (
        <button
          type="button"
          className="ck-cite-button"
          data-note={key}
          aria-label={words.note({ label })}
          onClick={(event) => rootOf(event).getElementById(key)?.focus()}
        >
          {label}
        </button>
      )}
    </sup>
  )
}

export interface NotesProps {
  notes: readonly Note[]
  children: (note: Note) => ReactNode
}

/** What is said in the notes, each with a way back to where it is mentioned. */
export function Notes({ notes, children }: NotesProps): ReactElement {
  const { id, words: given } = useShared()
  const words = { ...noteWords, ...given }
  // Of two with the same label the first is meant.
  const meant = new Map(notes.toReversed().map((note) => [note.id, note]))
  return (
    <ul className="ck-notes" aria-label={words.notes}>
      {[...meant.values()].toReversed().map((note) => {
        const key = `${id}-${note.id}`
        return (
          <li key={note.id} id={key} tabIndex={-1} dir="auto">
            <button
              type="button"
              className="ck-cite-button"
              aria-label={words.noteBack({ label: note.id })}
              onClick={(event) =>
                rootOf(event)
                  .querySelector<HTMLElement>(`[data-note="${CSS.escape(key)}"]`)
                  ?.focus()
              }
            >
              {note.id}
            </button>
            {children(note)}
          </li>
        )
      })}
    </ul>
  )
}

/** The page, or the shadow tree it all is in. */
const rootOf = (event: MouseEvent) => event.currentTarget.getRootNode() as Document | ShadowRoot
