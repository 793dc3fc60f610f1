import { once } from 'node:events'
import { createReadStream, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { historyOf } from './answer.mjs'

const TYPES = { '.js': 'text/javascript', '.css': 'text/css' }

/** How the same tokens travel to each contender. */
const FORMATS = {
  jsonl: {
    type: 'application/jsonl',
    begin: () => line('completeBegin', { instance: 'i-1', iteration: 'it-1' }),
    token: (token) => line('token', { token, type: 'bot' }),
    end: (text, count) =>
      line('message', { type: 'bot', text }) +
      line('completeEnd', { instance: 'i-1', iteration: 'it-1' }) +
      line('result', { text, usage: { token: count }, end: { reason: 'stop' } }),
  },
  // The AI SDK's UI message stream.
  sse: {
    type: 'text/event-stream',
    headers: { 'x-vercel-ai-ui-message-stream': 'v1' },
    begin: () =>
      event({ type: 'start', messageId: 'answer' }) +
      event({ type: 'start-step' }) +
      event({ type: 'text-start', id: 't' }),
    token: (delta) => event({ type: 'text-delta', id: 't', delta }),
    end: () =>
      event({ type: 'text-end', id: 't' }) +
      event({ type: 'finish-step' }) +
      event({ type: 'finish' }) +
      'data: [DONE]\n\n',
  },
}

const histories = new Map()
/** Written once: what a server takes for it is no page's doing. */
function writtenHistory(count) {
  if (!histories.has(count)) histories.set(count, Buffer.from(JSON.stringify(historyOf(count))))
  return histories.get(count)
}

/** A page that opens a thread with its history, which it has before anything else. */
const opens = (count, looks, code) =>
  `<script>probe.open(fetch('/history/${count}').then((response) => response.json()), ` +
  `${JSON.stringify(looks)}, '${code}')</script>`

const line = (type, data) => `${JSON.stringify({ type, data })}\n`
const event = (part) => `data: ${JSON.stringify(part)}\n\n`

/**
 * Serves the built pages, and one answer to whoever asks: `answer.head` at once, then, when `goOn` is called, `answer.tail` at
 * `answer.pace` tokens a second.
 */
export async function startServer(pages) {
  let answer
  let goOn
  let mayGoOn
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://localhost').pathname
    if (request.method === 'POST') {
      request.resume().once('end', () => void speak(response, path.endsWith('/sse') ? FORMATS.sse : FORMATS.jsonl))
      return
    }
    if (path.startsWith('/history/')) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(writtenHistory(Number(path.slice('/history/'.length))))
      return
    }
    if (path.endsWith('.html')) {
      const name = path.slice(1, -'.html'.length)
      const preload = JSON.parse(readFileSync(join(pages, name, 'preload.json'), 'utf8'))
      const links = preload.map((file) => `<link rel="modulepreload" href="/${name}/${file}">`).join('')
      const looks = `${links}<link rel="stylesheet" href="/${name}/page.css"><div id="root"></div>`
      const code = `/${name}/page.js`
      const count = new URL(request.url, 'http://localhost').searchParams.get('open')
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">` +
          `${count ? opens(count, looks, code) : `${looks}<script type="module" src="${code}"></script>`}</html>`,
      )
      return
    }
    const file = createReadStream(join(pages, normalize(path)))
    file.once('error', () => response.writeHead(404).end())
    file.once('open', () => {
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
      file.pipe(response)
    })
  })

  async function speak(response, format) {
    const { head, tail, pace } = answer
    const mine = mayGoOn
    response.socket.setNoDelay(true)
    response.writeHead(200, { 'content-type': format.type, 'cache-control': 'no-store', ...format.headers })
    response.write(format.begin() + head.map(format.token).join(''))
    await mine
    if (pace === Infinity) {
      response.write(tail.map(format.token).join(''))
    } else {
      const began = performance.now()
      for (let said = 0; said < tail.length;) {
        await sleep(1000 / pace)
        const due = Math.min(tail.length, Math.floor(((performance.now() - began) / 1000) * pace))
        // Each token is a write of its own, as a model says it.
        for (; said < due; said++) response.write(format.token(tail[said]))
      }
    }
    response.end(format.end([...head, ...tail].join(''), head.length + tail.length))
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** What the next request is told. */
    prepare(next) {
      answer = next
      mayGoOn = new Promise((resolve) => (goOn = resolve))
    },
    goOn: () => goOn(),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
