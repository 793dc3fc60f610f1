import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { build } from 'vite'
import { CHROMIUM_ARGS, findChromium } from '../scripts/browser.mjs'
import { createVerdicts, median, percentile, RUNS, show } from './lib/report.mjs'

// Searching 10,000 conversations and 50,000 messages that a page has loaded. The index is made in the worker from the query cache: how long
// the page was held at a time meanwhile, by the long tasks that Chromium tells a page of. They are on the clock of the wall and count what
// else the machine does; the longest task of its trace is shown beside them, on the clock of the thread. That counts what is no task of a
// page, too. Then two hundred questions, each from the call to the answer with its pieces of text and facets, beside a look at each text in
// the page, which forgives nothing, ranks nothing and counts nothing.

const CONVERSATIONS = 10_000
const LONGEST_MS = 50
const ANSWER_MS = 50
const TRACED = ['-*', 'blink.user_timing', 'disabled-by-default-devtools.timeline']

export async function run() {
  const files = await bundle()
  const server = createServer(({ url }, response) => {
    const file =
      url === '/'
        ? '<!doctype html><title>Search</title><script type="module" src="/page.js"></script>'
        : files.get(url)
    response.setHeader('content-type', url === '/' ? 'text/html; charset=utf-8' : 'text/javascript')
    response.statusCode = file === undefined ? 404 : 200
    response.end(file)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await chromium.launch({ executablePath: await findChromium(), args: CHROMIUM_ARGS })
  try {
    const runs = []
    for (let run = 0; run < RUNS; run += 1)
      runs.push(await measure(browser, `http://127.0.0.1:${server.address().port}/`))
    return report(runs)
  } finally {
    await browser.close()
    server.close()
  }
}

async function measure(browser, url) {
  const page = await browser.newPage()
  page.setDefaultTimeout(300_000)
  await page.goto(url)
  await page.waitForFunction(() => globalThis.bench !== undefined)
  await page.evaluate((count) => bench.fill(count), CONVERSATIONS)
  await browser.startTracing(page, { categories: TRACED })
  const index = await page.evaluate(() => bench.index())
  const traced = longestTask(await browser.stopTracing())
  if (index.engine !== 'worker') throw new Error('There was no worker.')
  const { times } = await page.evaluate(() => bench.ask())
  await page.close()
  return { ...index, traced, times }
}

/** The longest task between the two marks, in milliseconds of the page's thread. */
function longestTask(trace) {
  const { traceEvents } = JSON.parse(trace.toString())
  const mark = (wanted) => traceEvents.find(({ name, cat }) => name === wanted && cat.includes('blink.user_timing'))
  const begin = mark('index')
  const end = mark('indexed')
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) =>
      name === 'RunTask' && pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts < end.ts,
  )
  if (tasks.length === 0) throw new Error('The trace has no tasks.')
  return tasks.reduce((longest, { tdur, dur = 0 }) => Math.max(longest, (tdur ?? dur) / 1000), 0)
}

function report(runs) {
  const of = (key) => median(runs.map((run) => run[key]))
  const times = (name) => runs.flatMap((run) => run.times[name])
  show(
    `${CONVERSATIONS} conversations and ${CONVERSATIONS * 5} messages indexed, medians of ${RUNS} runs`,
    { worker: { took: of('took'), traced: of('traced'), longest: of('longest'), long: of('long') } },
    {
      took: 'all searched after, ms',
      traced: 'longest task in the trace, ms',
      longest: 'longest long task, ms',
      long: 'tasks over 50 ms',
    },
  )
  const figures = (name) => ({
    median: median(times(name)),
    p95: percentile(times(name), 0.95),
    longest: Math.max(...times(name)),
  })
  const answers = { kit: figures('kit'), 'linear scan': figures('scan') }
  show(`${times('kit').length / RUNS} questions, ${RUNS} times`, answers, {
    median: 'median, ms',
    p95: 'p95, ms',
    longest: 'longest, ms',
  })
  const verdict = createVerdicts()
  verdict.atMost('the longest long task while it is indexed', of('longest'), LONGEST_MS, 'ms')
  verdict.atMost('a question is answered, median', answers.kit.median, ANSWER_MS, 'ms')
  verdict.atMost('a question is answered, p95', answers.kit.p95, ANSWER_MS, 'ms')
  return verdict.end()
}

/** The page as a bundler of a user makes it, its worker with it. */
async function bundle() {
  const { output } = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      rolldownOptions: {
        input: { page: fileURLToPath(new URL('pages/search.js', import.meta.url)) },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  return new Map(output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]))
}
