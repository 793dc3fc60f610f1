import { createCell } from '../../internal/index.ts'
import type { Cell } from '../../internal/index.ts'

/** Something small that is kept in the browser, and followed where another tab changes it. */
export interface Kept<T> extends Pick<Cell<T>, 'get' | 'subscribe'> {
  /** Before anything was read: what a server renders. */
  initial: () => T
  /** Changes what is kept, as it is by now. `false`: the browser keeps nothing, so it is there as long as the page. */
  change: (to: (value: T) => T) => boolean
  /** Reads it again. */
  refresh: () => void
}

export interface KeptOptions<T> {
  /** Under which name it is kept in the storage. */
  name: string
  /** From anything to what can be worked with. What another version or somebody else has left there may be anything. */
  parse: (value: unknown) => T
  /** @default `localStorage` */
  storage?: Pick<Storage, 'getItem' | 'setItem'>
}

/** It is read when it is first asked for, so that a server can make one. */
export function createKept<T>({ name, parse, storage }: KeptOptions<T>): Kept<T> {
  const nothing = parse(undefined)
  const cell = createCell(nothing)
  let text: string | null | undefined
  // A browser that forbids its storage throws at the mention of it.
  const attempt = <R>(run: (place: Pick<Storage, 'getItem' | 'setItem'>) => R): R | undefined => {
    try {
      return run(storage ?? globalThis.localStorage)
    } catch {
      return undefined
    }
  }
  const read = () => {
    const found = attempt((place) => place.getItem(name))
    if (found === undefined || found === text) return
    text = found
    cell.set(parse(parseText(found)))
  }
  const onStorage = ({ key, storageArea }: StorageEvent) => {
    if (storageArea === (storage ?? globalThis.localStorage) && (key === name || key === null)) read()
  }
  let followers = 0
  return {
    initial: () => nothing,
    refresh: read,
    get() {
      if (text === undefined) read()
      return cell.get()
    },
    subscribe(listener) {
      const stop = cell.subscribe(listener)
      followers += 1
      if (followers === 1) globalThis.addEventListener?.('storage', onStorage)
      return () => {
        stop()
        followers -= 1
        if (followers === 0) globalThis.removeEventListener?.('storage', onStorage)
      }
    },
    change(to) {
      // Another tab may have written a moment ago.
      read()
      const next = to(cell.get())
      if (Object.is(next, cell.get())) return true
      const written = JSON.stringify(next)
      const kept = attempt((place) => {
        place.setItem(name, written)
        return true
      })
      if (kept) text = written
      cell.set(next)
      return kept === true
    },
  }
}

function parseText(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return undefined
  }
}
