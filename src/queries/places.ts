interface Item {
  id: string
}
interface PageOf<T extends Item> {
  items: readonly T[]
}

const indexes = new WeakMap<readonly Item[], Map<string, number>>()

/** Where in a page an item is. A page is looked through once, however often it is asked. */
export function indexIn(items: readonly Item[], id: string): number | undefined {
  let index = indexes.get(items)
  if (!index) indexes.set(items, (index = new Map(items.map((item, at) => [item.id, at]))))
  return index.get(id)
}

/** Where in a list an item is. The pages that were looked through before come first: what is seen at the moment is in them. */
export function placeIn(pages: readonly PageOf<Item>[], id: string): { page: number; index: number } | undefined {
  for (const known of [true, false]) {
    for (let page = 0; page < pages.length; page += 1) {
      const { items } = pages[page]!
      if (indexes.has(items) !== known) continue
      const index = indexIn(items, id)
      if (index !== undefined) return { page, index }
    }
  }
  return undefined
}
