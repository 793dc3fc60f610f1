/** What of a keyboard event is asked for. */
export interface KeyPress {
  key: string
  code?: string
  ctrlKey?: boolean
  metaKey?: boolean
  altKey?: boolean
  shiftKey?: boolean
  getModifierState?: (key: string) => boolean
}

/** A shortcut in pieces. */
export interface Keys {
  /** A key as the event names it; a letter is a small one. */
  key: string
  mod: boolean
  ctrl: boolean
  meta: boolean
  alt: boolean
  shift: boolean
}

type Modifier = Exclude<keyof Keys, 'key'>

const MODIFIERS: Record<string, Modifier> = {
  mod: 'mod',
  ctrl: 'ctrl',
  control: 'ctrl',
  meta: 'meta',
  cmd: 'meta',
  alt: 'alt',
  option: 'alt',
  shift: 'shift',
}
const ORDER: [Modifier, string][] = [
  ['mod', 'Mod'],
  ['ctrl', 'Ctrl'],
  ['meta', 'Meta'],
  ['alt', 'Alt'],
  ['shift', 'Shift'],
]

/** Keys that have a name of several letters, as events spell them. */
const NAMED = [
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'Backspace',
  'Delete',
  'End',
  'Enter',
  'Escape',
  'Home',
  'Insert',
  'PageDown',
  'PageUp',
  'Tab',
  ...Array.from({ length: 24 }, (_, index) => `F${index + 1}`),
]
const BY_SMALL_NAME = new Map<string, string>([
  ...NAMED.map((name): [string, string] => [name.toLowerCase(), name]),
  ['esc', 'Escape'],
  ['del', 'Delete'],
  ['space', ' '],
])

const isLetter = (key: string) => /^\p{L}$/u.test(key)
const isOne = (key: string) => Array.from(key).length === 1 && !/[\p{C}\p{Z}]/u.test(key)

/** A letter with and without Shift, and a sign on the keyboards of several languages, is one. */
function plain(key: string): string {
  const sign = key === '؟' ? '?' : key.normalize('NFKC')
  const one = isOne(sign) ? sign : key
  // Of a small İ the dot is a sign of its own. There are signs that are small and large, and no letters: Ⅱ, Ⓐ.
  return isOne(one) ? (Array.from(one.toLowerCase())[0] ?? one) : one
}

/**
 * A shortcut as it is written: `j`, `Shift+J`, `Mod+K`, `ArrowDown`, `?`, `Mod++`. `Mod` is ⌘ on a Mac and Ctrl elsewhere. `undefined`
 * where it is none.
 */
export function parseKeys(text: string): Keys | undefined {
  const keys: Keys = { key: '', mod: false, ctrl: false, meta: false, alt: false, shift: false }
  let rest = text.trim()
  for (let plus = rest.indexOf('+', 1); plus > 0 && plus < rest.length - 1; plus = rest.indexOf('+', 1)) {
    const modifier = MODIFIERS[rest.slice(0, plus).toLowerCase()]
    if (!modifier || !Object.hasOwn(MODIFIERS, rest.slice(0, plus).toLowerCase())) return undefined
    keys[modifier] = true
    rest = rest.slice(plus + 1)
  }
  const named = BY_SMALL_NAME.get(rest.toLowerCase())
  const key = named ?? (isOne(rest) ? plain(rest) : undefined)
  return key === undefined ? undefined : { ...keys, key }
}

/** The one way in which a shortcut is kept and compared. */
export function writeKeys(keys: Keys): string {
  const before = ORDER.filter(([modifier]) => keys[modifier]).map(([, name]) => name)
  const key = before.length > 0 && isLetter(keys.key) ? large(keys.key) : keys.key
  return [...before, key === ' ' ? 'Space' : key].join('+')
}

/** Not of every small letter is there one large one. */
const large = (letter: string) => (plain(letter.toUpperCase()) === letter ? letter.toUpperCase() : letter)

/** The same shortcut in the one way it is written, or `undefined`. */
export function cleanKeys(text: string): string | undefined {
  const keys = parseKeys(text)
  return keys && writeKeys(keys)
}

/** Whether somebody could press it by chance, or by speaking: one sign, with no more than Shift. */
export function isSingle(text: string): boolean {
  const keys = parseKeys(text)
  return keys !== undefined && !(keys.mod || keys.ctrl || keys.meta || keys.alt) && isOne(keys.key)
}

/** Where Latin letters are, for keyboards that write none. */
const SIGNS: Record<string, [string, string]> = {
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Backquote: ['`', '~'],
}

/**
 * The key that was meant: the one that is written on it. Where that is a letter of another script, the one that is there on a Latin
 * keyboard, so that shortcuts work for who writes Russian, Greek or Arabic. `undefined`: a part of a character, or a modifier alone.
 */
function meant({ key, code = '', shiftKey }: KeyPress): string | undefined {
  if (['Dead', 'Process', 'Unidentified', 'Compose', 'AltGraph', 'CapsLock'].includes(key)) return undefined
  if (['Control', 'Meta', 'Alt', 'Shift', 'OS', 'Fn', ''].includes(key)) return undefined
  if (isLetter(key) && !/\p{Script=Latin}/u.test(key.normalize('NFKC'))) {
    if (/^Key[A-Z]$/.test(code)) return code.slice(3).toLowerCase()
    const sign = Object.hasOwn(SIGNS, code) ? SIGNS[code] : undefined
    if (sign) return sign[shiftKey ? 1 : 0]
  }
  if (key === 'Spacebar') return ' '
  return plain(BY_SMALL_NAME.get(key.toLowerCase()) ?? key)
}

/** What a key press is as a shortcut, to be kept; `undefined` for half a one. */
export function readKeys(press: KeyPress, mac: boolean = isMac()): string | undefined {
  const key = meant(press)
  if (key === undefined || parseKeys(key === ' ' ? 'Space' : key) === undefined) return undefined
  const { ctrl, meta, alt, shift } = heldOf(press, key, mac)
  const mod = mac ? meta : ctrl
  return writeKeys({ key, mod, ctrl: mac && ctrl, meta: !mac && meta, alt, shift })
}

/** Whether a key press is a shortcut. */
export function matchesKeys(text: string, press: KeyPress, mac: boolean = isMac()): boolean {
  const keys = parseKeys(text)
  const key = meant(press)
  if (!keys || key === undefined || keys.key !== key) return false
  const held = heldOf(press, key, mac)
  return (
    held.ctrl === (keys.ctrl || (keys.mod && !mac)) &&
    held.meta === (keys.meta || (keys.mod && mac)) &&
    held.alt === keys.alt &&
    // A sign says itself whether it takes Shift: `?` does on some keyboards only.
    (isSign(key) || held.shift === keys.shift)
  )
}

const isSign = (key: string) => isOne(key) && !isLetter(key)

/** The modifiers that are no part of writing the sign. AltGr is Ctrl and Alt on Windows, and Option on a Mac. */
function heldOf(press: KeyPress, key: string, mac: boolean) {
  const { ctrlKey = false, metaKey = false, altKey = false, shiftKey = false } = press
  const writes = isOne(key) && press.getModifierState?.('AltGraph') === true
  const option = mac && altKey && isSign(key) && !ctrlKey && !metaKey
  return {
    ctrl: ctrlKey && !writes,
    meta: metaKey,
    alt: altKey && !writes && !option,
    shift: shiftKey && !isSign(key),
  }
}

/** Whether the keyboard is that of a Mac, an iPad or an iPhone. */
export function isMac(): boolean {
  if (typeof navigator === 'undefined') return false
  return /mac|iphone|ipad|ipod/i.test(navigator.platform || navigator.userAgent)
}
