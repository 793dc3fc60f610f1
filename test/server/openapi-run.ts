import { expect } from 'vitest'
import { createConversationServer, type Storage } from '../../src/server/index.ts'
import { checkAnswer, checkError, checkEvent, operations, type Finding } from '../support/openapi.ts'

const BASE = 'http://api.test/api/v1'
const CHANNEL = 'a-channel-of-enough-letters'
const FN = { name: 'getWeather', description: 'The weather', parameters: { type: 'object', properties: {} } }

const startServer = (storage: Storage) =>
  createConversationServer({
    storage,
    auth: { secrets: ['sk-mine', 'sk-theirs'] },
    // A reply with everything the protocol can say.
    async *reply({ text }) {
      yield { type: 'reasoningToken', data: { token: 'Compare seasons. ' } }
      if (text.startsWith('fail')) {
        throw new Error('the model is down')
      }
      if (text.startsWith('call')) {
        yield {
          type: 'message',
          data: {
            type: 'activity',
            text: '',
            meta: { activity: { type: 'request', function: { name: 'getWeather', arguments: { city: 'Porto' } } } },
          },
        }
      }
      yield 'Start '
      yield 'at Ribeira.'
      yield { type: 'usage', data: { model: 'gpt-5.4', inputTokensUsed: 3, outputTokensUsed: 4 } }
    },
  })

/** What a run has shown. */
export interface Seen {
  /** In what the answers are not as the document says. */
  findings: Finding[]
  /** Operation and format, for each one that was answered. */
  covered: Set<string>
  answers: number
  events: number
  errors: number
}

interface Asked {
  accept?: string
  /** No token at all, or another one. */
  token?: string | null
  type?: string
  status?: number
}

const STREAM = { accept: 'application/jsonl' }

/** Asks the server, and holds its answer against the document. */
function asker(server: ReturnType<typeof startServer>, seen: Seen) {
  // eslint-disable-next-line typescript/no-explicit-any -- bodies of every shape
  return async (method: 'GET' | 'POST', path: string, body?: unknown, asked: Asked = {}): Promise<any> => {
    const { accept, token = 'sk-mine', type = 'application/json', status = 200 } = asked
    const response = await server.fetch(
      new Request(`${BASE}${path}`, {
        method,
        headers: {
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(accept && { accept }),
          ...(method === 'POST' && { 'content-type': type }),
        },
        ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body ?? {}) }),
      }),
    )
    const text = await response.text()
    expect(response.status, `${method} ${path}: ${text}`).toBe(status)
    const operation = operations.find((one) => one.matches(method, path.split('?')[0]!))
    const mime = response.headers.get('content-type')?.split(';')[0]
    if (response.status >= 400) {
      seen.errors += 1
      expect(mime).toBe('application/json')
      const error: unknown = JSON.parse(text)
      seen.findings.push(...checkError(operation?.name ?? `${method} ${path}`, error))
      return error
    }
    if (!operation) {
      throw new Error(`${method} ${path} is no operation of the document`)
    }
    seen.covered.add(`${operation.name} ${mime}`)
    if (mime === 'application/jsonl') {
      const lines = text.split('\n').filter((line) => line !== '')
      const sent = lines.map((line) => JSON.parse(line) as { type: string; data: unknown })
      seen.events += lines.length
      seen.findings.push(...sent.flatMap((event) => checkEvent(operation, event)))
      return sent
    }
    if (mime === 'text/csv') {
      return text
    }
    seen.answers += 1
    const value: unknown = JSON.parse(text)
    seen.findings.push(...checkAnswer(operation, value))
    return value
  }
}

/** A day in the life of the API, touching every operation in every format it has. */
export async function live(storage: Storage): Promise<Seen> {
  const seen: Seen = { findings: [], covered: new Set(), answers: 0, events: 0, errors: 0 }
  const ask = asker(startServer(storage), seen)
  const get = (path: string, asked?: Asked) => ask('GET', path, undefined, asked)
  const post = (path: string, body?: unknown, asked?: Asked) => ask('POST', path, body, asked)
  const { id: ann } = await post('/contact/create', {
    name: 'Ann',
    description: 'A guest',
    email: 'ann@example.com',
    nick: 'A',
    preferences: 'Window seat',
    fingerprint: 'fingerprint-of-ann-0001',
    verifiedAt: Date.now(),
    meta: { team: 'blue' },
  })
  await post('/contact/create', {})
  await post('/contact/ensure', { fingerprint: 'fingerprint-of-bea-0001', name: 'Bea' })
  await post('/contact/ensure', { name: 'Cy', email: 'cy@example.com' })
  await post(`/contact/${ann}/update`, { nick: 'Annie' })
  await get(`/contact/${ann}/fetch`)
  await get('/contact/list')
  await get('/contact/list?take=1&order=asc')
  await get('/contact/list', STREAM)

  await get('/conversation/list')
  await get('/conversation/list', STREAM)
  const { id: bare } = await post('/conversation/create', {})
  const { id } = await post('/conversation/create', {
    name: 'Trip planning',
    description: 'Two days',
    backstory: 'You plan trips.',
    model: 'gpt-5.4/temperature=0',
    contactId: ann,
    privacy: true,
    moderation: false,
    expiresAt: Date.now() + 86_400_000,
    meta: { team: 'blue', deep: { a: [1, null] } },
    messages: [
      { type: 'user', text: 'Hi', meta: { a: 1 } },
      { type: 'bot', text: 'Hello' },
    ],
  })
  const c = `/conversation/${id}`
  await post(`${c}/update`, { name: 'Trip', description: null })
  await get(`${c}/fetch`)
  await get(`/conversation/${bare}/fetch`)

  // Turns.
  await post('/conversation/complete', { messages: [{ type: 'user', text: 'Porto?' }] })
  await post('/conversation/complete', { messages: [{ type: 'user', text: 'call it' }], functions: [FN] }, STREAM)
  await post(`${c}/complete`, { text: 'Two days in Porto?' })
  await post(`${c}/complete`, { text: 'Two days in Porto?' }, STREAM)
  await post(`${c}/complete`, {}, STREAM)
  await post(`${c}/complete`, { text: 'call it', functions: [FN] }, STREAM)
  await post(`${c}/complete`, { text: 'call it', functions: [{ ...FN, result: { data: { c: 14 } } }] }, STREAM)
  await post(`${c}/complete`, { text: 'fail in the middle' }, STREAM)
  await post(`${c}/send`, { text: 'And in winter?' })
  await post(`${c}/send`, { text: 'And in winter?', entities: [{ begin: 0, end: 3 }] }, STREAM)
  await post(`${c}/receive`, {})
  await post(`${c}/receive`, {}, STREAM)
  await post(`${c}/dispatch`, { text: 'Hi', channelId: CHANNEL })
  await post(`${c}/dispatch`, { text: 'Hi' })
  await post('/conversation/dispatch', { messages: [{ type: 'user', text: 'Hi' }] })

  // Messages.
  const list = await get(`${c}/message/list`)
  const m = `${c}/message/${list.items[1].id}`
  await get(`${c}/message/list?take=1&order=desc`)
  await get(`${c}/message/list`, STREAM)
  await get(`/conversation/${bare}/message/list`)
  for (const type of ['user', 'bot', 'reasoning', 'context', 'instruction', 'backstory', 'checkpoint']) {
    await post(`${c}/message/create`, { type, text: 'Hi', meta: { a: 1 } })
  }
  await post(`${c}/message/create`, {
    type: 'user',
    text: 'I am Ann',
    entities: [{ type: 'name', begin: 5, end: 8, text: 'Ann' }],
  })
  await get(`${m}/fetch`)
  await post(`${m}/update`, { text: 'Better', meta: { seen: true } })
  await post(`${m}/upvote`, { value: 5, reason: 'Clear' })
  await post(`${m}/downvote`, {})
  await post(`${c}/upvote`, {})
  await post(`${c}/downvote`, { value: -3, reason: 'Slow' })
  await post(`${m}/synthesize`, {})
  await post(`${m}/delete`, {})

  // The rest of a conversation.
  await post(`${c}/session/create`, {})
  await post(`${c}/session/create`, { durationInSeconds: 1800 })
  await post(`${c}/attachment/upload`, { file: { type: 'text/plain', size: 5, name: 'a.txt' } })
  await post(`${c}/attachment/upload`, { file: 'data:text/plain,hello' })
  await post(`${c}/attachment/upload`, 'hello', { type: 'text/plain' })
  await get(`${c}/attachment/list`)
  await get(`/conversation/${bare}/attachment/list`)
  await get(`${c}/usage/fetch`)
  await post(`/conversation/${bare}/contact/upsert`, { name: 'Dan', email: 'dan@example.com' })
  await get(`/contact/${ann}/conversation/list`)
  await get(`/contact/${ann}/conversation/list`, STREAM)
  await post(`${c}/compact`, {})
  await post(`/conversation/${bare}/compact`, {})
  await post('/conversation/compact', { messages: [{ type: 'user', text: 'Hi' }] })
  await get('/conversation/export')
  await get('/conversation/export?meta.team=blue', STREAM)
  await get('/conversation/export', { accept: 'text/csv' })
  await get('/conversation/list?take=1')
  await get('/conversation/list', STREAM)

  // What goes wrong.
  await get('/conversation/nobody/fetch', { status: 404 })
  await post('/conversation/nobody/complete', { text: 'Hi' }, { status: 404 })
  await post('/conversation/nobody/complete', { text: 'Hi' }, STREAM)
  await post('/conversation/nobody/send', { text: 'Hi' }, { ...STREAM, status: 404 })
  await get(`${c}/message/nobody/fetch`, { status: 404 })
  await get('/contact/nobody/fetch', { status: 404 })
  await get(`${c}/fetch`, { token: 'sk-theirs', status: 403 })
  await get(`${c}/fetch`, { token: 'sk-nobody', status: 401 })
  await get(`${c}/fetch`, { token: null, status: 401 })
  await post(`${c}/update`, {}, { token: null, status: 403 })
  await post('/conversation/create', { foo: 1 }, { status: 400 })
  await post('/conversation/create', 'not JSON', { status: 400 })
  await post('/conversation/create', '{}', { type: 'text/plain', status: 400 })
  await post(`${c}/upvote`, { value: 101 }, { status: 400 })
  await post(`${c}/session/create`, { durationInSeconds: 1 }, { status: 400 })
  await post('/contact/create', { fingerprint: 'fingerprint-of-ann-0001' }, { status: 409 })
  await post('/conversation/list', {}, { status: 405 })
  await get('/nothing/here', { status: 404 })
  await post(`${c}/complete`, { text: 'fail at once' }, { status: 500 })
  await get('/conversation/list', { accept: 'image/png', status: 400 })
  await post(`${c}/delete`, {})
  await post(`${c}/delete`, {}, { status: 404 })
  return seen
}
