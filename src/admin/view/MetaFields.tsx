'use client'
import { useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import { closeIcon } from '../../internal/index.ts'
import type { Choice } from './choices.ts'

interface MetaFieldsProps {
  meta: Record<string, string> | undefined
  choices: ReadonlyMap<string, readonly Choice[]>
  onChange: (meta: Record<string, string>) => void
}

const NONE: Record<string, string> = {}

/** The pairs that a meta has to have, and two fields for one more, which suggest what is there. */
export function MetaFields({ meta = NONE, choices, onChange }: MetaFieldsProps) {
  const words = useStrings(viewWords)
  const id = useId()
  const [key, setKey] = useState('')
  const [value, setValue] = useState('')
  const keyField = useRef<HTMLInputElement>(null)
  const isComplete = key.trim() !== '' && value !== ''

  const add = () => {
    if (!isComplete) return
    onChange({ ...meta, [key.trim()]: value })
    setKey('')
    setValue('')
    keyField.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
    event.preventDefault()
    add()
  }
  return (
    <fieldset className="ck-filter-meta">
      <legend className="ck-filter-label">{words.viewMeta}</legend>
      {Object.entries(meta).map(([name, wanted]) => (
        <div key={name} className="ck-filter-pair">
          <span className="ck-filter-pair-text" dir="auto">
            {words.viewChip({ filter: name, value: wanted })}
          </span>
          <button
            type="button"
            className="ck-icon-button"
            aria-label={words.viewRemove({ filter: words.viewChip({ filter: name, value: wanted }) })}
            onClick={() => {
              keyField.current?.focus()
              onChange(Object.fromEntries(Object.entries(meta).filter(([other]) => other !== name)))
            }}
          >
            {closeIcon}
          </button>
        </div>
      ))}
      <div className="ck-filter-add">
        <input
          ref={keyField}
          className="ck-filter-control"
          aria-label={words.viewMetaKey}
          placeholder={words.viewMetaKey}
          list={`${id}-keys`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={key}
          onChange={({ target }) => setKey(target.value)}
          onKeyDown={onKeyDown}
        />
        <input
          className="ck-filter-control"
          aria-label={words.viewMetaValue}
          placeholder={words.viewMetaValue}
          list={`${id}-values`}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={value}
          onChange={({ target }) => setValue(target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="button" className="ck-button" disabled={!isComplete} onClick={add}>
          {words.viewMetaAdd}
        </button>
        <datalist id={`${id}-keys`}>
          {[...choices.keys()].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </datalist>
        <datalist id={`${id}-values`}>
          {(choices.get(key.trim()) ?? []).map((choice) => (
            <option key={choice.value}>{choice.value}</option>
          ))}
        </datalist>
      </div>
    </fieldset>
  )
}
