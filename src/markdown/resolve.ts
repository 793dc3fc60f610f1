import type { Block, Item, Note } from './blocks.ts'
import type { Container, State } from './feed.ts'
import { withTargets } from './inline.ts'
import type { Runs } from './inline.ts'

/** Reads closed texts again that use labels which have been defined since. All other blocks stay the same objects. */
export function resolve(state: State): void {
  const { stack, shared, defined } = state
  if (defined.size === 0) return
  state.defined = new Set()
  const textOf = (runs: Runs) => withTargets(runs, defined, shared)
  const cellsOf = (cells: readonly Runs[]) => each(cells, textOf)
  const innerOf = <T extends { blocks: readonly Block[] }>(outer: T): T => {
    const blocks = each(outer.blocks, blockOf)
    return blocks === outer.blocks ? outer : { ...outer, blocks }
  }
  const blockOf = (block: Block): Block => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph': {
        const text = textOf(block.text)
        return text === block.text ? block : { ...block, text }
      }
      case 'quote':
        return innerOf(block)
      case 'list': {
        const items = each(block.items, innerOf)
        return items === block.items ? block : { ...block, items }
      }
      case 'notes': {
        const notes = each(block.notes, innerOf)
        return notes === block.notes ? block : { ...block, notes }
      }
      case 'table': {
        const head = cellsOf(block.head)
        const rows = each(block.rows, cellsOf)
        return head === block.head && rows === block.rows ? block : { ...block, head, rows }
      }
      default:
        return block
    }
  }
  stack.forEach((container: Container) => {
    if (container.kind === 'list') container.items = [...each<Item | Note>(container.items, innerOf)]
    else container.blocks = [...each(container.blocks, blockOf)]
  })
}

/** The same list when nothing in it has become another one. */
function each<T>(list: readonly T[], change: (value: T) => T): readonly T[] {
  const changed = list.map(change)
  return changed.some((value, index) => value !== list[index]) ? changed : list
}
