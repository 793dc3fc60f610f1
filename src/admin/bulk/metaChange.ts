import { EMPTY_LINE, faultIn } from '../metaLines.ts'
import type { MetaLine } from '../metaLines.ts'

/** How the meta of many is to be changed. */
export interface MetaChange {
  mode: 'merge' | 'replace'
  lines: readonly MetaLine[]
}

export const NO_CHANGE: MetaChange = { mode: 'merge', lines: [EMPTY_LINE] }

/** What is wrong with a change, and with which of its lines. `none`: nothing would be changed. */
export function faultOf({
  mode,
  lines,
}: MetaChange): { at: number; fault: 'badKey' | 'twice' | 'badJson' | 'none' } | undefined {
  const isNothing = mode === 'merge' && lines.every(({ key, value }) => key.trim() === '' && value === '')
  return isNothing ? { at: 0, fault: 'none' } : faultIn(lines)
}
