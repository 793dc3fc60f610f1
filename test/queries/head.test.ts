import { array, assert, integer, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { mergeHead } from '../../src/queries/head.ts'

interface Item {
  id: string
  name: string
}
const item = (id: number, name = `name ${id}`): Item => ({ id: `c${id}`, name })

/** A list, newest first, read page by page. */
function pagesOf(items: readonly Item[], take: number, count = Infinity) {
  const pages: { items: Item[]; cursor?: string }[] = []
  const pageParams: (string | undefined)[] = []
  for (let at = 0; (at === 0 || at < items.length) && pages.length < count; at += take) {
    pageParams.push(pages.at(-1)?.cursor)
    pages.push(pageOf(items.slice(at, at + take), take))
  }
  return { pages, pageParams }
}
const pageOf = (items: Item[], take: number) => (items.length < take ? { items } : { items, cursor: items.at(-1)!.id })

const list = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => item(from - index))
const flat = (data: ReturnType<typeof mergeHead<Item>>) => data?.pages.flatMap((page) => page.items)

test('what is new stands in front, and pages that nothing happened in stay the objects they were', () => {
  const held = pagesOf(list(30, 1), 10)
  const merged = mergeHead(held, pageOf(list(33, 24), 10))
  expect(flat(merged)).toEqual(list(33, 1))
  expect(merged!.pages.slice(1)).toEqual(held.pages.slice(1))
  expect(merged!.pages[1]).toBe(held.pages[1])
  expect(merged!.pages[0]!.items[3]).toBe(held.pages[0]!.items[0])
  expect(merged!.pageParams).toHaveLength(merged!.pages.length)
})

test('when nothing happened the list is the object it was', () => {
  const held = pagesOf(list(30, 1), 10)
  expect(mergeHead(held, pageOf(structuredClone(list(30, 21)), 10))).toBe(held)
  const short = pagesOf(list(4, 1), 10)
  expect(mergeHead(short, pageOf(list(4, 1), 10))).toBe(short)
})

test('what was renamed elsewhere has its new name, and what was deleted elsewhere is gone', () => {
  const held = pagesOf(list(30, 1), 10)
  const fresh = list(30, 20).filter(({ id }) => id !== 'c27')
  fresh[1] = item(29, 'renamed')
  const merged = mergeHead(held, pageOf(fresh, 10))
  expect(flat(merged)).toEqual([item(30), item(29, 'renamed'), item(28), ...list(26, 1)])
})

test('a list that has shrunk to one page is that page', () => {
  const held = pagesOf(list(30, 1), 10)
  const merged = mergeHead(held, pageOf(list(30, 28), 10))
  expect(flat(merged)).toEqual(list(30, 28))
  expect(merged!.pages.at(-1)!.cursor).toBeUndefined()
})

test('when more is new than a page holds, there is a gap that nobody can fill', () => {
  expect(mergeHead(pagesOf(list(30, 1), 10), pageOf(list(60, 51), 10))).toBeUndefined()
})

test('whatever came, went and was renamed, the list is what reading all of it again would give', () => {
  assert(
    property(
      integer({ min: 2, max: 7 }),
      integer({ min: 1, max: 40 }),
      integer({ min: 1, max: 6 }),
      integer({ min: 0, max: 9 }),
      array(nat(40)),
      array(nat(40)),
      (take, length, read, added, gone, renamed) => {
        const before = list(length, 1)
        const held = pagesOf(before, take, read)
        const heldCount = held.pages.flatMap((page) => page.items).length
        // What happens below the newest page is not asked for, and cannot be known.
        const now = list(length + added, 1)
        const top = new Set(now.slice(0, take).map(({ id }) => id))
        const after = now
          .filter(({ id }) => !(top.has(id) && gone.some((one) => id === `c${one}`)))
          .map((one) =>
            top.has(one.id) && renamed.some((name) => one.id === `c${name}`) ? { id: one.id, name: 'new' } : one,
          )
        const merged = mergeHead(held, pageOf(after.slice(0, take), take))
        if (!merged) return
        const shown = flat(merged)!
        expect(shown).toEqual(after.slice(0, shown.length))
        const has = (items: readonly Item[], id: string | undefined) => items.some((one) => one.id === id)
        // As much is shown as before, and who asks for more is given what follows.
        const lowest = before[heldCount - 1]!.id
        const { cursor } = merged.pages.at(-1)!
        expect(has(after, lowest)).toBe(has(shown, lowest) && has(after, lowest))
        expect(cursor === undefined ? after.length : cursor).toBe(
          cursor === undefined || !has(after, cursor) ? (cursor ?? shown.length) : shown.at(-1)!.id,
        )
      },
    ),
    { numRuns: 500 },
  )
})
