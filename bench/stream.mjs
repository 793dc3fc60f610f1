import { answerOf, HEAD_WORDS, HISTORY_WORDS, historyOf, LAST_WORDS } from './lib/answer.mjs'
import { droppedIn, inFrames, launch, longestIn } from './lib/browser.mjs'
import { buildPages, HAND, OURS } from './lib/contenders.mjs'
import { createVerdicts, inTurns, RUNS, show } from './lib/report.mjs'
import { startServer } from './lib/server.mjs'

// An answer of 24 KB with code and tables in some 6,000 tokens, on top of 50 messages, in production builds with everybody's defaults.
//
// Paced: 200 tokens a second. Of the answer the last 5 KB are measured, some 1,300 tokens; what comes before them is there already. Time
// is that of the main thread, script and layout and paint, on the thread's own clock. A DOM update is what one task, or one frame, has
// changed; a figure of CPU counts only with at least 50 updated frames a second and a view at most 2 px behind at the end.
//
// Fast: as fast as it comes. From the arrival of the last byte to the DOM with the last words, and the longest frame meanwhile.

const MESSAGES = 50
const PACE = 200
const UPDATES = 50
const BEHIND_PX = 2
/** What takes some 30 ms varies more from run to run than what takes seconds. */
const FAST_RUNS = 3 * RUNS

export async function run() {
  const { directory, paths } = await buildPages()
  const server = await startServer(directory)
  const browser = await launch()
  const names = Object.keys(paths)
  try {
    const paced = await inTurns(names, (name) => measurePaced({ browser, server, path: paths[name], kilobytes: 24 }))
    show(`Paced at ${PACE} tokens/s, the last 5 KB of 24, medians of ${RUNS} alternating runs`, paced.figures, PACED)
    const sizes = await inTurns(['6 KB', '24 KB', '96 KB'], (size) =>
      measurePaced({ browser, server, path: paths[OURS], kilobytes: Number.parseInt(size, 10) }),
    )
    show('The kit, paced, the last 5 KB of answers of three lengths', sizes.figures, PACED)
    const fast = await inTurns(names, (name) => measureFast({ browser, server, path: paths[name] }), FAST_RUNS)
    show(`As fast as it comes, medians of ${FAST_RUNS} alternating runs`, fast.figures, FAST)
    return verdicts({ names, paced, sizes, fast })
  } finally {
    await browser.close()
    server.close()
  }
}

const PACED = {
  task: 'main thread, ms',
  script: 'script, ms',
  perUpdate: 'script an update, ms',
  wholeUpdate: 'main thread an update, ms',
  rate: 'updated frames/s',
  batches: 'DOM updates',
  behind: 'px behind',
  dropped: 'frames dropped',
  long: 'tasks > 50 ms',
}
const FAST = {
  afterLast: 'last byte to last words, ms',
  whole: 'request to last words, ms',
  longest: 'longest frame, ms',
  behind: 'px behind',
}

function verdicts({ names, paced, sizes, fast }) {
  const verdict = createVerdicts()
  const ours = paced.figures[OURS]
  const counts = ({ rate, behind }) => rate >= UPDATES && behind <= BEHIND_PX
  /** Beside the peer that does best, of those whose figures count. */
  const best = (result, key, among = () => true) => {
    const peers = names.filter((name) => name !== OURS && name !== HAND && among(result.figures[name]))
    return peers.length === 0 ? Number.NaN : Math.max(...peers.map((name) => result.ratio(OURS, name, key)))
  }
  const cpu = (ratio) => (counts(ours) ? ratio : Number.NaN)
  verdict.atLeast('paced: updated frames', ours.rate, UPDATES, '/s')
  verdict.atMost('paced: the view behind the end', ours.behind, BEHIND_PX, 'px')
  verdict.atMost('paced: main thread, of the page by hand', cpu(paced.ratio(OURS, HAND, 'task')), 1.4)
  verdict.atMost('paced: main thread, of the best peer', cpu(best(paced, 'task', counts)), 0.6)
  verdict.atMost('paced: script an update, of the page by hand', paced.ratio(OURS, HAND, 'perUpdate'), 3.5)
  verdict.atMost('paced: script an update at 96 KB, of 6 KB', sizes.ratio('96 KB', '6 KB', 'perUpdate'), 1.5)
  verdict.atMost('paced: main thread an update at 96 KB, of 6 KB', sizes.ratio('96 KB', '6 KB', 'wholeUpdate'), 1.5)
  verdict.atMost('paced: tasks over 50 ms', ours.long, 0, '')
  verdict.atMost('paced: frames dropped', ours.dropped, 0, '')
  verdict.atMost('fast: last byte to last words, of the page by hand', fast.ratio(OURS, HAND, 'afterLast'), 3)
  verdict.atMost('fast: last byte to last words, of the best peer', best(fast, 'afterLast'), 0.75)
  // A frame is a number of sixtieths of a second; the clock that tells how long it was is a tenth of a millisecond off.
  verdict.atMost('fast: longest frame', inFrames(fast.figures[OURS].longest), 50, 'ms')
  return verdict.end()
}

/** A chat with a history, at rest, its question asked. */
async function ask(page) {
  await page.evaluate((messages) => chat.open(messages), historyOf(MESSAGES))
  await page.evaluate((words) => probe.words(words), HISTORY_WORDS)
  await page.locator('textarea').first().fill('How is it kept in step?')
  await page.evaluate(() => probe.quiet())
}

async function measurePaced({ browser, server, path, kilobytes }) {
  return browser.page(server.url + path, async ({ page, spent }) => {
    const { head, tail } = answerOf(kilobytes)
    server.prepare({ head, tail, pace: PACE })
    await ask(page)
    await page.keyboard.press('Enter')
    await page.evaluate((words) => probe.words(words), HEAD_WORDS)
    await page.evaluate(() => probe.quiet())

    const before = await spent()
    const said = page.evaluate((words) => {
      probe.start()
      return probe.words(words)
    }, LAST_WORDS)
    server.goOn()
    await said
    const [seen, behind] = await page.evaluate(() => probe.painted().then(() => [probe.stop(), probe.behind()]))
    const after = await spent()
    const script = after.script - before.script
    return {
      task: after.task - before.task,
      script,
      perUpdate: script / seen.batches,
      wholeUpdate: (after.task - before.task) / seen.batches,
      rate: (seen.updated / (seen.frames.at(-1) - seen.frames[0])) * 1000,
      batches: seen.batches,
      behind,
      dropped: droppedIn(seen.frames),
      long: seen.longTasks.length,
    }
  })
}

async function measureFast({ browser, server, path }) {
  return browser.page(server.url + path, async ({ page }) => {
    const { head, tail } = answerOf(24)
    server.prepare({ head: [], tail: [...head, ...tail], pace: Infinity })
    server.goOn()
    await ask(page)
    const said = page.evaluate((words) => {
      probe.start()
      return probe.words(words)
    }, LAST_WORDS)
    await page.keyboard.press('Enter')
    const at = await said
    await page.evaluate(() => probe.painted())
    const [seen, behind] = await page.evaluate(() => probe.painted().then(() => [probe.stop(), probe.behind()]))
    const { began, lastByte } = await page.evaluate(() => probe.request())
    return {
      // What is shown with the arrival of the last byte took no time.
      afterLast: Math.max(0, at - lastByte),
      whole: at - began,
      longest: longestIn(seen.frames),
      behind,
    }
  })
}
