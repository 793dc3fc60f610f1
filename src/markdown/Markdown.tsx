'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { createElement, memo, useState } from 'react'
import type { ReactElement } from 'react'
import { CodeBlock } from './CodeBlock.tsx'
import type { CodeWords } from './CodeBlock.tsx'
import { InlineText } from './InlineText.tsx'
import { cellsOf } from './lines.ts'
import { createScanner, scan } from './scan.ts'
import type { Block } from './scan.ts'

export interface MarkdownProps {
  text: string
  /** Whether more will be added at the end; what is half-written is then shown as what it is about to be. */
  streaming?: boolean
  words: CodeWords
}

/** Quotes and lists in one another beyond this are text. */
const MAX_DEPTH = 6

/**
 * Text in Markdown as elements. Never makes HTML from a string, and asks nobody for anything. Something added at the end costs the last
 * block: those before it are neither read nor rendered again.
 */
export const Markdown = memo(function Markdown({ text, streaming = false, words }: MarkdownProps): ReactElement {
  const [scanner] = useState(createScanner)
  return <Blocks blocks={scanner.update(text)} open={streaming} words={words} depth={0} />
})

interface BlocksProps {
  blocks: readonly Block[]
  open: boolean
  words: CodeWords
  depth: number
}

function Blocks({ blocks, open, words, depth }: BlocksProps) {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} open={open && index === blocks.length - 1} words={words} depth={depth} />
      ))}
    </>
  )
}

interface BlockProps {
  block: Block
  /** Whether it may still grow. */
  open: boolean
  words: CodeWords
  depth: number
}

const BlockView = memo(function BlockView({ block, open, words, depth }: BlockProps): ReactElement {
  // A list takes the direction of the words in it, of which those with a direction of their own are none.
  const dir = depth === 0 ? 'auto' : undefined
  switch (block.kind) {
    case 'heading':
      // The page has its headings; those of an answer come below the chat's own.
      return createElement(
        `h${Math.min(6, block.depth + 2)}`,
        { className: 'ck-heading', dir },
        <InlineText text={block.text} open={open} />,
      )
    case 'paragraph':
      return (
        <p className="ck-text" dir={dir} data-open={open ? '' : undefined}>
          <InlineText text={block.text} open={open} />
        </p>
      )
    case 'text':
      return (
        <p className="ck-text" dir={dir}>
          {block.text}
        </p>
      )
    case 'code':
      return <CodeBlock language={block.language} text={block.text} closed={block.closed || !open} words={words} />
    case 'quote':
      return (
        <blockquote className="ck-quote" dir={dir}>
          <Nested text={block.text} open={open} words={words} depth={depth + 1} />
        </blockquote>
      )
    case 'list':
      return <ListView block={block} open={open} words={words} depth={depth} />
    case 'table':
      return <TableView block={block} open={open} />
    default:
      return <hr className="ck-rule" />
  }
})

interface NestedProps {
  text: string
  open: boolean
  words: CodeWords
  depth: number
}

/** What is inside a quote or an item: read again only when it has changed. */
const Nested = memo(function Nested({ text, open, words, depth }: NestedProps) {
  if (depth > MAX_DEPTH) return <>{text}</>
  return <Blocks blocks={scan(text)} open={open} words={words} depth={depth} />
})

function ListView({ block, open, words, depth }: BlockProps & { block: Extract<Block, { kind: 'list' }> }) {
  const items = block.items.map((item, index) => (
    <ItemView key={index} text={item} open={open && index === block.items.length - 1} words={words} depth={depth + 1} />
  ))
  const props = {
    className: 'ck-list',
    dir: depth === 0 ? 'auto' : undefined,
    'data-loose': block.loose ? '' : undefined,
  }
  return block.ordered ? (
    <ol {...props} start={block.start}>
      {items}
    </ol>
  ) : (
    <ul {...props}>{items}</ul>
  )
}

const TASK = /^\[([ xX])\](?:\s+|$)/

const ItemView = memo(function ItemView({ text, open, words, depth }: NestedProps) {
  const task = TASK.exec(text)
  const body = <Nested text={task ? text.slice(task[0].length) : text} open={open} words={words} depth={depth} />
  if (!task) return <li>{body}</li>
  const checked = task[1] !== ' '
  return (
    <li className="ck-task">
      <input type="checkbox" checked={checked} disabled aria-label={checked ? words.done : words.toDo} />
      {body}
    </li>
  )
})

function TableView({ block, open }: { block: Extract<Block, { kind: 'table' }>; open: boolean }) {
  const columns = block.align.length
  const align = (column: number) => block.align[column]
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keyboard
    <div className="ck-table-scroll" tabIndex={0}>
      <table className="ck-table" dir="auto">
        <thead>
          <tr>
            {cellsOf(block.head).map((cell, column) => (
              <th key={column} scope="col" data-align={align(column)}>
                <InlineText text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <Row
              key={index}
              row={row}
              columns={columns}
              align={block.align}
              open={open && index === block.rows.length - 1}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  row: string
  columns: number
  align: Extract<Block, { kind: 'table' }>['align']
  open: boolean
}

/** Has as many cells as the head, whatever is written. */
const Row = memo(function Row({ row, columns, align, open }: RowProps) {
  const cells = cellsOf(row)
  return (
    <tr>
      {Array.from({ length: columns }, (_, column) => (
        <td key={column} data-align={align[column]}>
          <InlineText text={cells[column] ?? ''} open={open} />
        </td>
      ))}
    </tr>
  )
}, sameRow)

/** `align` is read anew with an open table and says the same. */
function sameRow(before: RowProps, after: RowProps): boolean {
  return before.row === after.row && before.open === after.open && before.columns === after.columns
}
