import type { Meta } from '../../protocol/index.ts'
import { isMetaKey } from '../bulk/perform.ts'

/** A line of meta as it is written: text as itself, everything else as JSON. */
export interface MetaLine {
  key: string
  value: string
  json: boolean
}

/** The lines of a meta, in its own order. */
export const linesOf = (meta: Meta | null | undefined): MetaLine[] =>
  Object.entries<unknown>(meta ?? {}).map(([key, value]) =>
    typeof value === 'string' ? { key, value, json: false } : { key, value: JSON.stringify(value), json: true },
  )

export type MetaFault = { key: string; fault: 'twice' | 'badKey' | 'badJson' }

/** The first thing in the lines that no server would take. */
export function faultIn(lines: readonly MetaLine[]): MetaFault | undefined {
  const seen = new Set<string>()
  for (const { key, value, json } of lines) {
    if (!isMetaKey(key)) return { key, fault: 'badKey' }
    if (seen.has(key)) return { key, fault: 'twice' }
    seen.add(key)
    if (json && !isJson(value)) return { key, fault: 'badJson' }
  }
  return undefined
}

/**
 * The meta to be stored: what was changed against `before`, put on what is stored `now`. What somebody else has changed meanwhile, and
 * nobody touched here, stays theirs.
 */
export function mergeLines(
  before: Meta | null | undefined,
  lines: readonly MetaLine[],
  now: Meta | null | undefined,
): Meta {
  const old = new Map(linesOf(before).map((line) => [line.key, line]))
  const result: Meta = { ...now }
  for (const key of old.keys()) if (!lines.some((line) => line.key === key)) delete result[key]
  for (const { key, value, json } of lines) {
    const was = old.get(key)
    if (was?.value !== value || was.json !== json) result[key] = json ? (JSON.parse(value) as unknown) : value
  }
  return result
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}
