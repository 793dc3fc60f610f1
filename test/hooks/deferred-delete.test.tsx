import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createStore } from 'zustand'
import { createDeferredDelete } from '../../src/hooks/deferred.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function create(refuse: (id: string) => boolean = () => false) {
  const sent: string[] = []
  let kept: readonly string[] = []
  const gone = createStore<ReadonlySet<string>>(() => new Set())
  const deferred = createDeferredDelete<Error>({
    send: (id) => {
      sent.push(id)
      return refuse(id) ? Promise.reject(new Error(id)) : Promise.resolve()
    },
    gone,
    journal: { read: () => kept, write: (ids) => void (kept = ids) },
  })
  return { deferred, sent, hidden: () => [...gone.getState()], kept: () => kept }
}

test('what is taken back was never sent', async () => {
  const { deferred, sent, hidden } = create()
  deferred.remove(['a', 'b'])
  deferred.remove(['c'])
  expect(hidden()).toEqual(['a', 'b', 'c'])
  expect(deferred.undo()).toEqual(['c'])
  expect(deferred.undo()).toEqual(['a', 'b'])
  expect(deferred.undo()).toEqual([])
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual([])
  expect(hidden()).toEqual([])
})

test('a double press deletes once', async () => {
  const { deferred, sent } = create()
  deferred.remove(['a', 'a'])
  deferred.remove(['a'])
  deferred.settle()
  deferred.settle()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual(['a'])
})

test('the time stands still while somebody reaches for what takes it back', async () => {
  const { deferred, sent } = create()
  deferred.remove(['a'])
  await vi.advanceTimersByTimeAsync(5000)
  deferred.hold(true)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toEqual([])
  deferred.hold(false)
  await vi.advanceTimersByTimeAsync(999)
  expect(sent).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toEqual(['a'])
})

test('the seventh of a hundred is refused: it is there again, the others are gone, and it can be tried again', async () => {
  let no = true
  const { deferred, sent, hidden, kept } = create((id) => no && id === 'n7')
  const ids = Array.from({ length: 100 }, (_, index) => `n${index}`)
  deferred.remove(ids)
  deferred.settle()
  expect(kept()).toEqual(ids)
  await vi.advanceTimersByTimeAsync(100)
  expect(sent).toEqual(ids)
  expect(deferred.state.getState().refused.map(({ id }) => id)).toEqual(['n7'])
  expect(hidden()).not.toContain('n7')
  expect(kept()).toEqual([])
  no = false
  deferred.retry()
  await vi.advanceTimersByTimeAsync(100)
  expect(deferred.state.getState().refused).toEqual([])
  expect(hidden()).toContain('n7')
  expect(sent).toHaveLength(101)
})
