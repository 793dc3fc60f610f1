import { createReadStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { chromium } from 'playwright'
import type { Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browser.mjs'
import { postJson, startServed } from './served.ts'
import type { Served } from './served.ts'

const DIST = join(import.meta.dirname, '../../dist')
const PAGE =
  '<!doctype html><script type="module">import * as kit from "/transport/public.js"; globalThis.kit = kit</script>'
const SIZE = 3_000_000
/** Slow enough that a page sees the bytes go. */
const UPLOAD_BYTES_PER_S = 4_000_000

let server: Served
let page: Page
let closings: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  server = await startServed(['--memory'])
  // A page of another origin than the API, as in most apps.
  const pages = createServer(({ url = '/' }, response) => {
    const script = url.endsWith('.js')
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html')
    if (!script) return response.end(PAGE)
    return createReadStream(join(DIST, normalize(`/${url}`)))
      .on('error', () => response.writeHead(404).end())
      .pipe(response)
  })
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(pages.address() as AddressInfo).port}/`)
  await page.waitForFunction('globalThis.kit', undefined, { timeout: 20_000 })
  closings = [() => browser.close(), () => new Promise((resolve) => pages.close(resolve)), () => server.end('SIGTERM')]
  const network = await page.context().newCDPSession(page)
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: UPLOAD_BYTES_PER_S,
  })
})
afterAll(async () => {
  for (const close of closings) await close()
})

interface Outcome {
  steps: { loaded: number; total: number }[]
  /** Whether what came back is what went out. */
  same?: boolean
  type?: string
  code?: string
}

/** Runs in the page: uploads, optionally stops after some bytes, and downloads what is there. */
async function uploadInPage({ url, id, size, stopAt }: { url: string; id: string; size: number; stopAt?: number }) {
  const { ConversationClient } = (globalThis as unknown as { kit: typeof import('../../src/transport/index.ts') }).kit
  const client = new ConversationClient({ baseUrl: url, token: 'local' })
  const data = new Uint8Array(size).map((_, index) => (index * 7919) >> 3)
  const steps: Outcome['steps'] = []
  const leave = new AbortController()
  try {
    const { name = '' } = await client.attachment.upload(
      id,
      { data, type: 'image/png', name: 'large.png' },
      {
        signal: leave.signal,
        onProgress(step) {
          steps.push(step)
          if (stopAt !== undefined && step.loaded > stopAt) leave.abort()
        },
      },
    )
    const file = await client.attachment.download(id, name)
    const back = new Uint8Array(await file.arrayBuffer())
    const same = back.length === size && back.every((byte, index) => byte === data[index])
    return { steps, same, type: file.type }
  } catch (error) {
    return { steps, code: (error as { code?: string }).code ?? String(error) }
  }
}

const run = async (stopAt?: number): Promise<Outcome> => {
  const { id } = await postJson(`${server.url}/api/v1/conversation/create`)
  return await page.evaluate(uploadInPage, { url: server.url, id, size: SIZE, stopAt })
}

test('shows how far a file of 3 MB is on its way from a page, and gives back the same bytes', async () => {
  const { steps, ...outcome } = await run()
  expect(outcome).toEqual({ same: true, type: 'image/png' })
  const loaded = steps.map((step) => step.loaded)
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b))
  expect([loaded[0], loaded.at(-1)]).toEqual([0, SIZE])
  expect(steps.every(({ total }) => total === SIZE)).toBe(true)
  // In between too, which only XMLHttpRequest can tell.
  expect(new Set(loaded.filter((bytes) => bytes > 0 && bytes < SIZE)).size).toBeGreaterThan(2)
})

test('stops an upload from a page in the middle', async () => {
  const { steps, code } = await run(SIZE / 10)
  expect(code).toBe('ABORTED')
  expect(steps.at(-1)!.loaded).toBeLessThan(SIZE)
})
