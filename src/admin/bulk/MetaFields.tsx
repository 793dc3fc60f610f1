'use client'
import { useEffect, useId, useRef } from 'react'
import { useStrings } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import { closeIcon, plusIcon } from '../../internal/index.ts'
import { EMPTY_LINE } from '../metaLines.ts'
import type { MetaLine } from '../metaLines.ts'
import type { faultOf, MetaChange } from './metaChange.ts'

interface MetaFieldsProps {
  value: MetaChange
  onChange: (change: MetaChange) => void
  /** What is wrong with it, once it was tried. */
  fault: ReturnType<typeof faultOf>
}

const MODES = ['merge', 'replace'] as const

/** Keys and values, and whether they come beside what is there or in its place. */
export function MetaFields({ value, onChange, fault }: MetaFieldsProps) {
  const { mode, lines } = value
  const words = useStrings(bulkWords)
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const added = useRef(false)
  useEffect(() => {
    if (!added.current) return
    added.current = false
    list.current?.querySelector<HTMLElement>('li:last-child input')?.focus()
  })
  const set = (at: number, patch: Partial<MetaLine>) =>
    onChange({ mode, lines: lines.map((line, index) => (index === at ? { ...line, ...patch } : line)) })
  const names = { merge: words.bulkMetaMerge, replace: words.bulkMetaReplace }
  const { bulkMetaBadKey: bad } = words
  const faults = { badKey: bad, badJson: bad, none: bad, twice: words.bulkMetaTwice }
  return (
    <>
      <fieldset className="ck-bulk-modes">
        <legend className="ck-hidden">{words.bulkMetaTitle}</legend>
        {MODES.map((each) => (
          <label key={each} className="ck-bulk-mode">
            <input
              type="radio"
              name={id}
              className="ck-bulk-radio"
              checked={mode === each}
              onChange={() => onChange({ mode: each, lines })}
            />
            {names[each]}
          </label>
        ))}
        {mode === 'replace' && <p className="ck-bulk-text">{words.bulkMetaReplaceHint}</p>}
      </fieldset>
      <ul ref={list} className="ck-bulk-lines">
        {lines.map((line, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- a line is its place: its key is being written
          <li key={at} className="ck-bulk-line">
            {(['key', 'value'] as const).map((member) => (
              <input
                key={member}
                className="ck-bulk-input"
                dir={line[member] ? 'auto' : undefined}
                data-focus={at === 0 && member === 'key' ? 'first' : undefined}
                aria-label={member === 'key' ? words.bulkMetaKey : words.bulkMetaValue}
                placeholder={member === 'key' ? words.bulkMetaKey : words.bulkMetaValue}
                value={line[member]}
                aria-invalid={member === 'key' && fault?.at === at}
                aria-describedby={fault?.at === at ? `${id}-fault` : undefined}
                onChange={(event) => set(at, { [member]: event.target.value })}
              />
            ))}
            <button
              type="button"
              className="ck-icon-button"
              aria-label={words.bulkMetaRemove({ key: line.key.trim() })}
              disabled={lines.length === 1}
              onClick={() => onChange({ mode, lines: lines.filter((_, other) => other !== at) })}
            >
              {closeIcon}
            </button>
          </li>
        ))}
      </ul>
      {fault && (
        <p className="ck-bulk-text" data-error="" id={`${id}-fault`} role="alert">
          {faults[fault.fault]}
        </p>
      )}
      <button
        type="button"
        className="ck-button ck-bulk-add"
        onClick={() => {
          added.current = true
          onChange({ mode, lines: [...lines, EMPTY_LINE] })
        }}
      >
        {plusIcon}
        {words.bulkMetaAdd}
      </button>
    </>
  )
}
