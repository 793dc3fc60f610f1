import { addText, beginLine, newParagraph } from './blocks.ts'
import type { Leaf } from './blocks.ts'
import { newReader, readRuns } from './inline.ts'
import type { Shared } from './inline.ts'
import {
  FENCE,
  HEADING,
  indentOf,
  isRule,
  ITEM,
  lineOf,
  isShort,
  NOTE,
  parseAlign,
  restOf,
  skipColumns,
  skipMark,
} from './lines.ts'
import type { Align, Line } from './lines.ts'
import { matchAt, unescape } from './links.ts'
import { addToRow, cellsOfRow, newRow } from './rows.ts'
import { add, closeLeaf, closeTo, defineFrom, depthOf, enter, enterItem } from './stack.ts'
import type { Paragraph, State } from './stack.ts'

/** Beyond these a document is no longer something to read, and elements without number would freeze the page. */
const MAX_BLOCKS = 4000
const MAX_DEPTH = 24
const MAX_LANGUAGE = 32
const TASK = /\[([ xX])\](?=[ \t]|$)/y

/** One more line, or the beginning of one of which it is known what it is. */
export function feed(state: State, text: string): void {
  state.shared.count?.(text.length)
  if (state.count >= MAX_BLOCKS && state.leaf?.kind !== 'text') {
    closeTo(state, 1)
    state.leaf = { kind: 'text', parts: [], tail: null, blanks: '' }
  }
  if (state.leaf?.kind === 'text') {
    write(state.leaf, text, state.shared)
    return
  }
  const line = lineOf(text)
  const depth = continued(state, line)
  const { leaf } = state
  if (depth === state.stack.length && leaf?.kind === 'code' && leaf.fence !== '') feedFence(state, leaf, line)
  else state.blank = feedBlocks(state, line, depth)
}

/** The line is at its end. */
export function endLine(state: State): void {
  const { leaf, shared } = state
  if (leaf?.kind === 'heading') closeLeaf(state)
  else if (leaf?.kind === 'paragraph' && leaf.defines > 0) {
    if (!defineFrom(state, leaf, false)) state.leaf = null
  } else if (leaf?.kind === 'table' && leaf.row) {
    leaf.rows.push(cellsOfRow(leaf.row, leaf.align.length, false, shared))
    leaf.row = null
    state.count += 1 + leaf.align.length / 8
  }
}

/** How many of the open containers the line goes on with; it is read up to what is in them. */
function continued(state: State, line: Line): number {
  const { stack } = state
  let depth = 1
  for (; depth < stack.length; depth += 1) {
    const container = stack[depth]!
    const { columns, end } = indentOf(line)
    if (container.kind === 'quote') {
      if (columns > 3 || line.text[end] !== '>') break
      skipMark(line, 1)
      skipColumns(line, 1)
    } else if (container.kind === 'item') {
      const blank = end === line.text.length
      const empty = container.blocks.length === 0 && depth === stack.length - 1 && !state.leaf
      if (blank ? empty : columns < container.inset) break
      skipColumns(line, container.inset)
    }
  }
  return depth
}

function feedFence(state: State, leaf: Extract<Leaf, { kind: 'code' }>, line: Line): void {
  const { columns, end } = indentOf(line)
  const text = isShort(line) ? line.text.slice(end).trimEnd() : ''
  state.blank = -1
  if (columns < 4 && text.startsWith(leaf.fence) && text.replaceAll(leaf.fence[0]!, '') === '') closeLeaf(state)
  else {
    skipColumns(line, leaf.indent)
    write(leaf, restOf(line), state.shared)
  }
}

/** Gives back the next `blank`. */
function feedBlocks(state: State, line: Line, matched: number): number {
  const { stack } = state
  let depth = matched
  for (;;) {
    const { columns, end } = indentOf(line)
    const isParagraph = state.leaf?.kind === 'paragraph'
    const goesOn = isParagraph && depth === stack.length
    if (end === line.text.length) return depth === matched ? feedBlank(state, line, depth) : -1
    if (columns > 3) {
      if (isParagraph) break
      feedIndented(state, line, depth)
      return -1
    }
    const began = stack.length < MAX_DEPTH && beginContainer(state, line, depth, goesOn)
    if (began) {
      depth = stack.length
      const top = stack[depth - 1]!
      if (top.kind !== 'item' || top.done === undefined) continue
      // Behind the box of a task is text.
      if (indentOf(line).end === line.text.length) return -1
    } else if (beginLeaf(state, line, depth, goesOn)) return -1
    break
  }
  feedText(state, line, depth)
  return -1
}

function feedBlank(state: State, line: Line, depth: number): number {
  const { stack, leaf } = state
  if (depth === stack.length && leaf?.kind === 'code') {
    skipColumns(line, 4)
    leaf.blanks += `\n${restOf(line)}`
  } else closeTo(state, depth)
  let quote = depth - 1
  while (quote > 0 && stack[quote]!.kind !== 'quote') quote -= 1
  return quote
}

function feedIndented(state: State, line: Line, depth: number): void {
  if (depth < state.stack.length || state.leaf?.kind !== 'code') {
    enter(state, depth)
    state.leaf = { kind: 'code', fence: '', indent: 4, language: '', parts: [], tail: null, blanks: '' }
  }
  skipColumns(line, 4)
  write(state.leaf, restOf(line), state.shared)
}

/** A quote, an item or a note. */
function beginContainer(state: State, line: Line, depth: number, inParagraph: boolean): boolean {
  const { text } = line
  const { columns, end } = indentOf(line)
  if (text[end] === '>') {
    enter(state, depth)
    state.stack.push({ kind: 'quote', blocks: [] })
    skipMark(line, 1)
    skipColumns(line, 1)
    return true
  }
  const note = matchAt(NOTE, text, end)
  if (note) {
    enterItem(state, depth, '^', 1)
    state.stack.push({ kind: 'item', inset: 4, id: note[1]!, blocks: [] })
    skipMark(line, note[0].length)
    return true
  }
  const marker = matchAt(ITEM, text, end)?.[1]
  if (marker === undefined || (isShort(line) && isRule(text.slice(end)))) return false
  const start = marker.length > 1 ? Number.parseInt(marker, 10) : 1
  const isBlank = text.slice(end + marker.length).trim() === ''
  // In the middle of a sentence `2019.` and a lone dash are no lists.
  if (inParagraph && (isBlank || start !== 1)) return false
  enterItem(state, depth, marker.at(-1)!, start)
  skipMark(line, marker.length)
  const gap = indentOf(line).columns
  // More than four spaces are code within the item; one of them then belongs to the marker.
  const space = isBlank || gap > 4 ? 1 : gap
  skipColumns(line, space)
  const task = gap < 5 && matchAt(TASK, text, line.at)
  state.stack.push({
    kind: 'item',
    inset: columns + marker.length + space,
    done: task ? task[1] !== ' ' : undefined,
    blocks: [],
  })
  if (task) skipMark(line, 3)
  return true
}

/** A heading, a rule or the fence of code, which take the whole line. */
function beginLeaf(state: State, line: Line, depth: number, inParagraph: boolean): boolean {
  const { leaf, shared } = state
  const { columns, end } = indentOf(line)
  const text = line.text.slice(end)
  const short = isShort(line)
  const fence = short ? matchAt(FENCE, text, 0) : null
  if (fence && !(text[0] === '`' && fence[2]!.includes('`'))) {
    const language = unescape(fence[2]!.trim().split(/\s/, 1)[0]!).slice(0, MAX_LANGUAGE)
    enter(state, depth)
    state.leaf = { kind: 'code', fence: fence[1]!, indent: columns, language, parts: [], tail: null, blanks: '' }
    return true
  }
  const level = matchAt(HEADING, text, 0)?.[0].length
  if (level) {
    enter(state, depth)
    state.leaf = { kind: 'heading', depth: depthOf(state, level), text: text.slice(level), reader: newReader() }
    return true
  }
  if (inParagraph && short && /^(?:=+|-+)[ \t]*$/.test(text)) {
    const paragraph = leaf as Paragraph
    if (defineFrom(state, paragraph, true)) {
      state.leaf = null
      const read = readRuns(paragraph.reader, paragraph.text, false, shared)
      add(state, { kind: 'heading', depth: depthOf(state, text[0] === '=' ? 1 : 2), text: read })
      return true
    }
    state.leaf = null
  }
  if (!short || !isRule(text)) return false
  enter(state, depth)
  add(state, { kind: 'rule' })
  return true
}

function feedText(state: State, line: Line, depth: number): void {
  const text = line.text.slice(indentOf(line).end)
  const { leaf, shared, stack } = state
  const all = depth === stack.length
  if (leaf?.kind === 'paragraph') {
    // Also without the marks of what it is in.
    const align = all && isShort(line) ? parseAlign(text, leaf.last) : null
    if (align) beginTable(state, leaf, align)
    else write(leaf, text, shared)
  } else if (all && leaf?.kind === 'table') {
    write(leaf, text, shared)
  } else {
    enter(state, depth)
    state.leaf = newParagraph()
    write(state.leaf, text, shared)
  }
}

/** The last line of the paragraph is the head of a table. */
function beginTable(state: State, leaf: Paragraph, align: Align[]): void {
  const row = newRow()
  addToRow(row, leaf.last, state.shared)
  leaf.text = leaf.text.slice(0, -leaf.last.length - 1)
  closeLeaf(state)
  const head = cellsOfRow(row, align.length, false, state.shared)
  state.leaf = { kind: 'table', align, head, rows: [], row: null }
}

function write(leaf: Leaf, text: string, shared: Shared): void {
  beginLine(leaf, text[0] ?? '')
  addText(leaf, text, shared)
}
