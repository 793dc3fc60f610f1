/** Marks at the beginning of longer lines than this are text. */
const MAX_MARK_LINE = 1000
export const MAX_COLUMNS = 64

/** A line, read from its beginning. A tab may be read in part: `pad` spaces of it are left before `at`. */
export interface Line {
  text: string
  at: number
  column: number
  pad: number
}

/** What a line begins with, behind its indent. No expression here can match a text in two ways. */
export const FENCE = /(`{3,}|~{3,})([^\n]*)$/y
export const ITEM = /([-+*]|\d{1,9}[.)])(?=[ \t]|$)/y
export const NOTE = /\[\^([^\s[\]^]{1,64})\]:/y
export const HEADING = /#{1,6}(?=[ \t]|$)/y

export const lineOf = (text: string): Line => ({ text, at: 0, column: 0, pad: 0 })

/** The columns of white space from here, and where they end. */
export function indentOf({ text, at, column, pad }: Line): { columns: number; end: number } {
  let columns = pad
  let end = at
  for (; text[end] === ' ' || text[end] === '\t'; end += 1) {
    columns += text[end] === ' ' ? 1 : 4 - ((column + columns) % 4)
  }
  return { columns, end }
}

/** Goes on by so many columns of white space. */
export function skipColumns(line: Line, columns: number): void {
  let left = columns
  while (left > 0) {
    const char = line.text[line.at]
    if (line.pad > 0) line.pad -= 1
    else if (char === '\t') {
      line.pad = 3 - (line.column % 4)
      line.at += 1
    } else if (char === ' ') line.at += 1
    else return
    line.column += 1
    left -= 1
  }
}

/** Goes on by so many characters behind the indent. */
export function skipMark(line: Line, length: number): void {
  const { columns, end } = indentOf(line)
  line.at = end + length
  line.column += columns + length
  line.pad = 0
}

export const restOf = (line: Line): string => ' '.repeat(line.pad) + line.text.slice(line.at)

/** The text of a heading without the marks at its end. */
export function headingText(line: string): string {
  const text = line.trimEnd()
  let end = text.length
  while (text[end - 1] === '#') end -= 1
  const closing = end === 0 || text[end - 1] === ' ' || text[end - 1] === '\t'
  return closing ? text.slice(0, end).trim() : text.trim()
}

/** Whether marks may begin blocks here: longer lines are text but for what is in front. */
export const isShort = (line: Line): boolean => line.text.length <= MAX_MARK_LINE

/** `---`, `* * *`, `___`: three or more of one mark and nothing else. */
export function isRule(text: string): boolean {
  const mark = text[0]
  if (mark !== '-' && mark !== '*' && mark !== '_') return false
  const marks = text.replaceAll(/[ \t]/g, '')
  return marks.length > 2 && marks.replaceAll(mark, '') === ''
}

export type Align = 'start' | 'center' | 'end' | undefined

/** What the line under the head of a table says, when it has as many columns as the head, each of dashes with optional colons. */
export function parseAlign(line: string, head: string): Align[] | null {
  const columns = cellsOf(line)
  if (!columns[0] || !columns.every((column) => /^:?-+:?$/.test(column)) || columns.length > MAX_COLUMNS) return null
  if (!head.includes('|') || columns.length !== cellsOf(head).length) return null
  return columns.map((column) => {
    if (!column.endsWith(':')) return column.startsWith(':') ? 'start' : undefined
    return column.startsWith(':') ? 'center' : 'end'
  })
}

/** The cells of a row: parted by pipes, but not by escaped ones. */
function cellsOf(row: string): string[] {
  const cells = row
    .trim()
    .replace(/^\|/, '')
    .split(/(?<!\\)\|/)
  if (cells.at(-1) === '') cells.pop()
  return cells.map((cell) => cell.trim())
}

const CONTAINER = /[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])[ \t]|\[\^[^\s[\]^]{1,64}\]:)/y
/** May still become something else: marks alone, a fence, a number, the beginning of a note or a task. */
const UNSURE =
  /^(?:[-+*_=|:\s]*|#{1,6}[ \t]*|\d{1,9}[.)]?|`{1,2}|~{1,2}|(?:`{3}|~{3}).*|\[[ xX]?(?:\][ \t]*)?|\[\^[^\s[\]^]*\]?)$/s

/** Whether it is known what a line is of which this is the beginning. */
export function isSettled(text: string): boolean {
  if (text.length > MAX_MARK_LINE) return true
  let at = 0
  CONTAINER.lastIndex = 0
  while (CONTAINER.test(text)) at = CONTAINER.lastIndex
  return !UNSURE.test(text.slice(at).trimStart())
}
