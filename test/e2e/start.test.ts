import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, Frame, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHROMIUM_ARGS, installedChromium } from '../../scripts/browser.mjs'

const root = resolve(import.meta.dirname, '../..')
/** What `npm start` promises. */
const START_MS = 15_000

const QUESTION = 'How do votes work?'

let dir: string
let port: number
let server: ChildProcess | undefined
let browser: Browser
let page: Page

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })
}

/** Runs what `npm start` runs and gives all it printed up to its URL. */
function start(): Promise<string> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), CONVERSATION_KIT_DATA: join(dir, 'data.db') },
  })
  server = child
  return new Promise((done, fail) => {
    let printed = ''
    const listen = (chunk: Buffer) => {
      printed += String(chunk)
      if (/is running: \S+/.test(printed)) done(printed)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', (code) => fail(new Error(`npm start ended with ${code}: ${printed}`)))
  })
}

function kill(): Promise<void> {
  const child = server
  server = undefined
  if (!child || child.exitCode !== null) return Promise.resolve()
  return new Promise((done) => {
    child.once('exit', () => done())
    child.kill('SIGKILL')
  })
}

/** Opens what was printed, as a person would, and waits for the story in its frame. */
async function open(url: string): Promise<Frame> {
  await page.goto(url)
  const frame = await (await page.waitForSelector('#storybook-preview-iframe')).contentFrame()
  await frame!.getByRole('textbox', { name: 'Message' }).waitFor({ timeout: 60_000 })
  return frame!
}

interface Item {
  id: string
  type?: string
  meta?: { activity?: { function: { name: string } } } | null
}
const api = async (path: string) =>
  (await (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as { items: Item[] }

const answer = (frame: Frame) => frame.locator('article[data-role="assistant"]').last()

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'start-'))
  port = await freePort()
  browser = await chromium.launch({ executablePath: installedChromium(), args: CHROMIUM_ARGS })
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
})
afterAll(async () => {
  await browser.close()
  await kill()
  rmSync(dir, { recursive: true, force: true })
})

test('a newcomer asks, sees the answer stream, votes, and finds it all again after a reload and a kill -9', async () => {
  const began = Date.now()
  const printed = await start()
  const urls = printed.match(/https?:\/\/\S+/g)!
  expect(urls).toHaveLength(1)
  expect((await fetch(urls[0])).status).toBe(200)
  expect(Date.now() - began).toBeLessThan(START_MS)

  let frame = await open(urls[0])
  await frame.getByRole('textbox', { name: 'Message' }).fill(QUESTION)
  await page.keyboard.press('Enter')

  // The answer is looked at while it grows, until it may be voted on.
  const up = frame.getByRole('button', { name: 'Good answer' }).last()
  const seen = new Set<string>()
  const streaming = frame.locator('article[data-role="assistant"][data-message-status="streaming"]')
  await streaming.first().waitFor()
  while ((await streaming.count()) > 0) {
    seen.add(await answer(frame).innerText())
    await page.waitForTimeout(40)
  }
  expect(seen.size).toBeGreaterThanOrEqual(3)
  await up.click()
  await expect.poll(() => up.getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => up.getAttribute('data-pending')).toBe(null)
  const said = await answer(frame).innerText()
  expect(said).toContain('Sources')

  const everythingIsThere = async () => {
    await frame.locator('.ck-conversation').first().click()
    await frame.locator('article[data-role="user"]').getByText(QUESTION).waitFor()
    expect(await frame.locator('article[data-role="user"]').count()).toBe(1)
    expect(await frame.locator('article[data-role="assistant"]').count()).toBe(1)
    expect(await answer(frame).innerText()).toContain('Sources')
    await expect
      .poll(() => frame.getByRole('button', { name: 'Good answer' }).getAttribute('aria-pressed'))
      .toBe('true')
    // The server's own record of the vote.
    const [conversation] = (await api('conversation/list')).items
    const messages = (await api(`conversation/${conversation!.id}/message/list`)).items
    expect(messages.map((message) => message.meta?.activity?.function.name ?? message.type)).toEqual([
      'user',
      'bot',
      'upvoteMessage',
      'upvoteMessage',
    ])
  }

  // Nothing of the page and nothing of the process is left.
  await kill()
  await start()
  frame = await open(urls[0])
  await everythingIsThere()
})
