import { parseInline } from './inline.ts'
import type { Inline } from './inline.ts'
import { cellsOf } from './lines.ts'
import { scan } from './scan.ts'
import type { Block } from './scan.ts'

const MAX_DEPTH = 6

/** A text in Markdown as one says it: the words without their marks. */
export const toPlainText = (text: string): string => blocksText(scan(text), 0)

const blocksText = (blocks: readonly Block[], depth: number): string =>
  blocks
    .map((block) => blockText(block, depth))
    .filter((text) => text !== '')
    .join('\n')

function blockText(block: Block, depth: number): string {
  switch (block.kind) {
    case 'rule':
      return ''
    case 'code':
    case 'text':
      return block.text
    case 'heading':
    case 'paragraph':
      return inlineText(parseInline(block.text))
    case 'table':
      return [block.head, ...block.rows].map(rowText).join('\n')
    default: {
      const inner = block.kind === 'quote' ? [block.text] : block.items
      return inner.map((text) => (depth < MAX_DEPTH ? blocksText(scan(text), depth + 1) : text)).join('\n')
    }
  }
}

const rowText = (row: string): string =>
  cellsOf(row)
    .map((cell) => inlineText(parseInline(cell)))
    .join(', ')

const inlineText = (nodes: readonly Inline[]): string =>
  nodes
    .map((node) => {
      if (typeof node === 'string') return node
      return node.type === 'code' ? node.text : inlineText(node.children)
    })
    .join('')
