import { afterEach, describe, expect, test, vi } from 'vitest'
import { ConversationClient } from '../../src/transport/index.ts'
import type { ConversationClientOptions, TokenContext } from '../../src/transport/index.ts'
import { RESULT, countedSignal, drain, failure, lines, reply } from './support.ts'

/** A client whose server lets in only these tokens, and what it was sent. */
function guarded(accepted: string[], options: ConversationClientOptions) {
  const sent: (string | null)[] = []
  const client = new ConversationClient({
    baseUrl: 'http://api.test',
    retries: 0,
    ...options,
    fetch: async (_, init) => {
      const headers = new Headers(init?.headers)
      const token = headers.get('authorization')?.replace('Bearer ', '') ?? null
      sent.push(token)
      if (!accepted.includes(token ?? ''))
        return Response.json({ code: 'NOT_AUTHENTICATED', message: `Not ${token}` }, { status: 401 })
      return headers.get('accept') === 'application/jsonl' ? reply(lines(RESULT)) : Response.json({ id: 'c1' })
    },
  })
  return { client, sent }
}

/** A token that says when it ends. */
function jwt(endsInSeconds: number, name = 'a') {
  const payload = btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + endsInSeconds, name }))
  return `h.${payload.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}.s`
}

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a token function', () => {
  test('is asked once for all calls that wait', async () => {
    const token = vi.fn<(context: TokenContext) => Promise<string>>(
      () =>
        new Promise((resolve) => {
          setTimeout(() => resolve('t1'), 20)
        }),
    )
    const { client, sent } = guarded(['t1'], { token })
    await Promise.all([
      client.fetch('c1'),
      client.list(),
      client.message.list('c2'),
      client.contact.list(),
      client.delete('c3'),
    ])
    expect(token.mock.calls).toEqual([[{ reason: 'initial', conversationId: expect.any(String) }]])
    expect(sent).toEqual(['t1', 't1', 't1', 't1', 't1'])
  })

  test('is asked once more after a 401, once for all, and the call is made again', async () => {
    let count = 0
    const contexts: TokenContext[] = []
    const token = async (context: TokenContext) => (contexts.push(context), `t${++count}`)
    const { client, sent } = guarded(['t2'], { token })
    const read = drain(client.complete('c1', { text: 'hi' }).stream())
    const [{ events }] = await Promise.all([read, client.fetch('c2'), client.delete('c3')])
    expect(events).toEqual([RESULT])
    expect(contexts.map(({ reason, previous }) => [reason, previous])).toEqual([
      ['initial', undefined],
      ['unauthorized', 't1'],
    ])
    expect(sent).toEqual(['t1', 't1', 't1', 't2', 't2', 't2'])
  })

  test('is not asked for ever: a second 401 is the error', async () => {
    let count = 0
    const { client, sent } = guarded([], { token: () => `t${++count}` })
    expect(await failure(client.fetch('c1'))).toMatchObject({
      code: 'NOT_AUTHENTICATED',
      status: 401,
      retryable: false,
    })
    expect(sent).toEqual(['t1', 't2'])
  })

  test('gives a call that came late the token that another call got', async () => {
    let count = 0
    const accepted = ['t1']
    const { client, sent } = guarded(accepted, { token: () => `t${++count}` })
    await client.fetch('c1')
    accepted[0] = 't2'
    await Promise.all([client.fetch('c1'), client.fetch('c2')])
    expect(count).toBe(2)
    expect(sent).toEqual(['t1', 't1', 't1', 't2', 't2'])
  })

  test('is asked ahead of expiry', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') })
    const contexts: TokenContext[] = []
    const tokens = [jwt(600), jwt(1200, 'b')]
    const { client, sent } = guarded(tokens, {
      token: (context) => (contexts.push(context), tokens[contexts.length - 1]!),
    })
    await client.fetch('c1')
    vi.setSystemTime(Date.now() + 569_000)
    await client.fetch('c1')
    expect(contexts).toHaveLength(1)
    vi.setSystemTime(Date.now() + 2000)
    await client.fetch('c1')
    expect(contexts[1]).toEqual({ reason: 'expired', previous: tokens[0], conversationId: 'c1' })
    expect(sent).toEqual([tokens[0], tokens[0], tokens[1]])
  })

  test('is not asked before each call when its tokens are short or the clocks differ', async () => {
    vi.useFakeTimers({ now: Date.parse('2026-01-01T00:00:00Z') })
    for (const life of [10, -500]) {
      const token = vi.fn<() => string>(() => jwt(life))
      const { client } = guarded([jwt(life)], { token })
      await client.fetch('c1')
      await client.fetch('c1')
      expect(token).toHaveBeenCalledTimes(1)
    }
  })

  test.each(['a.b.c', 'one.two', `x.${btoa('5')}.y`, `x.${btoa('{}')}.y`])(
    'may give a token that tells no expiry: %s',
    async (token) => {
      const { client } = guarded([token], { token: () => token })
      await client.fetch('c1')
      expect(await client.fetch('c1')).toEqual({ id: 'c1' })
    },
  )

  test('that fails is an error with its cause, and nothing is sent', async () => {
    const cause = new Error('no session')
    const { client, sent } = guarded([], { token: () => Promise.reject(cause) })
    expect(await failure(client.fetch('c1'))).toMatchObject({ code: 'NOT_AUTHENTICATED', cause })
    for (const value of ['', undefined, 5]) {
      const other = guarded([], { token: () => value as string })
      expect((await failure(other.client.fetch('c1'))).code).toBe('NOT_AUTHENTICATED')
    }
    expect(sent).toEqual([])
  })

  test('may fail with an error of the kit’s own, which is passed on', async () => {
    const inner = await failure(guarded([], { token: 'x' }).client.fetch('c1'))
    const { client } = guarded([], { token: () => Promise.reject(inner) })
    expect(await failure(client.fetch('c1'))).toBe(inner)
  })

  test('that hangs does not hang an aborted call, nor those after a time-out', async () => {
    let calls = 0
    const token = () => (++calls === 1 ? new Promise<string>(() => {}) : 't')
    const { client } = guarded(['t'], { token, timeout: 50 })
    const counted = countedSignal()
    const aborted = failure(client.fetch('c1', { signal: counted.signal }))
    setTimeout(() => counted.abort(), 10)
    expect((await aborted).code).toBe('ABORTED')
    expect((await failure(client.fetch('c1'))).code).toBe('TIMEOUT')
    expect(await client.fetch('c1')).toEqual({ id: 'c1' })
    expect(counted.listeners).toBe(0)
  })
})

describe('a fixed token or secret', () => {
  test('is sent as it is, and a 401 is the error, which does not repeat it', async () => {
    for (const options of [{ secret: 'sk-abc' }, { token: 'tok-abc' }, { secret: 'sk-abc', token: 'tok-abc' }]) {
      const { client, sent } = guarded([], options)
      const error = await failure(client.fetch('c1'))
      const token = options.token ?? options.secret
      expect(sent).toEqual([token])
      expect(error.message).toContain('Not …')
      expect(JSON.stringify([error, error.message, error.stack])).not.toContain(token)
    }
  })

  test('is left out when there is none', async () => {
    for (const options of [{}, { secret: '' }]) {
      const { client, sent } = guarded([], options)
      await failure(client.fetch('c1'))
      expect(sent).toEqual([null])
    }
  })

  test.each(['a\nb', 'a\r\nx-evil: 1', 'a b', 'a\u0000', 'ü', 'tab\t'])(
    'is refused before anything is sent when it is %j',
    async (token) => {
      for (const options of [{ token }, { secret: token }, { token: () => token }]) {
        const { client, sent } = guarded([], options)
        const error = await failure(client.fetch('c1'))
        expect(error.code).toBe('BAD_REQUEST')
        expect(error.message).not.toContain(token)
        expect(sent).toEqual([])
      }
    },
  )

  test('shows nowhere on the client', async () => {
    const { inspect } = await import('node:util')
    const client = new ConversationClient({ secret: 'sk-abc', token: 'tok-abc' })
    expect(JSON.stringify(client) + inspect(client, { depth: 9, showHidden: true })).not.toMatch(/sk-abc|tok-abc/)
  })
})

describe('in a browser', () => {
  test.each([
    ['a page', () => vi.stubGlobal('document', { baseURI: 'https://app.test/' })],
    ['a worker', () => vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11)' })],
  ])('a secret in %s is refused, with what to do instead', async (_, enter) => {
    enter()
    for (const options of [{ secret: 'sk-abc' }, { secret: 'other' }, { token: 'sk-abc' }])
      expect(() => new ConversationClient(options)).toThrow(/session token.*dangerouslyAllowBrowser/)
    expect(() => new ConversationClient({ secret: 'sk-abc', dangerouslyAllowBrowser: true })).not.toThrow()
    expect(() => new ConversationClient({ token: 'a.b.c', secret: '' })).not.toThrow()
    const { client, sent } = guarded([], { token: () => 'sk-abc' })
    expect((await failure(client.fetch('c1'))).code).toBe('BAD_REQUEST')
    expect(sent).toEqual([])
  })

  test('answers are never taken from the browser’s cache', async () => {
    vi.stubGlobal('document', { baseURI: 'https://app.test/' })
    let cache: RequestCache | undefined
    const client = new ConversationClient({
      fetch: async (_, init) => ((cache = init?.cache), Response.json({ id: 'c1' })),
    })
    await client.fetch('c1')
    expect(cache).toBe('no-store')
  })
})
