'use client'
/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a list that is walked from a field is told by roles: no element is one */
import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useLocale, useStrings } from '../../components/index.ts'
import { useLatest } from '../../hooks/index.ts'
import { keysWords } from '../../internal/english/admin/keys.ts'
import { closeIcon } from '../../internal/index.ts'
import { searchIcon } from '../icons.tsx'
import { KeyCaps } from './KeyCaps.tsx'
import { matchesKeys } from './keys.ts'
import { Marked } from './Marked.tsx'
import { rankItems } from './rank.ts'
import type { CommandItem } from './rank.ts'
import { useCommands, useScope } from './Shortcuts.tsx'
import { addRecent, keysFor } from './settings.ts'
import { useModal } from './useModal.ts'

interface CommandDialogProps {
  items: readonly CommandItem[]
  /** Attributes of the `<dialog>`. */
  look: object
  onClose: () => void
}

export function CommandDialog({ items, look, onClose }: CommandDialogProps) {
  const words = useStrings(keysWords)
  const locale = useLocale()
  const { settings, change } = useScope()
  const commands = useCommands()
  const dialog = useModal(onClose)
  const id = useId()
  const [query, setQuery] = useState('')
  const [active, setActive] = useState(0)
  // What is typed is shown at once, whatever it takes to find.
  const asked = useDeferredValue(query)
  const [recent] = useState(settings.recent)
  const rank = (text: string) => rankItems(text, commands, items, recent, words.menuRecent)
  const latestRank = useLatest(rank)
  const groups = useMemo(
    () => rankItems(asked, commands, items, recent, words.menuRecent),
    [asked, commands, items, recent, words.menuRecent],
  )
  const lines = groups.flatMap(([, members]) => members)
  const at = Math.min(active, lines.length - 1)
  const optionId = (index: number) => `${id}-${index}`

  // Also when other lines are there.
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView?.({ block: 'nearest' })
  })

  const run = (item: CommandItem) => {
    // The focus is back where it was before the command moves it.
    flushSync(onClose)
    change((now) => addRecent(now, item.id))
    item.run()
  }
  const runActive = () => {
    // Enter may be faster than what was asked for last.
    const now = query === asked ? lines : latestRank.current(query).flatMap(([, members]) => members)
    const line = now[query === asked ? at : 0]
    if (line) run(line.item)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const native = event.nativeEvent
    if (native.isComposing || native.keyCode === 229) return
    const menu = commands.find((command) => command.id === 'menu')
    if (menu && keysFor(menu, settings).some((keys) => matchesKeys(keys, native))) {
      event.preventDefault()
      onClose()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault()
      runActive()
    } else if (native.ctrlKey || native.metaKey || native.altKey) {
      return
    } else if (event.key in STEPS && lines.length > 0) {
      event.preventDefault()
      setActive((at + STEPS[event.key]! + lines.length) % lines.length)
    } else if (event.key === 'PageDown' || event.key === 'PageUp') {
      event.preventDefault()
      const to = at + (event.key === 'PageDown' ? PAGE : -PAGE)
      setActive(Math.max(0, Math.min(lines.length - 1, to)))
    }
  }

  return (
    <dialog
      ref={dialog}
      className="ck-desk ck-command-menu"
      aria-label={words.menuTitle}
      data-ck="command-menu"
      {...look}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys come here from all that is inside */}
      <div className="ck-command-body" onKeyDown={onKeyDown}>
        <div className="ck-command-head">
          {searchIcon}
          <input
            className="ck-command-field"
            data-focus="first"
            role="combobox"
            aria-label={words.menuTitle}
            aria-expanded="true"
            aria-controls={`${id}-list`}
            aria-activedescendant={at >= 0 ? optionId(at) : undefined}
            aria-autocomplete="list"
            placeholder={words.menuPlaceholder}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="go"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value)
              setActive(0)
            }}
          />
          <button type="button" className="ck-icon-button" aria-label={words.close} onClick={onClose}>
            {closeIcon}
          </button>
        </div>
        <div className="ck-command-list" role="listbox" id={`${id}-list`} aria-label={words.menuTitle}>
          {groups.map(([group, members], number) => (
            <div key={group} className="ck-command-group" role="group" aria-labelledby={`${id}-group-${number}`}>
              <div className="ck-command-heading" id={`${id}-group-${number}`} role="presentation">
                {group}
              </div>
              {members.map(({ item, hits, index }) => (
                <Option
                  key={item.id}
                  id={optionId(index)}
                  item={item}
                  hits={hits}
                  active={index === at}
                  onPoint={() => setActive(index)}
                  onRun={() => run(item)}
                />
              ))}
            </div>
          ))}
        </div>
        {lines.length === 0 && <p className="ck-command-none">{words.menuNothing}</p>}
        <output className="ck-hidden">
          {query !== '' && lines.length > 0 && words.menuCount({ count: lines.length, locale })}
        </output>
        <div className="ck-command-foot" aria-hidden="true">
          <span className="ck-command-hint">
            <KeyCaps keys="ArrowUp" />
            <KeyCaps keys="ArrowDown" />
            {words.menuHintMove}
          </span>
          <span className="ck-command-hint">
            <KeyCaps keys="Enter" />
            {words.menuHintRun}
          </span>
          <span className="ck-command-hint">
            <KeyCaps keys="Escape" />
            {words.menuHintClose}
          </span>
        </div>
      </div>
    </dialog>
  )
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
const PAGE = 8

interface OptionProps {
  id: string
  item: CommandItem
  hits: Parameters<typeof Marked>[0]['hits']
  active: boolean
  onPoint: () => void
  onRun: () => void
}

/** Has no focus of its own: that stays in the field. */
function Option({ id, item, hits, active, onPoint, onRun }: OptionProps) {
  const { settings } = useScope()
  const command = useCommands().find((each) => each.id === item.id)
  const [keys] = command ? keysFor(command, settings) : []
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- it stays in the field, whose keys choose and run
    <div
      id={id}
      className="ck-command"
      role="option"
      aria-selected={active}
      onPointerMove={onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onRun}
    >
      {/* In a direction of their own, and where the lines of the page begin. */}
      <span className="ck-command-label">
        <bdi className="ck-command-words">
          <Marked text={item.label} hits={hits} />
        </bdi>
      </span>
      {item.detail && (
        <span className="ck-command-detail">
          <bdi className="ck-command-words">{item.detail}</bdi>
        </span>
      )}
      {keys && <KeyCaps keys={keys} />}
    </div>
  )
}
