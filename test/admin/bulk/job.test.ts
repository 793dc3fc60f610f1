import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createJob, isOver, leftOf, reduceJob } from '../../../src/admin/bulk/job.ts'
import type { BulkEvent, BulkJob, BulkOutcome } from '../../../src/admin/bulk/job.ts'
import { entriesOf, replay } from '../../../src/admin/bulk/record.ts'

const reason = { code: 'INTERNAL_SERVER_ERROR', status: 500, message: 'Out of order.' }
const items = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `c${at}` }))
const after = (job: BulkJob, ...events: BulkEvent[]) => events.reduce(reduceJob, job)

const prepared = (count: number, kind: 'delete' | 'setMeta' = 'setMeta') =>
  after(createJob('j', kind === 'delete' ? { kind } : { kind, meta: { a: 'b' } }, 1), {
    type: 'collected',
    items: items(count),
    more: false,
  })
const running = (count: number) => after(prepared(count), { type: 'confirmed' })

describe('a job', () => {
  test('counts what it finds, and does nothing before somebody confirms it', () => {
    const found = after(createJob('j', { kind: 'delete' }, 1), { type: 'collected', items: items(100), more: true })
    expect(found).toMatchObject({ phase: 'collecting' })
    expect(found.items).toHaveLength(100)
    expect(after(found, { type: 'taken', count: 4 }, { type: 'confirmed' })).toBe(found)
    const shown = after(found, { type: 'collected', items: [{ id: 'last' }], more: false })
    expect(shown.phase).toBe('preview')
    expect(after(shown, { type: 'taken', count: 4 }).inFlight).toEqual([])
  })

  test('begins anew with what it looked for when that had failed', () => {
    const failed = after(
      createJob('j', { kind: 'delete' }, 1),
      { type: 'collected', items: items(100), more: true },
      { type: 'collectFailed', reason },
    )
    expect(failed.problem).toEqual(reason)
    const again = after(failed, { type: 'collectAgain' })
    expect(again).toMatchObject({ phase: 'collecting', items: [] })
    expect(again).not.toHaveProperty('problem')
  })

  test('that deletes waits first, and can be undone as long as it waits', () => {
    const waiting = after(prepared(3, 'delete'), { type: 'confirmed' })
    expect(waiting.phase).toBe('waiting')
    expect(after(waiting, { type: 'taken', count: 3 }).inFlight).toEqual([])
    const undone = after(waiting, { type: 'undone' })
    expect(undone).toMatchObject({ phase: 'cancelled', done: 0, skipped: 3 })
    expect(isOver(undone)).toBe(true)
    const begun = after(waiting, { type: 'begun' })
    expect(begun.phase).toBe('running')
    expect(after(begun, { type: 'undone' })).toBe(begun)
  })

  test('that is cancelled counts what was on its way, and leaves the rest out', () => {
    const cancelled = after(running(10), { type: 'taken', count: 4 }, { type: 'cancelled' })
    expect(cancelled).toMatchObject({ phase: 'cancelled', skipped: 6 })
    expect(isOver(cancelled)).toBe(false)
    const over = after(cancelled, {
      type: 'settled',
      results: [
        { at: 0, outcome: 'done' },
        { at: 1, outcome: 'failed', reason },
        { at: 2, outcome: 'again' },
        { at: 3, outcome: 'unsure', reason },
      ],
    })
    expect(over).toMatchObject({ done: 1, skipped: 7 })
    expect(over.failures.map(({ at }) => at)).toEqual([1, 3])
    expect(isOver(over)).toBe(true)
  })

  test('tries only what failed again, and looks at it first', () => {
    const done = after(
      running(3),
      { type: 'taken', count: 3 },
      {
        type: 'settled',
        results: [
          { at: 0, outcome: 'done' },
          { at: 1, outcome: 'failed', reason },
          { at: 2, outcome: 'done' },
        ],
      },
    )
    expect(done.phase).toBe('done')
    const again = after(done, { type: 'retried' }, { type: 'taken', count: 10 })
    expect(again).toMatchObject({ phase: 'running', inFlight: [1], unsure: [1], failures: [] })
    const zero = after(again, { type: 'settled', results: [{ at: 1, outcome: 'done' }] })
    expect(zero).toMatchObject({ phase: 'done', done: 3, failures: [], unsure: [] })
    expect(after(zero, { type: 'retried' })).toBe(zero)
  })

  test('that somebody paused stays paused after a reload, and one that the network paused goes on', () => {
    const stopped = (by: 'user' | 'offline') =>
      after(running(3), { type: 'taken', count: 1 }, { type: 'paused', by }, { type: 'awoken' })
    expect(stopped('user')).toMatchObject({ phase: 'paused', pausedBy: 'user', again: [0], unsure: [0], resumed: true })
    expect(stopped('offline')).toMatchObject({ phase: 'running', again: [0], unsure: [0] })
    expect(stopped('offline')).not.toHaveProperty('pausedBy')
  })

  test('about nothing is done at once', () => {
    expect(after(prepared(0, 'delete'), { type: 'confirmed' }).phase).toBe('done')
  })
})

const outcome = fc.constantFrom('done', 'failed', 'again', 'unsure')
const someEvent = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('taken' as const), count: fc.nat(5) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant('settled' as const),
      results: fc.array(
        fc.record({ at: fc.nat(14), outcome, reason: fc.constant(reason) }) as fc.Arbitrary<BulkOutcome>,
        { maxLength: 5 },
      ),
    }),
  },
  fc.record({
    type: fc.constant('paused' as const),
    by: fc.constantFrom('user' as const, 'offline' as const, 'session' as const, 'storage' as const),
  }),
  fc.constantFrom<BulkEvent>(
    { type: 'resumed' },
    { type: 'retried' },
    { type: 'awoken' },
    { type: 'begun' },
    { type: 'confirmed' },
    { type: 'collected', items: items(2), more: false },
    { type: 'collectAgain' },
    { type: 'collectFailed', reason },
  ),
  fc.constantFrom<BulkEvent>({ type: 'cancelled' }, { type: 'undone' }),
)

test('whatever happens in whatever order, everything is in one place, and done at most once', () => {
  fc.assert(
    fc.property(fc.nat(12), fc.boolean(), fc.array(someEvent, { maxLength: 60 }), (count, deletes, events) => {
      let job = after(prepared(count, deletes ? 'delete' : 'setMeta'), { type: 'confirmed' })
      const done = new Set<number>()
      for (const event of events) {
        const before = job
        job = reduceJob(job, event)
        // Those that it counts as done were on their way, and were not done before.
        const flying = new Set(before.inFlight)
        const settled = event.type === 'settled' ? event.results.filter(({ at }) => flying.delete(at)) : []
        const now = settled.flatMap(({ at, outcome }) => (outcome === 'done' ? [at] : []))
        expect(now.filter((at) => done.has(at))).toEqual([])
        for (const at of now) done.add(at)
        expect(job.done).toBe(done.size)
        expect(job.done + job.failures.length + job.skipped + leftOf(job)).toBe(count)
        const places = [
          ...done,
          ...job.failures.map(({ at }) => at),
          ...job.again,
          ...job.inFlight,
          ...Array.from({ length: count - job.next }, (_, index) => job.next + index),
        ]
        expect(new Set(places).size).toBe(places.length)
        expect({ phase: job.phase, left: leftOf(job) > 0 }).not.toEqual({ phase: 'done', left: true })
        expect({ phase: job.phase, left: leftOf(job) > 0 }).not.toEqual({ phase: 'running', left: false })
      }
    }),
    { numRuns: 500 },
  )
})

describe('a record', () => {
  test('tells of the same job, in whatever pieces it is read', () => {
    fc.assert(
      fc.property(
        fc.nat(1200),
        fc.array(someEvent, { maxLength: 20 }),
        fc.integer({ min: 1, max: 30 }),
        (count, happened, cut) => {
          // Written down is what happens after it was confirmed.
          const events = happened.filter(({ type }) => !type.startsWith('collect'))
          const first = prepared(count)
          const job = after(first, { type: 'confirmed' }, ...events)
          const entries: unknown[] = JSON.parse(JSON.stringify([...entriesOf(first), ...events]))
          expect(replay(entries)).toEqual(job)
          expect(replay(entries.slice(cut), replay(entries.slice(0, cut)))).toEqual(job)
        },
      ),
      { numRuns: 100 },
    )
  })

  test.each([
    ['nothing', []],
    ['another version', [{ ...entriesOf(prepared(1))[0], version: 2 }]],
    [
      'an action that is unknown',
      [{ type: 'created', version: 1, job: { id: 'j', action: { kind: 'archive' }, createdAt: 1 } }],
    ],
    ['no beginning', [{ type: 'confirmed' }]],
    ['an event that is unknown', [...entriesOf(prepared(1)), { type: 'archived' }]],
    ['items that are none', [entriesOf(prepared(1))[0], { type: 'collected', items: [{}], more: false }]],
    ['places that are none', [...entriesOf(prepared(1)), { type: 'settled', results: [{ at: -1 }] }]],
    ['what is no object', [...entriesOf(prepared(1)), null]],
  ])('of %s is not understood', (_, entries) => {
    expect(replay(entries)).toBeUndefined()
  })
})
