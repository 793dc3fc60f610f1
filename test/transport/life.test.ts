import { expect, test, vi } from 'vitest'
import { Life } from '../../src/transport/life.ts'

test('what a stopped call was still waiting for may fail without anybody hearing of it', async () => {
  const unheard: unknown[] = []
  const listen = (reason: unknown) => void unheard.push(reason)
  process.on('unhandledRejection', listen)
  try {
    const stop = new AbortController()
    const life = new Life([stop.signal])
    stop.abort()
    // The connection breaks because of the abort, a moment after it.
    const work = new Promise((_, reject) => setTimeout(() => reject(new TypeError('terminated')), 5))
    await expect(life.guard(work)).rejects.toMatchObject({ code: 'ABORTED' })
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(unheard).toEqual([])
  } finally {
    process.off('unhandledRejection', listen)
  }
})

test('a limit that is put off a thousand times costs one timer, and rings when the last one passes', () => {
  vi.useFakeTimers()
  try {
    const set = vi.spyOn(globalThis, 'setTimeout')
    const life = new Life([])
    for (let chunk = 0; chunk < 1000; chunk++) {
      life.limit(5000)
      vi.advanceTimersByTime(4)
      life.limit(0)
    }
    expect(set).toHaveBeenCalledTimes(1)
    // Nothing is limited now; the timer that is left does nothing.
    vi.advanceTimersByTime(60_000)
    expect(life.error).toBeUndefined()

    life.limit(5000)
    vi.advanceTimersByTime(3000)
    life.limit(5000)
    vi.advanceTimersByTime(4900)
    expect(life.error).toBeUndefined()
    vi.advanceTimersByTime(200)
    expect(life.error).toMatchObject({ code: 'TIMEOUT' })
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
    vi.restoreAllMocks()
  }
})

test('a shorter limit rings at its own time', () => {
  vi.useFakeTimers()
  try {
    const life = new Life([])
    life.limit(60_000)
    life.limit(1000)
    vi.advanceTimersByTime(1001)
    expect(life.error).toMatchObject({ code: 'TIMEOUT' })
  } finally {
    vi.useRealTimers()
  }
})
