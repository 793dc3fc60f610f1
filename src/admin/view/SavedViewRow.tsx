'use client'
import { useId, useRef, useState } from 'react'
import { useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import { downIcon } from '../../internal/index.ts'
import { deleteIcon, starIcon, upIcon } from '../icons.tsx'
import type { SavedView } from './saved.ts'
import type { UseSavedViewsResult } from './useSavedViews.ts'

interface SavedViewRowProps {
  one: SavedView
  saved: UseSavedViewsResult
  first: boolean
  last: boolean
}

/** A saved view that is being changed: its name, its place, whether an inbox opens with it. */
export function SavedViewRow({ one, saved, first, last }: SavedViewRowProps) {
  const words = useStrings(viewWords)
  const id = useId()
  const row = useRef<HTMLLIElement>(null)
  const [name, setName] = useState(one.name)
  const { name: of } = one
  const taken = saved.isTaken(name, one.id)
  const isFirst = saved.first?.id === one.id
  const rename = () => {
    if (name.trim() === '' || taken) setName(of)
    else saved.rename(one.id, name)
  }
  const button = { type: 'button', className: 'ck-icon-button' } as const
  return (
    <li ref={row} className="ck-saved-row">
      <input
        className="ck-filter-control ck-saved-field"
        aria-label={words.viewRename({ name: of })}
        aria-invalid={taken}
        aria-describedby={taken ? id : undefined}
        maxLength={80}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') rename()
          if (event.key !== 'Escape' || name === of) return
          // Takes the name back first; another Escape closes what is around it.
          event.preventDefault()
          event.stopPropagation()
          setName(of)
        }}
      />
      <button
        {...button}
        aria-label={words.viewDefault({ name: of })}
        title={words.viewDefault({ name: of })}
        aria-pressed={isFirst}
        data-ck-star=""
        onClick={() => saved.openWith(isFirst ? undefined : one.id)}
      >
        {starIcon}
      </button>
      <button
        {...button}
        aria-label={words.viewMoveUp({ name: of })}
        aria-disabled={first}
        onClick={() => saved.move(one.id, -1)}
      >
        {upIcon}
      </button>
      <button
        {...button}
        aria-label={words.viewMoveDown({ name: of })}
        aria-disabled={last}
        onClick={() => saved.move(one.id, 1)}
      >
        {downIcon}
      </button>
      <button
        {...button}
        aria-label={words.viewDelete({ name: of })}
        title={words.viewDelete({ name: of })}
        onClick={() => {
          const next = row.current?.nextElementSibling ?? row.current?.previousElementSibling
          const panel = row.current?.closest<HTMLElement>('.ck-popup-panel')
          ;(next?.querySelector<HTMLElement>('button:last-child') ?? panel)?.focus()
          saved.remove(one.id)
        }}
      >
        {deleteIcon}
      </button>
      {taken && (
        <span className="ck-saved-problem" id={id} role="alert">
          {words.viewTaken}
        </span>
      )}
    </li>
  )
}
