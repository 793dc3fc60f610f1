'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { createElement, memo, useState } from 'react'
import type { ReactElement } from 'react'
import { CodeBlock } from './CodeBlock.tsx'
import type { CodeWords } from './CodeBlock.tsx'
import { InlineText } from './InlineText.tsx'
import type { Runs } from './inline.ts'
import type { Align } from './lines.ts'
import { createScanner } from './scan.ts'
import type { Block, Item } from './scan.ts'

export interface MarkdownProps {
  text: string
  /** Whether more will be added at the end; what is half-written is then shown as what it is about to be. */
  streaming?: boolean
  words: CodeWords
}

/**
 * Text in Markdown as elements. Never makes HTML from a string, and asks nobody for anything. Something added at the end costs the last
 * block: those before it are neither read nor rendered again.
 */
export const Markdown = memo(function Markdown({ text, streaming = false, words }: MarkdownProps): ReactElement {
  const [scanner] = useState(createScanner)
  return <Blocks blocks={scanner.update(text, streaming)} open={streaming} words={words} depth={0} />
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
        <InlineText text={block.text} />,
      )
    case 'paragraph':
      return (
        <p className="ck-text" dir={dir} data-open={open ? '' : undefined}>
          <InlineText text={block.text} />
        </p>
      )
    case 'text':
      return (
        <p className="ck-text" dir={dir}>
          {block.text}
        </p>
      )
    case 'code':
      return (
        <CodeBlock language={block.language} text={block.parts.join('')} closed={block.closed || !open} words={words} />
      )
    case 'quote':
      return (
        <blockquote className="ck-quote" dir={dir}>
          <Blocks blocks={block.blocks} open={open} words={words} depth={depth + 1} />
        </blockquote>
      )
    case 'list':
      return <ListView block={block} open={open} words={words} depth={depth} />
    case 'table':
      return <TableView block={block} />
    case 'notes':
      return (
        <>
          {block.notes.map((note) => (
            <div key={note.id} className="ck-notes">
              <Blocks blocks={note.blocks} open={open} words={words} depth={depth} />
            </div>
          ))}
        </>
      )
    default:
      return <hr className="ck-rule" />
  }
})

function ListView({ block, open, words, depth }: BlockProps & { block: Extract<Block, { kind: 'list' }> }) {
  const items = block.items.map((item, index) => (
    <ItemView key={index} item={item} open={open && index === block.items.length - 1} words={words} depth={depth + 1} />
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

interface ItemProps {
  item: Item
  open: boolean
  words: CodeWords
  depth: number
}

const ItemView = memo(function ItemView({ item, open, words, depth }: ItemProps) {
  const body = <Blocks blocks={item.blocks} open={open} words={words} depth={depth} />
  if (item.done === undefined) return <li>{body}</li>
  return (
    <li className="ck-task">
      <input type="checkbox" checked={item.done} disabled aria-label={item.done ? words.done : words.toDo} />
      {body}
    </li>
  )
})

function TableView({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keyboard
    <div className="ck-table-scroll" tabIndex={0}>
      <table className="ck-table" dir="auto">
        <thead>
          <tr>
            {block.head.map((cell, column) => (
              <th key={column} scope="col" data-align={block.align[column]}>
                <InlineText text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, index) => (
            <Row key={index} row={row} align={block.align} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  row: readonly Runs[]
  align: readonly Align[]
}

const Row = memo(function Row({ row, align }: RowProps) {
  return (
    <tr>
      {row.map((cell, column) => (
        <td key={column} data-align={align[column]}>
          <InlineText text={cell} />
        </td>
      ))}
    </tr>
  )
})
