'use client'
import { useEffect, useRef } from 'react'
import { deskWords } from '../../../internal/english/desk.ts'
import { closeIcon, trashIcon, useCell } from '../../../internal/index.ts'
import { useStrings } from '../../useStrings.ts'
import type { List } from '../list.ts'
import { ALL, chosenCount, chosenOf, NOTHING } from '../selection.ts'
import { removeRows } from './removal.ts'

/** Over a list in which conversations are chosen: how many are, all, none, and their deletion. */
export function Bar({ list, complete }: { list: List; complete: boolean }) {
  const { selection: cell, ids: shown, canDelete, locale } = list
  const words = useStrings(deskWords)
  const selection = useCell(cell!)
  const ids = useCell(shown)
  const box = useRef<HTMLInputElement>(null)
  const count = chosenCount(selection, { matching: ids.length, complete })
  const all = selection.all ? selection.except.length === 0 : ids.length > 0 && count === ids.length && complete
  // There is nothing to select. It keeps the focus that it may have.
  const isOff = ids.length === 0 && count === 0
  const some = !all && count !== 0

  useEffect(() => {
    box.current!.indeterminate = some
  }, [some])

  return (
    <div className="ck-list-bar">
      <label className="ck-list-all">
        <input
          ref={box}
          type="checkbox"
          className="ck-list-check"
          checked={all}
          aria-disabled={isOff || undefined}
          onChange={() => void (isOff || list.choose(all ? NOTHING : ALL))}
        />
        <span>
          {count === undefined
            ? words.listAllSelected
            : count > 0
              ? words.listSelected({ count, locale })
              : words.listSelectAll}
        </span>
      </label>
      {count !== 0 && (
        <>
          {canDelete && !selection.all && (
            <button
              type="button"
              className="ck-icon-button"
              aria-label={words.delete}
              title={words.delete}
              onClick={() => removeRows(list, chosenOf(selection, ids))}
            >
              {trashIcon}
            </button>
          )}
          <button
            type="button"
            className="ck-icon-button"
            aria-label={words.listSelectNone}
            title={words.listSelectNone}
            onClick={() => {
              list.choose(NOTHING)
              box.current?.focus()
            }}
          >
            {closeIcon}
          </button>
        </>
      )}
    </div>
  )
}
