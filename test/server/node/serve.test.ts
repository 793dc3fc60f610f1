import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { createConversationServer } from '../../../src/server/index.ts'
import type { ReplyFunction } from '../../../src/server/index.ts'
import { createLocalServer, createNodeMiddleware, serve } from '../../../src/server/node/index.ts'
import type { ServeOptions, Serving } from '../../../src/server/node/index.ts'
import { runCommand } from '../../../src/server/node/command.ts'
import { answerJson, startUpstream, until } from '../upstream.ts'

const folder = mkdtempSync(join(tmpdir(), 'conversation-kit-'))
let files = 0
const newFile = () => join(folder, `${(files += 1)}.db`)
afterAll(() => rmSync(folder, { recursive: true }))

let toClose: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(toClose.map((close) => close()))
  toClose = []
})

async function running(options: ServeOptions = {}): Promise<Serving> {
  const serving = await serve({ port: 0, file: null, env: {}, ...options })
  toClose.push(() => serving.close(0))
  return serving
}

async function upstream(...args: Parameters<typeof startUpstream>) {
  const started = await startUpstream(...args)
  toClose.push(started.close)
  return started
}

const post = (url: string, body: unknown = {}, init: RequestInit = {}) =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    ...init,
    headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string>) },
  })

async function json(response: Promise<Response>): Promise<Record<string, unknown>> {
  return (await (await response).json()) as Record<string, unknown>
}

async function create(url: string): Promise<string> {
  return String((await json(post(`${url}/api/v1/conversation/create`)))['id'])
}

const complete = (url: string, id: string, text: string, init: RequestInit = {}) =>
  post(`${url}/api/v1/conversation/${id}/complete`, { text }, { ...init, headers: { accept: 'application/jsonl' } })

async function texts(url: string, id: string): Promise<string[]> {
  const { items } = await json(
    fetch(`${url}/api/v1/conversation/${id}/message/list`, { headers: { authorization: 'Bearer x' } }),
  )
  return (items as { text: string }[]).map(({ text }) => text)
}

/** Says a word, then waits until it is let on or left. */
function heldReply() {
  let release = () => {}
  const reply: ReplyFunction = async function* ({ signal }) {
    yield 'Half '
    await new Promise<void>((resolve, reject) => {
      release = resolve
      signal.addEventListener('abort', () => reject(signal.reason))
    })
    yield 'and half.'
  }
  return { reply, release: () => release() }
}

describe('a served API', () => {
  test('streams line by line over a real connection', async () => {
    const held = heldReply()
    const { url, about } = await running({ reply: held.reply })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(about.join(' ')).toContain('kept in memory')
    const response = await complete(url, await create(url), 'Hi')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let seen = ''
    while (!seen.includes('Half')) seen += (await reader.read()).value
    expect(seen).not.toContain('half.')
    held.release()
    for (let part = await reader.read(); !part.done; part = await reader.read()) seen += part.value
    expect(JSON.parse(seen.trim().split('\n').at(-1)!)).toMatchObject({
      type: 'result',
      data: { text: 'Half and half.' },
    })
  })

  test('has everything again when it is started again', async () => {
    const file = newFile()
    const first = await running({ file, reply: 'Stored.' })
    const id = await create(first.url)
    await (await complete(first.url, id, 'Keep this')).text()
    await first.close()
    const second = await running({ file })
    expect(second.about[0]).toBe(`Data is kept in ${file}.`)
    expect(await texts(second.url, id)).toEqual(['Keep this', 'Stored.'])
  })

  test('begins with the conversations it is given, once', async () => {
    const options = { file: newFile(), conversations: [{ id: 'c1', name: 'Welcome', createdAt: 1 }] }
    for (let round = 0; round < 2; round += 1) {
      const serving = await serve({ port: 0, env: {}, ...options })
      const { items } = await json(
        fetch(`${serving.url}/api/v1/conversation/list`, { headers: { authorization: 'Bearer x' } }),
      )
      expect(items).toMatchObject([{ id: 'c1', name: 'Welcome' }])
      await serving.close()
    }
  })

  test('logs one line for each request, without queries, words or tokens', async () => {
    const lines: string[] = []
    const { url } = await running({ log: (line) => lines.push(line), reply: 'A secret answer' })
    const id = await create(url)
    await (await complete(url, id, 'A secret question')).text()
    await (
      await fetch(`${url}/api/v1/conversation/list?cursor=abc&token=hidden`, {
        headers: { authorization: 'Bearer hush' },
      })
    ).text()
    const lost = await fetch(`${url}/nothing/${'x'.repeat(500)}`)
    await lost.text()
    await until(() => lines.length === 4)
    expect(lines[0]).toMatch(/^POST \/api\/v1\/conversation\/create 200 \d+ms \S+$/)
    expect(lines[1]).toMatch(new RegExp(`^POST /api/v1/conversation/${id}/complete 200 \\d+ms \\S+$`))
    expect(lines[2]).toMatch(/^GET \/api\/v1\/conversation\/list 200 /)
    expect(lines[3]).toMatch(/^GET \/nothing\/x{191} 404 /)
    expect(lines[3]?.split(' ').at(-1)).toBe(lost.headers.get('x-request-id'))
    expect(lines.join('\n')).not.toMatch(/secret|hidden|hush/)
  })

  test('ends the run when the reader leaves, keeps what was said, and logs that', async () => {
    const lines: string[] = []
    const { reply } = heldReply()
    const { url } = await running({ reply, log: (line) => lines.push(line) })
    const id = await create(url)
    const leave = new AbortController()
    const response = await complete(url, id, 'Hi', { signal: leave.signal })
    const reader = response.body!.getReader()
    await reader.read()
    leave.abort()
    await until(() => lines.some((line) => line.endsWith('unfinished')))
    let stored: string[] = []
    for (let tries = 0; tries < 100 && stored.length < 2; tries += 1) {
      stored = await texts(url, id)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    expect(stored).toEqual(['Hi', 'Half '])
  })

  test('lets a running answer end before it stops, and takes no new ones', async () => {
    const held = heldReply()
    const serving = await running({ file: newFile(), reply: held.reply })
    const id = await create(serving.url)
    const response = await complete(serving.url, id, 'Hi')
    const body = response.text()
    const closed = serving.close()
    expect(serving.close()).toBe(closed)
    await expect(fetch(`${serving.url}/api/v1/conversation/list`)).rejects.toThrow(/fetch failed/)
    held.release()
    expect(await body).toContain('and half.')
    await closed
  })

  test('cuts an answer that does not end in time, and stores what it had said', async () => {
    const { reply } = heldReply()
    const file = newFile()
    const serving = await running({ file, reply })
    const id = await create(serving.url)
    const body = (await complete(serving.url, id, 'Hi')).text()
    const [cut] = await Promise.all([body.catch((error: Error) => error.message), serving.close(50)])
    expect(cut).toBe('terminated')
    const again = await running({ file })
    expect(await texts(again.url, id)).toEqual(['Hi', 'Half '])
  })

  test('listens on IPv6 too', async () => {
    const { url } = await running({ host: '::1' })
    expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect((await fetch(`${url}/v1/conversation/list`, { headers: { authorization: 'Bearer x' } })).status).toBe(200)
  })

  test('says in one sentence why it cannot listen, and lets the data file go', async () => {
    const { url } = await running()
    const port = Number(new URL(url).port)
    const file = newFile()
    await expect(serve({ port, file, env: {} })).rejects.toThrow(
      `Port ${port} is in use. Stop what uses it, or choose another one with --port.`,
    )
    await expect(serve({ port: 0, file, host: 'no.such.host.invalid', env: {} })).rejects.toThrow(
      'The address no.such.host.invalid cannot be listened on. Choose another one with --host.',
    )
    await expect(running({ file })).resolves.toBeDefined()
  })
})

describe('who answers', () => {
  test('the guide, unless the environment says otherwise', async () => {
    const { url, about } = await running({ env: { OPENAI_API_KEY: 'sk-x' } })
    expect(about[1]).toMatch(/guide to conversation-kit\. OPENAI_API_KEY alone changes nothing/)
    const id = await create(url)
    const { text } = await json(post(`${url}/v1/conversation/${id}/complete`, { text: 'hello' }))
    expect(text).toMatch(/^Hello! I answer questions/)
  })

  test('a model that speaks the OpenAI protocol', async () => {
    const api = await upstream((response) =>
      answerJson(response, { choices: [{ message: { content: 'From the model.' }, finish_reason: 'stop' }] }),
    )
    const { url, about } = await running({
      env: { OPENAI_BASE_URL: `${api.url}/v1`, OPENAI_API_KEY: 'sk-x', OPENAI_MODEL: 'small' },
    })
    expect(about[1]).toBe('Answers come from the model small.')
    const { text } = await json(post(`${url}/v1/conversation/${await create(url)}/complete`, { text: 'Hi' }))
    expect(text).toBe('From the model.')
    expect(api.seen[0]?.headers.authorization).toBe('Bearer sk-x')
  })

  test.each([{ OPENAI_MODEL: 'small' }, { OPENAI_BASE_URL: 'http://localhost:1' }])(
    'a model named by %j',
    async (env) => {
      const { about } = await running({ env })
      expect(about[1]).toMatch(/^Answers come from the model (small|gpt-4o-mini)\.$/)
    },
  )

  test.each(['OPENAI_BASE_URL', 'CHATBOTKIT_API_BASE_URL'])('nobody when %s is no address', (name) => {
    const env = { [name]: 'localhost:11434', ...(name.startsWith('CHAT') && { CHATBOTKIT_API_SECRET: 'sk' }) }
    expect(() => createLocalServer({ env, file: null })).toThrow(
      `${name} is not an address that begins with http:// or https://.`,
    )
  })

  test('what the caller of serve says', async () => {
    const { url, about } = await running({ reply: 'Mine.', env: { OPENAI_MODEL: 'small' } })
    expect(about[1]).toBe('Answers are its own.')
    const { text } = await json(post(`${url}/v1/conversation/${await create(url)}/complete`, { text: 'Hi' }))
    expect(text).toBe('Mine.')
  })
})

describe('a proxy to the hosted service', () => {
  async function hosted(options: ServeOptions = {}) {
    const api = await upstream((response, { url }) => {
      if (!url.endsWith('/complete')) return answerJson(response, { id: 'c1' })
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.end('{"type":"token","data":{"token":"Hosted"}}\n')
    })
    const env = { CHATBOTKIT_API_SECRET: ' sk-hosted ', CHATBOTKIT_API_BASE_URL: api.url }
    return { api, ...(await running({ env, file: join(folder, 'never-made.db'), ...options })) }
  }

  test('hands everything on with the secret', async () => {
    const { api, url, about } = await hosted()
    expect(about).toEqual([`It is a proxy to ${api.url} and keeps nothing.`])
    expect(await create(url)).toBe('c1')
    expect(await (await complete(url, 'c1', 'Hi')).text()).toContain('Hosted')
    await post(`${url}/v1/conversation/create`, { backstory: 'Be kind.', model: 'm' })
    expect(api.seen.map((seen) => [seen.method, seen.url, seen.headers.authorization])).toEqual([
      ['POST', '/api/v1/conversation/create', 'Bearer sk-hosted'],
      ['POST', '/api/v1/conversation/c1/complete', 'Bearer sk-hosted'],
      ['POST', '/api/v1/conversation/create', 'Bearer sk-hosted'],
    ])
    expect(JSON.parse(api.seen[2]!.body)).toEqual({ backstory: 'Be kind.', model: 'm' })
  })

  test('breaks when the service breaks, and prints no stack about it', async () => {
    const printed = vi.spyOn(console, 'error')
    const api = await upstream((response) => {
      response.writeHead(200, { 'content-type': 'application/jsonl' })
      response.write('{"type":"token","data":{"token":"Half"}}\n', () => setTimeout(() => response.destroy(), 20))
    })
    const lines: string[] = []
    const { url } = await running({
      env: { CHATBOTKIT_API_SECRET: 'sk-hosted', CHATBOTKIT_API_BASE_URL: api.url },
      log: (line) => lines.push(line),
    })
    const reader = (await complete(url, 'c1', 'Hi')).body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toContain('Half')
    await expect(reader.read()).rejects.toThrow('terminated')
    await until(() => lines.length === 1)
    expect(lines[0]).toMatch(/^POST \/api\/v1\/conversation\/c1\/complete 200 \d+ms \S+ unfinished$/)
    expect(printed).not.toHaveBeenCalled()
  })

  test('is open to pages of this machine', async () => {
    const { url } = await hosted()
    const headers = { origin: 'http://localhost:6006' }
    const preflight = await fetch(`${url}/api/v1/conversation/create`, { method: 'OPTIONS', headers })
    expect(preflight.status).toBe(200)
    const response = await post(`${url}/api/v1/conversation/create`, {}, { headers })
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:6006')
  })

  test.each(['https://evil.test', 'null', 'http://localhost.evil.test'])('is not open to %s', async (origin) => {
    const { api, url } = await hosted()
    const response = await post(`${url}/api/v1/conversation/create`, {}, { headers: { origin } })
    expect(response.status).toBe(403)
    expect(api.seen).toEqual([])
  })

  test('is not open to a foreign name that points here', async () => {
    const { api, url } = await hosted()
    const status = await new Promise((resolve) => {
      httpRequest(`${url}/api/v1/conversation/list`, { headers: { host: 'evil.test' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })
    expect(status).toBe(403)
    expect(api.seen).toEqual([])
  })

  test('is open to all who reach it when it listens on all addresses', async () => {
    const { url } = await hosted({ host: '0.0.0.0' })
    const local = url.replace('0.0.0.0', '127.0.0.1')
    const response = await post(`${local}/v1/conversation/create`, {}, { headers: { origin: 'http://my-laptop.lan' } })
    expect(response.status).toBe(200)
  })
})

describe('a middleware', () => {
  async function host(mountedBelow?: string, options?: Parameters<typeof createNodeMiddleware>[1]) {
    const api = createConversationServer({ reply: 'Mounted.' })
    const middleware = createNodeMiddleware(api, options)
    const server = createServer((request, response) => {
      if (mountedBelow !== undefined) {
        Object.assign(request, { originalUrl: request.url })
        request.url = request.url?.slice(mountedBelow.length)
      }
      middleware(request, response, (error) => {
        response.statusCode = error ? 500 : 404
        response.end('next')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    toClose.push(async () => {
      server.closeAllConnections()
      server.close()
    })
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  }

  test('answers what is the API and passes the rest on', async () => {
    const url = await host()
    expect(await (await complete(url, await create(url), 'Hi')).text()).toContain('Mounted.')
    const other = await fetch(`${url}/index.html`)
    expect([other.status, await other.text()]).toEqual([404, 'next'])
    expect((await fetch(`${url}/v1x/conversation/list`)).status).toBe(404)
  })

  test('can be mounted below a path', async () => {
    const url = await host('/api')
    expect(await create(url)).toMatch(/^\w+$/)
  })

  test('serves the paths it is told to', async () => {
    const url = await host(undefined, { basePaths: ['/v1'] })
    expect((await post(`${url}/api/v1/conversation/create`)).status).toBe(404)
    expect((await post(`${url}/v1/conversation/create`)).status).toBe(200)
  })

  test('tells nothing of what a handler throws', async () => {
    const failing = createNodeMiddleware({ fetch: () => Promise.reject(new Error('a secret')) })
    const server = createServer((request, response) => failing(request, response, () => response.end('next')))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    toClose.push(async () => server.close())
    const address = server.address()
    const response = await fetch(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1/x`)
    expect([response.status, await response.text()]).toEqual([500, ''])
  })
})

describe('the command line', () => {
  async function run(args: string[], env: Record<string, string> = {}) {
    const out: string[] = []
    const errors: string[] = []
    const outcome = await runCommand(args, { env, out: (line) => out.push(line), error: (line) => errors.push(line) })
    if (typeof outcome === 'object') toClose.push(() => outcome.close(0))
    return { outcome, out: out.join('\n'), errors }
  }

  test('serves, and says where and what', async () => {
    const { outcome, out } = await run(['serve', '--port', '0', '--memory'])
    expect(outcome).toMatchObject({ url: expect.stringContaining('127.0.0.1') })
    expect(out).toMatch(/^conversation-kit is running: http:\/\/127\.0\.0\.1:\d+\nEverything is kept in memory/)
  })

  test('takes its settings from the environment when it is not told', async () => {
    const file = newFile()
    const { out } = await run(['serve'], { PORT: '0', HOST: 'localhost', CONVERSATION_KIT_DATA: file })
    expect(out).toContain('running: http://localhost:')
    expect(out).toContain(`Data is kept in ${file}.`)
    const told = newFile()
    expect((await run(['serve', '--data', told, '--host', '127.0.0.1'], { PORT: '0', HOST: 'x' })).out).toContain(told)
  })

  test('tries the default port', async () => {
    const { outcome, out, errors } = await run(['serve', '--memory'])
    // Somebody may have it: then that is what is said.
    expect(typeof outcome === 'object' ? out : errors.join()).toContain('8787')
  })

  test.each([[['--help']], [['-h']], [['serve', '--help']], [[]]])('explains itself: %j', async (args) => {
    const { outcome, out } = await run(args)
    expect(outcome).toBe(0)
    expect(out).toContain('--port <number>')
  })

  test('knows its version', async () => {
    const { outcome, out } = await run(['--version'])
    expect(outcome).toBe(0)
    expect(out).toMatch(/^\d+\.\d+\.\d+/)
  })

  test.each([
    [['serve', '--port', 'http'], {}, '--port is "http". It has to be a whole number from 0 to 65535.'],
    [['serve', '--port', '70000'], {}, '--port is "70000". It has to be a whole number from 0 to 65535.'],
    [['serve', '--port', ''], {}, '--port is "". It has to be a whole number from 0 to 65535.'],
    [['serve', '--port=1.5'], {}, '--port is "1.5". It has to be a whole number from 0 to 65535.'],
    [['serve'], { PORT: 'x' }, 'PORT is "x". It has to be a whole number from 0 to 65535.'],
    [['serve', '--prot', '1'], {}, 'Unknown option --prot. See conversation-kit --help.'],
    [['serve', '-x'], {}, 'Unknown option -x. See conversation-kit --help.'],
    [['serve', '--port'], {}, 'The option --port is not used like that. See conversation-kit --help.'],
    [['serve', '--memory=yes'], {}, 'The option --memory is not used like that. See conversation-kit --help.'],
    [['sevre'], {}, 'Unknown command sevre. See conversation-kit --help.'],
    [['--memory'], {}, 'No command. See conversation-kit --help.'],
    [['serve', 'here'], {}, 'Unknown argument here. See conversation-kit --help.'],
    [['serve', '--memory', '--data', 'x.db'], {}, 'Choose one of --memory and --data.'],
    [
      ['serve', '--port', '0', '--data', '/no/such/folder/x.db'],
      {},
      'The folder of the data file /no/such/folder/x.db does not exist. Make it first.',
    ],
  ])('says in one sentence what is wrong with %j %j', async (args, env, sentence) => {
    const { outcome, errors } = await run(args, env)
    expect(outcome).toBe(1)
    expect(errors).toEqual([sentence])
  })
})
