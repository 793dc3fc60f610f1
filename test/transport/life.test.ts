import { expect, test } from 'vitest'
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
