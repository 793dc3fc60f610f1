import { blocksOf, takeDefinitions } from './blocks.ts'
import type { Block, Item, Leaf, Note } from './blocks.ts'
import type { Shared } from './inline.ts'

/** A program has buttons, and a box that scrolls. */
const CODE_COUNTS = 8

export type Paragraph = Extract<Leaf, { kind: 'paragraph' }>

interface Group {
  kind: 'root' | 'quote'
  blocks: Block[]
}

interface List {
  kind: 'list'
  /** What its items begin with: `-`, `*`, `+`, `.`, `)`, or `^` for notes. */
  mark: string
  start: number
  loose: boolean
  items: (Item | Note)[]
}

interface OpenItem {
  kind: 'item'
  /** Columns before the text of the item; what is indented as far belongs to it. */
  inset: number
  id?: string
  done?: boolean
  blocks: Block[]
}

type Container = Group | List | OpenItem

/** What is open, and what of it is closed already. */
export interface State {
  shared: Shared
  /** The root, and what is open in one another. */
  stack: Container[]
  leaf: Leaf | null
  /** The line before was blank, within this quote: its place in the stack, 0 for none, -1 when it was not blank. */
  blank: number
  /** The levels of the headings above, for an outline without gaps. */
  outline: number[]
  count: number
  /** Labels that have just been defined. */
  defined: Set<string>
}

export const newState = (shared: Shared): State => ({
  shared,
  stack: [{ kind: 'root', blocks: [] }],
  leaf: null,
  blank: -1,
  outline: [],
  count: 0,
  defined: new Set(),
})

/** Takes the definitions from the open paragraph; gives back whether anything is left of it. */
export function defineFrom(state: State, leaf: Paragraph, closing: boolean): boolean {
  const { targets, missing } = state.shared
  return takeDefinitions(leaf, closing, (label, target) => {
    if (targets.has(label)) return
    targets.set(label, target)
    if (missing.delete(label)) state.defined.add(label)
  })
}

/** A heading is at most one level below the one above it, however many marks it has. */
export function depthOf({ outline }: State, level: number): number {
  while (outline.length > 0 && outline.at(-1)! >= level) outline.pop()
  outline.push(level)
  return outline.length
}

export function add(state: State, block: Block): void {
  const top = state.stack.at(-1)!
  if (top.kind !== 'list') top.blocks.push(block)
  state.count += block.kind === 'code' ? CODE_COUNTS : 1
}

/** Closes what the line does not go on with, since it begins a block. */
export function enter(state: State, depth: number): void {
  const isItem = state.stack[depth - 1]!.kind === 'list'
  closeTo(state, isItem ? depth - 1 : depth)
  loosen(state)
}

/** The same for an item, which goes on with a list of its kind. */
export function enterItem(state: State, depth: number, mark: string, start: number): void {
  const { stack } = state
  const list = stack[depth - 1]!
  if (list.kind === 'list' && list.mark === mark) {
    closeTo(state, depth)
    loosen(state)
  } else {
    enter(state, depth)
    stack.push({ kind: 'list', mark, start, loose: false, items: [] })
  }
}

/** A list is loose when a blank line is between its items, or between blocks of one of them. */
function loosen(state: State): void {
  const { stack, blank } = state
  const last = stack.length - 1
  // Only of the outermost that begins here.
  state.blank = -1
  if (blank < 0 || last <= blank) return
  const list = stack[stack[last]!.kind === 'item' ? last - 1 : last]!
  if (list.kind === 'list') list.loose = true
}

export function closeTo(state: State, depth: number): void {
  const { stack } = state
  closeLeaf(state)
  while (stack.length > depth) {
    const top = stack.pop()!
    if (top.kind === 'item') (stack.at(-1) as List).items.push(itemOf(top, []))
    else add(state, top.kind === 'list' ? listOf(top, []) : { kind: 'quote', blocks: top.blocks })
  }
}

export function closeLeaf(state: State): void {
  const { leaf, shared } = state
  state.leaf = null
  if (!leaf || (leaf.kind === 'paragraph' && leaf.defines > 0 && !defineFrom(state, leaf, true))) return
  for (const block of blocksOf(leaf, false, shared)) add(state, block)
}

/** All blocks, with what is open as it is now. */
export function blocksNow({ stack, leaf, shared }: State): Block[] {
  let inner = leaf ? blocksOf(leaf, true, shared) : []
  let item: Item | Note | null = null
  for (let at = stack.length - 1; at >= 0; at -= 1) {
    const container = stack[at]!
    if (container.kind === 'item') item = itemOf(container, inner)
    else if (container.kind === 'list') {
      inner = [listOf(container, item ? [item] : [])]
      item = null
    } else {
      const blocks = [...container.blocks, ...inner]
      inner = at === 0 ? blocks : [{ kind: 'quote', blocks }]
    }
  }
  return inner
}

function itemOf({ id, done, blocks: closed }: OpenItem, open: Block[]): Item | Note {
  const blocks = [...closed, ...open]
  if (id !== undefined) return { id, blocks }
  return done === undefined ? { blocks } : { done, blocks }
}

function listOf({ mark, start, loose, items: closed }: List, open: (Item | Note)[]): Block {
  const items = [...closed, ...open]
  if (mark === '^') return { kind: 'notes', notes: items as Note[] }
  return { kind: 'list', ordered: mark === '.' || mark === ')', start, loose, items }
}
