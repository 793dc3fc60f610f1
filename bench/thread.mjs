import { droppedIn, launch, OPENS } from './lib/browser.mjs'
import { buildPages, HAND, OURS } from './lib/contenders.mjs'
import { createVerdicts, inTurns, RUNS, show } from './lib/report.mjs'
import { startServer } from './lib/server.mjs'

// Opening a long thread at its end, and scrolling in it. Opened is a page that nobody has seen yet and that has its messages: from the
// navigation to the paint in which the last message is seen at the bottom, with the code, which comes from this machine, but without the
// time that the messages take to come and to be parsed, for ten thousand as long as the rest of a page by hand; then how much of that was
// after the code was there. Elements are all of the page. Then the wheel turns upwards for three seconds; a frame is blank when more than
// 120 px of the view has no row in it just before it is painted.

const LENGTHS = [1000, 10_000]
const SCROLL_MS = 3000
const OPENED = { open: 'to the last message painted, ms', after: 'of that with its code, ms' }
/** A turn of the wheel, px, once a frame. */
const WHEEL_PX = 100

const threadOf = (name, length) => `${name}, ${length} messages`

export async function run() {
  const { directory, paths } = await buildPages()
  const server = await startServer(directory)
  const browser = await launch()
  const names = Object.keys(paths)
  const urlOf = (name, length) => `${server.url}${paths[name]}${OPENS}${length}`
  const figures = {}
  try {
    for (const length of LENGTHS) {
      const measureOne = (name) => measure({ browser, url: urlOf(name, length) })
      // No promise hangs on the peers' longest threads, and they take minutes: once is enough to see.
      const once = length === LENGTHS[0] ? [] : names.filter((name) => name !== HAND && name !== OURS)
      figures[length] = (
        await inTurns(
          names.filter((name) => !once.includes(name)),
          measureOne,
        )
      ).figures
      const peers = await inTurns(once, measureOne, 1)
      const runs = `medians of ${RUNS} alternating runs${once.length > 0 ? `, one of ${once.join(', ')}` : ''}`
      show(
        `${length} messages, ${runs}`,
        { ...figures[length], ...peers.figures },
        {
          ...OPENED,
          task: 'main thread, ms',
          elements: 'elements',
          behind: 'px behind',
          dropped: 'frames dropped',
          blank: 'blank frames, %',
          moved: 'px scrolled',
        },
      )
    }
    // Some milliseconds more or less decide, and differ by a fifth between runs: this is asked more often.
    const both = [HAND, OURS].filter((name) => names.includes(name))
    const urls = Object.fromEntries(
      both.flatMap((name) => LENGTHS.map((length) => [threadOf(name, length), urlOf(name, length)])),
    )
    const openOne = (thread) => browser.page(urls[thread], ({ page }) => page.evaluate(() => probe.opened))
    const opened = await inTurns(Object.keys(urls), openOne, RUNS * 3)
    show(`opened, medians of ${RUNS * 3} alternating runs`, opened.figures, OPENED)
    return verdicts(figures, opened)
  } finally {
    await browser.close()
    server.close()
  }
}

function verdicts(figures, opened) {
  const verdict = createVerdicts()
  const [short, long] = LENGTHS
  const [ours, oursLong] = LENGTHS.map((length) => threadOf(OURS, length))
  verdict.atMost(`${short}: opened, of the page by hand`, opened.ratio(ours, threadOf(HAND, short), 'open'), 2.5)
  verdict.atMost(`${long}: opened, of one's own ${short}`, opened.ratio(oursLong, ours, 'open'), 1.3)
  verdict.atMost(
    `${long}: opened with its code there, of one's own ${short}`,
    opened.ratio(oursLong, ours, 'after'),
    1.3,
  )
  verdict.atMost(`${long}: elements`, figures[long][OURS].elements, 400, '')
  for (const length of LENGTHS) {
    const { behind, dropped, blank } = figures[length][OURS]
    verdict.atMost(`${length}: opened at the end`, behind, 2, 'px behind')
    verdict.atMost(`${length}: frames dropped while scrolling`, dropped, 2, '')
    verdict.atMost(`${length}: blank frames while scrolling`, blank, 1, '%')
  }
  return verdict.end()
}

async function measure({ browser, url }) {
  return browser.page(url, async ({ page, spent }) => {
    const opened = await page.evaluate(() => probe.opened)
    const { task } = await spent()
    // Whoever measures rows or loads the rest does so now.
    await page.evaluate(() => probe.quiet())
    const [elements, behind, from] = await page.evaluate(() => [
      document.querySelectorAll('*').length,
      probe.behind(),
      chat.viewport().scrollTop,
    ])
    const scrolled = await scroll(page)
    return { ...opened, task, elements, behind, ...scrolled, moved: from - scrolled.top }
  })
}

/** The wheel turns once a frame. */
async function scroll(page) {
  const { x, y, width, height } = await page.evaluate(() => chat.viewport().getBoundingClientRect().toJSON())
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.evaluate(() => {
    globalThis.counted = probe.holes()
    probe.start()
  })
  const began = performance.now()
  for (let turn = 0; performance.now() - began < SCROLL_MS; turn++) {
    await page.mouse.wheel(0, -WHEEL_PX)
    const rest = began + (turn + 1) * (1000 / 60) - performance.now()
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
  }
  const { frames, count, top } = await page.evaluate(() => {
    globalThis.counted.ended = true
    return { frames: probe.stop().frames, count: globalThis.counted, top: chat.viewport().scrollTop }
  })
  return { dropped: droppedIn(frames), blank: (count.blank / count.frames) * 100, top }
}
