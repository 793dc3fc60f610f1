import { keysWords } from '../../internal/english/admin/keys.ts'
import type { KeysMessages } from '../../internal/english/admin/keys.ts'
import { isMac, parseKeys } from './keys.ts'
import type { Keys } from './keys.ts'

/** Arrows are arrows in every language. */
const ARROWS: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', ArrowLeft: '←', ArrowRight: '→' }

const MAC_KEYS: Record<string, string> = { Enter: '↩', Backspace: '⌫', Delete: '⌦', Escape: 'esc', Tab: '⇥' }

export interface FormatKeysOptions {
  /** @default whether the keyboard is a Mac's */
  mac?: boolean
  /** The names of keys. @default the English ones */
  words?: Pick<
    KeysMessages,
    'keysSpace' | 'keysEscape' | 'keysEnter' | 'keysBackspace' | 'keysDel' | 'keysControl' | 'keysShift' | 'keysAlt'
  >
}

type KeyWords = NonNullable<FormatKeysOptions['words']>

/** The keys of a shortcut one by one, as they are written on a keyboard: `['⌘', 'K']` on a Mac, `['Ctrl', 'K']` elsewhere. */
export function keyCaps(text: string, { mac = isMac(), words = keysWords }: FormatKeysOptions = {}): string[] {
  const keys = parseKeys(text)
  if (!keys) return [text]
  const caps: string[] = []
  if (mac) {
    if (keys.ctrl) caps.push('⌃')
    if (keys.alt) caps.push('⌥')
    if (keys.shift) caps.push('⇧')
    if (keys.meta || keys.mod) caps.push('⌘')
  } else {
    if (keys.ctrl || keys.mod) caps.push(words.keysControl)
    if (keys.meta) caps.push('⊞')
    if (keys.alt) caps.push(words.keysAlt)
    if (keys.shift) caps.push(words.keysShift)
  }
  caps.push(capOf(keys, mac, words))
  return caps
}

function capOf({ key }: Keys, mac: boolean, words: KeyWords): string {
  const names: Record<string, string> = {
    ' ': words.keysSpace,
    Escape: words.keysEscape,
    Enter: words.keysEnter,
    Backspace: words.keysBackspace,
    Delete: words.keysDel,
    ...ARROWS,
    ...(mac && MAC_KEYS),
  }
  return Object.hasOwn(names, key) ? names[key]! : key.length === 1 ? key.toUpperCase() : key
}

/** A shortcut as people read it: `⌘K` on a Mac, `Ctrl+K` elsewhere. */
export function formatKeys(text: string, { mac = isMac(), words }: FormatKeysOptions = {}): string {
  return keyCaps(text, { mac, words }).join(mac ? '' : '+')
}

/** Shortcuts as `aria-keyshortcuts` has them: with a space between. `undefined` where there are none. */
export function ariaKeys(shortcuts: readonly string[], mac: boolean = isMac()): string | undefined {
  const all = shortcuts.flatMap((text) => {
    const keys = parseKeys(text)
    if (!keys) return []
    const held = [
      (keys.ctrl || (keys.mod && !mac)) && 'Control',
      (keys.meta || (keys.mod && mac)) && 'Meta',
      keys.alt && 'Alt',
      keys.shift && 'Shift',
    ].filter((name) => name !== false)
    const key =
      keys.key === ' ' ? 'Space' : keys.key === '+' ? 'Plus' : keys.key.length === 1 ? keys.key.toUpperCase() : keys.key
    return [[...held, key].join('+')]
  })
  return all.length > 0 ? all.join(' ') : undefined
}
