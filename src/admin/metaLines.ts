import type { Meta } from '../protocol/index.ts'

/** A line of meta as it is written: text and booleans as themselves, everything else as JSON. */
export interface MetaLine {
  key: string
  value: string
  json: boolean
}

export const EMPTY_LINE: MetaLine = { key: '', value: '', json: false }

/** The lines of a meta, in its own order. */
export const linesOf = (meta: Meta | null | undefined): MetaLine[] =>
  Object.entries<unknown>(meta ?? {}).map(([key, value]) =>
    typeof value === 'string' || typeof value === 'boolean'
      ? { key, value: String(value), json: false }
      : { key, value: JSON.stringify(value), json: true },
  )

/** The meta that lines say, those aside in which nothing is written. */
export const metaOf = (lines: readonly MetaLine[]): Meta => mergeLines(undefined, lines, undefined)

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
  for (const line of lines) {
    const was = old.get(line.key)
    if (isEmpty(line) || (was?.value === line.value && was.json === line.json)) continue
    result[was ? line.key : line.key.trim()] = valueOf(line)
  }
  return result
}

/** The API finds the words for booleans only as booleans, and numbers only as text. */
const valueOf = ({ value, json }: MetaLine): unknown =>
  json ? JSON.parse(value) : value === 'true' || (value === 'false' ? false : value)

export interface MetaFault {
  /** The place of the line. */
  at: number
  key: string
  fault: 'twice' | 'badKey' | 'badJson'
}

/** The first thing in the lines that no server would take. */
export function faultIn(lines: readonly MetaLine[]): MetaFault | undefined {
  const seen = new Set<string>()
  for (const [at, line] of lines.entries()) {
    const key = line.key.trim()
    if (isEmpty(line)) continue
    if (!isMetaKey(key)) return { at, key: line.key, fault: 'badKey' }
    if (seen.has(key)) return { at, key: line.key, fault: 'twice' }
    seen.add(key)
    if (line.json && !isJson(line.value)) return { at, key: line.key, fault: 'badJson' }
  }
  return undefined
}

/** A key of meta that the server keeps; others it refuses or drops. */
export const isMetaKey = (key: string): boolean => /^[^\W_]/.test(key) && key !== 'constructor'

const isEmpty = ({ key, value }: MetaLine) => key.trim() === '' && value === ''

function isJson(value: string): boolean {
  try {
    JSON.parse(value)
    return true
  } catch {
    return false
  }
}
