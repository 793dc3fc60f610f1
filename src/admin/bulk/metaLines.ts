import type { Meta } from '../../protocol/index.ts'
import { isMetaKey } from './perform.ts'

export interface MetaLine {
  /** Tells the lines apart while they are written. */
  id: number
  key: string
  value: string
}

/** How the meta of many is to be changed. */
export interface MetaChange {
  mode: 'merge' | 'replace'
  lines: readonly MetaLine[]
}

export const NO_LINES: readonly MetaLine[] = [{ id: 0, key: '', value: '' }]

/** The meta that the lines say. The API finds the words for booleans only as booleans, and numbers only as text. */
export const metaOf = (lines: readonly MetaLine[]): Meta =>
  Object.fromEntries(
    lines
      .filter((line) => !isEmpty(line))
      .map(({ key, value }) => [key.trim(), value === 'true' || (value === 'false' ? false : value)]),
  )

/** What is wrong with the lines, and with which. `none`: nothing would be changed. */
export function faultOf({ mode, lines }: MetaChange): { id?: number; fault: 'key' | 'twice' | 'none' } | undefined {
  const seen = new Set<string>()
  for (const line of lines) {
    if (isEmpty(line)) continue
    const key = line.key.trim()
    if (!isMetaKey(key)) return { id: line.id, fault: 'key' }
    if (seen.has(key)) return { id: line.id, fault: 'twice' }
    seen.add(key)
  }
  return mode === 'merge' && seen.size === 0 ? { id: lines[0]?.id, fault: 'none' } : undefined
}

const isEmpty = ({ key, value }: MetaLine) => key.trim() === '' && value === ''
