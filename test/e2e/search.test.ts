import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium } from 'playwright'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browser.mjs'
import type { SearchPage } from './search-page.ts'

const HTML = '<!doctype html><meta charset="utf-8"><title>Search</title><script type="module" src="/page.js"></script>'
const DIST = join(import.meta.dirname, '../../dist')

let files: Map<string, string>
let server: Server
let browser: Browser
let origin: string

/** A page that uses the published package, as the bundler of a user makes it: nothing is set up for the worker. */
async function bundle(): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: [{ find: /^conversation-kit\/admin$/, replacement: join(DIST, 'admin/index.js') }] },
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: { page: join(import.meta.dirname, 'search-page.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) => ('output' in each ? each.output : []))
  return new Map(outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]))
}

beforeAll(async () => {
  files = await bundle()
  server = createServer(({ url = '/' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://here')
    const file = pathname === '/' ? HTML : files.get(pathname)
    if (file === undefined) response.statusCode = 404
    const workers = searchParams.get('workers') ?? "'self'"
    response.setHeader('content-security-policy', `default-src 'none'; script-src 'self'; worker-src ${workers}`)
    response.setHeader('content-type', pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8')
    response.end(file)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })
})
afterAll(async () => {
  await browser.close()
  await new Promise((resolve) => server.close(resolve))
})

async function find(query: string): Promise<Awaited<ReturnType<SearchPage['find']>>> {
  const page = await browser.newPage()
  await page.goto(`${origin}/${query}`)
  await page.waitForFunction(() => 'searchPage' in globalThis)
  const found = await page.evaluate(() =>
    (globalThis as typeof globalThis & { searchPage: SearchPage }).searchPage.find(600, 'creme brulee 東京'),
  )
  await page.close()
  return found
}

test('a page that uses the published package searches in a worker of its own', async () => {
  expect([...files.keys()].filter((name) => name.includes('worker'))).toHaveLength(1)
  expect(await find('')).toEqual({ engine: 'worker', total: 1, first: 'm7' })
})

test('a page that may have no workers finds the same by itself', async () => {
  expect(await find(`?workers='none'`)).toEqual({ engine: 'page', total: 1, first: 'm7' })
})
