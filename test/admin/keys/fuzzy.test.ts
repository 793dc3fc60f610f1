import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fuzzy } from '../../../src/admin/keys/fuzzy.ts'

const COMMANDS = [
  'Next conversation',
  'Previous conversation',
  'New conversation',
  'Open conversation',
  'Select all that match',
  'Delete',
  'Rename',
  'Add a note',
  'Keyboard shortcuts',
  'Résumé',
]
const best = (query: string) =>
  COMMANDS.flatMap((name) => {
    const found = fuzzy(query, name)
    return found ? [{ name, ...found }] : []
  }).sort((one, other) => other.score - one.score)[0]?.name

test('what is typed finds the command it is the beginning, the initials or some letters of', () => {
  expect(best('del')).toBe('Delete')
  expect(best('note')).toBe('Add a note')
  expect(best('nc')).toBe('New conversation')
  expect(best('conv next')).toBe('Next conversation')
  expect(best('RENAM')).toBe('Rename')
  expect(best('kbs')).toBe('Keyboard shortcuts')
  expect(best('resume')).toBe('Résumé')
  expect(best('sel match')).toBe('Select all that match')
  expect(best('zzz')).toBeUndefined()
})

test('what was found is marked where it stands', () => {
  expect(fuzzy('note', 'Add a note')?.hits).toEqual([[6, 10]])
  expect(fuzzy('e', 'Résumé')?.hits).toEqual([[1, 2]])
  expect(fuzzy('nc', 'New conversation')?.hits).toEqual([
    [0, 1],
    [4, 5],
  ])
  expect(fuzzy('', 'Anything')?.hits).toEqual([])
})

test('hits are in order, apart, inside of the text, and there for every part of a text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (query, text) => {
      let last = -1
      for (const [from, to] of fuzzy(query, text)?.hits ?? []) {
        expect(from).toBeGreaterThan(last)
        expect(to).toBeGreaterThan(from)
        expect(to).toBeLessThanOrEqual(text.length)
        last = to
      }
    }),
  )
  fc.assert(
    fc.property(fc.lorem(), fc.nat(), fc.nat(), (text, one, other) => {
      const [from, to] = [one % text.length, other % (text.length + 1)].sort((a, b) => a - b)
      expect(fuzzy(text.slice(from, to), text)).toBeDefined()
    }),
  )
})

test('a long text and a long query take no time', () => {
  const began = performance.now()
  fuzzy('ab'.repeat(2000), 'a'.repeat(20_000))
  fuzzy('a'.repeat(2000), 'b'.repeat(20_000))
  expect(performance.now() - began).toBeLessThan(2000)
})
