'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { createElement, memo, useId, useMemo, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { later } from '../internal/index.ts'
import { CodeBlock, Lines } from './CodeBlock.tsx'
import { inlineText } from './InlineText.tsx'
import type { Runs } from './inline.ts'
import type { Align } from './lines.ts'
import type { NotesProps } from './Notes.tsx'
import { createScanner } from './scan.ts'
import type { Block, Item } from './scan.ts'
import { Series } from './Series.tsx'
import { rendererOf, SharedContext } from './shared.ts'
import type { GivenWords, MarkdownRenderers } from './shared.ts'
import { useKept } from './useKept.ts'
import { useShared } from './useShared.ts'

export interface MarkdownProps extends MarkdownRenderers {
  text: string
  /** Whether more will be added at the end; what is half-written is then shown as what it is about to be. */
  streaming?: boolean
  words: GivenWords
}

/**
 * Text in Markdown as elements. Never makes HTML from a string, and asks nobody for anything. Something added at the end costs the last
 * block: those before it are neither read nor rendered again.
 */
export const Markdown = memo(function Markdown(props: MarkdownProps): ReactElement {
  const { text, streaming = false, words, code, images } = props
  const math = rendererOf(props, 'math') !== undefined
  const scanner = useMemo(() => createScanner({ math }), [math])
  const blocks = useMemo(() => scanner.update(text, streaming), [scanner, text, streaming])
  const id = useId()
  const shared = useKept({ words, code, images, id })
  return (
    <SharedContext.Provider value={shared}>
      <Series of={blocks} view={BlockView} open={streaming} has boxed />
    </SharedContext.Provider>
  )
})

const Notes = later(
  () => import('./Notes.tsx').then((module) => module.Notes),
  ({ notes, children }: NotesProps) => <>{notes.map(children)}</>,
)

/** Most items and quotes have one. `words` stand for the first where they need no element of their own. */
const blocksIn = ([first, ...others]: readonly Block[], open: boolean, words?: ReactNode): ReactNode =>
  first && [
    words ?? <BlockView key={0} of={first} open={open && !others[0]} has={false} />,
    others[0] && <Series key={1} of={others} view={BlockView} open={open} has={false} />,
  ]

interface BlockProps {
  of: Block
  open: boolean
  /** Whether it is in no quote and no list. */
  has: boolean
}

const BlockView = memo(function BlockView({ of: block, open, has: outer }: BlockProps): ReactElement {
  const [grew] = useState(open)
  // A list takes the direction of the words in it, of which those with a direction of their own are none.
  const dir = outer ? 'auto' : undefined
  switch (block.kind) {
    case 'heading':
      // The page has its headings; those of an answer come below the chat's own.
      return createElement(
        `h${Math.min(6, block.depth + 2)}`,
        { className: 'ck-heading', dir },
        inlineText(block.text, open, grew),
      )
    case 'paragraph':
      return (
        <p className="ck-text" dir={dir} data-open={open ? '' : undefined}>
          {inlineText(block.text, open, grew)}
        </p>
      )
    case 'text':
      return (
        <p className="ck-text" dir={dir}>
          <Series of={block.parts} view={Lines} open={false} />
        </p>
      )
    case 'code':
      return <CodeBlock language={block.language} parts={block.parts} closed={block.closed || !open} />
    case 'quote':
      return (
        <blockquote className="ck-quote" dir={dir}>
          {blocksIn(block.blocks, open)}
        </blockquote>
      )
    case 'list':
      return createElement(
        block.ordered ? 'ol' : 'ul',
        {
          className: 'ck-list',
          dir,
          start: block.ordered ? block.start : undefined,
          'data-loose': block.loose ? '' : undefined,
        },
        <Series of={block.items} view={ItemView} open={open} has={block.loose} />,
      )
    case 'table':
      return <TableView block={block} open={open} grew={grew} />
    case 'notes':
      return <Notes notes={block.notes}>{(note) => blocksIn(note.blocks, open)}</Notes>
    default:
      return <hr className="ck-rule" />
  }
})

interface ItemProps {
  of: Item
  open: boolean
  /** Whether the list is a loose one. */
  has: boolean
}

const ItemView = memo(function ItemView({ of: { blocks, done }, open, has: loose }: ItemProps) {
  const [grew] = useState(open)
  // The words of a tight list stand in the item itself; those that a reader has seen there stay there.
  const [tight] = useState(!loose)
  const words = tight && blocks[0]?.kind === 'paragraph' ? blocks[0].text : undefined
  const ends = open && !blocks[1]
  const text = words && inlineText(words, ends, grew)
  const body = text && !grew && !blocks[1] ? text : blocksIn(blocks, open, text)
  return (
    <li
      className={words && 'ck-text'}
      data-task={done === undefined ? undefined : ''}
      data-open={words && ends ? '' : undefined}
    >
      {done === undefined ? (
        body
      ) : (
        <>
          <Tick done={done} />
          {body}
        </>
      )}
    </li>
  )
})

function Tick({ done }: { done: boolean }) {
  const { words } = useShared()
  return (
    <input className="ck-check" type="checkbox" checked={done} disabled aria-label={done ? words.done : words.toDo} />
  )
}

interface TableProps {
  block: Extract<Block, { kind: 'table' }>
  open: boolean
  grew: boolean
}

function TableView({ block, open, grew }: TableProps) {
  const head = useId()
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- what scrolls must be reached with the keyboard, by name
    <div className="ck-table-scroll" role="group" aria-labelledby={head} dir="auto" tabIndex={0}>
      <table className="ck-table">
        <thead id={head}>
          <tr>
            {block.head.map((cell, column) => (
              <th key={column} scope="col" data-align={block.align[column]}>
                {inlineText(cell, open && !block.rows[0], grew)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Series of={block.rows} view={Row} open={open} has={block.align} />
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  of: readonly Runs[]
  open: boolean
  has: readonly Align[]
}

const Row = memo(function Row({ of: row, open, has: align }: RowProps) {
  const [grew] = useState(open)
  return (
    <tr>
      {row.map((cell, column) => (
        <td key={column} data-align={align[column]}>
          {inlineText(cell, open, grew)}
        </td>
      ))}
    </tr>
  )
})
