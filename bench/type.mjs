import { answerOf, HEAD_WORDS, HISTORY_WORDS, historyOf, LAST_WORDS } from './lib/answer.mjs'
import { launch } from './lib/browser.mjs'
import { buildPages, HAND, OURS } from './lib/contenders.mjs'
import { createVerdicts, inTurns, percentile, RUNS, show } from './lib/report.mjs'
import { startServer } from './lib/server.mjs'

// Typing while an answer of 24 KB streams at 200 tokens a second on top of 50 messages: sixty keys during its last 5 KB, from each
// keydown to the end of the frame that paints it.

const KEYS = 60
const EVERY_MS = 90
const PACE = 200

export async function run() {
  const { directory, paths } = await buildPages()
  const server = await startServer(directory)
  const browser = await launch()
  try {
    const typed = await inTurns(Object.keys(paths), (name) => measure({ browser, server, path: paths[name] }))
    show(`${KEYS} keys while it streams, keydown to paint, ms, medians of ${RUNS} alternating runs`, typed.figures, {
      half: 'half of them within',
      p95: '95 % within',
      worst: 'worst',
    })
    const verdict = createVerdicts()
    verdict.atMost('keydown to paint, 95 % within, of the page by hand', typed.ratio(OURS, HAND, 'p95'), 1.15)
    return verdict.end()
  } finally {
    await browser.close()
    server.close()
  }
}

async function measure({ browser, server, path }) {
  return browser.page(server.url + path, async ({ page }) => {
    const { head, tail } = answerOf(24)
    server.prepare({ head, tail, pace: PACE })
    await page.evaluate((messages) => chat.open(messages), historyOf(50))
    await page.evaluate((words) => probe.words(words), HISTORY_WORDS)
    await page.locator('textarea').first().fill('How is it kept in step?')
    await page.keyboard.press('Enter')
    await page.evaluate((words) => probe.words(words), HEAD_WORDS)
    await page.locator('textarea').first().focus()
    await page.evaluate(() => probe.quiet())
    await page.evaluate(() => void (globalThis.typed = probe.keys()))
    const said = page.evaluate((words) => probe.words(words), LAST_WORDS)
    server.goOn()
    const began = performance.now()
    for (let key = 1; key <= KEYS; key++) {
      await page.keyboard.press(String.fromCodePoint(97 + (key % 26)))
      const rest = began + key * EVERY_MS - performance.now()
      if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
    }
    await said
    const times = await page.evaluate(() => globalThis.typed)
    if (times.length < KEYS) throw new Error(`${path}: ${times.length} of ${KEYS} keys arrived.`)
    return { half: percentile(times, 0.5), p95: percentile(times, 0.95), worst: Math.max(...times) }
  })
}
