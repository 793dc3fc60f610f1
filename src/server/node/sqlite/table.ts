import type { ListQuery } from '../../storage/storage.ts'
import type { Database, Row, Value } from './database.ts'

/** A part of a `WHERE`, with its values. */
export interface Clause {
  sql: string
  values: Value[]
}

/** Rows that are read at a time when a list has to look at more than it gives. */
const BATCH = 500

type Kind = 'plain' | 'json' | 'boolean'

/** One table and how its rows are records: columns are named as fields. */
export interface Table<T> {
  insert(record: T): void
  find(where: Clause): T | undefined
  select(where: Clause, order?: string): T[]
  /** Writes every column of the record. */
  write(where: Clause, record: T): void
  delete(where: Clause): number
  /** A page by the rules of {@link ListQuery}. `passes` is for what SQL cannot tell exactly. */
  page(query: ListQuery, scope: Clause, filter?: Clause, passes?: (record: T) => boolean): T[]
}

/** What equals what. `null` equals `null`. */
export function where(equal: Record<string, Value>): Clause {
  const columns = Object.keys(equal)
  return { sql: columns.map((column) => `${column} IS ?`).join(' AND '), values: Object.values(equal) }
}

/** Defines a table by the kind of each column, in a record that has one entry for each field of `T`. */
export function table<T extends object>(db: Database, name: string, columns: Record<keyof T & string, Kind>): Table<T> {
  const names = Object.keys(columns) as (keyof T & string)[]
  const selected = `SELECT ${names.join(', ')} FROM ${name}`
  const inserted = `INSERT INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  const values = (record: T) => names.map((column) => encode(record[column], columns[column]))
  const toRecord = (row: Row) =>
    Object.fromEntries(names.map((column) => [column, decode(row[column], columns[column])])) as T

  const self: Table<T> = {
    insert(record) {
      db.run(inserted, values(record))
    },
    find(where) {
      const row = db.get(`${selected} WHERE ${where.sql}`, where.values)
      return row && toRecord(row)
    },
    select(where, order = 'createdAt, id') {
      return db.all(`${selected} WHERE ${where.sql} ORDER BY ${order}`, where.values).map(toRecord)
    },
    write(where, record) {
      const assignments = names.map((column) => `${column} = ?`).join(', ')
      db.run(`UPDATE ${name} SET ${assignments} WHERE ${where.sql}`, [...values(record), ...where.values])
    },
    delete(where) {
      return db.run(`DELETE FROM ${name} WHERE ${where.sql}`, where.values)
    },
    page(query, scope, filter = { sql: '1', values: [] }, passes) {
      const [beyond, direction] = query.order === 'asc' ? ['>', 'ASC'] : ['<', 'DESC']
      const take = query.take ?? Infinity
      const batch = passes ? BATCH : Math.min(take, BATCH)
      let after = query.cursor === undefined ? undefined : position(scope, query.cursor)
      if (query.cursor !== undefined && after === undefined) return []
      const page: T[] = []
      for (;;) {
        const rest = after ? `AND (createdAt, id) ${beyond} (?, ?)` : ''
        const rows = db.all(
          `${selected} WHERE ${scope.sql} AND ${filter.sql} ${rest} ORDER BY createdAt ${direction}, id ${direction} LIMIT ?`,
          [...scope.values, ...filter.values, ...(after ?? []), batch],
        )
        const records = rows.map(toRecord)
        page.push(...(passes ? records.filter(passes) : records))
        const last = rows.at(-1)
        if (page.length >= take || rows.length < batch || !last) return page.slice(0, take)
        after = [Number(last['createdAt']), last['id'] as string]
      }
    },
  }

  function position(scope: Clause, id: string): [number, string] | undefined {
    const row = db.get(`SELECT createdAt FROM ${name} WHERE ${scope.sql} AND id = ?`, [...scope.values, id])
    return row && [Number(row['createdAt']), id]
  }

  return self
}

function encode(value: unknown, kind: Kind): Value {
  if (value === null || value === undefined) return null
  if (kind === 'json') return JSON.stringify(value)
  if (kind === 'boolean') return value ? 1 : 0
  // It reads a text only up to a null character, but bytes to their end.
  if (typeof value === 'string' && value.includes('\0')) return new TextEncoder().encode(value)
  // The library ends the whole process when it is given a boolean or an object.
  if (typeof value !== 'string' && typeof value !== 'number') throw new TypeError(`A ${typeof value} cannot be stored.`)
  return value
}

function decode(value: Row[string] | undefined, kind: Kind): unknown {
  if (value === null || value === undefined) return null
  if (kind === 'json') return JSON.parse(value as string)
  if (kind === 'boolean') return value === 1
  return value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value
}
