import { build, END } from './build.ts'
import { readDollars } from './dollars.ts'
import { mailTo, readBare, readMail } from './bare.ts'
import { markOf, nobodyWaits, pairUp, settle } from './emphasis.ts'
import type { Mark, Style, Waiting } from './emphasis.ts'
import {
  ANY,
  isMark,
  isOpen,
  labelOf,
  matchAt,
  MAX_ADDRESS,
  readEntity,
  readLabel,
  readTarget,
  safeHref,
} from './links.ts'
import type { Target, Wake } from './links.ts'
import { preview } from './preview.ts'
import { MAX_RUN, otherThan, readCode, runLength } from './ticks.ts'

/** A run of text read: what is emphasised, code, or a link. */
export type Inline =
  | string
  | { type: Style; children: Inline[] }
  /** `math`: it is a formula. */
  | { type: 'code'; text: string; math?: true }
  /** `href` is absent while the address is still being written, and where it is none we allow. */
  | { type: 'link'; href?: string; title?: string; children: Inline[] }
  /** `src` (`http` or `https`) is absent while the address is still being written, and where it is none we allow. */
  | { type: 'image'; src?: string; title?: string; alt: string }
  /** A hard line break. */
  | { type: 'break' }
  /** A citation, `[^id]`: its text may be among the notes of the document. */
  | { type: 'note'; id: string }

/** The text of a block in pieces: all but the last are the same objects for as long as the text grows. */
export type Runs = readonly (readonly Inline[])[]

/** What the texts of a document share. */
export interface Shared {
  /** Where the labels of reference links lead. */
  targets: Map<string, Target>
  /** Labels that were looked for in vain so far. */
  missing: Set<string>
  /** Whether `$…$` is a formula. */
  math?: boolean
  /** Told how many characters are looked at, for those who count. */
  count?: (characters: number) => void
}

/** A text that is being read. */
export interface Reader {
  runs: (readonly Inline[])[]
  part: Part
  /** How many marks there are in the runs. */
  marks: number
  /** The labels that lead nowhere yet. */
  missing: Set<string> | null
  /** Lengths of runs of ticks of which there are no more further on. */
  noTicks: Set<number> | null
}

export interface Bracket {
  kind: 'bracket'
  image: boolean
  at: number
  /** How many marks had been put off when it began. */
  later: number
  /** Whether there is another one in it. */
  full: boolean
  link?: { href?: string; title?: string }
}

/** `END`: of the innermost link or image. */
export type Token = Inline | Mark | Bracket | typeof END

/** What has been read since everything before it was closed. */
export interface Part {
  from: number
  at: number
  plain: string
  tokens: Token[]
  waiting: Waiting
  brackets: Bracket[]
  /** As many brackets are around a link, so they are none themselves. */
  barred: number
  /** Marks in brackets: whose pairs they are depends on whether that is a link. */
  later: Mark[]
  /** The part as it was before the `$` that may begin a formula: until it is closed, it is text as any other. */
  formula: Part | null
  /** At `at` begins something that ends beyond the text: it is no use to look again before one of these comes. */
  wake: Wake | null
  seen: number
  /** How far the end of a code span was looked for. */
  searched: number
}

/** A piece is closed at the first space after so many characters where nothing is open; beyond the others whatever is open. */
const RUN_LENGTH = 200
const MAX_TOKENS = 128
const MAX_WAITING = 32
const MAX_PART = 2000
/** Beyond this many marks in one block text stays text. */
const MAX_MARKS = 2000
const MAX_LABEL = 999
/** A piece is not closed so shortly behind what may be the beginning of a formula. */
const MAX_FORMULA = 1000
/** So many definitions, one after the other, change one text. */
const MAX_TIMES = 200

/** Words and what is between them, up to where a piece may be closed: behind `RUN_LENGTH`. */
const WORDS = /[^\n\\`*_~[\]!<&:@.$]{1,201}/y
/** A word may be as long as the text, and is then shown in pieces. */
const WORD = /[^\s\\`*_~[\]!<&:@.$]{1,1000}/y
const PLAIN = /\s|\S{1,1000}/y
const NOTE = /\[\^([^\s[\]^]{1,64})\]/y
const AUTOLINK = /<((?:https?|mailto|tel):[^\s<>]{1,2048})>/iy
const MAIL = /<([\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d][a-z\d.-]{0,254})>/iy

const newPart = (at: number): Part => ({
  from: at,
  at,
  plain: '',
  tokens: [],
  waiting: nobodyWaits(),
  brackets: [],
  barred: 0,
  later: [],
  formula: null,
  wake: null,
  seen: 0,
  searched: 0,
})

export const newReader = (): Reader => ({
  runs: [],
  part: newPart(0),
  marks: 0,
  missing: null,
  noTicks: null,
})

/** Reads the text of one block; `open`: more may follow, so what has been begun is shown as what it is about to be. */
export function parseInline(text: string, open = false): Inline[] {
  const shared = { targets: new Map<string, Target>(), missing: new Set<string>() }
  return readRuns(newReader(), text, open, shared).flat()
}

/**
 * A text that begins with what the reader read before: only what was added is looked at. Without `open` the text ends here, and the
 * reader can go on as if it had not been asked.
 */
export function readRuns(reader: Reader, text: string, open: boolean, shared: Shared): Runs {
  if (open) {
    lex(reader, text, shared, false)
    return [...reader.runs, preview(reader.part, text)]
  }
  const whole = text.trimEnd()
  const { from } = reader.part
  // What was closed may have been more than what is left: a line that is the head of a table is no longer text.
  const last: Reader =
    from > whole.length
      ? newReader()
      : {
          ...reader,
          runs: [...reader.runs],
          part: newPart(from),
          missing: reader.missing && new Set(reader.missing),
          noTicks: null,
        }
  lex(last, whole, shared, true)
  endPart(last)
  if (last.missing) {
    for (const label of last.missing) shared.missing.add(label)
    unresolved.set(last.runs, { text, labels: last.missing, times: 1 })
  }
  return last.runs
}

interface Unresolved {
  text: string
  labels: ReadonlySet<string>
  /** How often it was read. */
  times: number
}

const unresolved = new WeakMap<Runs, Unresolved>()

/** The text read again, when it uses one of these labels. */
export function withTargets(runs: Runs, labels: ReadonlySet<string>, shared: Shared): Runs {
  const was = unresolved.get(runs)
  if (!was || was.times > MAX_TIMES || ![...was.labels].some((label) => labels.has(label))) return runs
  const now = readRuns(newReader(), was.text, false, shared)
  const left = unresolved.get(now)
  if (left) left.times = was.times + 1
  return now
}

/** Everything up to here is closed, and there is more. */
function closePart(reader: Reader): void {
  endPart(reader)
  reader.part = newPart(reader.part.at)
}

function endPart(reader: Reader): void {
  const { part } = reader
  flush(part)
  for (const mark of part.later) settle(part.waiting, mark)
  reader.marks += part.tokens.length
  if (part.tokens.length > 0) reader.runs.push(build(part.tokens))
}

function flush(part: Part): void {
  if (part.plain !== '') part.tokens.push(part.plain)
  part.plain = ''
}

function push(part: Part, token: Token): void {
  flush(part)
  part.tokens.push(token)
}

function lex(reader: Reader, text: string, shared: Shared, final: boolean): void {
  const { part } = reader
  const from = part.wake ? part.seen : part.at
  shared.count?.(text.length - from)
  if (part.wake && !part.wake.test(text.slice(from))) part.seen = text.length
  else {
    shared.count?.(from - Math.max(part.at, part.searched))
    part.wake = null
    while (reader.part.at < text.length) {
      if (isBoundary(reader.part, text)) closePart(reader)
      const wake = step(reader, text, shared, final)
      if (wake) {
        reader.part.wake = wake
        reader.part.seen = text.length
        break
      }
    }
  }
}

function isBoundary({ at, from, tokens, waiting, brackets, formula }: Part, text: string): boolean {
  const begun = waiting.marks.length + brackets.length
  if (tokens.length > MAX_TOKENS || begun > MAX_WAITING || at - from > MAX_PART) return true
  if (formula && at - formula.at < MAX_FORMULA) return false
  return begun === 0 && at - from > RUN_LENGTH && /\s/.test(text[at]!)
}

/** Reads what begins here; or, when that cannot be known yet, gives back what has to come. At the end of a text nothing comes. */
function step(reader: Reader, text: string, shared: Shared, final: boolean): Wake | undefined {
  const { part } = reader
  const { at } = part
  if (reader.marks + part.tokens.length <= MAX_MARKS && readWords(part, text)) return undefined
  const char = text[at]!
  const next = text[at + 1]
  const take: Take = (end, token = text.slice(at, end)) => {
    // A formula goes on where it began.
    const into = reader.part
    into.at = end
    if (typeof token === 'string') into.plain += token
    else {
      push(into, token)
      // Code and links are no formulas, whatever is in front of them.
      if ('type' in token && token.type !== 'break') into.formula = null
    }
    return undefined
  }
  /** How far a word goes; one without an end is cut where the piece is too long. */
  const cut = (length: number) => Math.min(at + length, part.from + MAX_PART + 1)
  if (reader.marks + part.tokens.length > MAX_MARKS) return take(cut(matchAt(PLAIN, text, at)![0].length))
  switch (char) {
    case '\n': {
      const hard = part.plain.endsWith('  ')
      part.plain = part.plain.trimEnd()
      return take(at + 1, hard ? { type: 'break' } : char)
    }
    case '\\':
      if (next === undefined && !final) return ANY
      if (next === '\n') return take(at + 2, { type: 'break' })
      if (isMark(next)) return take(at + 2, next)
      break
    case '`':
      return readCode(reader, text, final, take)
    case '*':
    case '_':
    case '~': {
      const size = runLength(text, at)
      if (at + size === text.length && !final) return otherThan(char)
      const mark = size < MAX_RUN ? markOf(text, at, size) : undefined
      take(at + size, mark)
      if (mark) {
        if (part.brackets.length > 0) part.later.push(mark)
        else settle(part.waiting, mark)
      }
      return undefined
    }
    case '!':
    case '[': {
      if (next === undefined && !final) return ANY
      if (char === '!' && next !== '[') break
      const note = char === '[' && next === '^' && matchAt(NOTE, text, at)
      if (note) return take(at + note[0].length, { type: 'note', id: note[1]! })
      if (next === '^' && !final && isOpen(text, at, /[\s[\]]/g, 66)) return ANY
      const outer = part.brackets.at(-1)
      if (outer) outer.full = true
      const image = char === '!'
      const bracket: Bracket = {
        kind: 'bracket',
        image,
        at: image ? at + 2 : at + 1,
        later: part.later.length,
        full: false,
      }
      take(bracket.at, bracket)
      part.brackets.push(bracket)
      return undefined
    }
    case ']':
      if (part.brackets.length === 0) break
      if (next === undefined && !final) return ANY
      return readEnd(reader, text, shared, final)
    case '<': {
      const link = matchAt(AUTOLINK, text, at)
      const href = safeHref(link?.[1] ?? '')
      if (link && href !== undefined) {
        const words = link[1]!.replace(/^(?:mailto|tel):/i, '')
        return take(at + link[0].length, { type: 'link', href, children: [words] })
      }
      const mail = matchAt(MAIL, text, at)
      if (mail) return take(at + mail[0].length, mailTo(mail[1]!))
      if (!final && isOpen(text, at, /[\s<>]/g, MAX_ADDRESS)) return /[\s<>]/
      break
    }
    case '&': {
      const entity = readEntity(text, at)
      if (entity) return take(entity.end, entity.value)
      if (!final && isOpen(text, at, /[^#a-z\d]/gi, 10)) return /[^#a-z\d]/i
      break
    }
    case ':':
    case '.':
      return readBare(part, text, final, take)
    case '@':
      return readMail(part, text, final, take)
    case '$':
      if (shared.math) return readDollars(reader, text, final, take)
  }
  return take(cut(matchAt(WORD, text, at)?.[0].length ?? 1))
}

/** What most of a text is, read at once. */
function readWords(part: Part, text: string): boolean {
  const { at } = part
  const room = part.from + RUN_LENGTH + 1 - at
  WORDS.lastIndex = at
  if (room <= 0 || !WORDS.test(text)) return false
  part.at = Math.min(WORDS.lastIndex, at + room)
  part.plain += text.slice(at, part.at)
  return true
}

/** Goes on behind what was read; without a token it is plain text. */
export type Take = (end: number, token?: Token) => undefined

/** `]`: the end of a link, of an image, or of nothing. */
function readEnd(reader: Reader, text: string, shared: Shared, final: boolean): Wake | undefined {
  const { part } = reader
  const { at, brackets } = part
  const bracket = brackets.at(-1)!
  let target: Target | undefined
  let end = at + 1
  if (bracket.image || brackets.length > part.barred) {
    const next = text[end]
    const found = next === '(' ? readTarget(text, at + 2) : null
    const isHalf = found !== null && 'test' in found
    if (isHalf && !final && text.length - at < MAX_ADDRESS * 2) return found
    const label = next === '[' ? readLabel(text, end) : null
    if (label === undefined && !final) return /[[\]]/
    if (found && !isHalf) {
      target = found
      end = found.end
    } else {
      const own = bracket.full || at - bracket.at > MAX_LABEL ? '' : text.slice(bracket.at, at)
      const name = labelOf(label?.label || own)
      target = shared.targets.get(name)
      if (target) end = label?.end ?? end
      else if (name !== '') (reader.missing ??= new Set()).add(name)
    }
  }
  brackets.pop()
  if (target) {
    bracket.link = { href: safeHref(target.address), title: target.title }
    if (bracket.link.href !== undefined) part.formula = null
    pairUp(part.later.splice(bracket.later))
    push(part, END)
    if (!bracket.image) part.barred = brackets.length
  } else {
    part.plain += ']'
  }
  part.at = end
  part.barred = Math.min(part.barred, brackets.length)
  if (brackets.length === 0) for (const mark of part.later.splice(0)) settle(part.waiting, mark)
  return undefined
}
