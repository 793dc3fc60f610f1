import { readFile } from 'node:fs/promises'
import { chromium } from 'playwright'
import { CHROMIUM_ARGS, findChromium } from '../../scripts/browser.mjs'
import { HISTORY_WORDS } from './answer.mjs'

const VIEWPORT = { width: 900, height: 800 }

/** In the address of a page that opens a thread of so many messages when it is loaded. */
export const OPENS = '?open='
/** What such a page says when that is done. */
const OPENED = 'opened'

/** Asks the page for nothing, since to be asked costs it time. */
const openedIn = (page) =>
  Promise.race([
    page.waitForEvent('console', (message) => message.text() === OPENED),
    page.waitForEvent('pageerror').then((error) => Promise.reject(error)),
  ])

/** A real Chromium without a window. Its pages have sixty frames a second. */
export async function launch() {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })
  const script = await readFile(new URL('probe.js', import.meta.url), 'utf8')
  return {
    close: () => browser.close(),
    /** A page of a contender, loaded and at rest, in a context of its own; `measure` gets it. */
    async page(url, measure) {
      const context = await browser.newContext({ viewport: VIEWPORT, reducedMotion: 'no-preference' })
      // The slowest of them take minutes on a busy machine.
      context.setDefaultTimeout(300_000)
      const page = await context.newPage()
      const errors = []
      page.on('pageerror', (error) => errors.push(error.message))
      const words = `const HISTORY_WORDS = ${JSON.stringify(HISTORY_WORDS)}, OPENED = ${JSON.stringify(OPENED)}`
      await page.addInitScript({ content: `{${words};${script}}` })
      const session = await context.newCDPSession(page)
      // Time of the thread, not of the clock: what else runs on the machine does not count.
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      try {
        await Promise.all([url.includes(OPENS) && openedIn(page), page.goto(url, { waitUntil: 'load' })])
        await page.waitForFunction(() => globalThis.chat !== undefined)
        const result = await measure({ page, session, spent: () => spent(session) })
        if (errors.length > 0) throw new Error(`${url}: ${errors[0]}`)
        return result
      } finally {
        await context.close()
      }
    },
  }
}

/** Milliseconds of the main thread since the page began. */
async function spent(session) {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name) => metrics.find((metric) => metric.name === name).value * 1000
  return {
    task: of('TaskDuration'),
    script: of('ScriptDuration'),
    layout: of('LayoutDuration'),
    style: of('RecalcStyleDuration'),
  }
}

export const FRAME_MS = 1000 / 60

/** Frames that should have come between others and did not. */
export const droppedIn = (frames) =>
  frames.slice(1).reduce((sum, time, at) => sum + Math.max(0, Math.round((time - frames[at]) / FRAME_MS) - 1), 0)

export const longestIn = (frames) =>
  frames.slice(1).reduce((longest, time, at) => Math.max(longest, time - frames[at]), 0)

/** A time between two frames as the whole number of them that it was, in milliseconds. */
export const inFrames = (ms) => Math.round(ms / FRAME_MS) * FRAME_MS
