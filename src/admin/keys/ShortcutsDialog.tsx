'use client'
import { useId, useState } from 'react'
import { useStrings } from '../../components/index.ts'
import { keysWords } from '../../internal/english/admin/keys.ts'
import { closeIcon } from '../../internal/index.ts'
import type { DialogLook } from './CommandMenu.tsx'
import { groupsOf } from './commands.ts'
import { ShortcutRow } from './ShortcutRow.tsx'
import { useCommands, useScope, useShortcuts } from './Shortcuts.tsx'
import { useModal } from './useModal.ts'

export interface ShortcutsDialogProps extends DialogLook {
  open?: boolean
  /** @default false */
  defaultOpen?: boolean
  onOpenChange?: (open: boolean) => void
}

/**
 * All shortcuts of the `<Shortcuts>` around it, to be read and to be changed: opens with `?`. What is changed is kept in the browser.
 * Renders a `<dialog>` while it is open.
 */
export function ShortcutsDialog({ open, defaultOpen = false, onOpenChange, colorScheme, theme }: ShortcutsDialogProps) {
  const [ownOpen, setOwnOpen] = useState(defaultOpen)
  const isOpen = open ?? ownOpen
  const setOpen = (next: boolean) => {
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  useShortcuts({ help: () => setOpen(true) })
  return isOpen ? (
    <Body look={{ 'data-color-scheme': colorScheme, 'data-theme': theme }} onClose={() => setOpen(false)} />
  ) : null
}

function Body({ look, onClose }: { look: object; onClose: () => void }) {
  const words = useStrings(keysWords)
  const { settings, change } = useScope()
  const commands = useCommands()
  const dialog = useModal(onClose)
  const id = useId()
  const [told, setTold] = useState('')
  return (
    <dialog
      ref={dialog}
      className="ck-desk ck-shortcuts-dialog"
      aria-labelledby={`${id}-title`}
      data-ck="shortcuts-dialog"
      {...look}
    >
      <div className="ck-shortcuts-body" tabIndex={-1} data-focus="first">
        <div className="ck-shortcuts-head">
          <h2 className="ck-shortcuts-title" id={`${id}-title`}>
            {words.keysTitle}
          </h2>
          <button type="button" className="ck-icon-button" aria-label={words.close} onClick={onClose}>
            {closeIcon}
          </button>
        </div>
        <div className="ck-shortcuts-scroll">
          {groupsOf(commands).map(([group, members], number) => (
            <section key={group} className="ck-shortcuts-group" aria-labelledby={`${id}-${number}`}>
              <h3 className="ck-shortcuts-heading" id={`${id}-${number}`}>
                {group}
              </h3>
              <ul className="ck-shortcuts-list">
                {members.map((command) => (
                  <ShortcutRow key={command.id} command={command} commands={commands} onTell={setTold} />
                ))}
              </ul>
            </section>
          ))}
        </div>
        <div className="ck-shortcuts-foot">
          <label className="ck-shortcuts-single">
            <input
              type="checkbox"
              className="ck-shortcuts-check"
              checked={settings.single}
              aria-describedby={`${id}-single`}
              onChange={({ target: { checked } }) => change((now) => ({ ...now, single: checked }))}
            />
            {words.keysSingle}
          </label>
          <p className="ck-shortcuts-help" id={`${id}-single`}>
            {words.keysSingleHelp}
          </p>
          {Object.keys(settings.keys).length > 0 && (
            <button
              type="button"
              className="ck-button ck-shortcuts-reset"
              onClick={() => change((now) => ({ ...now, keys: {} }))}
            >
              {words.keysResetAll}
            </button>
          )}
        </div>
        <output className="ck-hidden">{told}</output>
      </div>
    </dialog>
  )
}
