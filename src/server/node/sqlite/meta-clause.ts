import type { MetaFilter } from '../../storage/storage.ts'
import type { Clause } from './table.ts'

/** Names that mean the same in a JSON path as they do in an object. */
const SIMPLE_PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/

/** A null character, and halves of a pair, which JSON can hold alone and UTF-8 cannot. */
// oxlint-disable-next-line no-control-regex -- the null character is meant
const NOT_PLAIN = /[\u0000\ud800-\udfff]/

/**
 * The rows that a meta filter may let through: never fewer than it does, so that the exact check has little left to look at.
 * Paths and values that SQL reads otherwise than JavaScript are left to that check.
 */
export function metaClause(filter: MetaFilter): Clause {
  const clause: Clause = { sql: '1', values: [] }
  for (const [path, wanted] of Object.entries(filter)) {
    if (!SIMPLE_PATH.test(path)) continue
    if (typeof wanted === 'boolean') {
      clause.sql += ' AND json_type(meta, ?) = ?'
      clause.values.push(`$.${path}`, String(wanted))
    } else if (!NOT_PLAIN.test(wanted)) {
      clause.sql += ' AND json_extract(meta, ?) = ?'
      clause.values.push(`$.${path}`, wanted)
    }
  }
  return clause
}
