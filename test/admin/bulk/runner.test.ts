import { InfiniteQueryObserver, onlineManager } from '@tanstack/react-query'
import { conversationKeys, createConversationQueries } from 'conversation-kit/queries'
import { createTestServer } from 'conversation-kit/testing'
import { describe, expect, test, vi } from 'vitest'
import { importTranscript } from 'conversation-kit/admin'
import { isOver } from '../../../src/admin/bulk/job.ts'
import { LEASE_MS } from '../../../src/admin/bulk/own.ts'
import { memoryBulkStorage } from '../../../src/admin/bulk/storage.ts'
import { createLocks, left, openPage, over, seeds, start } from './page.ts'
import type { Fault } from './page.ts'

const COUNT = 1000
const FAST = { interval: 2, timeout: 10_000 }

/** Counts what the server did, by what it did it to. */
function countingServer(count: number) {
  const server = createTestServer({ conversations: seeds(count) })
  const did = new Map<string, number>()
  let most = Number.POSITIVE_INFINITY
  let arrived = 0
  let opened = Promise.resolve()
  let open = () => {}
  return {
    /** From now on so many writes are carried out, and the others wait before the door. */
    hold: (count: number) => {
      most = arrived + count
      opened = new Promise((resolve) => (open = resolve))
    },
    release: () => {
      most = Number.POSITIVE_INFINITY
      open()
    },
    waiting: () => arrived - most,
    server: {
      ...server,
      async fetch(request: Request) {
        const [, id = '', operation = ''] = /conversation\/(?:(.+?)\/)?(\w+)$/.exec(new URL(request.url).pathname) ?? []
        if (operation === 'delete' || operation === 'update') {
          arrived += 1
          if (arrived > most) await opened
        }
        const response = await server.fetch(request)
        if (response.ok && (operation === 'delete' || operation === 'update')) did.set(id, (did.get(id) ?? 0) + 1)
        return response
      },
    },
    did,
    stored: () => server.snapshot().conversations,
  }
}

/** The same numbers in every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** Lets so many small things happen. */
async function steps(count: number): Promise<void> {
  for (let step = 0; step < count; step += 1) await Promise.resolve()
}

const unavailable = () => Response.json({ message: 'Out of order', code: 'INTERNAL_SERVER_ERROR' }, { status: 500 })

test('a thousand with one in twenty failing, and three reloads in the middle, are each deleted once', async () => {
  const { server, did, stored } = countingServer(COUNT)
  const storage = memoryBulkStorage()
  const locks = createLocks()
  const chance = random(1)
  const failing = new Set(seeds(COUNT).flatMap(({ id }) => (chance() < 0.05 ? [id] : [])))
  let faulty = true
  const refuse: Fault = (operation, id) =>
    faulty && operation === 'delete' && failing.has(id) ? unavailable() : undefined

  let page = openPage({ server, storage, locks, fault: refuse })
  await start(page, { kind: 'delete' }, { view: {} })
  for (const share of [0.2, 0.5, 0.8]) {
    await page.until(() => did.size > COUNT * share)
    await steps(chance() * 20)
    page.kill()
    page = openPage({ server, storage, locks, fault: refuse })
    await page.until(({ jobs }) => jobs.length > 0)
  }
  await page.until(over)
  const { job } = page.job()
  expect(job).toMatchObject({ phase: 'done', done: COUNT - failing.size, resumed: true })
  expect(job.failures.map(({ at }) => job.items[at]!.id).toSorted()).toEqual([...failing].toSorted())
  expect(job.failures[0]!.reason).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
  expect(new Set(stored().map(({ id }) => id))).toEqual(failing)

  faulty = false
  page.bulk.retry(job.id)
  await page.until(({ jobs }) => jobs[0]!.job.done === COUNT)
  expect(page.job().job).toMatchObject({ phase: 'done', failures: [] })
  expect(left(page.job())).toBe(0)
  expect(stored()).toEqual([])
  expect([...did.values()].filter((times) => times !== 1)).toEqual([])
  expect(did.size).toBe(COUNT)
  page.kill()
})

test.each(['delete', 'setMeta', 'mergeMeta'] as const)(
  'whenever the page dies, and whichever answers are lost, %s reaches each once',
  async (kind) => {
    for (let seed = 1; seed <= 5; seed += 1) {
      const count = 24
      const { server, did, stored } = countingServer(count)
      const storage = memoryBulkStorage()
      const locks = createLocks()
      const chance = random(seed)
      const ways = new Map(seeds(count).map(({ id }) => [id, chance()]))
      // Some calls do not arrive, and of some the answer does not: each of them the first time.
      const fault: Fault = (operation, id) => {
        const way = ways.get(id)
        if (way === undefined || !['delete', 'update'].includes(operation)) return undefined
        ways.delete(id)
        return way < 0.05 ? 'before' : way < 0.1 ? 'after' : undefined
      }
      const open = () => openPage({ server, storage, locks, fault })
      let page = open()
      await start(page, kind === 'delete' ? { kind } : { kind, meta: { done: 'yes' } }, { view: {} })
      // Before it is written down nothing was begun.
      await vi.waitFor(async () => expect(await storage.ids()).toHaveLength(1), FAST)
      for (let death = 0; death < 3; death += 1) {
        await steps(chance() * 250)
        page.kill()
        await steps(chance() * 40)
        page = open()
      }
      await vi.waitFor(() => expect(did.size).toBe(count), FAST)
      // One that was over when the page opened is forgotten.
      await page.until((state) => state.jobs.every(({ job }) => isOver(job)))
      expect([...did.values()].filter((times) => times !== 1)).toEqual([])
      const metas = stored().map(({ meta }) => meta)
      const whole = metas.every((meta) => meta?.done === 'yes' && 'team' in meta === (kind === 'mergeMeta'))
      expect({ whole, count: metas.length }).toEqual({ whole: true, count: kind === 'delete' ? 0 : count })
      page.kill()
    }
  },
)

test('somebody can pause, go on and cancel, and what is on its way is counted', async () => {
  const { server, did, stored, hold, release, waiting } = countingServer(60)
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
  hold(10)
  await start(page, { kind: 'setMeta', meta: { a: 'b' } }, { view: {} })
  const { id } = page.job().job
  await vi.waitFor(() => expect(waiting()).toBe(4), FAST)
  page.bulk.pause(id)
  await page.until(({ jobs }) => jobs[0]!.job.pausedBy === 'user')
  release()
  await page.until(({ jobs }) => jobs[0]!.job.inFlight.length === 0)
  expect(page.job().job.done).toBe(14)
  expect(did.size).toBe(14)
  hold(20)
  page.bulk.resume(id)
  await vi.waitFor(() => expect(waiting()).toBe(4), FAST)
  page.bulk.cancel(id)
  release()
  await page.until(over)
  const { job } = page.job()
  expect(job).toMatchObject({ phase: 'cancelled', done: 38, skipped: 22 })
  expect(stored().filter(({ meta }) => meta?.a === 'b')).toHaveLength(38)
  page.kill()
})

test('a deletion can be undone before it begins, and the press of a button twice begins it once', async () => {
  const { server, did } = countingServer(5)
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks(), undoMs: 60_000 })
  await start(page, { kind: 'delete' }, { ids: ['c0001', 'c0002', 'c0001'] })
  page.bulk.confirm()
  await page.until(({ jobs }) => jobs[0]?.beginsAt !== undefined)
  expect(page.state().jobs).toHaveLength(1)
  expect(page.job().job.items.map(({ id }) => id)).toEqual(['c0001', 'c0002'])
  page.bulk.undo(page.job().job.id)
  await page.until(over)
  expect(page.job().job).toMatchObject({ phase: 'cancelled', done: 0 })
  expect(did.size).toBe(0)
  page.kill()
})

test('all that match are found page by page, with what the API cannot be asked for, and without what was taken out', async () => {
  const { server } = countingServer(250)
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
  page.bulk.prepare(
    { kind: 'delete' },
    { view: { meta: { team: 'red' } }, except: ['c0001', 'c0003'], matches: ({ name }) => name !== 'Conversation 5' },
  )
  const counts = new Set<number>()
  const unsubscribe = page.bulk.subscribe(() => counts.add(page.state().draft!.items.length))
  await page.until(({ draft }) => draft?.phase === 'preview')
  expect(page.state().draft!.items).toHaveLength(122)
  expect(page.state().draft!.items[0]).toEqual({ id: 'c0249', name: 'Conversation 249' })
  expect([...counts].filter((count) => count > 0)).toEqual([100, 122])
  unsubscribe()
  page.bulk.discard()
  expect(page.state().draft).toBeUndefined()

  // Nothing is done to more than what somebody sees.
  for (const view of [{ search: 'refund' }, { votes: 'none' as const }]) {
    page.bulk.prepare({ kind: 'delete' }, { view })
    await page.until(({ draft }) => draft?.problem !== undefined)
    expect(page.state().draft).toMatchObject({ phase: 'collecting', problem: { code: 'BAD_REQUEST' } })
  }
  page.kill()
})

test('a list that cannot be read is looked up again', async () => {
  const server = createTestServer({ conversations: seeds(3) })
  server.fail('conversation.list', { status: 403, code: 'NOT_AUTHORIZED' })
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
  page.bulk.prepare({ kind: 'delete' }, { view: {} })
  await page.until(({ draft }) => draft?.problem !== undefined)
  page.bulk.confirm()
  expect(page.state().jobs).toEqual([])
  page.bulk.prepareAgain()
  await page.until(({ draft }) => draft?.phase === 'preview')
  expect(page.state().draft!.items).toHaveLength(3)
  page.kill()
})

test('what the server would not keep is refused before anything is looked up', () => {
  const server = createTestServer()
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
  for (const key of ['_own', '$update', '', '#hidden'])
    expect(() => page.bulk.prepare({ kind: 'mergeMeta', meta: { [key]: 'x' } }, { view: {} })).toThrow(
      /letter or a digit/,
    )
  expect(server.requests).toEqual([])
  page.kill()
})

test('asked to wait, all wait, and fewer go at once', async () => {
  const { server, did } = countingServer(40)
  let refused = 0
  const times: number[] = []
  const fault: Fault = (operation) => {
    if (operation !== 'update') return undefined
    times.push(Date.now())
    if (times.length <= 10 || refused >= 2) return undefined
    refused += 1
    return Response.json({ message: 'Slow down' }, { status: 429, headers: { 'retry-after': '0.3' } })
  }
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks(), fault })
  await start(page, { kind: 'setMeta', meta: { a: 'b' } }, { view: {} })
  await page.until(({ jobs }) => jobs[0]?.waitsUntil !== undefined)
  await page.until(over)
  expect(page.job().job).toMatchObject({ phase: 'done', done: 40, failures: [] })
  expect([...did.values()].filter((count) => count !== 1)).toEqual([])
  const gaps = times.slice(1).map((time, at) => time - times[at]!)
  expect(Math.max(...gaps)).toBeGreaterThan(250)
  page.kill()
})

test('without a network it waits for one, and goes on by itself', async () => {
  const { server, hold, release, waiting } = countingServer(30)
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
  try {
    hold(6)
    await start(page, { kind: 'setMeta', meta: { a: 'b' } }, { view: {} })
    await vi.waitFor(() => expect(waiting()).toBe(4), FAST)
    onlineManager.setOnline(false)
    release()
    await page.until(({ jobs }) => jobs[0]!.job.pausedBy === 'offline')
    expect(left(page.job())).toBeGreaterThan(0)
    onlineManager.setOnline(true)
    await page.until(over)
    expect(page.job().job).toMatchObject({ phase: 'done', done: 30 })
  } finally {
    onlineManager.setOnline(true)
    page.kill()
  }
})

test('a server that cannot be reached for a while makes nothing fail, and one item that never arrives does', async () => {
  const { server, did } = countingServer(30)
  let gone = 12
  const fault: Fault = (operation, id) => {
    if (operation !== 'update') return undefined
    if (id === 'c0007') return 'before'
    if (did.size >= 10 && gone > 0) {
      gone -= 1
      return 'before'
    }
    return undefined
  }
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks(), fault })
  await start(page, { kind: 'setMeta', meta: { a: 'b' } }, { view: {} })
  await page.until(over)
  const { job } = page.job()
  expect(job.done).toBe(29)
  expect(job.failures.map(({ at, reason }) => [job.items[at]!.id, reason.code])).toEqual([['c0007', 'NETWORK']])
  page.kill()
})

test('a session that has ended pauses it, and nothing fails', async () => {
  const { server } = countingServer(30)
  let signedIn = false
  let calls = 0
  const fault: Fault = (operation) => {
    if (operation !== 'delete') return undefined
    calls += 1
    return signedIn || calls < 10 ? undefined : Response.json({ message: 'Who is it?' }, { status: 401 })
  }
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks(), fault })
  await start(page, { kind: 'delete' }, { view: {} })
  await page.until(({ jobs }) => jobs[0]?.job.pausedBy === 'session')
  signedIn = true
  page.bulk.resume(page.job().job.id)
  await page.until(over)
  expect(page.job().job).toMatchObject({ phase: 'done', done: 30, failures: [] })
  page.kill()
})

test('nothing is sent that cannot be written down', async () => {
  const { server, did } = countingServer(30)
  const storage = memoryBulkStorage()
  let full = true
  const page = openPage({
    server,
    locks: createLocks(),
    storage: {
      ...storage,
      append: (...given) => (full ? Promise.reject(new Error('The disk is full.')) : storage.append(...given)),
    },
  })
  await start(page, { kind: 'delete' }, { view: {} })
  await page.until(({ jobs }) => jobs[0]?.job.pausedBy === 'storage')
  expect(did.size).toBe(0)
  full = false
  page.bulk.resume(page.job().job.id)
  await page.until(over)
  expect(page.job().job.done).toBe(30)
  expect(did.size).toBe(30)
  page.kill()
})

test('what is gone already is deleted; its meta cannot be changed, and the reason is told', async () => {
  const { server } = countingServer(3)
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
  const ids = ['c0000', 'gone', 'c0001']
  await start(page, { kind: 'mergeMeta', meta: { a: 'b' } }, { ids })
  await page.until(over)
  expect(page.job().job).toMatchObject({ done: 2, failures: [{ at: 1, reason: { status: 404 } }] })
  page.bulk.dismiss(page.job().job.id)
  await page.until(({ jobs }) => jobs.length === 0)
  await start(page, { kind: 'delete' }, { ids })
  await page.until(over)
  expect(page.job().job).toMatchObject({ done: 3, failures: [] })
  page.kill()
})

test.each([['with the locks of a browser'], ['without locks']])(
  'of two tabs one does the work, the other shows it and goes on when the first is gone, %s',
  async (way) => {
    const { server, did, hold, release, waiting } = countingServer(60)
    const storage = memoryBulkStorage()
    const locks = way === 'without locks' ? () => undefined : createLocks()
    let time = 1
    const now = () => time
    const one = openPage({ server, storage, locks, now })
    const two = openPage({ server, storage, locks, now })
    hold(20)
    await start(one, { kind: 'setMeta', meta: { a: 'b' } }, { view: {} })
    await vi.waitFor(() => expect(waiting()).toBe(4), FAST)
    await two.until(({ jobs }) => (jobs[0]?.job.done ?? 0) > 5)
    expect(two.job().mine).toBe(false)
    expect(one.job().mine).toBe(true)
    two.bulk.pause(two.job().job.id)
    expect(one.job().job.phase).toBe('running')
    one.kill()
    release()
    // A lease ends some time after the last sign of life.
    time += LEASE_MS + 1
    await two.until(over)
    expect(two.job()).toMatchObject({ mine: true, job: { phase: 'done', done: 60 } })
    expect([...did.values()].filter((count) => count !== 1)).toEqual([])
    two.kill()
  },
)

test('of two tabs the one that only shows the work hears, too, which conversations were deleted', async () => {
  const { server } = countingServer(30)
  const storage = memoryBulkStorage()
  const locks = createLocks()
  const heard: Record<string, Set<string>> = { one: new Set(), two: new Set() }
  const pageOf = (name: 'one' | 'two') =>
    openPage({ server, storage, locks, onDeleted: (ids) => ids.forEach((id) => heard[name]!.add(id)) })
  const [one, two] = [pageOf('one'), pageOf('two')]
  await start(one, { kind: 'delete' }, { view: {} })
  await one.until(over)
  await two.until(over)
  expect(one.job().mine).toBe(true)
  expect(two.job().mine).toBe(false)
  expect(heard.one!.size).toBe(30)
  expect(heard.two).toEqual(heard.one)
  one.kill()
  two.kill()
})

test('a record that is damaged is left alone, said, and in nobody’s way', async () => {
  const { server, did } = countingServer(3)
  const storage = memoryBulkStorage()
  await storage.append('old', 0, [{ type: 'created', version: 99, job: {} }])
  const page = openPage({ server, storage, locks: createLocks() })
  await page.until(({ dropped }) => dropped === 1)
  await vi.waitFor(async () => expect(await storage.ids()).toEqual([]), FAST)
  await start(page, { kind: 'delete' }, { view: {} })
  await page.until(over)
  expect(did.size).toBe(3)
  page.kill()
})

test('a job that somebody has paused waits for them after a reload; one that is dismissed is forgotten', async () => {
  const { server, hold, release, waiting } = countingServer(60)
  const storage = memoryBulkStorage()
  const locks = createLocks()
  let page = openPage({ server, storage, locks })
  hold(10)
  await start(page, { kind: 'setMeta', meta: { a: 'b' } }, { view: {} })
  await vi.waitFor(() => expect(waiting()).toBe(4), FAST)
  page.bulk.pause(page.job().job.id)
  release()
  await page.until(({ jobs }) => jobs[0]!.job.inFlight.length === 0)
  await vi.waitFor(
    async () => expect(JSON.stringify(await storage.read(page.job().job.id, 0))).toContain('"paused"'),
    FAST,
  )
  const { done } = page.job().job
  page.kill()
  page = openPage({ server, storage, locks })
  await page.until(({ jobs }) => jobs[0]?.mine === true)
  expect(page.job().job).toMatchObject({ phase: 'paused', pausedBy: 'user', done, resumed: true })
  page.bulk.resume(page.job().job.id)
  await page.until(over)
  page.bulk.dismiss(page.job().job.id)
  await vi.waitFor(async () => expect(await storage.ids()).toEqual([]), FAST)
  expect(page.state().jobs).toEqual([])
  page.kill()
})

test('lists are read again once, and show nothing that is gone', async () => {
  const server = createTestServer({ conversations: seeds(80) })
  const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
  const { list, detail } = createConversationQueries(page.client)
  const observer = new InfiniteQueryObserver(page.queryClient, list())
  const unsubscribe = observer.subscribe(() => undefined)
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.pages[0]?.items).toHaveLength(80), FAST)
  await page.queryClient.fetchQuery(detail('c0003'))
  const ids = seeds(60).map(({ id }) => id)
  const lists = () => server.requests.filter(({ operation }) => operation === 'conversation.list').length
  const before = lists()
  await start(page, { kind: 'delete' }, { ids })
  await page.until(over)
  await vi.waitFor(() => expect(lists()).toBe(before + 1), FAST)
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.pages[0]?.items).toHaveLength(20), FAST)
  expect(page.queryClient.getQueryData(detail('c0003').queryKey)).toBeUndefined()
  expect(lists()).toBe(before + 1)
  unsubscribe()
  page.kill()
})

describe('an export', () => {
  const spoken = seeds(30).map((seed, at) =>
    Object.assign(seed, {
      messages: Array.from({ length: 3 }, (_, index) => ({
        type: index % 2 ? ('bot' as const) : ('user' as const),
        text: `${at}: =1+${index}`,
      })),
    }),
  )

  test('has every conversation with all its messages once and in order, also after a reload in the middle', async () => {
    const server = createTestServer({ conversations: spoken, pageSize: 100 })
    const storage = memoryBulkStorage()
    const locks = createLocks()
    let page = openPage({ server, storage, locks })
    await start(page, { kind: 'export', format: 'json' }, { view: {} })
    await page.until(({ jobs }) => (jobs[0]?.job.done ?? 0) >= 10)
    page.kill()
    page = openPage({ server, storage, locks })
    await page.until(({ jobs }) => jobs[0]?.mine === true && jobs[0].job.phase === 'done')
    const file = await page.bulk.file(page.job().job.id)
    expect(file.name).toMatch(/^conversations-\d{4}-\d\d-\d\d\.json$/)
    const { conversations, messages } = server.snapshot()
    const stored = conversations.map((one) => Object.assign(one, { messages: messages[one.id] }))
    expect(importTranscript(await file.text())).toEqual(stored.toSorted((a, b) => (a.id < b.id ? 1 : -1)))
    page.kill()
  })

  test.each(['csv', 'csvMessages', 'markdown', 'html'] as const)(
    'in %s goes on with those it can read',
    async (format) => {
      const server = createTestServer({ conversations: spoken.slice(0, 4) })
      let broken = true
      const fault: Fault = (operation, id) =>
        broken && id.startsWith('c0002') && operation === 'fetch' ? unavailable() : undefined
      const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks(), fault })
      await start(page, { kind: 'export', format }, { view: {} })
      await page.until(over)
      const { id } = page.job().job
      expect(page.job().job).toMatchObject({ done: 3, failures: [{ reason: { status: 500 } }] })
      const partial = await (await page.bulk.file(id)).text()
      expect(partial).toContain('Conversation 3')
      expect(partial).not.toContain('Conversation 2')
      broken = false
      page.bulk.retry(id)
      await page.until(({ jobs }) => jobs[0]!.job.done === 4)
      const whole = await (await page.bulk.file(id)).text()
      const places = [3, 2, 1, 0].map((at) => whole.indexOf(`Conversation ${at}`))
      expect(places.every((place) => place >= 0)).toBe(true)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      page.kill()
    },
  )

  test('tells of the votes that its messages and this page know of', async () => {
    const server = createTestServer({ conversations: spoken.slice(0, 1) })
    const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
    const { items } = await page.client.message.list('c0000')
    const messageId = items[1]!.id
    await page.client.message.upvote('c0000', messageId, { reason: 'clear' })
    await page.client.downvote('c0000', {})
    page.queryClient.setQueryData(conversationKeys.vote({ conversationId: 'c0000', messageId }), 'up')
    await start(page, { kind: 'export', format: 'json' }, { view: {} })
    await page.until(over)
    const [read] = importTranscript(await (await page.bulk.file(page.job().job.id)).text())
    expect(read!.votes).toEqual([
      { vote: 'up', messageId, reason: 'clear', createdAt: expect.any(Number) },
      { vote: 'down', createdAt: expect.any(Number) },
    ])
    page.kill()
  })

  test('that is cancelled has no file', async () => {
    const server = createTestServer({ conversations: spoken })
    const page = openPage({ server, storage: memoryBulkStorage(), locks: createLocks() })
    await start(page, { kind: 'export', format: 'json' }, { view: {} })
    page.bulk.cancel(page.job().job.id)
    await page.until(over)
    expect(page.job().job.phase).toBe('cancelled')
    await expect(page.bulk.file(page.job().job.id)).rejects.toThrow(/no file/)
    page.kill()
  })
})
