import { createSearch } from 'conversation-kit/admin'
import type { Search, SearchMessage } from 'conversation-kit/admin'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { besides } from './beside.ts'

const message = (at: number, text = `message ${at}`): SearchMessage => ({
  conversationId: `c${at % 100}`,
  messageId: `m${at}`,
  type: 'user',
  text,
  createdAt: at,
})
const many = (count: number) => Array.from({ length: count }, (_, at) => message(at))

const made: Search[] = []
function open(options?: Parameters<typeof createSearch>[0]): Search {
  const search = createSearch(options)
  made.push(search)
  return search
}
afterEach(() => {
  for (const search of made.splice(0)) search.dispose()
})

const settled = (search: Search) =>
  vi.waitFor(() => {
    const { engine, pending } = search.getStatus()
    if (engine === 'none' || pending > 0) throw new Error(`${pending} are not searched yet`)
  }, 10_000)
const ids = async (search: Search, text: string) =>
  (await search.query(text)).hits.map(({ message }) => message?.messageId)

describe.each([
  ['in a worker', () => ({ worker: besides().worker })],
  ['in the page', () => ({ worker: false as const })],
  [
    'where workers are refused',
    () => ({
      worker: () => {
        throw new DOMException('No.', 'SecurityError')
      },
    }),
  ],
  ['where there are no workers', () => ({})],
])('searching %s', (where, options) => {
  test('finds what was added, replaced and not removed', async () => {
    const search = open(options())
    search.add([message(1, 'giraffe'), message(2, 'zebra')])
    search.add([message(1, 'lion')])
    search.remove([{ conversationId: 'c2', messageId: 'm2' }])
    await settled(search)
    expect(await ids(search, 'giraffe')).toEqual([])
    expect(await ids(search, 'zebra')).toEqual([])
    expect(await ids(search, 'lion')).toEqual(['m1'])
    const engine = where === 'in a worker' ? 'worker' : 'page'
    expect(search.getStatus()).toEqual({ engine, conversations: 0, messages: 1, shortened: 0, pending: 0, rebuilt: 0 })
  })

  test('answers while much is still to be added, and tells how much', async () => {
    const search = open(options())
    const pending: number[] = []
    search.subscribe(() => pending.push(search.getStatus().pending))
    search.add(many(3000))
    expect(search.getStatus().pending).toBe(3000)
    await vi.waitFor(() => expect(search.getStatus().messages).toBeGreaterThan(0), 10_000)
    const { total } = await search.query('message')
    expect(total).toBeGreaterThan(0)
    await settled(search)
    expect(new Set(pending).size).toBeGreaterThan(4)
    expect((await search.query('message', { limit: 5 })).total).toBe(100)
    expect(search.getStatus().messages).toBe(3000)
  })

  test('ends a question when a newer one is asked, when it is told to, and when it is disposed of', async () => {
    const search = open(options())
    search.add([message(1, 'giraffe')])
    await settled(search)
    const stop = new AbortController()
    const asked = [search.query('giraffe'), search.query('gir'), search.query('giraf', { signal: stop.signal })]
    stop.abort()
    const results = await Promise.allSettled(asked)
    expect(results.map((result) => result.status === 'rejected' && (result.reason as Error).name)).toEqual(
      Array(3).fill('AbortError'),
    )
    await expect(search.query('giraffe', { signal: AbortSignal.abort(new Error('Not now.')) })).rejects.toThrow(
      'Not now.',
    )
    expect(await ids(search, 'giraffe')).toEqual(['m1'])
    const last = search.query('giraffe')
    search.dispose()
    await expect(last).rejects.toMatchObject({ name: 'AbortError' })
    await expect(search.query('giraffe')).rejects.toMatchObject({ name: 'AbortError' })
    search.add([message(2)])
    expect(search.getStatus().pending).toBe(0)
  })
})

test('an answer that comes late is the answer to no newer question', async () => {
  const { made, worker } = besides()
  const search = open({ worker })
  search.add([message(1, 'giraffe'), message(2, 'zebra')])
  await settled(search)
  made[0]!.hold()
  const asked = Promise.allSettled([search.query('giraffe'), search.query('zebr')])
  const last = search.query('zebra')
  made[0]!.heard.length = 0
  await vi.waitFor(() => {
    made[0]!.go()
    expect(made[0]!.heard).toHaveLength(2)
  })
  expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect((await last).hits[0]!.message!.messageId).toBe('m2')
  // The one in between was never asked.
  expect(made[0]!.heard).toEqual(['query', 'query'])
})

test('much is handed over in slices, and no more than two at a time', async () => {
  const { made, worker } = besides()
  const search = open({ worker })
  search.add(many(2000))
  search.add([
    message(1, 'x'.repeat(300_000)),
    message(2, 'y'.repeat(9000)),
    ...Array.from({ length: 40 }, (_, at) => message(at, 'z '.repeat(5000))),
  ])
  await settled(search)
  expect(Math.max(...made[0]!.slices)).toBeLessThanOrEqual(400)
  expect(made[0]!.slices.reduce((sum, count) => sum + count)).toBe(2042)
  expect(made[0]!.slices.length).toBeGreaterThan(8)
})

test('a question waits for two slices at most', async () => {
  const { made, worker } = besides()
  const search = open({ worker })
  search.add(many(4000))
  await vi.waitFor(() => expect(search.getStatus().messages).toBeGreaterThan(0))
  const before = made[0]!.heard.length
  await search.query('message')
  const at = made[0]!.heard.indexOf('query')
  expect(at - before).toBeLessThanOrEqual(3)
})

describe('a worker that breaks', () => {
  test('is started again, told everything again, and answers what was asked', async () => {
    const { made, worker } = besides()
    const search = open({ worker })
    search.add([message(1, 'giraffe'), message(2, 'zebra'), message(3, 'lion')])
    search.remove([{ conversationId: 'c2', messageId: 'm2' }])
    await settled(search)
    made[0]!.hold()
    search.add([message(4, 'giraffe')])
    const asked = search.query('lion')
    made[0]!.crash()
    expect((await asked).complete).toBe(true)
    await settled(search)
    expect(made).toHaveLength(2)
    expect(made[0]!.terminated).toBe(true)
    expect(await ids(search, 'giraffe')).toEqual(['m4', 'm1'])
    expect(await ids(search, 'zebra')).toEqual([])
    expect(search.getStatus()).toMatchObject({ engine: 'worker', messages: 3, rebuilt: 1 })
  })

  test('twice is not asked again: the page does it', async () => {
    const { made, worker } = besides()
    const search = open({ worker })
    search.add(many(500))
    await settled(search)
    made[0]!.crash()
    await settled(search)
    made[1]!.crash()
    await settled(search)
    expect(made).toHaveLength(2)
    expect(search.getStatus()).toMatchObject({ engine: 'page', messages: 500, rebuilt: 2 })
    expect(await ids(search, '"message 7"')).toContain('m7')
  })

  test('before it was there is one that cannot be had: the page does it', async () => {
    const { made, worker } = besides(() => false)
    const search = open({ worker })
    search.add(many(500))
    await vi.waitFor(() => expect(made).toHaveLength(1))
    made[0]!.crash()
    await settled(search)
    expect(made).toHaveLength(1)
    expect(search.getStatus()).toMatchObject({ engine: 'page', messages: 500 })
  })
})

test('nothing is started before there is something to search', async () => {
  const { made, worker } = besides()
  open({ worker })
  expect(made).toEqual([])
})

test('two searches share nothing', async () => {
  const { worker } = besides()
  const one = open({ worker })
  const two = open({ worker })
  one.add([message(1, 'giraffe')])
  two.add([message(2, 'zebra')])
  await Promise.all([settled(one), settled(two)])
  expect([await ids(one, 'zebra'), await ids(two, 'zebra')]).toEqual([[], ['m2']])
})

test('the page is never held for long, whatever is added to it', async () => {
  const search = open({ worker: false })
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last)
    last = now
  })
  search.add(Array.from({ length: 3000 }, (_, at) => message(at, `${at} some words of a message `.repeat(20))))
  await settled(search)
  clearInterval(timer)
  // Alone it would take a second; how fast the machine is does not matter, only that others have their turn.
  expect(longest).toBeLessThan(500)
})
