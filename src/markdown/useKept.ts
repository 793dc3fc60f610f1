'use client'
import { useState } from 'react'

/** The same object for as long as it and its records are made of the same: people write them anew for each rendering. */
export function useKept<T>(value: T): T {
  const [kept, keep] = useState(value)
  if (isSame(kept, value, 2)) return kept
  keep(value)
  return value
}

function isSame(one: unknown, other: unknown, depth: number): boolean {
  if (one === other) return true
  if (depth === 0 || typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  const entries = Object.entries(one)
  return (
    entries.length === Object.keys(other).length &&
    entries.every(([key, value]) => isSame(value, (other as Record<string, unknown>)[key], depth - 1))
  )
}
