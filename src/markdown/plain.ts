import { wordsOf } from './build.ts'
import type { Runs } from './inline.ts'
import { createScanner } from './scan.ts'
import type { Block } from './scan.ts'

/** A text in Markdown as one says it: the words without their marks. */
export const toPlainText = (text: string): string => createPlainText()(text)

/** The same of a text that grows: only what has been added is read. */
export function createPlainText(): (text: string) => string {
  const { update } = createScanner()
  return (text) => blocksText(update(text))
}

const blocksText = (blocks: readonly Block[]): string => lines(blocks.map(blockText))

const lines = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n')

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
    case 'code':
      return block.parts.join('')
    case 'heading':
    case 'paragraph':
      return runsText(block.text)
    case 'table':
      return lines([block.head, ...block.rows].map((row) => row.map(runsText).join(', ')))
    case 'quote':
      return blocksText(block.blocks)
    case 'list':
      return lines(block.items.map((item) => blocksText(item.blocks)))
    case 'notes':
      return lines(block.notes.map((note) => blocksText(note.blocks)))
    default:
      return ''
  }
}

const runsText = (runs: Runs): string => runs.map(wordsOf).join('')
