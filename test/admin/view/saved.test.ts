import { describe, expect, test } from 'vitest'
import {
  addView,
  changeView,
  exportViews,
  importViews,
  moveView,
  openWith,
  parseSaved,
  removeView,
  restoreView,
} from '../../../src/admin/view/saved.ts'
import type { SavedViews } from '../../../src/admin/view/saved.ts'

let number = 0
const newId = () => `new-${(number += 1)}`
const three = ['One', 'Two', 'Three'].reduce<SavedViews>(
  (saved, name) => addView(saved, { id: name.toLowerCase(), name, view: { search: name } }),
  parseSaved(undefined),
)
const names = ({ views }: SavedViews) => views.map(({ name }) => name)

describe('saved views', () => {
  test('have a name of their own, trimmed, in one line, and not too long', () => {
    const saved = addView(three, { id: 'x', name: '  Angry \n people  ', view: {} })
    expect(names(saved).at(-1)).toBe('Angry people')
    for (const name of ['', '   ', 'one', 'TWO ']) expect(addView(three, { id: 'x', name, view: {} })).toBe(three)
    expect(names(addView(three, { id: 'x', name: 'a'.repeat(500), view: {} })).at(-1)).toHaveLength(80)
  })

  test('are renamed and changed, but not to the name of another', () => {
    expect(names(changeView(three, 'two', { name: 'Zwei' }))).toEqual(['One', 'Zwei', 'Three'])
    expect(names(changeView(three, 'two', { name: 'TWO' }))).toEqual(['One', 'TWO', 'Three'])
    expect(changeView(three, 'two', { name: 'One' })).toBe(three)
    expect(changeView(three, 'two', { name: ' ' })).toBe(three)
    expect(changeView(three, 'two', { view: { votes: 'up' } }).views[1]!.view).toEqual({ votes: 'up' })
  })

  test('are put in order, and no further than there are places', () => {
    expect(names(moveView(three, 'three', -1))).toEqual(['One', 'Three', 'Two'])
    expect(names(moveView(three, 'one', 9))).toEqual(['Two', 'Three', 'One'])
    expect(moveView(three, 'one', -1)).toBe(three)
    expect(moveView(three, 'gone', 1)).toBe(three)
  })

  test('come back where they were, with all that they were', () => {
    const first = openWith(three, 'two')
    const { saved, removed } = removeView(first, 'two')
    expect([names(saved), saved.opensWith]).toEqual([['One', 'Three'], undefined])
    expect(restoreView(saved, removed!)).toEqual(first)
    expect(restoreView(first, removed!)).toBe(first)
    expect(removeView(first, 'gone')).toEqual({ saved: first })
    expect(openWith(first, 'gone').opensWith).toBeUndefined()
    expect(removeView(first, 'one').saved.opensWith).toBe('two')
  })

  test('are read from whatever a browser has kept under their name', () => {
    expect(parseSaved(JSON.parse(JSON.stringify(openWith(three, 'one'))))).toEqual(openWith(three, 'one'))
    for (const garbage of [undefined, null, 7, 'x', [], {}, { version: 2, views: [] }, { version: 1, views: {} }])
      expect(parseSaved(garbage)).toEqual({ version: 1, views: [] })
    const mixed = {
      version: 1,
      opensWith: 'gone',
      views: [
        null,
        7,
        { id: 'a' },
        { id: 'b', name: 'B', view: { votes: 'sideways', sort: 'name' } },
        { id: 'b', name: 'C' },
      ],
    }
    expect(parseSaved(mixed)).toEqual({ version: 1, views: [{ id: 'b', name: 'B', view: { sort: 'name' } }] })
  })
})

describe('a file of views', () => {
  const file = (views: unknown) => JSON.stringify({ kind: 'conversation-kit/views', version: 1, views })

  test('taken to another browser gives the same views there', () => {
    const { views, added, refused } = importViews(parseSaved(undefined), `\uFEFF${exportViews(three)}`, newId)
    expect(views.views.map(({ name, view }) => ({ name, view }))).toEqual(
      three.views.map(({ name, view }) => ({ name, view })),
    )
    expect([added.length, refused.length]).toEqual([3, 0])
  })

  test('taken in twice doubles nothing, and one with another view under a name gets a number', () => {
    expect(importViews(three, exportViews(three), newId).refused.map(({ reason }) => reason)).toEqual([
      'twice',
      'twice',
      'twice',
    ])
    const other = importViews(three, file([{ name: 'One', view: {} }]), newId).views
    expect(names(other).at(-1)).toBe('One (2)')
    expect(names(importViews(other, file([{ name: 'one', view: { votes: 'up' } }]), newId).views).at(-1)).toBe(
      'one (3)',
    )
  })

  test('that is none, or of a later version, says so and changes nothing', () => {
    for (const text of ['', 'null', '[]', '{', '{"views":[]}', file(7), file([]).replace('1', '0')])
      expect(importViews(three, text, newId), text).toMatchObject({ views: three, error: 'file' })
    expect(importViews(three, file([]).replace('1', '2'), newId)).toMatchObject({ views: three, error: 'newer' })
  })

  test('says of each view that it refuses why, and takes the others', () => {
    const { added, refused } = importViews(
      three,
      file([
        { view: {} },
        { name: 7, view: {} },
        { name: 'No view' },
        { name: 'A list', view: [] },
        { name: 'Odd', view: { votes: 'sideways', from: 'soon', meta: { a: 1 }, colour: 'red', search: 7 } },
        { name: 'Good', view: { votes: 'down', meta: { plan: 'pro' }, from: 'P6D' } },
        null,
      ]),
      newId,
    )
    expect(added.map(({ name, view }) => [name, view])).toEqual([
      ['Good', { votes: 'down', meta: { plan: 'pro' }, from: 'P6D' }],
    ])
    expect(refused).toEqual([
      { name: '', reason: 'name' },
      { name: '', reason: 'name' },
      { name: 'No view', reason: 'view', fields: ['view'] },
      { name: 'A list', reason: 'view', fields: ['view'] },
      { name: 'Odd', reason: 'view', fields: ['votes', 'from', 'meta', 'colour', 'search'] },
      { name: '', reason: 'name' },
    ])
  })

  test('with more views than there is room for takes as many as there is', () => {
    const many = Array.from({ length: 250 }, (_, index) => ({ name: `View ${index}`, view: {} }))
    const { views, refused } = importViews(three, file(many), newId)
    expect(views.views).toHaveLength(200)
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['full']))
  })
})
