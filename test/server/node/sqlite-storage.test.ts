import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { sqliteStorage } from '../../../src/server/node/sqlite-storage.ts'
import { storageContract } from '../storage-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'conversation-kit-'))
let files = 0
afterAll(() => rmSync(folder, { recursive: true }))

const newFile = () => join(folder, `${(files += 1)}.db`)

storageContract('SQLite', () => sqliteStorage({ file: newFile() }))
