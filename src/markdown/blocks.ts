import { newReader, readRuns } from './inline.ts'
import type { Reader, Runs, Shared } from './inline.ts'
import { headingText } from './lines.ts'
import type { Align } from './lines.ts'
import { readDefinition } from './links.ts'
import type { Target } from './links.ts'
import { addToRow, cellsOfRow, columnsOf, newRow } from './rows.ts'
import type { Row } from './rows.ts'

/** One block of a document. The object of a closed one stays the same, and so do its closed parts while a block grows. */
export type Block =
  | { kind: 'heading'; depth: number; text: Runs }
  | { kind: 'paragraph'; text: Runs }
  /** `parts` one after the other are the text; all but the last stay what they are while it grows. */
  | { kind: 'code'; language: string; parts: readonly string[]; closed: boolean }
  | { kind: 'quote'; blocks: readonly Block[] }
  | { kind: 'list'; ordered: boolean; start: number; loose: boolean; items: readonly Item[] }
  /** Each row has as many cells as the head, whatever is written. */
  | { kind: 'table'; align: readonly Align[]; head: readonly Runs[]; rows: readonly (readonly Runs[])[] }
  /** What the citations (`[^id]`) stand for. */
  | { kind: 'notes'; notes: readonly Note[] }
  | { kind: 'rule' }
  /** What is beyond the caps: text that stays text. */
  | { kind: 'text'; parts: readonly string[] }

export interface Item {
  /** Whether a task is done; absent when it is no task. */
  done?: boolean
  blocks: readonly Block[]
}

export interface Note {
  id: string
  blocks: readonly Block[]
}

/** A block without blocks in it, while it is open. */
export type Leaf =
  | { kind: 'paragraph'; text: string; reader: Reader; last: string; head: Row | null; defines: number }
  | { kind: 'heading'; depth: number; text: string; reader: Reader }
  /** `fence` is empty for code that is indented. */
  | {
      kind: 'code'
      fence: string
      indent: number
      language: string
      parts: string[]
      tail: string | null
      blanks: string
    }
  | { kind: 'table'; align: Align[]; head: Runs[]; rows: Runs[][]; row: Row | null }
  | { kind: 'text'; parts: string[]; tail: string | null; blanks: '' }

/** A closed part of code, or of a text that is only text, has at least so many characters. */
const PART_LENGTH = 1000

/** Lines for which a paragraph may still turn out to be the definition of a reference. */
const DEFINITION_LINES = 5

export const newParagraph = (): Extract<Leaf, { kind: 'paragraph' }> => ({
  kind: 'paragraph',
  text: '',
  reader: newReader(),
  last: '',
  head: null,
  defines: DEFINITION_LINES,
})

/** Begins another line of a paragraph, of code or of a table. */
export function beginLine(leaf: Leaf, first: string): void {
  switch (leaf.kind) {
    case 'paragraph': {
      if (leaf.text !== '') leaf.text += '\n'
      else if (first !== '[') leaf.defines = 0
      leaf.head = first === '|' && leaf.last[0] !== '|' ? newRow() : null
      leaf.last = ''
      break
    }
    case 'code':
    case 'text':
      if (leaf.tail === null) leaf.tail = ''
      else {
        leaf.tail += `${leaf.blanks}\n`
        leaf.blanks = ''
        if (leaf.tail.length > PART_LENGTH) {
          leaf.parts.push(leaf.tail)
          leaf.tail = ''
        }
      }
      break
    case 'table':
      leaf.row = newRow()
  }
}

/** Adds to the line that was begun. */
export function addText(leaf: Leaf, text: string, shared: Shared): void {
  switch (leaf.kind) {
    case 'code':
    case 'text':
      leaf.tail += text
      break
    case 'table':
      addToRow(leaf.row!, text, shared)
      break
    default:
      leaf.text += text
      if (leaf.kind === 'heading') return
      leaf.last += text
      if (leaf.head) addToRow(leaf.head, text, shared)
  }
}

/** The block as it is now. */
export function blocksOf(leaf: Leaf, open: boolean, shared: Shared): Block[] {
  switch (leaf.kind) {
    case 'heading':
      return [{ kind: 'heading', depth: leaf.depth, text: readRuns(leaf.reader, headingText(leaf.text), open, shared) }]
    case 'code':
      return [{ kind: 'code', language: leaf.language, parts: partsOf(leaf), closed: !open }]
    case 'table': {
      const { align, head, rows, row } = leaf
      const last = row ? [cellsOfRow(row, align.length, open, shared)] : []
      return [{ kind: 'table', align, head, rows: [...rows, ...last] }]
    }
    case 'paragraph':
      return open ? openParagraph(leaf, shared) : paragraph(leaf.reader, leaf.text, false, shared)
    default:
      return [{ kind: 'text', parts: partsOf(leaf) }]
  }
}

const partsOf = ({ parts, tail }: { parts: string[]; tail: string | null }) => [...parts, tail ?? '']

const paragraph = (reader: Reader, text: string, open: boolean, shared: Shared): Block[] =>
  text.trim() === '' ? [] : [{ kind: 'paragraph', text: readRuns(reader, text, open, shared) }]

/** A line of cells is about to be the head of a table; a label with an address is about to be out of sight. */
function openParagraph(leaf: Extract<Leaf, { kind: 'paragraph' }>, shared: Shared): Block[] {
  const { text, reader, head, last } = leaf
  if (leaf.defines > 0 && /^\[(?:\\.|[^\\[\]]){1,999}\]:/.test(text)) return []
  if (!head) return paragraph(reader, text, true, shared)
  const columns = columnsOf(head)
  const align = Array.from({ length: columns }, () => undefined)
  return [
    ...paragraph(reader, text.slice(0, -last.length - 1), true, shared),
    { kind: 'table', align, head: cellsOfRow(head, columns, true, shared), rows: [] },
  ]
}

/** Takes the definitions from the beginning of a paragraph; gives back whether there is anything left of it. */
export function takeDefinitions(leaf: Extract<Leaf, { kind: 'paragraph' }>, closing: boolean, define: Define): boolean {
  while (leaf.text.startsWith('[')) {
    const found = readDefinition(leaf.text)
    // The next line may be its title.
    if (!found || (!closing && found.end === leaf.text.length && found.title === undefined)) break
    define(found.label, found)
    leaf.text = leaf.text.slice(found.end)
    leaf.reader = newReader()
    leaf.defines = DEFINITION_LINES
  }
  if (leaf.text === '') leaf.last = ''
  leaf.defines = leaf.text.startsWith('[') ? leaf.defines - 1 : 0
  return leaf.text !== ''
}

export type Define = (label: string, target: Target) => void
