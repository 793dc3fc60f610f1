'use client'
import { useId, useRef, useState } from 'react'
import { useStrings } from '../../components/index.ts'
import { useBrowserLayoutEffect } from '../../hooks/index.ts'
import { keysWords } from '../../internal/english/admin/keys.ts'
import { closeIcon, plusIcon, retryIcon } from '../../internal/index.ts'
import type { Command } from './commands.ts'
import { formatKeys } from './format.ts'
import { KeyCaps } from './KeyCaps.tsx'
import { isSingle, readKeys } from './keys.ts'
import { useMac, useScope } from './Shortcuts.tsx'
import { canBeChosen, isChanged, keysFor, ownerOf, setKeys, takeKeys } from './settings.ts'

interface ShortcutRowProps {
  command: Command
  commands: readonly Command[]
  onTell: (text: string) => void
}

/** What the next keys are for: in the place of others, or besides them. */
interface Recording {
  instead?: string
  /** Pressed, and not taken: another command has them, or the page needs them. */
  pressed?: string
}

/** A command and its shortcuts: each can be changed and removed, and others be added. */
export function ShortcutRow({ command, commands, onTell }: ShortcutRowProps) {
  const words = useStrings(keysWords)
  const mac = useMac()
  const id = useId()
  const { settings, change } = useScope()
  const [recording, setRecording] = useState<Recording>()
  const row = useRef<HTMLLIElement>(null)
  const list = keysFor(command, settings)
  const say = (keys: string) => formatKeys(keys, { mac, words })

  // The button that was pressed is gone when the keys are there; the focus stays in its row.
  const isRecording = recording !== undefined
  const wasRecording = useRef(false)
  useBrowserLayoutEffect(() => {
    if (isRecording !== wasRecording.current) {
      const next = isRecording ? '[data-focus="record"]' : '.ck-shortcut-change, .ck-shortcut-add'
      const { activeElement, body } = document
      if (isRecording || activeElement === body || row.current?.contains(activeElement))
        row.current?.querySelector<HTMLElement>(next)?.focus()
    }
    wasRecording.current = isRecording
  }, [isRecording])

  const put = (keys: readonly string[]) => {
    change((now) => setKeys(now, command, keys))
    onTell(words.keysChanged({ command: command.label, keys: keys.map(say).join(', ') || words.keysNone }))
  }
  const take = (keys: string) => {
    change((now) => takeKeys(now, commands, command, keys, recording?.instead))
    setRecording(undefined)
    onTell(words.keysChanged({ command: command.label, keys: say(keys) }))
  }
  const press = (keys: string) => {
    if (!canBeChosen(keys) || ownerOf(commands, settings, keys, command.id)) {
      setRecording({ ...recording, pressed: keys })
    } else if (list.includes(keys)) setRecording(undefined)
    else take(keys)
  }
  const owner =
    recording?.pressed === undefined ? undefined : ownerOf(commands, settings, recording.pressed, command.id)

  return (
    <li ref={row} className="ck-shortcut" data-changed={isChanged(command, settings) ? '' : undefined}>
      <span className="ck-shortcut-label" id={id}>
        {command.label}
      </span>
      <span className="ck-shortcut-keys">
        {list.map((keys) =>
          isRecording && recording.instead === keys ? (
            <Recorder key={keys} onPress={press} onCancel={() => setRecording(undefined)} />
          ) : (
            <span key={keys} className="ck-shortcut-one" data-off={!settings.single && isSingle(keys) ? '' : undefined}>
              <button type="button" className="ck-shortcut-change" onClick={() => setRecording({ instead: keys })}>
                <span className="ck-hidden">{words.keysChange({ command: command.label, keys: say(keys) })}</span>
                <KeyCaps keys={keys} silent />
              </button>
              <button
                type="button"
                className="ck-shortcut-remove"
                aria-label={words.keysRemove({ command: command.label, keys: say(keys) })}
                onClick={() => put(list.filter((one) => one !== keys))}
              >
                {closeIcon}
              </button>
            </span>
          ),
        )}
        {isRecording && recording.instead === undefined && (
          <Recorder onPress={press} onCancel={() => setRecording(undefined)} />
        )}
        {list.length === 0 && !isRecording && <span className="ck-shortcut-none">{words.keysNone}</span>}
        <button
          type="button"
          className="ck-icon-button ck-shortcut-add"
          aria-label={words.keysAdd({ command: command.label })}
          onClick={() => setRecording({})}
        >
          {plusIcon}
        </button>
        {isChanged(command, settings) && (
          <button
            type="button"
            className="ck-icon-button"
            aria-label={words.keysReset({ command: command.label })}
            title={words.keysReset({ command: command.label })}
            onClick={() => put(command.keys)}
          >
            {retryIcon}
          </button>
        )}
      </span>
      {recording?.pressed !== undefined && (
        <span className="ck-shortcut-conflict" role="alert">
          {owner
            ? words.keysTaken({ keys: say(recording.pressed), command: owner.label })
            : words.keysRefused({ keys: say(recording.pressed) })}
          {owner && (
            <span className="ck-shortcut-choice">
              <button type="button" className="ck-button" onClick={() => take(recording.pressed!)}>
                {words.keysTake}
              </button>
              <button type="button" className="ck-button" data-quiet="" onClick={() => setRecording(undefined)}>
                {words.keysKeep}
              </button>
            </span>
          )}
        </span>
      )}
    </li>
  )
}

interface RecorderProps {
  onPress: (keys: string) => void
  onCancel: () => void
}

/** Waits for keys. Tab leaves it, as it leaves everything. */
function Recorder({ onPress, onCancel }: RecorderProps) {
  const words = useStrings(keysWords)
  return (
    <button
      type="button"
      className="ck-shortcut-record"
      data-focus="record"
      onKeyDown={(event) => {
        if (event.key === 'Tab') return
        event.preventDefault()
        event.stopPropagation()
        if (event.key === 'Escape') return onCancel()
        const keys = readKeys(event.nativeEvent)
        if (keys && !event.repeat) onPress(keys)
        return undefined
      }}
      onBlur={({ relatedTarget, currentTarget }) => {
        // What is asked about the keys is answered beside it.
        const asked = currentTarget.closest('li')?.querySelector('[role="alert"]')
        if (!asked?.contains(relatedTarget)) onCancel()
      }}
    >
      {words.keysPress} <span className="ck-hidden">{words.keysPressHelp}</span>
    </button>
  )
}
