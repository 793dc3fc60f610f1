import type { Meta } from '../../protocol/index.ts'
import type { MetaFilter } from './storage.ts'

/** Whether a meta object has every value the filter asks for. */
export function matchesMeta(meta: Meta | null, filter: MetaFilter | undefined): boolean {
  if (filter === undefined) return true
  return Object.entries(filter).every(([path, wanted]) => valueAt(meta, path.split('.')) === wanted)
}

function valueAt(meta: unknown, path: readonly string[]): unknown {
  let value = meta
  for (const key of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    value = Object.getOwnPropertyDescriptor(value, key)?.value
  }
  return value
}
