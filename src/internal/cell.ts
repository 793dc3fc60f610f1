'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'

/** One value that changes outside React, so that only those who read it render. */
export interface Cell<T> {
  get: () => T
  set: (value: T) => void
  subscribe: (listener: () => void) => () => void
}

export function createCell<T>(initial: T): Cell<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(value, next)) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export function useCell<T>(cell: Readable<T>): T {
  return useSyncExternalStore(cell.subscribe, cell.get, cell.get)
}

/** What is read of a cell by those who do not write it. */
export type Readable<T> = Pick<Cell<T>, 'get' | 'subscribe'>

/**
 * A value of a component for what is below it. Unlike a context it may change often: React does not look for its readers through all
 * that has not changed. What renders along with the component reads the new value at once, and what does not is told afterwards.
 */
export function useRendered<T>(value: T): Readable<T> {
  const [held] = useState(() => createHeld(value))
  held.write(value)
  // Before the effects of its readers React does not know yet that they have read it, and renders each of them a second time.
  useEffect(() => held.tell(value), [held, value])
  return held
}

function createHeld<T>(value: T) {
  const listeners = new Set<() => void>()
  let now = value
  return {
    get: () => now,
    write: (value: T) => {
      now = value
    },
    tell: (value: T) => {
      now = value
      for (const listener of listeners) listener()
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
