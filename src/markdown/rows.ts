import { newReader, readRuns } from './inline.ts'
import type { Reader, Runs, Shared } from './inline.ts'
import { MAX_COLUMNS } from './lines.ts'

/** A row of a table that is being read. */
export interface Row {
  cells: Runs[]
  /** Whether it had a pipe: what is before the first one is a cell only when there is something. */
  piped: boolean
  /** The last cell. */
  text: string
  reader: Reader
}

const EMPTY: Runs = []

export const newRow = (): Row => ({ cells: [], piped: false, text: '', reader: newReader() })

/** Something more of a row. Its cells are parted by pipes, but not by escaped ones. */
export function addToRow(row: Row, added: string, shared: Shared): void {
  const pieces = added.split('|')
  pieces.forEach((piece, index) => {
    row.text = row.text === '' ? piece.trimStart() : row.text + piece
    if (index === pieces.length - 1) return
    if (row.text.endsWith('\\')) row.text = `${row.text.slice(0, -1)}|`
    else {
      if ((row.piped || row.text !== '') && row.cells.length < MAX_COLUMNS) row.cells.push(lastCell(row, false, shared))
      row.piped = true
      row.text = ''
      row.reader = newReader()
    }
  })
}

const lastCell = (row: Row, open: boolean, shared: Shared): Runs =>
  row.text === '' ? EMPTY : readRuns(row.reader, row.text, open, shared)

/** As many cells as the table has columns, whatever is written. */
export function cellsOfRow(row: Row, columns: number, open: boolean, shared: Shared): Runs[] {
  const cells = [...row.cells, lastCell(row, open, shared)]
  return Array.from({ length: columns }, (_, column) => cells[column] ?? EMPTY)
}

/** How many columns a table with this head has. */
export const columnsOf = (row: Row): number => row.cells.length + (row.text === '' ? 0 : 1)
