import type { ServerResponse } from 'node:http'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { startUpstream, until } from '../server/upstream.ts'
import { killWhen, listAll, peakMemoryMB, post, postJson, runCommand, startServed } from './served.ts'
import type { Served } from './served.ts'

const folder = mkdtempSync(join(tmpdir(), 'conversation-kit-'))
let files = 0
const newFile = () => join(folder, `${(files += 1)}.db`)
let servers: Served[] = []

afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')))
  servers = []
})
afterAll(() => rmSync(folder, { recursive: true }))

async function served(args: string[], env: Record<string, string> = {}): Promise<Served> {
  const server = await startServed(args, env)
  servers.push(server)
  return server
}

describe('the command', () => {
  test('chats, votes and remembers across a restart', async () => {
    const file = newFile()
    const first = await served(['--data', file])
    const { id } = await postJson(`${first.url}/api/v1/conversation/create`, { name: 'Mine' })
    const response = await post(
      `${first.url}/api/v1/conversation/${id}/complete`,
      { text: 'hello' },
      { accept: 'application/jsonl' },
    )
    const events = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string })
    expect(events.at(-1)).toMatchObject({ type: 'result', data: { end: { reason: 'stop' } } })
    const messages = await listAll<{ id: string; type: string }>(`${first.url}/api/v1/conversation/${id}/message/list`)
    const bot = messages.find(({ type }) => type === 'bot')
    await postJson(`${first.url}/api/v1/conversation/${id}/message/${bot?.id}/upvote`, { reason: 'good' })
    expect(await first.end('SIGTERM')).toBe(0)
    // Stopped in order, everything is in the one file that people copy.
    expect(readdirSync(folder)).toContain('1.db')

    const second = await served(['--data', file])
    expect(await listAll(`${second.url}/api/v1/conversation/list`)).toMatchObject([{ id, name: 'Mine' }])
    const again = await listAll<{ type: string; id: string }>(`${second.url}/api/v1/conversation/${id}/message/list`)
    expect(again.map(({ type }) => type)).toEqual(['user', 'bot', 'activity', 'activity'])
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('stops on %s after the running answer', async (signal) => {
    const server = await served(['--memory'])
    const { id } = await postJson(`${server.url}/v1/conversation/create`)
    const response = await post(
      `${server.url}/v1/conversation/${id}/complete`,
      { text: 'thanks' },
      { accept: 'application/jsonl' },
    )
    const body = response.text()
    expect(await server.end(signal)).toBe(0)
    expect(await body).toContain('"type":"result"')
    expect(server.output()).toMatch(/POST \/v1\/conversation\/\w+\/complete 200 \d+ms \S+\n/)
  })

  test('stops at once when asked twice', async () => {
    const server = await served(['--memory'])
    const { id } = await postJson(`${server.url}/v1/conversation/create`)
    const response = await post(
      `${server.url}/v1/conversation/${id}/complete`,
      { text: 'How do votes work?' },
      { accept: 'application/jsonl' },
    )
    const body = response.text().catch(() => 'cut')
    server.process.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(await server.end('SIGINT')).toBe(1)
    expect(await body).toBe('cut')
  })

  test('leaves a file to the process that has it, until that one is killed', async () => {
    const file = newFile()
    const first = await served(['--data', file])
    const second = await runCommand(['serve', '--port', '0', '--data', file])
    expect(second).toEqual({
      code: 1,
      output: '',
      errors: `The data file ${file} is in use by another process. Stop it, or name another file.\n`,
    })
    expect(await first.end('SIGKILL')).toBe('SIGKILL')
    await served(['--data', file])
  })

  test('says in one sentence what is wrong, and exits with 1', async () => {
    const damaged = newFile()
    writeFileSync(damaged, 'not a database '.repeat(1000))
    const { url } = await served(['--memory'])
    const port = new URL(url).port
    const [many, unknown, taken, bad] = await Promise.all([
      runCommand(['serve', '--seed', 'many', '--memory']),
      runCommand(['serve', '--colour']),
      runCommand(['serve', '--port', port, '--memory']),
      runCommand(['serve', '--port', '0', '--data', damaged]),
    ])
    expect(many).toEqual({
      code: 1,
      output: '',
      errors: '--seed is "many". It has to be a whole number from 1 to 10000.\n',
    })
    expect(unknown).toEqual({ code: 1, output: '', errors: 'Unknown option --colour. See conversation-kit --help.\n' })
    expect(taken).toMatchObject({ code: 1, errors: expect.stringMatching(/^Port \d+ is in use\. .*\n$/) })
    expect(bad).toMatchObject({ code: 1, errors: `The data file ${damaged} is not a database. Name another file.\n` })
  })

  test('names the package that is not installed', async () => {
    // As a user has it who installed the hooks only: our own dependencies, none of the optional peers.
    const bare = join(folder, 'bare')
    const modules = join(import.meta.dirname, '../../node_modules')
    mkdirSync(join(bare, 'node_modules'), { recursive: true })
    cpSync(join(import.meta.dirname, '../../dist'), join(bare, 'dist'), { recursive: true })
    for (const name of ['hono', 'minisearch']) symlinkSync(join(modules, name), join(bare, 'node_modules', name))
    writeFileSync(join(bare, 'package.json'), '{"type":"module"}')
    const command = join(bare, 'dist/server/node/cli.js')
    const file = join(bare, 'data.db')
    expect(await runCommand(['serve', '--port', '0', '--data', file], {}, command)).toEqual({
      code: 1,
      output: '',
      errors: 'The package libsql, which keeps conversations in a file, cannot be loaded. Run: npm install libsql\n',
    })
    expect(await runCommand(['serve', '--port', '0', '--memory'], {}, command)).toEqual({
      code: 1,
      output: '',
      errors:
        'The package @hono/node-server, which listens to HTTP, cannot be loaded. Run: npm install @hono/node-server\n',
    })
  })

  test('explains itself and knows its version', async () => {
    expect(await runCommand(['--help'])).toMatchObject({ code: 0, output: expect.stringContaining('--data <file>') })
    expect((await runCommand(['--help'])).output).toContain('--seed <number>')
    expect(await runCommand(['--version'])).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})

describe('made-up conversations', () => {
  type Item = {
    id: string
    type: string
    text: string
    contactId: string
    value: number
    meta: Record<string, unknown>
  }

  test('are all there after a kill in the middle: nothing half is left, and nothing twice', async () => {
    const file = newFile()
    const log = `${file}-wal`
    // It is larger than what making the tables takes: some of them have been written, and none is acknowledged.
    await killWhen(['--data', file, '--seed', '2000'], () => existsSync(log) && statSync(log).size > 500_000)

    const { url, output } = await served(['--data', file, '--seed', '2000'])
    const list = `${url}/api/v1/conversation`
    const conversations = await listAll<Item>(`${list}/list`)
    expect(new Set(conversations.map(({ id }) => id)).size).toBe(2000)
    expect(output()).toMatch(/begins with 2000 made-up conversations|has conversations already/)

    const open = conversations.find(({ meta }) => meta?.['status'] === 'open' && meta['endReason'] === 'stop')
    const messages = await listAll<Item>(`${list}/${open?.id}/message/list`)
    expect(messages.length).toBeGreaterThan(0)
    const unanswered: string[] = []
    for (const { id } of conversations.slice(0, 20)) {
      const said = (await listAll<Item>(`${list}/${id}/message/list`)).filter(({ type }) => /user|bot/.test(type))
      if (said.at(-1)?.type === 'user') unanswered.push(id)
    }
    expect(unanswered.length).toBeGreaterThan(0)

    const contacts = await listAll<Item>(`${url}/api/v1/contact/list`)
    const values: number[] = []
    for (const { id } of contacts.slice(-12)) {
      const theirs = await listAll<Item>(`${url}/api/v1/contact/${id}/conversation/list`)
      expect(theirs.length).toBe(conversations.filter(({ contactId }) => contactId === id).length)
      const ratings = await listAll<Item>(`${url}/api/v1/contact/${id}/rating/list`)
      values.push(...ratings.map(({ value }) => value))
    }
    expect(values.some((value) => value > 0)).toBe(true)
    expect(values.some((value) => value < 0)).toBe(true)
  })

  test('are not added to a file that has some, and the command says so', async () => {
    const file = newFile()
    const first = await served(['--data', file], { CONVERSATION_KIT_SEED: '3' })
    await first.end('SIGTERM')
    expect(first.output()).toContain('It begins with 3 made-up conversations.')
    const second = await served(['--data', file, '--seed', '5'])
    expect(await listAll(`${second.url}/api/v1/conversation/list`)).toHaveLength(3)
    await second.end('SIGTERM')
    expect(second.output()).toContain(`${file} has conversations already and is left as it is`)
  })
})

describe('durability', () => {
  const ROUNDS = 20
  const WRITERS = 8
  const WRITES_A_ROUND = 20
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const total = (lists: Map<string, string[]>) => [...lists.values()].reduce((sum, list) => sum + list.length, 0)

  async function createMessage(url: string, id: string): Promise<string> {
    const made = await postJson(`${url}/api/v1/conversation/${id}/message/create`, { type: 'user', text: 'Keep this' })
    return made.id
  }

  /** A message is acknowledged by the first line of the answer to it. Then the reader leaves. */
  async function beginAnswer(url: string, id: string): Promise<string> {
    const response = await post(
      `${url}/api/v1/conversation/${id}/complete`,
      { text: 'How do votes work?' },
      { accept: 'application/jsonl' },
    )
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      if (text.includes('\n')) break
    }
    const event = JSON.parse(text.split('\n')[0]!) as { type: string; data: { id: string } }
    if (event.type !== 'sendResult') throw new Error(`It began with ${event.type}.`)
    return event.data.id
  }

  test(`${ROUNDS} kills under write load lose nothing that was acknowledged`, async () => {
    const file = newFile()
    const acknowledged = new Map<string, string[]>()
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startServed(['--data', file])
      const killed = new AbortController()
      const write = async (writer: number) => {
        const { id } = await postJson(`${server.url}/api/v1/conversation/create`)
        const messages: string[] = []
        acknowledged.set(id, messages)
        const say = writer % 2 === 0 ? createMessage : beginAnswer
        while (!killed.signal.aborted) messages.push(await say(server.url, id))
      }
      const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer).catch(() => {}))
      // By what was acknowledged, not by time alone: a busy machine writes less. Then in the middle of something.
      const enough = total(acknowledged) + WRITES_A_ROUND
      const end = Date.now() + 1500
      while (total(acknowledged) < enough && Date.now() < end) await pause(1)
      await pause(Math.random() * 20)
      await server.end('SIGKILL')
      killed.abort()
      await Promise.all(writers)
    }

    const server = await served(['--data', file])
    const conversations = await listAll(`${server.url}/api/v1/conversation/list`)
    const stored = new Set(conversations.map(({ id }) => id))
    const lost: string[] = []
    for (const [id, messages] of acknowledged) {
      if (!stored.has(id)) lost.push(id)
      const found = (await listAll(`${server.url}/api/v1/conversation/${id}/message/list`)).map((each) => each.id)
      expect(new Set(found).size).toBe(found.length)
      lost.push(...messages.filter((message) => !found.includes(message)))
    }
    expect(lost).toEqual([])
    expect(stored.size).toBe(conversations.length)
    // Otherwise nothing was proven.
    expect(acknowledged.size).toBeGreaterThan(ROUNDS)
    const count = total(acknowledged)
    expect(count).toBeGreaterThan(100)
    console.log(`${ROUNDS} kills, ${acknowledged.size} conversations and ${count} messages acknowledged, 0 lost`)
  })
})

describe('load', () => {
  const STREAMS = 256
  const LIMIT_MB = 256

  test(`${STREAMS} answers open at once stay under ${LIMIT_MB} MB and all arrive`, async () => {
    // A model that begins every answer and ends none before all of them are open.
    const waiting: ServerResponse[] = []
    const model = await startUpstream((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'Begun. ' }))
      waiting.push(response)
    })
    const file = newFile()
    const server = await served(['--data', file], { OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_MODEL: 'patient' })
    const ask = async () => {
      const { id } = await postJson(`${server.url}/api/v1/conversation/create`)
      const response = await post(
        `${server.url}/api/v1/conversation/${id}/complete`,
        { text: 'Hi' },
        { accept: 'application/jsonl' },
      )
      const body = await response.text()
      return { id, whole: body.includes('"Begun. And ended."') && body.includes('"type":"result"') }
    }
    const asked = Promise.all(Array.from({ length: STREAMS }, ask))
    await until(() => waiting.length === STREAMS, 60_000)
    for (const response of waiting) response.end(`${chunk({ content: 'And ended.' }, 'stop')}data: [DONE]\n\n`)
    const answers = await asked
    expect(answers.filter(({ whole }) => whole)).toHaveLength(STREAMS)
    const peak = process.platform === 'linux' ? peakMemoryMB(server.process.pid ?? 0) : 0
    console.log(`${STREAMS} answers open at once: ${peak.toFixed(0)} MB at most`)
    expect(peak).toBeLessThan(LIMIT_MB)
    await model.close()

    await server.end('SIGKILL')
    const again = await served(['--data', file])
    const stored = await listAll(`${again.url}/api/v1/conversation/list`)
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(answers.map(({ id }) => id)))
    const last = answers.at(-1)?.id ?? ''
    expect(await listAll(`${again.url}/api/v1/conversation/${last}/message/list`)).toMatchObject([
      { type: 'user', text: 'Hi' },
      { type: 'bot', text: 'Begun. And ended.' },
    ])
  })
})

function chunk(delta: object, finish: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ delta, finish_reason: finish }] })}\n\n`
}
