import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sqliteStorage } from '../../../src/server/node/sqlite-storage.ts'
import type { ConversationRecord, Storage } from '../../../src/server/index.ts'

const root = mkdtempSync(join(tmpdir(), 'conversation-kit-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let count = 0
let folder: string
let file: string
beforeEach(() => {
  folder = join(root, String((count += 1)))
  mkdirSync(folder)
  file = join(folder, 'data.db')
})

interface Raw {
  exec(sql: string): void
  prepare(sql: string): { all(): Record<string, unknown>[] }
  close(): void
}
const Libsql = createRequire(import.meta.url)('libsql') as new (path: string) => Raw

const conversation: ConversationRecord = {
  id: 'c1',
  owner: 'local',
  name: 'Trip',
  description: null,
  backstory: null,
  model: null,
  botId: null,
  datasetId: null,
  skillsetId: null,
  contactId: null,
  taskId: null,
  spaceId: null,
  privacy: true,
  moderation: null,
  expiresAt: null,
  meta: { team: 'blue' },
  createdAt: 1000,
  updatedAt: 1000,
}

/** What opening says: one sentence or two, without a stack or a code. */
function complaint(path = file): string {
  try {
    void sqliteStorage({ file: path }).close()
    return ''
  } catch (error) {
    return (error as Error).message
  }
}

async function withStorage<T>(work: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = sqliteStorage({ file })
  try {
    return await work(storage)
  } finally {
    await storage.close()
  }
}

describe('a data file', () => {
  test('has everything again after a restart', async () => {
    await withStorage(async (storage) => {
      await storage.conversations.create(conversation, [{ id: 'm1', type: 'user', text: 'Hi' }])
    })
    await withStorage(async (storage) => {
      expect(await storage.conversations.get('c1')).toEqual(conversation)
      expect(await storage.messages.list({ conversationId: 'c1', order: 'asc' })).toHaveLength(1)
    })
  })

  test('can be closed twice', async () => {
    const storage = sqliteStorage({ file })
    await storage.close()
    await expect(storage.close()).resolves.toBeUndefined()
    await expect(storage.conversations.create(conversation, [])).rejects.toThrow(/closed/)
  })

  test('is written to the disk before anything is acknowledged', async () => {
    await withStorage(async (storage) => {
      await storage.conversations.create(conversation, [])
      const settings = ['journal_mode', 'user_version'].map((name) => {
        const db = new Libsql(file)
        const row = db.prepare(`PRAGMA ${name}`).all()[0] ?? {}
        db.close()
        return Object.values(row)[0]
      })
      expect(settings).toEqual(['wal', 1])
    })
  })

  test('lists 10,000 messages page by page in both orders, each exactly once', async () => {
    await withStorage(async (storage) => {
      const all = Array.from({ length: 10_000 }, (_, index) => `m${index}`)
      await storage.conversations.create(
        conversation,
        // Equal times are moved apart; some are asked for far apart.
        all.map((id, index) => ({ id, type: 'user', text: `Message ${index}`, createdAt: 1000 + (index % 3) * index })),
      )
      for (const [order, expected] of [
        ['asc', all],
        ['desc', all.toReversed()],
      ] as const) {
        const seen: string[] = []
        for (;;) {
          const cursor = seen.at(-1)
          const page = await storage.messages.list({
            conversationId: 'c1',
            order,
            take: 100,
            ...(cursor !== undefined && { cursor }),
          })
          if (page.length === 0) break
          seen.push(...page.map(({ id }) => id))
        }
        expect(seen).toEqual(expected)
      }
      expect(await storage.messages.list({ conversationId: 'c1', order: 'asc' })).toHaveLength(10_000)
    })
  }, 20_000)

  test('refuses what no column can hold instead of ending the process', async () => {
    await withStorage(async (storage) => {
      for (const name of [true, {}, 5n])
        await expect(
          storage.conversations.create({ ...conversation, name: name as unknown as string }, []),
        ).rejects.toThrow(/cannot be stored/)
      expect(await storage.conversations.get('c1')).toBeUndefined()
      await storage.conversations.create({ ...conversation, name: 'half \ud83d' }, [])
      expect((await storage.conversations.get('c1'))?.name).toMatch(/^half/)
    })
  })

  test('finds the few of many conversations that a meta filter asks for', async () => {
    await withStorage(async (storage) => {
      for (let index = 0; index < 1200; index += 1) {
        const meta = { team: index === 600 || index === 1199 ? 'rare' : 'common', 'a b': String(index) }
        await storage.conversations.create({ ...conversation, id: `c${index}`, createdAt: index, meta }, [])
      }
      const list = async (meta: Record<string, string>, take?: number) => {
        const page = await storage.conversations.list({
          owner: 'local',
          order: 'desc',
          now: 0,
          meta,
          ...(take !== undefined && { take }),
        })
        return page.map(({ id }) => id)
      }
      expect(await list({ team: 'rare' })).toEqual(['c1199', 'c600'])
      expect(await list({ team: 'rare' }, 1)).toEqual(['c1199'])
      // A path that SQL would read in another way.
      expect(await list({ 'a b': '5' })).toEqual(['c5'])
      expect(await list({ team: 'half \ud83d' })).toEqual([])
    })
  }, 20_000)
})

describe('a data file that cannot be used gets one clear sentence', () => {
  test('when it is a folder', () => {
    mkdirSync(file)
    expect(complaint()).toBe(`The data file ${file} is a folder. Name a file in it.`)
  })

  test('when its folder does not exist', () => {
    const path = join(folder, 'no', 'such', 'data.db')
    expect(complaint(path)).toBe(`The folder of the data file ${path} does not exist. Make it first.`)
  })

  test('when it is not a database', () => {
    writeFileSync(file, 'Dear diary, '.repeat(1000))
    expect(complaint()).toBe(`The data file ${file} is not a database. Name another file.`)
    expect(readFileSync(file, 'utf8')).toContain('Dear diary')
  })

  test("when it is another program's database", () => {
    const other = new Libsql(file)
    other.exec('CREATE TABLE invoices (id TEXT)')
    other.close()
    expect(complaint()).toBe(`The data file ${file} belongs to another program. Name another file.`)
  })

  test('when a newer version has written it', async () => {
    await sqliteStorage({ file }).close()
    const db = new Libsql(file)
    db.exec('PRAGMA user_version = 99')
    db.close()
    expect(complaint()).toMatch(/newer conversation-kit \(schema 99, this one knows 1\)/)
  })

  test('when it is damaged in the middle', async () => {
    await withStorage(async (storage) => {
      const text = 'All work and no play. '.repeat(100)
      await storage.conversations.create(
        conversation,
        Array.from({ length: 200 }, (_, index) => ({ id: `m${index}`, type: 'user', text })),
      )
    })
    const bytes = readFileSync(file)
    bytes.fill(0xab, 4096 * 30, 4096 * 60)
    writeFileSync(file, bytes)
    expect(complaint()).toBe(`The data file ${file} is damaged. Restore a copy, or name another file.`)
  })

  test('when it was cut', async () => {
    await withStorage((storage) => storage.conversations.create(conversation, []))
    writeFileSync(file, readFileSync(file).subarray(0, 5000))
    expect(complaint()).toMatch(/is damaged/)
  })

  test('when another storage of this process has it, also under another name', async () => {
    const first = sqliteStorage({ file })
    const alias = join(folder, 'alias.db')
    symlinkSync(file, alias)
    expect(complaint()).toBe(`The data file ${file} is in use by another process. Stop it, or name another file.`)
    expect(complaint(alias)).toMatch(/alias\.db is in use by another process/)
    await first.close()
    expect(complaint()).toBe('')
  })

  test('when another process has it, until that one is killed', async () => {
    const holder = spawn(
      process.execPath,
      [
        '-e',
        `new (require('libsql'))(${JSON.stringify(`${file}-lock`)}).exec('BEGIN EXCLUSIVE'); console.log('ready'); setInterval(() => {}, 1000)`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await once(holder.stdout, 'data')
    expect(complaint()).toMatch(/in use by another process/)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    expect(complaint()).toBe('')
  })

  test('when it may not be written', async () => {
    await sqliteStorage({ file }).close()
    chmodSync(file, 0o444)
    chmodSync(folder, 0o555)
    // Root may write everything: then somebody else tries.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) {
      chmodSync(root, 0o755)
      process.seteuid?.(65_534)
    }
    const said = complaint()
    if (isRoot) process.seteuid?.(0)
    chmodSync(folder, 0o755)
    expect(said).toBe(`The data file ${file} cannot be written. Check who may write to it and to its folder.`)
  })
})
