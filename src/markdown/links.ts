const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** The address of a link that may be followed: a whole one, of a scheme that runs nothing. `undefined` for every other. */
export function safeHref(address: string): string | undefined {
  // Parsers of addresses drop control characters, so `java\nscript:` would be one word to them.
  // eslint-disable-next-line no-control-regex
  if (address === '' || /[\u0000-\u0020\u007F]/.test(address)) return undefined
  try {
    const url = new URL(address)
    return SCHEMES.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** Where a link leads, with its address as it was written. */
export interface Target {
  address: string
  title?: string
}

/** Beyond these a text between brackets is only a text. */
export const MAX_ADDRESS = 2048
const MAX_PARENS = 16

const SPACE = /[ \t]*\n?[ \t]*/y
const NO_SPACE = /[^ \t]/
const POINTED = /<((?:\\.|[^<>\\\n]){0,2048})>/y
const TITLE = /(?:"((?:\\[^]|[^"\\]){0,1000})"|'((?:\\[^]|[^'\\]){0,1000})'|\(((?:\\[^]|[^()\\]){0,1000})\))/y
const TITLE_ENDS: Record<string, RegExp> = { '"': /"/, "'": /'/, '(': /\)/ }
const LABEL = /\[((?:\\[^]|[^\\[\]]){1,999})\]/y
const LINE_END = /[ \t]*(?:\n|$)/y

/** What a sticky expression finds here. */
export function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(text)
}

const skip = (text: string, at: number) => at + matchAt(SPACE, text, at)![0].length

/** Of a text that ends too early to be known: is told each character that comes, once, until it says that it is of use to look again. */
export type Wake = Pick<RegExp, 'test'>

/** Whatever comes. */
export const ANY = /[^]/

const isWake = (found: object | null): found is Wake => found !== null && 'test' in found

/** What is in the parentheses of `[words](address "title")`, from behind the first. `null`: that is none. */
export function readTarget(text: string, from: number): (Target & { end: number }) | Wake | null {
  let at = skip(text, from)
  const address = at === text.length ? NO_SPACE : readAddress(text, at)
  if (!address || isWake(address)) return address
  const before = address.end
  at = skip(text, before)
  if (at === text.length) return NO_SPACE
  const title = at > before && text[at] !== ')' ? readTitle(text, at) : null
  if (isWake(title)) return title
  if (title) at = skip(text, title.end)
  if (at === text.length) return NO_SPACE
  return text[at] === ')' ? { address: address.value, title: title?.value, end: at + 1 } : null
}

/** `[label]: address "title"` at the beginning of a paragraph. */
export function readDefinition(text: string): (Target & { label: string; end: number }) | null {
  const label = matchAt(LABEL, text, 0)
  if (!label || text[label[0].length] !== ':' || label[1]!.trim() === '') return null
  const at = skip(text, label[0].length + 1)
  const address = readAddress(text, at, true)
  if (!address || isWake(address) || address.end === at) return null
  const place = { label: labelOf(label[1]!), address: address.value }
  const next = skip(text, address.end)
  const title = next > address.end ? readTitle(text, next) : null
  const end = title && !isWake(title) && matchAt(LINE_END, text, title.end)
  if (end) return { ...place, title: title.value, end: title.end + end[0].length }
  const plain = matchAt(LINE_END, text, address.end)
  return plain && { ...place, end: address.end + plain[0].length }
}

/** The label in brackets that begins here: `undefined` while it may still be closed. */
export function readLabel(text: string, at: number): { label: string; end: number } | null | undefined {
  if (text[at + 1] === ']') return { label: '', end: at + 2 }
  const found = matchAt(LABEL, text, at)
  if (found) return { label: found[1]!, end: at + found[0].length }
  return isOpen(text, at, /[[\]]/g, 1000) ? undefined : null
}

/** Labels are the same whatever their case and spaces. */
export const labelOf = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').toLowerCase().toUpperCase()

/** Whether nothing has been written after `at` that would end what begins there. */
export function isOpen(text: string, at: number, end: RegExp, most: number): boolean {
  end.lastIndex = at + 1
  return text.length - at < most && !end.test(text)
}

function readAddress(text: string, from: number, whole = false): { value: string; end: number } | Wake | null {
  if (text[from] === '<') {
    const found = matchAt(POINTED, text, from)
    if (found) return { value: unescape(found[1]!), end: from + found[0].length }
    return isOpen(text, from, /[<>\n]/g, MAX_ADDRESS) ? /[<>\n]/ : null
  }
  let depth = 0
  let escaped = false
  let length = 0
  /** Whether the address ends here, or cannot be one. */
  const ends = (char: string): boolean => {
    length += 1
    if (char <= ' ' || length > MAX_ADDRESS + 1) return true
    if (escaped && isMark(char)) {
      escaped = false
      return false
    }
    escaped = char === '\\'
    if (char === '(') depth += 1
    return depth > MAX_PARENS || (char === ')' && --depth < 0)
  }
  let at = from
  while (at < text.length && !ends(text[at]!)) at += 1
  if (at === text.length && !whole) return { test: (added) => added.split('').some(ends) }
  return depth > 0 || length > MAX_ADDRESS + 1 ? null : { value: unescape(text.slice(from, at)), end: at }
}

function readTitle(text: string, at: number): { value: string; end: number } | Wake | null {
  const mark = text[at]
  if (mark !== '"' && mark !== "'" && mark !== '(') return null
  const found = matchAt(TITLE, text, at)
  if (!found) return text.length - at < 1000 ? TITLE_ENDS[mark]! : null
  return { value: unescape(found[1] ?? found[2] ?? found[3] ?? ''), end: at + found[0].length }
}

/** Marks that a backslash makes letters. */
export const isMark = (char: string | undefined): boolean => char !== undefined && /[!-/:-@[-`{-~]/.test(char)

const ENTITY = /&(?:([a-z\d]{2,8})|#(\d{1,7})|#x([\da-f]{1,6}));/iy
const NAMES =
  'amp& lt< gt> quot" apos\' nbsp\u00A0 copy© reg® trade™ hellip… mdash— ndash– bull• middot· deg° times× minus− plusmn± ne≠ le≤ ge≥ rarr→ larr← laquo« raquo» lsquo‘ rsquo’ ldquo“ rdquo” euro€ pound£ sect§ frac12½ aumlä oumlö uumlü AumlÄ OumlÖ UumlÜ szligß'

/** The character that is written as `&amp;`, `&#38;` or `&#x26;` here. */
export function readEntity(text: string, at: number): { value: string; end: number } | null {
  const found = matchAt(ENTITY, text, at)
  if (!found) return null
  const [all, name, decimal, hex] = found
  const end = at + all.length
  if (name !== undefined) {
    const value = NAMED.get(name)
    return value === undefined ? null : { value, end }
  }
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number.parseInt(decimal, 10)
  const valid = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
  return { value: valid ? String.fromCodePoint(code) : '\uFFFD', end }
}

const NAMED: ReadonlyMap<string, string> = new Map(NAMES.split(' ').map((entry) => [entry.slice(0, -1), entry.at(-1)!]))

/** A text in which marks and entities are letters. */
export function unescape(text: string): string {
  if (!/[\\&]/.test(text)) return text
  return text.replaceAll(
    /\\([!-/:-@[-`{-~])|&#?\w{1,8};/g,
    (all, mark?: string) => mark ?? readEntity(all, 0)?.value ?? all,
  )
}
