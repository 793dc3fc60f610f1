import type { ListQuery } from './storage.ts'

interface Sortable {
  id: string
  createdAt: number
}

/** By `createdAt`, then by `id`. */
function compare(a: Sortable, b: Sortable): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** Items in the order of lists, found by id. */
export class SortedList<T extends Sortable> {
  #items: T[] = []
  #byId = new Map<string, T>()

  get(id: string): T | undefined {
    return this.#byId.get(id)
  }

  newest(): T | undefined {
    return this.#items.at(-1)
  }

  all(): readonly T[] {
    return this.#items
  }

  add(item: T): void {
    this.#items.splice(this.#position(item), 0, item)
    this.#byId.set(item.id, item)
  }

  /** Puts an item in the place of the one with the same id and `createdAt`. */
  replace(item: T): void {
    this.#items[this.#position(item)] = item
    this.#byId.set(item.id, item)
  }

  remove(id: string): boolean {
    const item = this.#byId.get(id)
    if (item === undefined) return false
    this.#items.splice(this.#position(item), 1)
    return this.#byId.delete(id)
  }

  clear(): void {
    this.#items = []
    this.#byId.clear()
  }

  /** The items after the cursor that are in the list's scope and pass its filter, `take` at most. */
  page(query: ListQuery, inScope: (item: T) => boolean, passes: (item: T) => boolean): T[] {
    const step = query.order === 'asc' ? 1 : -1
    let index = step === 1 ? 0 : this.#items.length - 1
    if (query.cursor !== undefined) {
      const seen = this.#byId.get(query.cursor)
      if (seen === undefined || !inScope(seen)) return []
      index = this.#position(seen) + step
    }
    const page: T[] = []
    for (let item = this.#items[index]; item && page.length < (query.take ?? Infinity); item = this.#items[index]) {
      if (inScope(item) && passes(item)) page.push(item)
      index += step
    }
    return page
  }

  /** The first place whose item is not before this one. Almost always the end, so that is looked at first. */
  #position(item: T): number {
    const last = this.newest()
    if (last === undefined || compare(last, item) < 0) return this.#items.length
    let low = 0
    let high = this.#items.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.#items[middle]
      if (other && compare(other, item) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
