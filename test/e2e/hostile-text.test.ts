import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browser.mjs'
import { sourceAliases } from '../../scripts/aliases.mjs'
import type { HostilePage } from './hostile-text-page.tsx'
import { HOSTILE, PROGRAMS } from './hostile-texts.ts'
import { longestTasks, TRACED } from './tasks.ts'

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
const HTML =
  '<!doctype html><meta charset="utf-8"><title>Hostile</title><link rel="stylesheet" href="/styles.css"><div id="root"></div><script type="module" src="/page.js"></script>'
/** A longer text is not shown letter by letter to its end. */
const LETTERS = 300
const BATCH = 45
/** Milliseconds that no text may hold the page, where `work` takes `WORK_MS`. */
const MAX_TASK_MS = 300
const WORK_MS = 16
const TRIES = 3

let files: Map<string, string>
let server: Server
let browser: Browser
let page: Page
let origin: string
const asked: string[] = []

/** The page as a site would serve it: each piece that is downloaded when it is needed is a file of its own. */
async function bundle(): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: sourceAliases },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      minify: false,
      cssCodeSplit: true,
      modulePreload: false,
      rolldownOptions: {
        input: {
          page: join(import.meta.dirname, 'hostile-text-page.tsx'),
          styles: join(import.meta.dirname, '../../src/styles/index.css'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', assetFileNames: '[name][extname]' },
      },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) => ('output' in each ? each.output : []))
  return new Map(outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]))
}

const TYPES: Record<string, string> = { js: 'text/javascript', css: 'text/css' }

beforeAll(async () => {
  files = await bundle()
  server = createServer(({ url = '/' }, response) => {
    const file = url === '/' ? HTML : files.get(url)
    if (file === undefined) response.statusCode = 404
    response.setHeader('content-security-policy', POLICY)
    response.setHeader('content-type', `${TYPES[url.split('.').at(-1)!] ?? 'text/html'}; charset=utf-8`)
    response.end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // Nobody looks at the frames, so none is waited for.
  const args = [...CHROMIUM_ARGS, '--disable-frame-rate-limit', '--disable-gpu-vsync']
  browser = await chromium.launch({ executablePath: await findChromium(), args })
  page = await browser.newPage({ viewport: { width: 900, height: 200 } })
  page.on('request', (request) => asked.push(request.url()))
  page.on('dialog', (dialog) => {
    asked.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(`${origin}/`)
  await page.waitForFunction(() => 'hostile' in globalThis)
})
afterAll(async () => {
  await browser.close()
  await new Promise((resolve) => server.close(resolve))
})

type Global = typeof globalThis & { hostile: HostilePage }

/** What was asked for besides the files of the page, what ran, what the policy refused. */
async function harm(): Promise<string[]> {
  const ours = new Set([`${origin}/`, `${origin}/favicon.ico`, ...[...files.keys()].map((path) => origin + path)])
  const ran = await page.evaluate(() => (globalThis as Global).hostile.ran)
  return [...asked.filter((url) => !ours.has(url)), ...ran]
}

/** What is wrong while these are shown, and which of them held the page too long. What else runs on the machine does not count. */
async function showLong(
  how: 'flood' | 'colour',
  texts: readonly string[],
): Promise<{ wrong: string[]; slow: string[] }> {
  const wrong: string[] = []
  await browser.startTracing(page, { categories: TRACED })
  await page.evaluate(() => (globalThis as Global).hostile.work('work'))
  for (const [at, text] of texts.entries()) {
    const found = await page.evaluate(([how, text, name]) => (globalThis as Global).hostile[how](text, name), [
      how,
      text,
      `text ${at}`,
    ] as const)
    wrong.push(...found.map((what) => `${JSON.stringify(text.slice(0, 60))}: ${what}`))
  }
  const longest = longestTasks(await browser.stopTracing())
  expect(longest.size).toBe(texts.length + 1)
  const work = longest.get('work')!
  expect(work).toBeGreaterThan(1)
  const limit = MAX_TASK_MS * Math.max(1, work / WORK_MS)
  return { wrong, slow: texts.filter((_, at) => longest.get(`text ${at}`)! > limit) }
}

/** All that is not as it should be. What held the page is tried again: the machine may have held it. */
async function trouble(how: 'flood' | 'colour', texts: readonly string[]): Promise<string[]> {
  const found: string[] = []
  let left = texts
  for (let tries = 0; tries < TRIES && left.length > 0; tries += 1) {
    const { wrong, slow } = await showLong(how, left)
    found.push(...wrong)
    left = slow
  }
  return [...found, ...left.map((text) => `held the page: ${JSON.stringify(text.slice(0, 60))}`), ...(await harm())]
}

test('the texts are many', () => {
  expect(new Set(HOSTILE).size).toBe(HOSTILE.length)
  expect(HOSTILE.length).toBeGreaterThan(600)
})

test('hostile texts, whole and letter by letter, run nothing, ask nobody, lead nowhere and can be read', async () => {
  const texts = HOSTILE.filter(({ length }) => length <= LETTERS).sort((a, b) => a.length - b.length)
  const wrong: string[] = []
  for (let at = 0; at < texts.length; at += BATCH)
    wrong.push(
      ...(await page.evaluate((batch) => (globalThis as Global).hostile.letters(batch), texts.slice(at, at + BATCH))),
    )
  expect(wrong).toEqual([])
  expect(await harm()).toEqual([])
})

test(
  'floods, whole and as they are written, do nothing of that either, and do not hold the page',
  { timeout: 240_000 },
  async () => {
    const floods = HOSTILE.filter(({ length }) => length > LETTERS)
    expect(await trouble('flood', floods)).toEqual([])
  },
)

test('programs that take a highlighter long have their colours without holding the page', async () => {
  expect(await trouble('colour', PROGRAMS)).toEqual([])
  // The policy lets the pieces come that are downloaded when they are needed.
  expect(asked.some((url) => url.includes('/highlight'))).toBe(true)
})

test('tags are words like others', async () => {
  const text = '<b>bold</b> <img src=x onerror=hit()> <!-- hidden --> &lt;i&gt;'
  const words = await page.evaluate((text) => (globalThis as Global).hostile.words(text), text)
  expect(words).toBe('<b>bold</b> <img src=x onerror=hit()> <!-- hidden --> <i>')
})
