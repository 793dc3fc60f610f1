import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { runCommand } from '../../../src/server/node/command.ts'
import { createLocalServer, serve, sqliteStorage } from '../../../src/server/node/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'conversation-kit-'))
let files = 0
const newFile = () => join(folder, `${(files += 1)}.db`)
afterAll(() => rmSync(folder, { recursive: true }))

async function count(file: string): Promise<number> {
  const storage = sqliteStorage({ file })
  const list = await storage.conversations.list({ owner: 'local', order: 'asc', now: Date.now() })
  await storage.close()
  return list.length
}

/** What the command said, and what it exits with when it does not run. */
async function command(args: string[], env: Record<string, string> = {}) {
  const said: string[] = []
  const running = await runCommand(['serve', '--port', '0', ...args], {
    env,
    out: (line) => said.push(line),
    error: (line) => said.push(line),
  })
  if (typeof running !== 'number') await running.close(0)
  return { said, code: typeof running === 'number' ? running : undefined }
}

describe('A local server with a seed', () => {
  test('says how many conversations it begins with, and keeps them', async () => {
    const file = newFile()
    const local = createLocalServer({ file, seed: 40, env: {} })
    expect(await local.ready).toBe('It begins with 40 made-up conversations.')
    await local.close()
    expect(await count(file)).toBe(40)
  })

  test('leaves a file that has some as it is, and says so, each time it is started', async () => {
    const file = newFile()
    await command(['--data', file, '--seed', '1'])
    for (let round = 0; round < 2; round += 1) {
      const { said } = await command(['--data', file, '--seed', '9'])
      expect(said.at(-1)).toBe(`${file} has conversations already and is left as it is: seed another file.`)
    }
    expect(await count(file)).toBe(1)
  })

  test('fills a file that was made without any', async () => {
    const file = newFile()
    await command(['--data', file])
    const { said } = await command(['--data', file], { CONVERSATION_KIT_SEED: '2' })
    expect(said.at(-1)).toBe('It begins with 2 made-up conversations.')
    expect(await count(file)).toBe(2)
  })

  test('says one when it is one, and takes the option before the variable', async () => {
    const { said } = await command(['--memory', '--seed', '1'], { CONVERSATION_KIT_SEED: '7' })
    expect(said.at(-1)).toBe('It begins with 1 made-up conversation.')
  })

  test('that is closed at once has all of them in the file', async () => {
    const file = newFile()
    await createLocalServer({ file, seed: 30, env: {} }).close()
    expect(await count(file)).toBe(30)
  })

  test('has its own conversations too', async () => {
    const file = newFile()
    const serving = await serve({
      port: 0,
      file,
      env: {},
      seed: { count: 5, seed: 2 },
      conversations: [{ id: 'mine' }],
    })
    expect(serving.about.at(-1)).toBe('It begins with 5 made-up conversations.')
    await serving.close()
    expect(await count(file)).toBe(6)
  })

  test('says nothing of seeds when none was asked for', async () => {
    const local = createLocalServer({ file: null, env: {} })
    expect(await local.ready).toBeUndefined()
    const { said } = await command(['--memory'])
    expect(said.join('\n')).not.toContain('made-up')
  })

  test.each(['many', '0', '-5', '10001', '1.5', '2e3', ' ', ''])('does not start with --seed=%j', async (word) => {
    const file = newFile()
    const { said, code } = await command(['--data', file, `--seed=${word}`])
    const given = /^\d+$/.test(word) ? word : `"${word}"`
    expect({ said, code }).toEqual({
      said: [`--seed is ${given}. It has to be a whole number from 1 to 10000.`],
      code: 1,
    })
  })

  test('does not start with a variable that is no number, and names it', async () => {
    expect(await command(['--memory'], { CONVERSATION_KIT_SEED: 'all' })).toEqual({
      said: ['CONVERSATION_KIT_SEED is "all". It has to be a whole number from 1 to 10000.'],
      code: 1,
    })
  })

  test('is not a proxy: that keeps nothing', async () => {
    const { said, code } = await command(['--seed', '5'], { CHATBOTKIT_API_SECRET: 'sk' })
    expect(code).toBe(1)
    expect(said).toEqual([
      'With CHATBOTKIT_API_SECRET it is a proxy and keeps nothing: leave the seed out, or the secret.',
    ])
  })
})
