import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage, type Storage } from '../../src/server/index.ts'
import { sqliteStorage } from '../../src/server/node/index.ts'

export interface OpenStorage {
  storage: Storage
  /** Closes it and removes what it left. */
  remove(): Promise<void>
}

/** Each place where a server keeps what it was told. */
export const STORAGES: { place: string; open: () => OpenStorage }[] = [
  {
    place: 'in memory',
    open() {
      const storage = memoryStorage()
      return { storage, remove: () => storage.close() }
    },
  },
  {
    place: 'in a file',
    open() {
      const folder = mkdtempSync(join(tmpdir(), 'conversation-kit-'))
      const storage = sqliteStorage({ file: join(folder, 'data.db') })
      return {
        storage,
        async remove() {
          await storage.close()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    },
  },
]
