import { createTestServer } from 'conversation-kit/testing'
import { expect, test } from 'vitest'
import { memoryBulkStorage } from '../../../src/admin/bulk/storage.ts'
import { createLocks, left, openPage, over, seeds, start } from './page.ts'
import type { Fault } from './page.ts'

const COUNT = 1000

/** Counts what the server did, by what it did it to. */
function countingServer(count: number) {
  const server = createTestServer({ conversations: seeds(count) })
  const did = new Map<string, number>()
  return {
    server: {
      ...server,
      async fetch(request: Request) {
        const response = await server.fetch(request)
        const [, id = '', operation = ''] = /conversation\/(?:(.+?)\/)?(\w+)$/.exec(new URL(request.url).pathname) ?? []
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

const unavailable = () => Response.json({ message: 'Out of order', code: 'INTERNAL_SERVER_ERROR' }, { status: 500 })

test.each([1, 2, 3])(
  'a thousand with one in twenty failing, and three reloads in the middle, are each deleted once (%i)',
  async (seed) => {
    const { server, did, stored } = countingServer(COUNT)
    const storage = memoryBulkStorage()
    const locks = createLocks()
    const chance = random(seed)
    const failing = new Set(seeds(COUNT).flatMap(({ id }) => (chance() < 0.05 ? [id] : [])))
    let faulty = true
    const refuse: Fault = (operation, id) =>
      faulty && operation === 'delete' && failing.has(id) ? unavailable() : undefined

    let page = openPage({ server, storage, locks, fault: refuse })
    await start(page, { kind: 'delete' }, { view: {} })
    for (const share of [0.2, 0.5, 0.8]) {
      await page.until(() => did.size > COUNT * share * (0.8 + chance() * 0.2))
      // At any point: before it was sent, on its way there, on its way back.
      for (let wait = Math.floor(chance() * 20); wait > 0; wait -= 1) await Promise.resolve()
      page.kill()
      page = openPage({ server, storage, locks, fault: refuse })
      await page.until(({ jobs }) => jobs.length > 0)
    }
    await page.until(over)
    expect(page.job().job).toMatchObject({ phase: 'done', done: COUNT - failing.size, resumed: true })
    expect(
      page
        .job()
        .job.failures.map(({ at }) => page.job().job.items[at]!.id)
        .toSorted(),
    ).toEqual([...failing].toSorted())
    expect(page.job().job.failures[0]!.reason).toMatchObject({ status: 500, code: 'INTERNAL_SERVER_ERROR' })
    expect(new Set(stored().map(({ id }) => id))).toEqual(failing)

    faulty = false
    page.bulk.retry(page.job().job.id)
    await page.until((state) => over(state) && state.jobs[0]!.job.failures.length === 0)
    expect(page.job().job).toMatchObject({ phase: 'done', done: COUNT, failures: [] })
    expect(stored()).toEqual([])
    expect([...did.values()].every((times) => times === 1)).toBe(true)
    expect(did.size).toBe(COUNT)
    expect(left(page.job())).toBe(0)
    page.kill()
  },
)
