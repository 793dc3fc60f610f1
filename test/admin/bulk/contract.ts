import { expect, test } from 'vitest'
import type { BulkStorage } from '../../../src/admin/bulk/storage.ts'

/** What every place for jobs does. */
export function storageContract(create: () => BulkStorage): void {
  test('gives back entries in their order, from any of them on, and each job its own', async () => {
    const storage = create()
    expect(await storage.ids()).toEqual([])
    expect(await storage.append('a', 0, [{ type: 'one' }, { type: 'two' }])).toBe(true)
    expect(await storage.append('a', 2, [{ type: 'three' }])).toBe(true)
    expect(await storage.append('b', 0, [{ type: 'other' }])).toBe(true)
    expect(await storage.read('a', 0)).toEqual([{ type: 'one' }, { type: 'two' }, { type: 'three' }])
    expect(await storage.read('a', 2)).toEqual([{ type: 'three' }])
    expect(await storage.read('a', 3)).toEqual([])
    expect((await storage.ids()).toSorted()).toEqual(['a', 'b'])
    await storage.remove('a')
    expect(await storage.read('a', 0)).toEqual([])
    expect(await storage.ids()).toEqual(['b'])
    await storage.remove('b')
  })

  test('refuses what another page has written meanwhile, all of it', async () => {
    const storage = create()
    await storage.append('a', 0, [1, 2, 3])
    const both = await Promise.all([
      storage.append('a', 3, ['one'], [[0, 'one']]),
      storage.append('a', 3, ['two'], [[0, 'two']]),
    ])
    expect(both.toSorted()).toEqual([false, true])
    expect(await storage.append('a', 1, ['late'])).toBe(false)
    expect(await storage.append('a', 9, ['early'])).toBe(false)
    const entries = await storage.read('a', 3)
    expect(entries).toHaveLength(1)
    expect(await storage.pieces('a', 0, 10)).toEqual([[0, entries[0]]])
    await storage.remove('a')
  })

  test('keeps pieces by their place', async () => {
    const storage = create()
    await storage.append(
      'a',
      0,
      [1],
      [
        [12, ['twelve']],
        [3, ['three']],
      ],
    )
    await storage.append(
      'a',
      1,
      [2],
      [
        [101, ['far']],
        [3, ['three again']],
      ],
    )
    expect(await storage.pieces('a', 0, 101)).toEqual([
      [3, ['three again']],
      [12, ['twelve']],
    ])
    expect(await storage.pieces('a', 101, 200)).toEqual([[101, ['far']]])
    await storage.remove('a')
    expect(await storage.pieces('a', 0, 200)).toEqual([])
  })

  test('is one owner’s until the lease ends', async () => {
    const storage = create()
    expect(await storage.claim('a', 'me', 100, 0)).toBe(true)
    expect(await storage.claim('a', 'you', 100, 50)).toBe(false)
    expect(await storage.claim('a', 'me', 200, 90)).toBe(true)
    expect(await storage.claim('a', 'you', 300, 150)).toBe(false)
    expect(await storage.claim('a', 'you', 300, 200)).toBe(true)
    await storage.remove('a')
  })
}
