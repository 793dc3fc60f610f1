import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

// How fast a stream of JSON Lines becomes objects, beside the official client's decoder and a bare loop by hand, over the same
// bytes in one run. Time is processor time, since whatever else runs on the machine would blur the clock's. Ratios count; the MB/s
// belong to this machine. The built kit is measured.

const MEGABYTES = 20
/** Readers take turns after each part, and a part is compared with the same part: what the machine does besides falls on all alike. */
const PARTS = 10
const RUNS = 11
const RUNS_WITHOUT_PROMISE = 2

export async function run() {
  const { ConversationClient, jsonl } = await import('../dist/transport/public.js')
  const { readStream } = await import('../dist/transport/read-stream.js')
  const { createLineDecoder } = await import('../dist/protocol/lines.js')
  // The official client's own dependency, found from there.
  const official = await import(officialFetch())
  const texts = Array.from({ length: PARTS }, (_, part) => makeLines(MEGABYTES / PARTS, part))
  const sizes = { '64 KB': () => 64 * 1024, '1 KB': () => 1024, '1-256 B': random(1, 256) }
  const readers = {
    'bare loop': bareLoop,
    'kit, batches': batches(createLineDecoder),
    'kit, readStream': wholeClient(ConversationClient, readStream),
    'bare loop, for await': forAwait(bareGenerator),
    'kit, for await': forAwait(jsonl),
    official: forAwait(official.jsonl),
  }

  const verdicts = {}
  const die = random(0, 1000)
  // Each reader inherits the garbage of the one before it.
  const shuffled = (list) =>
    list
      .map((item) => [die(), item])
      .toSorted(([a], [b]) => a - b)
      .map(([, item]) => item)
  for (const [size, next] of Object.entries(sizes)) {
    const parts = texts.map(({ bytes, checksum }) => ({ chunks: chunksOf(bytes, next), checksum }))
    const times = Object.fromEntries(Object.keys(readers).map((name) => [name, []]))
    const damaged = new Set()
    const runs = size === '1-256 B' ? RUNS_WITHOUT_PROMISE : RUNS
    // The first run warms up.
    for (let run = 0; run <= runs; run++) {
      for (const { chunks, checksum } of parts) {
        for (const [name, read] of shuffled(Object.entries(readers))) {
          const started = process.cpuUsage()
          const sum = await read(bodyOf(chunks), chunks).catch((error) => error.name)
          const { user, system } = process.cpuUsage(started)
          if (run > 0) times[name].push((user + system) / 1000)
          if (sum !== checksum) damaged.add(name)
        }
      }
    }
    const speed = (name) => MEGABYTES / PARTS / (median(times[name]) / 1000)
    const measured = (name, than) => median(times[name].map((time, at) => times[than][at] / time))
    const figures = (name) => ({
      'MB/s': Math.round(speed(name)),
      'x bare loop': ratio(measured(name, 'bare loop')),
      'x official': ratio(measured(name, 'official')),
      text: damaged.has(name) ? 'DAMAGED' : 'whole',
    })
    console.log(`\n${MEGABYTES} MB of JSON Lines in chunks of ${size}, the median of ${runs * PARTS} parts`)
    console.table(Object.fromEntries(Object.keys(readers).map((name) => [name, figures(name)])))
    promise(`${size}: no reader of the kit damages text`, ![...damaged].some((name) => name.startsWith('kit')))
    if (size === '1-256 B') continue
    atLeast(`${size}: batches, of the bare loop`, measured('kit, batches', 'bare loop'), 0.9)
    // The hooks read through this one: the decoder with limits, errors and an account of what was said.
    atLeast(`${size}: readStream, of the bare loop`, measured('kit, readStream', 'bare loop'), 0.9)
    atLeast(`${size}: for await, of the bare loop`, measured('kit, for await', 'bare loop'), 0.65)
    atLeast(`${size}: for await, of the official client`, measured('kit, for await', 'official'), 1)
  }
  console.log()
  console.table(verdicts)
  return Object.entries(verdicts).flatMap(([name, { kept }]) => (kept === 'yes' ? [] : [name]))

  function atLeast(name, measured, wanted) {
    promise(name, measured >= wanted, `${measured.toFixed(2)} x`, `${wanted} x`)
  }
  function promise(name, kept, measured = '', wanted = '') {
    verdicts[name] = { measured, 'at least': wanted, kept: kept ? 'yes' : 'NO' }
  }
}

// --- readers: a body in, a checksum of what it said out ---------------------------------------------------------------

async function bareLoop(body) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const sum = checksumOf()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    rest += decoder.decode(value, { stream: true })
    let at = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', at)) {
      if (end > at) sum.add(JSON.parse(rest.slice(at, end)))
      at = end + 1
    }
    rest = rest.slice(at)
  }
  if (rest.trim()) sum.add(JSON.parse(rest))
  return sum.value
}

async function* bareGenerator(body) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    rest += decoder.decode(value, { stream: true })
    let at = 0
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', at)) {
      if (end > at) yield JSON.parse(rest.slice(at, end))
      at = end + 1
    }
    rest = rest.slice(at)
  }
  if (rest.trim()) yield JSON.parse(rest)
}

function batches(createLineDecoder) {
  return async (body) => {
    const reader = body.getReader()
    const decoder = createLineDecoder()
    const sum = checksumOf()
    for (;;) {
      const { done, value } = await reader.read()
      for (const event of done ? decoder.end() : decoder.push(value)) sum.add(event)
      if (done) break
    }
    return sum.value
  }
}

/** From the `Response` to the events: the client with its limits, its errors and its account of what was said. */
function wholeClient(ConversationClient, readStream) {
  const end = new TextEncoder().encode('{"type":"result","data":{"text":"","usage":{"token":1}}}\n')
  return async (_, chunks) => {
    const body = bodyOf([...chunks, end])
    const client = new ConversationClient({ baseUrl: 'http://bench.test', fetch: async () => new Response(body) })
    const sum = checksumOf()
    await readStream(client.complete('c1', { text: 'Go on' }), {
      onEvents: (events) => {
        for (const event of events) if (event.type === 'token') sum.add(event)
      },
    })
    return sum.value
  }
}

function forAwait(decode) {
  return async (body) => {
    const sum = checksumOf()
    for await (const event of decode(body)) sum.add(event)
    return sum.value
  }
}

// --- data -------------------------------------------------------------------------------------------------------------

/** Cheap, and different when a character, an event or the order is. */
function checksumOf() {
  return {
    value: 0,
    add({ data }) {
      const text = data.token
      let sum = this.value * 31 + text.length
      for (let at = 0; at < text.length; at += 7) sum += text.charCodeAt(at) * (at + 1)
      this.value = (sum + text.charCodeAt(text.length - 1)) % 1_000_000_007
    },
  }
}

function makeLines(megabytes, seed) {
  const words = [
    'porto ',
    'Straße ',
    'naïve ',
    '東京 ',
    'привет ',
    '👩‍🚀 ',
    '𝒳 ',
    'a quote: \\" ',
    'tea, ',
    'the ',
    'of ',
  ]
  const pick = random(0, words.length - 1, seed)
  const length = random(1, 12, seed)
  const sum = checksumOf()
  const lines = []
  for (let size = 0; size < megabytes * 1e6;) {
    const token = Array.from({ length: length() }, () => words[pick()]).join('')
    const event = { type: 'token', data: { type: 'bot', token }, createdAt: 1767225700000 + lines.length }
    sum.add(event)
    const line = `${JSON.stringify(event)}\n`
    size += Buffer.byteLength(line)
    lines.push(line)
  }
  return { bytes: new TextEncoder().encode(lines.join('')), checksum: sum.value }
}

function chunksOf(bytes, size) {
  const chunks = []
  for (let at = 0; at < bytes.length;) {
    const end = at + size()
    chunks.push(bytes.subarray(at, end))
    at = end
  }
  return chunks
}

function bodyOf(chunks) {
  let next = 0
  return new ReadableStream({
    pull(controller) {
      if (next < chunks.length) controller.enqueue(chunks[next++])
      else controller.close()
    },
  })
}

/** The same numbers in every run. */
function random(low, high, seed = 42) {
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return low + (seed % (high - low + 1))
  }
}

const ratio = (value) => Number(value.toFixed(2))
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

function officialFetch() {
  const require = createRequire(createRequire(import.meta.url).resolve('@chatbotkit/sdk'))
  const path = require.resolve('@chatbotkit/fetch')
  return pathToFileURL(path.replace('/cjs/', '/esm/').replace(/\.cjs$/, '.js')).href
}
