'use client'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import { useStrings } from '../../components/index.ts'
import { votesWords } from '../../internal/english/admin/votes.ts'

export interface Column<T> {
  name: string
  cell: (row: T) => ReactNode
}

interface BoardFigureProps<T> {
  title: string
  note?: ReactNode
  /** The first one names its row. */
  columns: readonly Column<T>[]
  rows: readonly T[]
  keyOf: (row: T) => string | number
  /** Whether the chart is there for the eye only. @default true */
  silent?: boolean
  children: ReactNode
}

/** A chart and its table: the one for the eye, the other to be heard, and to be seen by whoever wants to read the numbers. */
export function BoardFigure<T>(props: BoardFigureProps<T>) {
  const { title, note, columns, rows, keyOf, silent = true, children } = props
  const words = useStrings(votesWords)
  const [asTable, setAsTable] = useState(false)
  const id = useId()
  const [first, ...rest] = columns
  return (
    <figure className="ck-board-figure" aria-labelledby={`${id}-title`}>
      <div className="ck-board-figure-head">
        <h3 className="ck-board-heading" id={`${id}-title`}>
          {title}
        </h3>
        <button
          type="button"
          id={`${id}-table`}
          className="ck-board-toggle"
          aria-pressed={asTable}
          aria-labelledby={`${id}-table ${id}-title`}
          onClick={() => setAsTable(!asTable)}
        >
          {words.boardTable}
        </button>
      </div>
      {!asTable && <div aria-hidden={silent || undefined}>{children}</div>}
      {(asTable || silent) && (
        <div className={asTable ? 'ck-board-scroll' : 'ck-hidden'}>
          <table className="ck-board-table" aria-labelledby={`${id}-title`}>
            <thead>
              <tr>
                {columns.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)}>
                  <th scope="row">{first!.cell(row)}</th>
                  {rest.map(({ name, cell }) => (
                    <td key={name}>{cell(row)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {note && <figcaption className="ck-board-note">{note}</figcaption>}
    </figure>
  )
}
