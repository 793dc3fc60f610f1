import { createRequire } from 'node:module'
import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { MIGRATIONS } from './migrations.ts'

export type Value = string | number | null | Uint8Array
export type Row = Record<string, string | number | null | ArrayBuffer>

/** What is used of libsql. */
interface Connection {
  exec(sql: string): void
  prepare(sql: string): { run(values: Value[]): { changes: number }; all(values: Value[]): Row[] }
  readonly inTransaction: boolean
  close(): void
}
type ConnectionClass = new (path: string, options: { timeout: number }) => Connection

/** "ckit": tells our files from those of other programs. */
const APPLICATION_ID = 0x63_6b_69_74

/** Long enough for a process that is just ending, short enough for a person who waits for the message. */
const LOCK_WAIT_MS = 1000
/** For somebody who looks into the file with another tool while the server runs. */
const BUSY_WAIT_MS = 5000

/** An open database file that is ours alone. */
export interface Database {
  run(sql: string, values?: Value[]): number
  all(sql: string, values?: Value[]): Row[]
  get(sql: string, values?: Value[]): Row | undefined
  /** All of it or nothing; what it returns is on the disk. */
  transaction<T>(work: () => T): T
  close(): void
}

/**
 * Opens or makes a database file, brings its schema up to date and keeps other processes out until `close()` or the end of this one.
 * @throws Error with one sentence on what is wrong with the file.
 */
export function openDatabase(file: string): Database {
  const connect = loadLibsql()
  const path = checkedPath(file)
  const lock = takeLock(connect, path, file)
  let connection: Connection | undefined
  try {
    connection = new connect(path, { timeout: BUSY_WAIT_MS })
    prepareFile(connection, file)
    return wrap(connection, lock)
  } catch (error) {
    connection?.close()
    releaseLock(lock)
    throw asSentence(error, file)
  }
}

function loadLibsql(): ConnectionClass {
  try {
    // At the first use, not at import: whoever keeps nothing in a file does not need the package.
    return createRequire(import.meta.url)('libsql') as ConnectionClass
  } catch (error) {
    throw new Error(
      'The package libsql, which keeps conversations in a file, cannot be loaded. Run: npm install libsql',
      {
        cause: error,
      },
    )
  }
}

/** The real path, so that two names of one file are one file. */
function checkedPath(file: string): string {
  const path = resolve(file)
  if (existsSync(path)) {
    if (statSync(path).isDirectory()) throw new Error(`The data file ${file} is a folder. Name a file in it.`)
    return realpathSync(path)
  }
  if (!existsSync(dirname(path))) throw new Error(`The folder of the data file ${file} does not exist. Make it first.`)
  return join(realpathSync(dirname(path)), basename(path))
}

/**
 * A file beside the data, locked as long as this process lives. Not the data file itself: a connection of this library stays
 * open until its statements are collected, and would keep a lock after `close()`. This one has no statements.
 */
function takeLock(connect: ConnectionClass, path: string, file: string): Connection {
  let lock: Connection | undefined
  try {
    lock = new connect(`${path}-lock`, { timeout: LOCK_WAIT_MS })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock?.close()
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      throw new Error(`The data file ${file} is in use by another process. Stop it, or name another file.`, {
        cause: error,
      })
    }
    throw asSentence(error, file)
  }
}

function releaseLock(lock: Connection): void {
  lock.exec('ROLLBACK')
  lock.close()
}

function prepareFile(connection: Connection, file: string): void {
  const number = (pragma: string) => Number(Object.values(connection.prepare(`PRAGMA ${pragma}`).all([])[0] ?? {})[0])
  const version = number('user_version')
  const tables = connection.prepare('SELECT count(*) AS n FROM sqlite_schema').all([])[0]?.['n']
  if (tables !== 0 && number('application_id') !== APPLICATION_ID) {
    throw new Error(`The data file ${file} belongs to another program. Name another file.`)
  }
  if (version > MIGRATIONS.length) {
    throw new Error(
      `The data file ${file} was written by a newer conversation-kit (schema ${version}, this one knows ${MIGRATIONS.length}). Update the package, or name another file.`,
    )
  }
  const damage = connection.prepare('PRAGMA quick_check(1)').all([])[0]?.['quick_check']
  if (damage !== 'ok') throw damaged(file)
  connection.exec('PRAGMA journal_mode = WAL')
  // With WAL, FULL is what makes an acknowledged write outlive a power cut.
  connection.exec('PRAGMA synchronous = FULL')
  connection.exec('PRAGMA foreign_keys = ON')
  // One transaction: a kill in the middle leaves the old schema whole. Also without a step to take: a file that may only be
  // read opens without a word, and would refuse the first message.
  connection.exec(
    [
      'BEGIN IMMEDIATE',
      ...MIGRATIONS.slice(version),
      `PRAGMA application_id = ${APPLICATION_ID}`,
      `PRAGMA user_version = ${MIGRATIONS.length}`,
      'COMMIT',
    ].join(';\n'),
  )
}

function wrap(connection: Connection, lock: Connection): Database {
  const statements = new Map<string, ReturnType<Connection['prepare']>>()
  let open = true

  function statement(sql: string) {
    if (!open) throw new Error('This storage is closed.')
    const prepared = statements.get(sql) ?? connection.prepare(sql)
    statements.set(sql, prepared)
    return prepared
  }
  // Read to the end even for one row: a statement left in the middle would keep a snapshot open.
  const all = (sql: string, values: Value[] = []) => statement(sql).all(values)

  return {
    all,
    get: (sql, values) => all(sql, values)[0],
    run: (sql, values = []) => statement(sql).run(values).changes,
    transaction(work) {
      if (!open) throw new Error('This storage is closed.')
      connection.exec('BEGIN IMMEDIATE')
      try {
        const result = work()
        connection.exec('COMMIT')
        return result
      } catch (error) {
        if (connection.inTransaction) connection.exec('ROLLBACK')
        throw error
      }
    },
    close() {
      if (!open) return
      open = false
      statements.clear()
      try {
        // Everything into the one file that people copy and move. When there is no room for it, it stays where it is safe too.
        connection.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      } catch {
      } finally {
        connection.close()
        releaseLock(lock)
      }
    },
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

function damaged(file: string, cause?: unknown): Error {
  return new Error(`The data file ${file} is damaged. Restore a copy, or name another file.`, { cause })
}

function asSentence(error: unknown, file: string): unknown {
  const code = codeOf(error)
  if (code === 'SQLITE_NOTADB') {
    return new Error(`The data file ${file} is not a database. Name another file.`, { cause: error })
  }
  if (code.startsWith('SQLITE_CORRUPT')) return damaged(file, error)
  if (code.startsWith('SQLITE_BUSY')) {
    return new Error(`The data file ${file} is locked by another program. Close it there.`, { cause: error })
  }
  const unreachable = error instanceof Error && /Unable to open|readonly/.test(error.message)
  if (unreachable || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) {
    return new Error(`The data file ${file} cannot be written. Check who may write to it and to its folder.`, {
      cause: error,
    })
  }
  return error
}
