import { withTargets } from './inline.ts'
import type { Runs } from './inline.ts'
import type { State } from './stack.ts'

/** Reads closed texts again that use labels which have been defined since. All other blocks stay the same objects. */
export function resolve({ stack, shared, defined }: State): void {
  if (defined.size === 0) return
  const labels = new Set(defined)
  defined.clear()
  /** The same when nothing in it has become another. */
  const renewed = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || 'type' in value) return value
    const now = withTargets(value as Runs, labels, shared)
    if (now !== value) return now
    const entries = Object.entries(value).map(([key, inner]) => [key, inner, renewed(inner)] as const)
    if (entries.every(([, before, after]) => before === after)) return value
    const pairs = entries.map(([key, , after]) => [key, after] as const)
    return Array.isArray(value) ? pairs.map(([, after]) => after) : Object.fromEntries(pairs)
  }
  for (const container of stack) Object.assign(container, renewed(container))
}
