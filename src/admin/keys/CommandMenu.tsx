'use client'
import { useState } from 'react'
import { useStrings } from '../../components/index.ts'
import type { ThemeName } from '../../components/index.ts'
import { keysWords } from '../../internal/english/admin/keys.ts'
import { commandIcon } from '../icons.tsx'
import { CommandDialog } from './CommandDialog.tsx'
import { KeyCaps } from './KeyCaps.tsx'
import type { CommandItem } from './rank.ts'
import { useCommandKeys, useCommands, useScope, useShortcuts } from './Shortcuts.tsx'
import { keysFor } from './settings.ts'

/** How a dialog looks that is no part of the inbox it belongs to. */
export interface DialogLook {
  /** @default that of the page */
  colorScheme?: 'light' | 'dark' | 'system'
  theme?: ThemeName
}

export interface CommandMenuProps extends DialogLook {
  /** What there is besides the commands: saved views, conversations, pages. */
  items?: readonly CommandItem[]
  open?: boolean
  /** @default false */
  defaultOpen?: boolean
  onOpenChange?: (open: boolean) => void
}

/** All that can be done, found by a few letters. Opens with `Mod+K` from anywhere inside of `<Shortcuts>`. Renders a `<dialog>` while it is open. */
export function CommandMenu({
  items = NONE,
  open,
  defaultOpen = false,
  onOpenChange,
  colorScheme,
  theme,
}: CommandMenuProps) {
  const [ownOpen, setOwnOpen] = useState(defaultOpen)
  const isOpen = open ?? ownOpen
  const setOpen = (next: boolean) => {
    setOwnOpen(next)
    onOpenChange?.(next)
  }
  useShortcuts({ menu: () => setOpen(true) })
  return isOpen ? (
    <CommandDialog
      items={items}
      look={{ 'data-color-scheme': colorScheme, 'data-theme': theme }}
      onClose={() => setOpen(false)}
    />
  ) : null
}

const NONE: readonly CommandItem[] = []

/** Opens the command menu by a press: for a finger, and for who does not know the keys. Renders a `<button>`, where there is a menu. */
export function CommandMenuButton() {
  const words = useStrings(keysWords)
  const { settings } = useScope()
  const menu = useCommands().find(({ id }) => id === 'menu')
  const { 'aria-keyshortcuts': shortcuts } = useCommandKeys('menu')
  if (!menu) return null
  const [keys] = keysFor(menu, settings)
  return (
    <button
      type="button"
      className="ck-button ck-command-button"
      aria-haspopup="dialog"
      aria-keyshortcuts={shortcuts}
      onClick={menu.run}
    >
      {commandIcon}
      <span className="ck-hidden">{words.keysMenu}</span>
      {keys && <KeyCaps keys={keys} silent />}
    </button>
  )
}
