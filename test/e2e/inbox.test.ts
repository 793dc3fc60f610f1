import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser, Locator, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { createLocalServer, createNodeMiddleware } from 'conversation-kit/server/node'
import type { LocalServer } from 'conversation-kit/server/node'
import { ConversationClient } from 'conversation-kit/transport'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browser.mjs'
import { sourceAliases } from '../../scripts/aliases.mjs'

const HTML = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">
<body style="margin:0"><div id="root" style="height:100vh"></div><script type="module" src="/page.js"></script>`
const COUNT = 2000

let folder: string
let local: LocalServer
let pages: Server
let browser: Browser
let page: Page
let client: ConversationClient

async function bundle(): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: sourceAliases },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      lib: {
        entry: join(import.meta.dirname, 'inbox-page.tsx'),
        formats: ['es'],
        fileName: 'page',
        cssFileName: 'page',
      },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error('The page was not built.')
  return new Map(
    output.output.map((file) => [
      `/${file.fileName}`,
      'code' in file
        ? file.code
        : typeof file.source === 'string'
          ? file.source
          : new TextDecoder().decode(file.source),
    ]),
  )
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inbox-'))
  local = createLocalServer({ file: join(folder, 'inbox.db'), seed: COUNT })
  const files = await bundle()
  const api = createNodeMiddleware(local)
  pages = createServer((request, response) => {
    api(request, response, () => {
      const { pathname } = new URL(request.url ?? '/', 'http://page.example')
      const file = files.get(pathname)
      response.setHeader(
        'content-type',
        pathname.endsWith('.js') ? 'text/javascript' : pathname.endsWith('.css') ? 'text/css' : 'text/html',
      )
      response.end(file ?? HTML)
    })
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })
  page = await browser.newPage({ viewport: { width: 1500, height: 900 } })
  page.setDefaultTimeout(15_000)
  client = new ConversationClient({
    baseUrl: `http://127.0.0.1:${(pages.address() as AddressInfo).port}`,
    secret: 'local',
  })
})
afterAll(async () => {
  await browser.close()
  pages.closeAllConnections()
  await new Promise((resolve) => pages.close(resolve))
  await local.close()
  rmSync(folder, { recursive: true })
})

const region = (name: string) => page.getByRole('region', { name, exact: true })
const list = () => region('List of conversations')
const thread = () => region('Conversation')
const panel = () => page.getByRole('complementary', { name: 'Details of the conversation' })
const rows = () => list().locator('button.ck-conversation')

/** All conversations the server has, of some meta. */
async function stored(meta?: Record<string, string>) {
  const all = []
  for (let cursor: string | undefined; ;) {
    const { items } = await client.list({ cursor, meta })
    all.push(...items)
    if (items.length < 100) return all
    cursor = items.at(-1)!.id
  }
}

/** Waits until the server says what the page does. */
async function agrees<T>(read: () => Promise<T>, wanted: T): Promise<void> {
  await expect.poll(read, { timeout: 20_000 }).toEqual(wanted)
}

const textOf = async (locator: Locator) => ((await locator.textContent()) ?? '').trim()

test('an admin works through an inbox of two thousand, and screen and server agree after each step', async () => {
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`)
  await rows().first().waitFor()
  expect((await stored()).length).toBe(COUNT)

  // Filter by meta: the API is asked, and the address bar says it.
  await list()
    .getByRole('button', { name: /^Filter/ })
    .click()
  await list().getByPlaceholder('Name', { exact: true }).fill('team')
  await list().getByPlaceholder('Value', { exact: true }).fill('billing')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const billing = await stored({ team: 'billing' })
  expect(billing.length).toBeGreaterThan(100)
  await expect.poll(() => textOf(rows().first())).toContain(billing[0]!.name ?? 'Untitled conversation')
  expect(decodeURIComponent(page.url())).toContain('billing')

  // Open the first.
  const [first, second] = billing as [(typeof billing)[0], (typeof billing)[0]]
  await rows().first().click()
  await thread().getByRole('article').first().waitFor()
  const before = (await client.message.list(first.id, { order: 'asc' })).items

  // Rename.
  const name = panel().getByLabel('Name').first()
  await name.fill('The one that we work on')
  await name.press('Enter')
  await expect.poll(() => textOf(rows().first())).toContain('The one that we work on')
  await agrees(async () => (await client.fetch(first.id)).name, 'The one that we work on')

  // Answer.
  await thread().getByRole('textbox', { name: 'Answer' }).fill('A person answers.')
  await thread().getByRole('button', { name: 'Send' }).click()
  await thread().getByText('A person answers.').waitFor()
  await agrees(
    async () =>
      (await client.message.list(first.id, { order: 'asc' })).items
        .slice(before.length)
        .map(({ type, text }) => `${type} ${text}`),
    ['bot A person answers.'],
  )

  // Vote for it.
  const answer = thread().getByRole('article').filter({ hasText: 'A person answers.' })
  await answer.getByRole('button', { name: 'Good answer' }).click()
  await expect.poll(() => answer.getByRole('button', { name: 'Good answer' }).getAttribute('aria-pressed')).toBe('true')
  await agrees(async () => {
    const { items } = await client.message.list(first.id, { order: 'desc', take: 5 })
    return items.some(({ type, meta }) => type === 'activity' && JSON.stringify(meta).includes('vote'))
  }, true)

  // Search, with a slip, in what is loaded.
  await list().getByRole('searchbox').fill('one that we wrok on')
  await list().getByRole('search').waitFor()
  await expect
    .poll(() => list().getByRole('listitem').filter({ hasText: 'The one that we work on' }).count())
    .toBeGreaterThan(0)
  await list().getByRole('searchbox').fill('')

  // All that match, also what is not loaded, into a file.
  await list()
    .getByLabel(/^Select all/)
    .first()
    .check()
  await list().getByRole('button', { name: 'Export…', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(`${billing.length} conversations with all messages.`).waitFor()
  await dialog.getByRole('combobox').selectOption({ label: 'JSON, can be imported again' })
  await dialog.getByRole('button', { name: /^Export/ }).click()
  const ready = list().getByRole('button', { name: 'Download' })
  await ready.waitFor({ timeout: 60_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), ready.click()])
  const file: unknown = JSON.parse(readFileSync(await download.path(), 'utf8'))
  const exported = (Array.isArray(file) ? file : (file as { conversations: unknown[] }).conversations) as {
    id: string
  }[]
  expect(exported.map(({ id }) => id).toSorted()).toEqual(billing.map(({ id }) => id).toSorted())

  // Nothing is chosen any more; delete one, and take it back.
  await list().getByRole('button', { name: 'Clear selection' }).last().click()
  const remove = async () => {
    await rows().nth(1).focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => rows().nth(1).getAttribute('data-id')).not.toBe(second.id)
  }
  await remove()
  await list().getByRole('button', { name: 'Undo' }).first().click()
  await expect.poll(() => rows().nth(1).getAttribute('data-id')).toBe(second.id)
  expect((await client.fetch(second.id)).id).toBe(second.id)

  // Delete it for good: the server is told when it cannot be taken back any more, and of this one only.
  // While the pointer rests on what takes it back, it waits.
  await thread().hover()
  await remove()
  const left = billing.filter(({ id }) => id !== second.id).map(({ id }) => id)
  await agrees(async () => (await stored({ team: 'billing' })).map(({ id }) => id), left)

  // After a reload all of it is there: the view, the name, the answer, and what was deleted is not.
  await page.reload()
  await rows().first().waitFor()
  expect(await textOf(rows().first())).toContain('The one that we work on')
  await expect.poll(() => rows().nth(1).getAttribute('data-id')).toBe(left[1])
  await rows().first().click()
  await thread().getByText('A person answers.').waitFor()
  expect((await stored({ team: 'billing' })).map(({ id }) => id)).toEqual(left)
}, 120_000)
