'use client'
import { useState } from 'react'

/**
 * Fields being changed by hand, over values that may change by themselves: what was not touched follows the value, what was touched
 * stays until it is saved or discarded.
 */
export function useEdited<T extends Record<string, string>>(saved: T) {
  const [edits, setEdits] = useState<Partial<T>>({})
  const changed = Object.fromEntries(
    Object.entries(edits).filter(([name, value]) => value !== undefined && value !== saved[name]),
  ) as Partial<T>
  return {
    value: { ...saved, ...edits },
    changed,
    isChanged: Object.keys(changed).length > 0,
    set: (name: keyof T, value: string) => setEdits((before) => ({ ...before, [name]: value })),
    discard: () => setEdits({}),
    /** What was sent is saved; what was written since stays. */
    settle: (sent: Partial<T>) =>
      setEdits(
        (now) => Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== sent[name])) as Partial<T>,
      ),
  }
}
