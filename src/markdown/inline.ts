import { safeHref } from './links.ts'

/** A run of text read: what is emphasised, code, or a link. */
export type Inline =
  | string
  | { type: 'strong' | 'em' | 'del'; children: Inline[] }
  | { type: 'code'; text: string }
  /** `href` is absent while the address is still being written, and where it is none we allow. */
  | { type: 'link'; href?: string; title?: string; children: Inline[] }
  /** `src` (`http` or `https`) is absent while the address is still being written, and where it is none we allow. */
  | { type: 'image'; src?: string; title?: string; alt: string }
  /** A hard line break. */
  | { type: 'break' }
  /** A citation, `[^id]`: its text may be among the notes of the document. */
  | { type: 'note'; id: string }
  /** A formula, where math is switched on; `block`: on lines of its own. */
  | { type: 'math'; text: string; block: boolean }

/** The text of a block in pieces: all but the last are the same objects for as long as the text grows. */
export type Runs = readonly (readonly Inline[])[]

type Style = 'strong' | 'em' | 'del'

/** Beyond this many marks in one block text stays text; the tree is as deep at most as elements can be nested without harm. */
const MAX_MARKS = 5000
const MAX_DEPTH = 16
const MAX_TICKS = 32
const MAX_ADDRESS = 2048
const MAX_ADDRESS_PARENS = 8

type Token =
  | { kind: 'leaf'; value: Inline }
  /** A run of `*`, `_` or `~`. What closes here comes before what is left of it, and that before what opens here. */
  | { kind: 'run'; char: string; left: number; closes: Style[]; opens: Style[]; canOpen: boolean }
  /** An image is shown as a link: a page asks nobody for a picture because a model names it. */
  | { kind: 'bracket'; text: string; opens?: { href?: string } }
  | { kind: 'endLink' }

/**
 * Reads the text of one block, in time that grows with its length only. `open`: more may follow, so what has been begun is shown
 * as what it is about to be.
 */
export function parseInline(text: string, open = false): Inline[] {
  const tokens = tokenize(open ? withoutHalfMark(text) : text, open)
  return build(tokens)
}

/** A mark at the end of a text that is still being written may be half of one. */
function withoutHalfMark(text: string): string {
  let end = text.length
  while (end > 0 && '*_~`'.includes(text[end - 1]!)) end -= 1
  return text.slice(0, end)
}

function tokenize(text: string, open: boolean): Token[] {
  const tokens: Token[] = []
  /** Indexes of the tokens that may still be closed. */
  const waiting: number[] = []
  const counts: Record<string, number> = {}
  /** Lengths of tick runs of which there are no more further on. */
  const noTicks = new Set<number>()
  let plain = ''
  let marks = 0

  const flush = () => {
    if (plain !== '') tokens.push({ kind: 'leaf', value: plain })
    plain = ''
  }
  const leaf = (value: Inline) => {
    flush()
    tokens.push({ kind: 'leaf', value })
  }
  const wait = (token: Extract<Token, { kind: 'run' | 'bracket' }>) => {
    flush()
    const char = token.kind === 'run' ? token.char : '['
    counts[char] = (counts[char] ?? 0) + 1
    waiting.push(tokens.push(token) - 1)
  }
  const drop = () => {
    const token = tokens[waiting.pop()!]!
    counts[charOf(token)]! -= 1
    return token
  }
  /** The innermost waiting token of this mark; what waits above it never gets its end. */
  const reach = (char: string) => {
    if (!counts[char]) return undefined
    while (charOf(tokens[waiting.at(-1)!]!) !== char) drop()
    return tokens[waiting.at(-1)!]
  }

  let at = 0
  while (at < text.length) {
    const char = text[at]!
    if (marks > MAX_MARKS) {
      plain += text.slice(at)
      break
    }
    switch (char) {
      case '\\': {
        const next = text[at + 1]
        plain += next !== undefined && isPunctuation(next) ? next : `\\${next ?? ''}`
        at += 2
        continue
      }
      case '`': {
        const length = runLength(text, at)
        const code = length <= MAX_TICKS && !noTicks.has(length) ? codeSpan(text, at, length) : null
        if (code) {
          marks += 1
          leaf({ type: 'code', text: code.text })
          at = code.end
        } else if (open && length <= MAX_TICKS) {
          leaf({ type: 'code', text: text.slice(at + length) })
          at = text.length
        } else {
          noTicks.add(length)
          plain += text.slice(at, at + length)
          at += length
        }
        continue
      }
      case '*':
      case '_':
      case '~': {
        const length = runLength(text, at)
        const { canOpen, canClose } = flanks(text, at, length)
        const run = { kind: 'run' as const, char, left: length, closes: [], opens: [], canOpen }
        if (char !== '~' || length === 2) {
          if (canClose) marks += closeRuns(run, () => reach(char), drop)
          if (run.left > 0 && canOpen) wait(run)
          else {
            flush()
            tokens.push(run)
          }
        } else {
          plain += text.slice(at, at + length)
        }
        at += length
        continue
      }
      case '!':
      case '[': {
        const image = char === '!'
        if (image && text[at + 1] !== '[') break
        wait({ kind: 'bracket', text: image ? '![' : '[' })
        at += image ? 2 : 1
        continue
      }
      case ']': {
        const start = counts['['] && text[at + 1] === '(' ? reach('[') : undefined
        const address = start ? readAddress(text, at + 2, open) : null
        if (start?.kind === 'bracket' && address) {
          drop()
          flush()
          marks += 1
          start.opens = { href: address.href }
          tokens.push({ kind: 'endLink' })
          at = address.end
          continue
        }
        if (counts['[']) {
          reach('[')
          drop()
        }
        break
      }
      case '<': {
        if (!/^(?:https?:\/\/|mailto:)/i.test(text.slice(at + 1, at + 9))) break
        const inner = text.slice(at + 1, at + MAX_ADDRESS).split('>', 1)[0]!
        const href = text[at + 1 + inner.length] === '>' ? safeHref(inner) : undefined
        if (href === undefined) break
        marks += 1
        leaf({ type: 'link', href, children: [inner.replace(/^mailto:/i, '')] })
        at += inner.length + 2
        continue
      }
      case '&': {
        const entity = readEntity(text, at)
        if (!entity) break
        plain += entity.text
        at = entity.end
        continue
      }
      case 'h':
      case 'H':
      case 'w':
      case 'W': {
        const end = bareAddressEnd(text, at)
        if (end === 0) break
        const address = text.slice(at, end)
        const href = safeHref(char === 'w' || char === 'W' ? `https://${address}` : address)
        // At the end of an open text the address may go on; it becomes a link when it is known where it leads.
        if (href === undefined || (open && end === text.length)) plain += address
        else {
          marks += 1
          leaf({ type: 'link', href, children: [address] })
        }
        at = end
        continue
      }
    }
    plain += char
    at += 1
  }
  flush()
  if (open) openEnds(tokens, waiting)
  return tokens
}

const charOf = (token: Token): string => (token.kind === 'run' ? token.char : '[')

function runLength(text: string, at: number): number {
  let end = at
  while (text[end] === text[at]) end += 1
  return end - at
}

function codeSpan(text: string, at: number, length: number): { text: string; end: number } | null {
  let from = at + length
  for (;;) {
    const ticks = text.indexOf('`', from)
    if (ticks === -1) return null
    const found = runLength(text, ticks)
    if (found === length) return { text: trimCode(text.slice(at + length, ticks)), end: ticks + length }
    from = ticks + found
  }
}

/** One space on either side is there to keep ticks of the code apart from the marks. */
const trimCode = (code: string) =>
  code.length > 2 && code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '' ? code.slice(1, -1) : code

/** Whether a run may open or close: as in `a *b* c`, not in `2 * 3`, and not in `snake_case_names`. */
function flanks(text: string, at: number, length: number) {
  const before = text[at - 1] ?? ' '
  const after = text[at + length] ?? ' '
  const left = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before))
  const right = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after))
  if (text[at] !== '_') return { canOpen: left, canClose: right }
  return {
    canOpen: left && (!right || isPunctuation(before)),
    canClose: right && (!left || isPunctuation(after)),
  }
}

const isSpace = (char: string) => /\s/.test(char)
const isPunctuation = (char: string) => /[!-/:-@[-`{-~\p{P}]/u.test(char)

/** Closes what was opened with the same mark, the innermost first; gives back how many. */
function closeRuns(run: Extract<Token, { kind: 'run' }>, reach: () => Token | undefined, drop: () => Token): number {
  let closed = 0
  while (run.left > 0) {
    const start = reach()
    if (start?.kind !== 'run') break
    const size = Math.min(2, run.left, start.left)
    const style: Style = run.char === '~' ? 'del' : size === 2 ? 'strong' : 'em'
    start.left -= size
    run.left -= size
    start.opens.push(style)
    run.closes.push(style)
    closed += 1
    if (start.left === 0) drop()
  }
  return closed
}

/** What waits at the end of an open text is about to be closed. */
function openEnds(tokens: Token[], waiting: number[]): void {
  for (let at = waiting.length - 1; at >= 0; at -= 1) {
    const token = tokens[waiting[at]!]!
    if (token.kind !== 'run') continue
    while (token.left > 0) {
      const size = Math.min(2, token.left)
      token.left -= size
      const style: Style = token.char === '~' ? 'del' : size === 2 ? 'strong' : 'em'
      token.opens.push(style)
      tokens.push({ kind: 'run', char: token.char, left: 0, closes: [style], opens: [], canOpen: false })
    }
  }
}

/** The address in `](address "title")`, from after the bracket. In an open text it may lack its end: then it leads nowhere yet. */
function readAddress(text: string, from: number, open: boolean): { href?: string; end: number } | null {
  let depth = 1
  let at = from
  for (; at < text.length && at - from < MAX_ADDRESS; at += 1) {
    const char = text[at]!
    if (char === '\n') return null
    if (char === '\\') at += 1
    else if (char === '(' && ++depth > MAX_ADDRESS_PARENS) return null
    else if (char === ')' && --depth === 0) break
  }
  if (at >= text.length) return open ? { end: text.length } : null
  if (text[at] !== ')') return null
  const inner = text.slice(from, at).trim()
  const title = /\s/.exec(inner)
  const address = (title ? inner.slice(0, title.index) : inner)
    .replace(/^<(.*)>$/, '$1')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
  return { href: safeHref(address), end: at + 1 }
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' }

function readEntity(text: string, at: number): { text: string; end: number } | null {
  const found = /^&(?:([a-z]{2,4})|#(\d{1,7})|#x([\da-f]{1,6}));/i.exec(text.slice(at, at + 12))
  if (!found) return null
  const [all, name, decimal, hex] = found
  const end = at + all.length
  if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? { text: ENTITIES[name]!, end } : null
  const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number.parseInt(decimal, 10)
  const valid = code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
  return { text: valid ? String.fromCodePoint(code) : '\uFFFD', end }
}

/** Where an address in plain text ends; 0 when there is none here. What punctuation follows it is not part of it. */
function bareAddressEnd(text: string, at: number): number {
  if (/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ')) return 0
  if (!/^(?:https?:\/\/|www\.)[^\s<]/i.test(text.slice(at, at + 10))) return 0
  let end = at
  while (end < text.length && end - at < MAX_ADDRESS && !/[\s<>`*|"]/.test(text[end]!)) end += 1
  while (/[.,:;!?'")\]}]/.test(text[end - 1]!)) {
    // `…/Foo_(bar)` keeps its parenthesis.
    if (text[end - 1] === ')' && text.slice(at, end).includes('(')) break
    end -= 1
  }
  return end
}

/** The tokens as a tree. What would be nested too deeply is not nested, nor is a link in a link. */
function build(tokens: readonly Token[]): Inline[] {
  const root: Inline[] = []
  const stack: { into: Inline[]; inLink: boolean }[] = [{ into: root, inLink: false }]
  const add = (value: Inline) => {
    const { into, inLink } = stack.at(-1)!
    const last = into.at(-1)
    if (typeof value === 'object' && value.type === 'link' && inLink) into.push(...value.children)
    else if (typeof value === 'string' && typeof last === 'string') into[into.length - 1] = last + value
    else if (value !== '') into.push(value)
  }
  const enter = (node: Extract<Inline, { children: Inline[] }>) => {
    const { into, inLink } = stack.at(-1)!
    const isLink = node.type === 'link'
    const flat = stack.length > MAX_DEPTH || (isLink && inLink)
    if (!flat) into.push(node)
    stack.push({ into: flat ? into : node.children, inLink: inLink || isLink })
  }
  for (const token of tokens) {
    if (token.kind === 'leaf') {
      add(token.value)
    } else if (token.kind === 'run') {
      for (let count = token.closes.length; count > 0; count -= 1) stack.pop()
      add(token.char.repeat(token.left))
      for (let at = token.opens.length - 1; at >= 0; at -= 1) enter({ type: token.opens[at]!, children: [] })
    } else if (token.kind === 'endLink') {
      stack.pop()
    } else if (token.opens) {
      enter({ type: 'link', ...token.opens, children: [] })
    } else {
      add(token.text)
    }
  }
  return root
}
