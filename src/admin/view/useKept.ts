'use client'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { createKept } from './kept.ts'
import type { Kept, KeptOptions } from './kept.ts'

/** What is kept under a name, by all that keep it there: those of this page tell one another, as tabs do. */
export function useKept<T>({ name, parse, storage }: KeptOptions<T>): [T, Kept<T>['change']] {
  const kept = useMemo(() => createKept({ name, parse, storage }), [name, parse, storage])
  const value = useSyncExternalStore(kept.subscribe, kept.get, kept.initial)
  const change = useMemo<Kept<T>['change']>(
    () => (to) => {
      const isKept = kept.change(to)
      globalThis.dispatchEvent(new CustomEvent(CHANGED, { detail: { name, from: kept } }))
      return isKept
    },
    [kept, name],
  )
  useEffect(() => {
    // The storage tells other tabs of a change, and not the one that made it.
    const follow = (event: Event) => {
      const { name: changed, from } = (event as CustomEvent<{ name: string; from: unknown }>).detail
      if (changed === name && from !== kept) kept.refresh()
    }
    globalThis.addEventListener(CHANGED, follow)
    return () => globalThis.removeEventListener(CHANGED, follow)
  }, [kept, name])
  return [value, change]
}

const CHANGED = 'conversation-kit:kept'
