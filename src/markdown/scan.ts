import { parseInline } from './inline.ts'
import type { Runs } from './inline.ts'
import { BULLET, cellsOf, FENCE, isRule, LIST_ITEM, parseAlign, parseHeading, QUOTE } from './lines.ts'
import type { Align } from './lines.ts'

/** One block of a document. The object of a closed one stays the same, and so do its closed parts while a block grows. */
export type Block =
  | { kind: 'heading'; depth: number; text: Runs }
  | { kind: 'paragraph'; text: Runs }
  /** `parts` one after the other are the text; all but the last stay what they are while it grows. */
  | { kind: 'code'; language: string; parts: readonly string[]; closed: boolean }
  | { kind: 'quote'; blocks: readonly Block[] }
  | { kind: 'list'; ordered: boolean; start: number; loose: boolean; items: readonly Item[] }
  /** Each row has as many cells as the head, whatever is written. */
  | { kind: 'table'; align: readonly Align[]; head: readonly Runs[]; rows: readonly (readonly Runs[])[] }
  /** What the citations (`[^id]`) stand for. */
  | { kind: 'notes'; notes: readonly Note[] }
  | { kind: 'rule' }
  /** What is beyond the caps: text that stays text. */
  | { kind: 'text'; text: string }

export interface Item {
  /** Whether a task is done; absent when it is no task. */
  done?: boolean
  blocks: readonly Block[]
}

export interface Note {
  id: string
  blocks: readonly Block[]
}

type Raw =
  | { kind: 'heading'; depth: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; language: string; text: string; closed: boolean }
  | { kind: 'quote'; text: string }
  | { kind: 'list'; ordered: boolean; start: number; loose: boolean; items: string[] }
  | { kind: 'table'; head: string; align: Align[]; rows: string[] }
  | { kind: 'rule' }
  | { kind: 'text'; text: string }

const MAX_DEPTH = 6
const TASK = /^\[([ xX])\](?:\s+|$)/

function read(raw: Raw, open: boolean, depth: number): Block {
  const inner = (text: string, growing: boolean): readonly Block[] =>
    depth >= MAX_DEPTH ? [{ kind: 'text', text }] : createScanner(depth + 1).update(text, growing)
  switch (raw.kind) {
    case 'heading':
      return { ...raw, text: [parseInline(raw.text, open)] }
    case 'paragraph':
      return { ...raw, text: [parseInline(raw.text, open)] }
    case 'code':
      return { kind: 'code', language: raw.language, parts: [raw.text], closed: raw.closed }
    case 'quote':
      return { kind: 'quote', blocks: inner(raw.text, open) }
    case 'list': {
      const items = raw.items.map((text, index) => {
        const growing = open && index === raw.items.length - 1
        const task = TASK.exec(text)
        if (!task) return { blocks: inner(text, growing) }
        return { done: task[1] !== ' ', blocks: inner(text.slice(task[0].length), growing) }
      })
      return { ...raw, items }
    }
    case 'table': {
      const cells = (row: string) => {
        const all = cellsOf(row)
        return raw.align.map((_, column) => [parseInline(all[column] ?? '', open)])
      }
      return { kind: 'table', align: raw.align, head: cells(raw.head), rows: raw.rows.map(cells) }
    }
    default:
      return raw
  }
}

/** Beyond these a document is no longer something to read, and elements without number would freeze the page. */
const MAX_BLOCKS = 4000
const MAX_ITEMS = 2000

type Open =
  | { kind: 'paragraph' | 'quote' | 'text'; lines: string[] }
  | { kind: 'code'; fence: string; indent: number; language: string; lines: string[] }
  | { kind: 'table'; head: string; align: Align[]; rows: string[] }
  | {
      kind: 'list'
      ordered: boolean
      start: number
      mark: string
      /** Columns before the text of the item; what is indented as far belongs to it. */
      inset: number
      blank: boolean
      loose: boolean
      items: string[][]
    }

interface State {
  depth: number
  done: Block[]
  open: Open | null
  /** The levels of the headings above, for an outline without gaps. */
  outline: number[]
  count: number
}

/** Reads a growing text: what is closed is never looked at again. */
export interface Scanner {
  /**
   * All blocks of a text. Cheap when it is the last text with something added; closed blocks are then the same objects. `open`: more
   * may follow, so what has been begun is shown as what it is about to be.
   */
  update: (text: string, open?: boolean) => readonly Block[]
}

export function createScanner(depth = 0): Scanner {
  let state = emptyState(depth)
  let read = ''
  let at = 0

  return {
    update(text, open = false) {
      if (!text.startsWith(read)) {
        state = emptyState(depth)
        at = 0
      }
      read = text
      for (let end = text.indexOf('\n', at); end !== -1; end = text.indexOf('\n', at)) {
        feed(state, withoutReturn(text.slice(at, end)))
        at = end + 1
      }
      return preview(state, withoutReturn(text.slice(at)), open)
    },
  }
}

export const scan = (text: string): readonly Block[] => createScanner().update(text)

const emptyState = (depth: number): State => ({ depth, done: [], open: null, outline: [], count: 0 })
const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line)

/** The blocks as if the text ended here, with a last line that may still grow. */
function preview(state: State, line: string, growing: boolean): Block[] {
  const trial: State = {
    depth: state.depth,
    done: [],
    open: copy(state.open),
    outline: [...state.outline],
    count: state.count,
  }
  if (line !== '') feed(trial, line)
  const last = trial.open && read(finish(trial.open, false), growing, state.depth)
  return last ? [...state.done, ...trial.done, last] : [...state.done, ...trial.done]
}

function copy(open: Open | null): Open | null {
  if (!open) return null
  switch (open.kind) {
    case 'list':
      return { ...open, items: open.items.map((lines, index) => (index < open.items.length - 1 ? lines : [...lines])) }
    case 'table':
      return { ...open, rows: [...open.rows] }
    default:
      return { ...open, lines: [...open.lines] }
  }
}

/** One more line. */
function feed(state: State, line: string): void {
  const { open } = state
  if (open?.kind === 'text') open.lines.push(line)
  else if (open?.kind === 'code') feedCode(state, open, line)
  else if (open?.kind === 'list') feedList(state, open, line)
  else if (line.trim() === '') close(state)
  else if (!begin(state, line)) resume(state, line)
}

function feedCode(state: State, open: Extract<Open, { kind: 'code' }>, line: string): void {
  const trimmed = line.trim()
  const ends = trimmed.startsWith(open.fence) && trimmed.replaceAll(open.fence[0]!, '') === ''
  if (ends) close(state)
  else open.lines.push(outdent(line, open.indent))
}

function feedList(state: State, open: Extract<Open, { kind: 'list' }>, line: string): void {
  const current = open.items.at(-1)!
  if (line.trim() === '') {
    open.blank = true
    current.push('')
    return
  }
  const item = LIST_ITEM.exec(line)
  if (indentOf(line) >= open.inset) {
    if (open.blank) open.loose = true
    open.blank = false
    current.push(outdent(line, open.inset))
  } else if (item && !isRule(line) && markOf(item[2]!) === open.mark) {
    if (open.blank) open.loose = true
    open.blank = false
    addItem(state, open, item, line)
  } else if (open.blank || begins(line)) {
    close(state)
    feed(state, line)
  } else {
    // A line that goes on with the paragraph of the item, without its indent.
    current.push(line.trimStart())
  }
}

const markOf = (marker: string) => marker.at(-1)!

function addItem(state: State, open: Extract<Open, { kind: 'list' }>, item: RegExpExecArray, line: string): void {
  if (open.items.length >= MAX_ITEMS) {
    close(state)
    state.open = { kind: 'text', lines: [line] }
    return
  }
  const [, before = '', marker = '', gap = '', text = ''] = item
  // More than four spaces would be code within the item; one space then belongs to the marker.
  open.inset = before.length + marker.length + (text === '' || gap.length > 4 ? 1 : gap.length)
  open.items.push([text])
}

/** Whether a line begins a block of its own, whatever came before it. */
const begins = (line: string): boolean =>
  parseHeading(line) !== null || FENCE.test(line) || QUOTE.test(line) || isRule(line) || LIST_ITEM.test(line)

/** Begins a block, when the line is the beginning of one. */
function begin(state: State, line: string): boolean {
  const fence = FENCE.exec(line)
  if (fence) {
    const [, indent = '', marks = '', info = ''] = fence
    open(state, { kind: 'code', fence: marks, indent: indent.length, language: languageOf(info), lines: [] })
    return true
  }
  const heading = parseHeading(line)
  if (heading) {
    close(state)
    add(state, { kind: 'heading', depth: depthOf(state.outline, heading.level), text: detached(heading.text) })
    return true
  }
  if (isRule(line)) {
    close(state)
    add(state, { kind: 'rule' })
    return true
  }
  const item = LIST_ITEM.exec(line)
  if (item && mayInterrupt(state.open, item)) {
    const [, , marker = ''] = item
    const ordered = !BULLET.test(marker)
    const list: Open = {
      kind: 'list',
      ordered,
      start: ordered ? Number.parseInt(marker, 10) : 1,
      mark: markOf(marker),
      inset: 0,
      blank: false,
      loose: false,
      items: [],
    }
    open(state, list)
    addItem(state, list, item, line)
    return true
  }
  if (QUOTE.test(line) && state.open?.kind !== 'quote') {
    open(state, { kind: 'quote', lines: [line.replace(QUOTE, '')] })
    return true
  }
  return false
}

/** In the middle of a sentence `2019.` and a lone dash are no lists. */
function mayInterrupt(current: Open | null, item: RegExpExecArray): boolean {
  if (current?.kind !== 'paragraph') return true
  const [, , marker = '', , text = ''] = item
  return text !== '' && (BULLET.test(marker) || Number.parseInt(marker, 10) === 1)
}

/** Goes on with the open block, or begins a paragraph. */
function resume(state: State, line: string): void {
  const current = state.open
  if (current?.kind === 'quote') {
    current.lines.push(line.replace(QUOTE, ''))
  } else if (current?.kind === 'table') {
    current.rows.push(detached(line))
  } else if (current?.kind === 'paragraph') {
    const align = current.lines.length === 1 ? parseAlign(line, current.lines[0]!) : null
    if (align) state.open = { kind: 'table', head: detached(current.lines[0]!), align, rows: [] }
    else current.lines.push(line)
  } else {
    open(state, { kind: 'paragraph', lines: [line.trimStart()] })
  }
}

function open(state: State, next: Open): void {
  close(state)
  // `close` may have reached the cap.
  if (state.open === null) state.open = next
}

function close(state: State): void {
  const current = state.open
  state.open = null
  if (current) add(state, finish(current, true))
}

function add(state: State, block: Raw): void {
  state.done.push(read(block, false, state.depth))
  state.count += 1
  if (state.count >= MAX_BLOCKS) state.open = { kind: 'text', lines: [] }
}

function finish(open: Open, closed: boolean): Raw {
  switch (open.kind) {
    case 'list': {
      const { ordered, start, loose } = open
      return {
        kind: 'list',
        ordered,
        start,
        loose,
        items: open.items.map((lines) => detached(lines.join('\n').trimEnd())),
      }
    }
    case 'table':
      return { kind: 'table', head: open.head, align: open.align, rows: open.rows }
    case 'code':
      return { kind: 'code', language: open.language, text: detached(open.lines.join('\n')), closed }
    default:
      return { kind: open.kind, text: detached(open.lines.join('\n')) }
  }
}

/** A heading is at most one level below the one above it, however many marks it has. */
function depthOf(outline: number[], level: number): number {
  while (outline.length > 0 && outline.at(-1)! >= level) outline.pop()
  outline.push(level)
  return outline.length
}

const languageOf = (info: string) => detached(/^[\w+#.-]{0,32}/.exec(info.trim())?.[0] ?? '')

function indentOf(line: string): number {
  let columns = 0
  for (const char of line) {
    if (char === ' ') columns += 1
    else if (char === '\t') columns += 4 - (columns % 4)
    else break
  }
  return columns
}

/** Without as much of the indent as belongs to the block around it. */
function outdent(line: string, columns: number): string {
  let at = 0
  let removed = 0
  while (removed < columns && (line[at] === ' ' || line[at] === '\t')) {
    removed += line[at] === '\t' ? 4 - (removed % 4) : 1
    at += 1
  }
  return ' '.repeat(Math.max(0, removed - columns)) + line.slice(at)
}

/** A copy of its own. A plain slice would keep the whole text of that moment in memory, once for every block. */
const detached = (text: string) => ` ${text}`.slice(1)
