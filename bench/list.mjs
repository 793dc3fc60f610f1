import { droppedIn, launch } from './lib/browser.mjs'
import { buildPages, HAND, LISTS, OURS } from './lib/contenders.mjs'
import { createVerdicts, inTurns, median, RUNS, show } from './lib/report.mjs'
import { startServer } from './lib/server.mjs'

// A list of conversations that are all in memory: nobody asks a server. First rows are measured from the call that shows the list to the
// paint in which the view is full of rows: once in a page in which nothing was shown yet, where a browser reads React and the library for
// the first time, and then as in a page that is in use, where the list is shown again and again. Then single rows in view get other names, one each time the page is
// at rest: from the change to the row that says so, laid out. Then the wheel turns down for three seconds.

const LENGTHS = [10_000, 100_000]
const UPDATES = 40
/** How often the list is shown again. */
const SHOWN = 7
const SCROLL_MS = 3000
/** A turn of the wheel, px, once a frame. */
const WHEEL_PX = 100
/** Has every row on the page. No promise hangs on it, and it takes minutes: once is enough to see. */
const PLAIN = 'plain React'

export async function run() {
  const { directory, paths } = await buildPages(LISTS)
  const server = await startServer(directory)
  const browser = await launch()
  const measured = {}
  try {
    for (const length of LENGTHS) {
      const measureOne = (name) => measure({ browser, url: `${server.url}${paths[name]}`, length })
      const names = Object.keys(paths).filter((name) => name !== PLAIN)
      const plain = Object.keys(paths).filter((name) => name === PLAIN)
      measured[length] = await inTurns(names, measureOne)
      const once = await inTurns(plain, measureOne, 1)
      show(
        `${length} conversations, medians of ${RUNS} alternating runs${plain.length > 0 ? `, one of ${PLAIN}` : ''}`,
        { ...measured[length].figures, ...once.figures },
        {
          first: 'to the first rows painted, ms',
          cold: 'the same in a new page, ms',
          coldTask: 'main thread for that, ms',
          update: 'update of one row, ms',
          longest: 'the longest of them, ms',
          elements: 'elements',
          dropped: 'frames dropped',
          blank: 'blank frames, %',
          moved: 'px scrolled',
        },
      )
    }
    return verdicts(measured, Object.keys(paths))
  } finally {
    await browser.close()
    server.close()
  }
}

function verdicts(measured, names) {
  const verdict = createVerdicts()
  const others = names.filter((name) => name !== HAND && name !== OURS && name !== PLAIN)
  for (const length of LENGTHS) {
    const { figures, ratio } = measured[length]
    const ours = figures[OURS]
    verdict.atMost(`${length}: first rows, of the list by hand`, ratio(OURS, HAND, 'first'), 2)
    const best = Math.min(...others.map((name) => figures[name].first))
    verdict.atMost(`${length}: first rows, of the best of the others`, ours.first / best, 1)
    const limit = length === LENGTHS[0] ? 3 : 4
    verdict.atMost(`${length}: update of one row, of the list by hand`, ratio(OURS, HAND, 'update'), limit)
    verdict.atMost(`${length}: frames dropped while scrolling`, ours.dropped, 0, '')
    verdict.atMost(`${length}: blank frames while scrolling`, ours.blank, 1, '%')
  }
  const [short, long] = LENGTHS
  const grown = measured[long].figures[OURS].update / measured[short].figures[OURS].update
  verdict.atMost(`update of one row, ${long} of ${short}`, grown, 1.3)
  return verdict.end()
}

async function measure({ browser, url, length }) {
  return browser.page(url, async ({ page, session, spent }) => {
    await page.evaluate((count) => chat.prepare(count), length)
    await page.evaluate(() => probe.quiet())
    // What making the conversations has left behind is nobody's.
    await session.send('HeapProfiler.collectGarbage')
    const before = await spent()
    const cold = await page.evaluate(firstRows)
    const after = await spent()
    const again = []
    // Of a list that takes seconds once is enough.
    for (let time = 0; time < (cold > 1000 ? 1 : SHOWN); time++) {
      await page.evaluate(() => (chat.close(), probe.quiet(200)))
      again.push(await page.evaluate(firstRows))
    }
    await page.evaluate(() => probe.quiet())
    const updates = await page.evaluate(updateRows, UPDATES)
    await page.evaluate(() => probe.quiet())
    const elements = await page.evaluate(() => document.querySelectorAll('*').length)
    const scrolled = await scroll(page)
    return {
      first: median(again),
      cold,
      coldTask: after.task - before.task,
      update: median(updates),
      longest: Math.max(...updates),
      elements,
      ...scrolled,
    }
  })
}

/** Runs in the page. */
async function firstRows() {
  // From just after a paint, so that all have the same time to the next one.
  await probe.painted()
  const began = performance.now()
  chat.open()
  for (;;) {
    const painted = await probe.painted()
    const viewport = chat.viewport()
    if (!viewport) continue
    const bottom = viewport.getBoundingClientRect().bottom
    const rows = [...viewport.querySelectorAll(chat.row)]
    if (rows.some((row) => row.getBoundingClientRect().bottom >= bottom - 60)) return painted - began
  }
}

/** Runs in the page. */
async function updateRows(count) {
  const times = []
  for (let at = 0; at < count; at++) {
    await probe.painted()
    const name = `Another name ${at}`
    const began = performance.now()
    const said = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!chat.viewport().textContent.includes(name)) return
        observer.disconnect()
        resolve()
      })
      observer.observe(chat.viewport(), { subtree: true, childList: true, characterData: true })
    })
    chat.change(chat.idAt(at % 10), name)
    await said
    chat.viewport().getBoundingClientRect()
    times.push(performance.now() - began)
  }
  return times
}

/** The wheel turns once a frame. */
async function scroll(page) {
  const { x, y, width, height } = await page.evaluate(() => chat.viewport().getBoundingClientRect().toJSON())
  await page.mouse.move(x + width / 2, y + height / 2)
  const from = await page.evaluate(() => {
    globalThis.counted = probe.holes()
    probe.start()
    return chat.viewport().scrollTop
  })
  const began = performance.now()
  for (let turn = 0; performance.now() - began < SCROLL_MS; turn++) {
    await page.mouse.wheel(0, WHEEL_PX)
    const rest = began + (turn + 1) * (1000 / 60) - performance.now()
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest))
  }
  const { frames, count, top } = await page.evaluate(() => {
    globalThis.counted.ended = true
    return { frames: probe.stop().frames, count: globalThis.counted, top: chat.viewport().scrollTop }
  })
  return { dropped: droppedIn(frames), blank: (count.blank / count.frames) * 100, moved: top - from }
}
