import { createConversationServer, memoryStorage, type SeedConversation } from '../../src/server/index.ts'

/** The key that gets in. */
export const SECRET = 'sk-mine'
export const BASE = 'http://api.test/api/v1'

export const SEEDS: SeedConversation[] = [
  { id: 'c1', name: 'Mine', messages: [{ id: 'm1', type: 'user', text: 'Hi' }] },
]

/** A server with two accounts and one conversation. */
export const startServer = (storage = memoryStorage()) =>
  createConversationServer({ storage, auth: { secrets: [SECRET, 'sk-theirs'] }, conversations: SEEDS })

export interface Answer {
  status: number
  text: string
  type: string
}

/** What our own code looks like when it leaks out. */
export const LEAK =
  /\bat \S+ \(|node_modules|\.ts:\d+|\.js:\d+|TypeError|RangeError|SyntaxError|SQLITE|Unexpected token/

/** What is wrong with a refusal: nothing, when it is one of the documented ones. */
export function flaws({ status, text, type }: Answer, ...expected: number[]): string[] {
  const found: string[] = []
  const need = (good: boolean, flaw: string) => void (good || found.push(`${flaw}: ${status} ${text.slice(0, 300)}`))
  let body: { message?: unknown; code?: unknown } = {}
  try {
    body = JSON.parse(text) as typeof body
  } catch {
    found.push(`not JSON: ${status} ${text.slice(0, 300)}`)
  }
  need(expected.length > 0 ? expected.includes(status) : status >= 400 && status < 500, `not ${expected.join(' or ')}`)
  need(type.startsWith('application/json'), `the type is ${type}`)
  need(Object.keys(body).sort().join() === 'code,message', 'not a code and a message')
  need(typeof body.code === 'string' && /^[A-Z][A-Z_]+$/.test(body.code), 'the code is no code')
  need(typeof body.message === 'string' && /\w/.test(body.message), 'the message says nothing')
  need(!LEAK.test(text), 'our own code shows')
  need(text.length < 1000, 'it repeats what was sent')
  return found
}
