import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { OPERATIONS } from '../../src/server/index.ts'
import { lines, serve } from './client.ts'

const words = [
  'c1',
  'm1',
  'k1',
  'channel-1234567890',
  '__proto__',
  'constructor',
  '..',
  '%2e%2e',
  '%00',
  '%zz',
  'a%2Fb',
  '',
  ' ',
  '💬',
  "' OR 1=1 --",
  'x'.repeat(500),
]
const members = [
  'text',
  'messages',
  'name',
  'meta',
  'botId',
  'contactId',
  'contact',
  'type',
  'value',
  'reason',
  'file',
  'items',
  'message',
  'functions',
  'extensions',
  'limits',
  'entities',
  'fingerprint',
  'email',
  'phone',
  'expiresAt',
  'verifiedAt',
  'channelId',
  'historyLength',
  'durationInSeconds',
  'attachments',
  'namespace',
  '__proto__',
  'constructor',
  'toString',
  '$update',
  '#x',
  '_x',
]
const json = fc.jsonValue({ maxDepth: 4 })
const body = fc.oneof(
  { weight: 1, arbitrary: fc.string() },
  { weight: 1, arbitrary: json.map((value) => JSON.stringify(value)) },
  {
    weight: 4,
    arbitrary: fc
      .dictionary(fc.constantFrom(...members), fc.oneof(json, fc.constantFrom('user', '{}', 'data:,x', 'a@b.co', 5)))
      .map((value) => JSON.stringify(value)),
  },
)
const query = fc.dictionary(
  fc.constantFrom('take', 'cursor', 'order', 'meta.a', 'meta[a]', 'meta.__proto__', 'meta[', 'botId', 'from', 'to'),
  fc.oneof(fc.string(), fc.constantFrom(...words)),
)

/** What is wrong with the form of an answer. */
function problemsOf(response: Response, answer: string): string[] {
  const type = response.headers.get('content-type')
  const problems: string[] = []
  if (/\bat .*\.ts|node:|TypeError/.test(answer)) problems.push('tells of the code behind it')
  if (response.status < 400) {
    if (type === 'application/jsonl') lines(answer)
    if (type === 'application/json' && response.status !== 304) JSON.parse(answer)
    return problems
  }
  const { message, code, ...rest } = JSON.parse(answer) as { message?: unknown; code?: unknown }
  if (typeof message !== 'string' || typeof code !== 'string') problems.push('does not say what is wrong')
  if (Object.keys(rest).length > 0) problems.push('says more than it should')
  // The code of what nobody thought of.
  if (code === 'GENERIC_ERROR') problems.push('broke')
  return problems
}

/** Whatever comes, there is an answer in the form the protocol promises, and nothing breaks. */
test('anything at all gets an answer that says what was wrong', async () => {
  const house = serve({ conversations: [{ id: 'c1', messages: [{ id: 'm1', type: 'user', text: 'Hi' }] }] })
  const operation = fc.constantFrom(...Object.values(OPERATIONS))
  await fc.assert(
    fc.asyncProperty(
      operation,
      fc.array(fc.constantFrom(...words), { minLength: 2, maxLength: 2 }),
      query,
      body,
      fc.constantFrom('application/json', 'application/jsonl', 'text/event-stream', 'text/csv', '*/*', ''),
      fc.constantFrom('application/json', 'multipart/form-data; boundary=b', 'text/plain', ''),
      async ({ method, path }, ids, parameters, text, accept, type) => {
        const [first = '', second = ''] = ids
        const target = path
          .slice(1)
          .replace(/:(conversation|contact|channel)Id/, first)
          .replace(/:\w+/, second)
        const leave = new AbortController()
        const asked = house.request(
          method,
          `${target}?${new URLSearchParams(parameters).toString()}`,
          method === 'GET' ? null : text,
          { accept, headers: { 'content-type': type }, signal: leave.signal },
        )
        const isEndless = target.endsWith('subscribe')
        // Whoever listens to a channel as JSON gets headers after many seconds, and never an end.
        if (isEndless) setTimeout(() => leave.abort(), 20)
        const response = await asked.catch((error: unknown) => {
          if (leave.signal.aborted) return undefined
          throw error
        })
        if (response === undefined || (isEndless && response.ok)) {
          leave.abort()
          return
        }
        const answer = await response.text()
        expect(problemsOf(response, answer)).toEqual([])
      },
    ),
    { numRuns: 2000 },
  )
  expect((await house.read('conversation/list')).status).toBe(200)
}, 60_000)
