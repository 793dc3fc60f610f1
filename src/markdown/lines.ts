/** What lines begin with. No expression here can match a text in two ways, so each is done in the length of its line. */
export const FENCE = /^( {0,3})(`{3,}|~{3,})([^`]*)$/
export const QUOTE = /^ {0,3}> ?/
export const LIST_ITEM = /^( {0,3})([-*+]|\d{1,9}[.)])(?:([ \t]+)(.*))?$/
export const BULLET = /^[-*+]$/

/** `## Heading`, with or without marks at its end. */
export function parseHeading(line: string): { level: number; text: string } | null {
  const marks = /^ {0,3}(#{1,6})(?=[ \t]|$)/.exec(line)
  if (!marks) return null
  const text = line.slice(marks[0].length).trim()
  let end = text.length
  while (text[end - 1] === '#') end -= 1
  const closing = end === 0 || text[end - 1] === ' '
  return { level: marks[1]!.length, text: closing ? text.slice(0, end).trimEnd() : text }
}

/** `---`, `* * *`, `___`: three or more of one mark and nothing else. */
export function isRule(line: string): boolean {
  const marks = line.trim().replaceAll(/[ \t]/g, '')
  const mark = marks[0]
  if (marks.length < 3 || (mark !== '-' && mark !== '*' && mark !== '_')) return false
  return marks.replaceAll(mark, '') === '' && !/^ {4}|^\t/.test(line)
}

export type Align = 'start' | 'center' | 'end' | undefined

const MAX_COLUMNS = 64

/** The line under the head of a table, when it is one: as many columns as the head, each of dashes with optional colons. */
export function parseAlign(line: string, head: string): Align[] | null {
  if (!line.includes('-') || !/^[|:\- \t]+$/.test(line) || !head.includes('|')) return null
  const columns = cellsOf(line)
  if (columns.length > MAX_COLUMNS || columns.length !== cellsOf(head).length) return null
  if (!columns.every((column) => /^:?-+:?$/.test(column))) return null
  return columns.map((column) => {
    if (!column.endsWith(':')) return column.startsWith(':') ? 'start' : undefined
    return column.startsWith(':') ? 'center' : 'end'
  })
}

/** The cells of a row: parted by pipes, but not by escaped ones. */
export function cellsOf(row: string): string[] {
  const cells: string[] = []
  let cell = ''
  const text = row.trim()
  for (let at = text.startsWith('|') ? 1 : 0; at < text.length; at += 1) {
    const char = text[at]!
    if (char === '\\' && text[at + 1] === '|') {
      cell += '|'
      at += 1
    } else if (char === '|') {
      cells.push(cell.trim())
      cell = ''
    } else {
      cell += char
    }
  }
  if (cell.trim() !== '' || !text.endsWith('|')) cells.push(cell.trim())
  return cells
}
