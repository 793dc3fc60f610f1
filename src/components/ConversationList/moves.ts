import type { KeyboardEvent } from 'react'
import type { Hold } from './hold.ts'

/** The row that a key goes to from another, if it is such a key. */
export function rowFor(
  { key, altKey, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent,
  ids: readonly string[],
  from: string,
  { aView }: Pick<Hold, 'aView'>,
  withShift = false,
): string | undefined {
  if (
    altKey ||
    ctrlKey ||
    metaKey ||
    shiftKey !== withShift ||
    !(target as Element).matches('button, [type="checkbox"]')
  )
    return undefined
  const at = ids.indexOf(from)
  const last = ids.length - 1
  const to = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    Home: 0,
    End: last,
    PageUp: key === 'PageUp' ? Math.min(at - 1, aView(at, -1)) : 0,
    PageDown: key === 'PageDown' ? Math.max(at + 1, aView(at, 1)) : 0,
  }[key]
  return at < 0 || to === undefined ? undefined : ids[Math.max(0, Math.min(last, to))]
}
