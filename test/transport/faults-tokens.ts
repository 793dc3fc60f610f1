import { expect } from 'vitest'
import { answer, json, jsonl, result, token, type FaultServer, type Script } from '../support/fault-server.ts'
import { QUICK, SECRET, type Fault, type Scene } from './faults-run.ts'

const get = ({ client, signal }: Scene) => client.fetch('c1', { signal })
const completion = ({ client, signal }: Scene) => client.complete('c1', { text: 'hi' }, { signal }).stream()
const found = json(200, { id: 'c1', createdAt: 1, updatedAt: 1 })
const refused = json(401, { code: 'NOT_AUTHENTICATED', message: 'Not authenticated' })

/** Answers only to this token. */
const asks =
  (bearer: string, good: Script): Script =>
  (exchange) =>
    exchange.headers.authorization === `Bearer ${bearer}` ? good(exchange) : refused(exchange)

/** A token function that gives bad news. */
const badToken = (name: string, give: () => unknown): Fault => ({
  name: `a token function that ${name}`,
  serve: found,
  options: { secret: undefined, token: give as () => string },
  call: get,
  want: {
    code: ['NOT_AUTHENTICATED', 'BAD_REQUEST', 'TOKEN', 'TOKEN_FAILED', 'INVALID_TOKEN', 'NETWORK'],
    requests: 0,
    plain: true,
  },
})

const authorizations = (server: FaultServer) => server.exchanges.map(({ headers }) => headers.authorization)

/** Where the second origin lies is known only when the scene is set; the address comes along in a header of the test. */
const redirect =
  (status: number, to: (exchange: { path: string; headers: Record<string, unknown> }) => string): Script =>
  (exchange) =>
    answer(status, { location: to(exchange) })(exchange)

const outward = (status: number) => redirect(status, ({ headers, path }) => `${String(headers['x-other'])}${path}`)

/** Sends a call to a server that points elsewhere. */
const sentAway = (name: string, status: number, post: boolean, more: Partial<Fault> = {}): Fault => ({
  name,
  serve: outward(status),
  elsewhere: post ? jsonl(result('stolen')) : found,
  call: (scene) => {
    const client = scene.connect({ headers: { 'x-other': scene.other.url } })
    return post ? completion({ ...scene, client }) : get({ ...scene, client })
  },
  // Refused: with a typed error, and the second origin hears nothing.
  want: {
    code: 'REDIRECTED',
    retryable: false,
    plain: true,
  },
  check: ({ other }) => expect(other.exchanges, 'the second origin hears nothing').toHaveLength(0),
  ...more,
})

export const TOKENS: Fault[] = [
  badToken('throws', () => {
    throw new Error('the session is over')
  }),
  badToken('rejects', () => Promise.reject(new Error('the session is over'))),
  badToken('answers nothing', () => undefined),
  badToken('answers an empty text', () => ''),
  badToken('answers an object', () => ({ token: SECRET })),
  badToken('answers a number', () => 5),
  badToken('answers a line break', () => `${SECRET}\r\nx-evil: 1`),
  badToken('answers a NUL', () => `${SECRET}\u0000`),
  badToken('answers a letter no header can carry', () => `${SECRET}☃`),
  {
    name: 'a secret with a line break is refused before anything is sent',
    serve: found,
    call: async (scene) => scene.connect({ secret: `${SECRET}\n` }).fetch('c1'),
    want: {
      code: ['NOT_AUTHENTICATED', 'BAD_REQUEST', 'INVALID_TOKEN', 'TOKEN', 'TOKEN_FAILED'],
      requests: 0,
      plain: true,
    },
  },
  {
    name: 'a stale token is asked for again once, and the call succeeds',
    serve: asks('fresh', found),
    options: { secret: undefined, token: ({ reason }) => (reason === 'unauthorized' ? 'fresh' : 'stale') },
    call: get,
    want: { requests: 2, value: { id: 'c1' } },
    check: ({ server }) => expect(authorizations(server)).toEqual(['Bearer stale', 'Bearer fresh']),
  },
  {
    name: 'a stale token in a completion is asked for again once: a 401 has not run',
    serve: asks('fresh', jsonl(token('Hi'), result('Hi'))),
    options: { secret: undefined, token: ({ reason }) => (reason === 'unauthorized' ? 'fresh' : 'stale') },
    want: { requests: 2, tokens: ['Hi'], result: 'Hi' },
  },
  {
    name: 'a 401 that stays is told after one more try',
    serve: refused,
    options: {
      secret: undefined,
      token: (() => {
        let n = 0
        return () => `token-${n++}`
      })(),
      retries: 3,
    },
    call: get,
    want: { code: 'NOT_AUTHENTICATED', status: 401, requests: 2, retryable: false, plain: true },
  },
  {
    name: 'a 401 to a fixed token is told at once',
    serve: refused,
    options: { secret: undefined, token: 'fixed', retries: 3 },
    call: get,
    want: { code: 'NOT_AUTHENTICATED', status: 401, plain: true },
  },
  {
    name: 'a 401 to a secret is told at once',
    serve: refused,
    options: { retries: 3 },
    call: get,
    want: { code: 'NOT_AUTHENTICATED', status: 401, plain: true },
  },
  {
    name: 'a token function that fails the second time tells so',
    serve: refused,
    options: {
      secret: undefined,
      token: ({ reason }) => {
        if (reason === 'unauthorized') {
          throw new Error('logged out')
        }
        return 'stale'
      },
    },
    call: get,
    want: { code: ['NOT_AUTHENTICATED', 'TOKEN', 'TOKEN_FAILED', 'NETWORK'], plain: true },
  },
  {
    name: 'ten calls at once ask for one token',
    serve: found,
    call: async (scene) => {
      let asked = 0
      const client = scene.connect({
        secret: undefined,
        token: async () => {
          asked += 1
          await new Promise((resolve) => setTimeout(resolve, 20))
          return `token-${asked}`
        },
      })
      await Promise.all(Array.from({ length: 10 }, () => client.fetch('c1')))
      return asked
    },
    want: { requests: 10 },
    check: (_scene, { value }) => expect(value).toBe(1),
  },
  {
    name: 'ten refused calls at once ask for one new token',
    serve: asks('token-2', found),
    call: async (scene) => {
      let asked = 0
      const client = scene.connect({
        secret: undefined,
        token: async () => {
          asked += 1
          const mine = asked
          await new Promise((resolve) => setTimeout(resolve, 20))
          return `token-${mine}`
        },
      })
      await Promise.all(Array.from({ length: 10 }, () => client.fetch('c1')))
      return asked
    },
    want: { requests: 20 },
    check: (_scene, { value }) => expect(value).toBe(2),
  },
  {
    name: 'one caller who gives up does not take the token from the others',
    serve: found,
    call: async (scene) => {
      const client = scene.connect({
        secret: undefined,
        token: () => new Promise((resolve) => setTimeout(() => resolve('token'), 60)),
      })
      const impatient = new AbortController()
      const one = client
        .fetch('c1', { signal: impatient.signal })
        .then(undefined, (error: { code: string }) => error.code)
      const two = client.fetch('c1')
      setTimeout(() => impatient.abort(), 20)
      return [await one, (await two).id]
    },
    want: { requests: 1 },
    check: (_scene, { value }) => expect(value).toEqual(['ABORTED', 'c1']),
  },

  {
    name: 'a token function that hangs once does not stop the calls after it',
    serve: found,
    options: QUICK,
    call: async (scene) => {
      let asked = 0
      const client = scene.connect({
        secret: undefined,
        token: () => {
          asked += 1
          return asked === 1 ? new Promise<string>(() => undefined) : 'token'
        },
      })
      const one = await client.fetch('c1').then(undefined, (error: { code: string }) => error.code)
      return [one, (await client.fetch('c1')).id]
    },
    want: { requests: 1 },
    check: (_scene, { value }) => expect(value).toEqual(['TIMEOUT', 'c1']),
  },

  // --- the client's own parts
  {
    name: 'a headers function that throws sends nothing, and its words are not spread',
    serve: found,
    options: {
      headers: () => {
        throw new Error(`no session for ${SECRET}`)
      },
    },
    call: get,
    want: { code: 'BAD_REQUEST', requests: 0, plain: true },
  },
  {
    name: 'a header no wire can carry sends nothing, and is not spread',
    serve: found,
    options: { headers: { 'x-mine': `${SECRET}\r\nx-evil: 1` } },
    call: get,
    want: { code: 'BAD_REQUEST', requests: 0, plain: true },
  },
  {
    name: 'a request that goes in a circle sends nothing',
    serve: found,
    call: ({ client, signal }) => {
      const meta: Record<string, unknown> = {}
      meta.self = meta
      return client.create({ meta }, { signal })
    },
    want: { code: 'BAD_REQUEST', requests: 0, plain: true },
  },
  {
    name: 'a fetch that never listens and never answers is left at once by an abort',
    serve: found,
    options: { fetch: () => new Promise<Response>(() => undefined) },
    call: (scene) => {
      setTimeout(() => scene.controller.abort(), 50)
      return completion(scene)
    },
    want: { code: 'ABORTED', requests: 0, within: 600 },
  },
  {
    name: 'a fetch that never listens and never answers is left when its time is over',
    serve: found,
    options: { fetch: () => new Promise<Response>(() => undefined) },
    call: get,
    want: { code: 'TIMEOUT', requests: 0, atLeast: 380, within: 1500, plain: true },
  },
  {
    name: 'a fetch that throws at once is a network failure',
    serve: found,
    options: {
      fetch: () => {
        throw new Error('no network')
      },
    },
    want: { code: 'NETWORK', requests: 0 },
  },
  {
    name: 'a fetch that rejects with nothing is a network failure',
    serve: found,
    options: { fetch: () => Promise.reject() },
    want: { code: 'NETWORK', requests: 0 },
  },
  {
    name: 'a fetch that gives no response is an error with a name',
    serve: found,
    options: { fetch: () => Promise.resolve(undefined as never) },
    call: get,
    want: { code: ['NETWORK', 'BAD_RESPONSE'], requests: 0, plain: true },
  },

  // --- redirects
  {
    name: 'a redirect of a reading call within the origin is followed',
    serve: [redirect(302, () => '/api/v1/conversation/c2/fetch'), json(200, { id: 'c2' })],
    call: get,
    want: { requests: 2, value: { id: 'c2' } },
    check: ({ server }) => expect(authorizations(server)).toEqual([`Bearer ${SECRET}`, `Bearer ${SECRET}`]),
  },
  {
    name: 'a loop of redirects ends',
    serve: redirect(302, ({ path }) => path),
    call: async (scene) => {
      const failure: unknown = await get(scene).then(undefined, (error: unknown) => error)
      expect(scene.server.exchanges.length).toBeLessThanOrEqual(25)
      scene.server.exchanges.length = 1
      throw failure
    },
    want: {
      code: 'REDIRECTED',
      retryable: false,
      plain: true,
    },
  },
  {
    name: 'a redirect to nowhere is an error',
    serve: redirect(302, () => 'http://[not an address'),
    call: get,
    want: {
      code: 'REDIRECTED',
      retryable: false,
      plain: true,
    },
  },
  {
    name: 'a redirect to a script is an error',
    serve: redirect(302, () => 'data:application/json,{"id":"evil"}'),
    call: get,
    want: {
      code: 'REDIRECTED',
      retryable: false,
      plain: true,
    },
  },
  sentAway('a redirect of a reading call to another origin is refused, and the token stays home', 302, false),
  sentAway('a permanent redirect of a reading call to another origin is refused', 308, false),
  sentAway('a redirect of a completion to another origin is refused, and the words stay home', 307, true),
  sentAway('a permanent redirect of a completion to another origin is refused', 308, true),
  sentAway('a redirect that turns a completion into a reading call elsewhere is refused', 303, true),
  {
    name: 'the token does not go to an endpoint elsewhere',
    serve: found,
    elsewhere: found,
    call: (scene) =>
      scene
        .connect({
          endpoints: { '/api/v1/conversation/{conversationId}/fetch': `${scene.other.url}/mine/{conversationId}` },
        })
        .fetch('c1'),
    want: { requests: 0, value: { id: 'c1' } },
    check: ({ other }) => {
      expect(other.exchanges.map(({ path }) => path)).toEqual(['/mine/c1'])
      expect(authorizations(other)).toEqual([undefined])
    },
  },
]
