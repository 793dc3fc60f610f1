import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { build } from 'vite'
import { createConversationServer } from 'conversation-kit/server'
import type { ConversationServer } from 'conversation-kit/server'
import { createNodeMiddleware } from 'conversation-kit/server/node'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browser.mjs'
import { sourceAliases } from '../../scripts/aliases.mjs'
import type { OutboxPage } from './outbox-page.tsx'

const HTML =
  '<!doctype html><link rel="icon" href="data:,"><div id="root" style="height:600px"></div><script type="module" src="/page.js"></script>'
const SENDS = 50
const CHANGES = 20
const TOKEN_MS = 40

let script: string
let pages: Server
let browser: Browser
let context: BrowserContext
let api: ConversationServer

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: sourceAliases },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, 'outbox-page.tsx'), formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error('The page was not built.')
  return output.output[0].code
}

beforeAll(async () => {
  script = await bundle()
  pages = createServer((request, response) => {
    createNodeMiddleware(api)(request, response, () => {
      const isScript = request.url === '/page.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : HTML)
    })
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })
})
afterAll(async () => {
  await browser.close()
  await new Promise((resolve) => pages.close(resolve))
})
beforeEach(async () => {
  await context?.close()
  context = await browser.newContext()
  api = createConversationServer({
    conversations: [{ id: 'c1' }],
    reply: ({ text }) => ['Answer ', 'to ', text],
    tokenDelay: TOKEN_MS,
    voteWindow: 0,
  })
})

async function open(): Promise<Page> {
  const page = await context.newPage()
  const origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`
  // The page itself is there without a network, as that of an app with a service worker is.
  await page.route(`${origin}/*`, (route) => {
    const isScript = route.request().url().endsWith('/page.js')
    return route.fulfill(
      isScript ? { contentType: 'text/javascript', body: script } : { contentType: 'text/html', body: HTML },
    )
  })
  await page.goto(`${origin}/?id=c1&api=${encodeURIComponent(origin)}`)
  await ready(page)
  return page
}

/** The browser lets go on what is under way when it is told to be offline; a network that is gone does not. */
async function connect(on: boolean): Promise<void> {
  await context.setOffline(!on)
  if (!on) pages.closeAllConnections()
}

const ready = (page: Page) => page.waitForFunction(() => 'outbox' in globalThis, undefined, { timeout: 20_000 })

type Global = typeof globalThis & { outbox: OutboxPage }
const say = (page: Page, text: string) => page.evaluate((text) => (globalThis as Global).outbox.say(text), text)
const rows = (page: Page) => page.evaluate(() => (globalThis as Global).outbox.rows())
const answering = (page: Page) =>
  page.waitForFunction(() => (globalThis as Global).outbox.rows().some(({ status }) => status === 'streaming'))
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const stored = () => api.snapshot().messages['c1']!
const said = () => stored().flatMap(({ type, text }) => (type === 'user' ? [text] : []))

/** The same numbers in every run. */
function random(low: number, high: number) {
  let seed = 7
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return low + (seed % (high - low + 1))
  }
}

test('50 messages, a network that comes and goes 20 times and a page that is reloaded: each is on the server once, in its order', async () => {
  const page = await open()
  const words = Array.from({ length: SENDS }, (_, index) => `Message ${index + 1}`)
  const pick = random(0, 120)
  let changes = 0
  let waitingAtReload = 0
  // An answer that has begun goes on when it is let go: a slow page would not see the middle of a short one.
  let held = Promise.resolve()
  api.reply(async function* ({ text, sleep }) {
    for (const token of ['Answer ', 'to ', text]) {
      await sleep(TOKEN_MS)
      yield token
      await held
    }
  })
  for (const [index, text] of words.entries()) {
    const isChange = index % 2 === 1 && changes < CHANGES - 1
    const isLoss = isChange && changes % 2 === 0
    let letGo = () => {}
    if (isLoss) held = new Promise((resolve) => (letGo = resolve))
    await say(page, text)
    await pause(pick())
    // Gone in the middle of answers.
    if (isChange) {
      changes += 1
      if (isLoss) await answering(page)
      await connect(!isLoss)
      letGo()
    }
    if (index !== 30) continue
    waitingAtReload = (await rows(page)).filter(({ status }) => status === 'queued').length
    await page.reload()
    await ready(page)
  }
  await connect(true)
  changes += 1
  expect(changes).toBe(CHANGES)
  expect(waitingAtReload).toBeGreaterThan(0)
  await expect.poll(said, { timeout: 60_000, interval: 100 }).toHaveLength(SENDS)
  await expect
    .poll(async () => (await rows(page)).every(({ status }) => status !== 'queued' && status !== 'sending'), {
      timeout: 20_000,
    })
    .toBe(true)
  expect(said()).toEqual(words)
  // The network was taken from answers too, not only from what waited.
  expect(api.requests.filter(({ aborted }) => aborted).length).toBeGreaterThan(2)
  const shown = await rows(page)
  expect(shown.flatMap(({ role, text }) => (role === 'user' ? [text] : []))).toEqual(words)
})

test('a message that waits when its page is closed is sent by the next page that shows the conversation', async () => {
  const first = await open()
  await context.setOffline(true)
  await say(first, 'One')
  await say(first, 'Two')
  await expect.poll(() => rows(first)).toMatchObject([{ status: 'queued' }, { status: 'queued' }])
  await first.close()
  expect(said()).toEqual([])
  await context.setOffline(false)
  await open()
  await expect.poll(said, { timeout: 20_000 }).toEqual(['One', 'Two'])
})

test('of two pages each sends its own, and what one leaves the other one sends once', async () => {
  const [one, two] = [await open(), await open()]
  await context.setOffline(true)
  await say(one, 'From one')
  await say(two, 'From two')
  await expect.poll(() => rows(one)).toHaveLength(1)
  // A third page takes nothing from those that live.
  const three = await open()
  await pause(300)
  expect(await rows(three)).toEqual([])
  await one.close()
  await context.setOffline(false)
  await expect.poll(() => said().toSorted(), { timeout: 20_000 }).toEqual(['From one', 'From two'])
  await pause(500)
  expect(said()).toHaveLength(2)
})

test('an answer that was under way when the page was reloaded is there afterwards, and its question once', async () => {
  api.reply(() => Array.from({ length: 200 }, () => 'word '))
  const page = await open()
  await say(page, 'Tell me')
  await expect.poll(async () => (await rows(page)).at(-1)?.text.length ?? 0, { timeout: 20_000 }).toBeGreaterThan(20)
  await page.reload()
  await ready(page)
  api.reply('All of it.')
  await expect
    .poll(async () => (await rows(page)).at(-1), { timeout: 20_000 })
    .toMatchObject({ role: 'assistant', status: 'sent' })
  expect(said()).toEqual(['Tell me'])
})
