import { formatKeys, matchesKeys, readKeys } from 'conversation-kit/admin'
import type { KeyPress } from 'conversation-kit/admin'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({ key, ...more })
const shift = { shiftKey: true }
const ctrl = { ctrlKey: true }
const meta = { metaKey: true }
const alt = { altKey: true }
const altGraph = (key: string) => ({
  ...press(key, { ...ctrl, ...alt }),
  getModifierState: (name: string) => name === 'AltGraph',
})

const PC = false
const MAC = true

describe('a key press', () => {
  test('is the shortcut of its letter, whether Caps Lock is on, and not that of another', () => {
    expect(matchesKeys('j', press('j'), PC)).toBe(true)
    expect(matchesKeys('J', press('j'), PC)).toBe(true)
    expect(matchesKeys('j', press('J'), PC)).toBe(true)
    expect(matchesKeys('j', press('J', shift), PC)).toBe(false)
    expect(matchesKeys('Shift+J', press('J', shift), PC)).toBe(true)
    expect(matchesKeys('Shift+J', press('j', shift), PC)).toBe(true)
    expect(matchesKeys('Shift+J', press('j'), PC)).toBe(false)
    expect(matchesKeys('j', press('k'), PC)).toBe(false)
    for (const more of [ctrl, meta, alt]) expect(matchesKeys('j', press('j', more), PC)).toBe(false)
  })

  test('with Mod is ⌘ on a Mac and Ctrl elsewhere', () => {
    expect(matchesKeys('Mod+K', press('k', ctrl), PC)).toBe(true)
    expect(matchesKeys('Mod+K', press('k', meta), PC)).toBe(false)
    expect(matchesKeys('Mod+K', press('k', meta), MAC)).toBe(true)
    expect(matchesKeys('Mod+K', press('k', ctrl), MAC)).toBe(false)
    expect(matchesKeys('Mod+K', press('K', { ...ctrl, ...shift }), PC)).toBe(false)
    expect(matchesKeys('Ctrl+K', press('k', ctrl), MAC)).toBe(true)
  })

  test('of a sign counts wherever the keyboard has it: with Shift, with AltGr, with Option, or alone', () => {
    for (const more of [{}, shift]) {
      expect(matchesKeys('?', press('?', more), PC)).toBe(true)
      expect(matchesKeys('#', press('#', more), PC)).toBe(true)
      expect(matchesKeys('/', press('/', more), PC)).toBe(true)
    }
    expect(matchesKeys('#', altGraph('#'), PC)).toBe(true)
    expect(matchesKeys('#', press('#', alt), MAC)).toBe(true)
    expect(matchesKeys('#', press('#', alt), PC)).toBe(false)
    expect(matchesKeys('Mod+/', press('/', { ...ctrl, ...shift }), PC)).toBe(true)
    // A letter that AltGr writes is no command with Ctrl and Alt.
    expect(matchesKeys('Ctrl+Alt+E', altGraph('e'), PC)).toBe(false)
  })

  test('of a named key counts with exactly its modifiers', () => {
    expect(matchesKeys('ArrowDown', press('ArrowDown'), PC)).toBe(true)
    expect(matchesKeys('ArrowDown', press('ArrowDown', shift), PC)).toBe(false)
    expect(matchesKeys('Shift+ArrowDown', press('ArrowDown', shift), PC)).toBe(true)
    expect(matchesKeys('Space', press(' '), PC)).toBe(true)
    expect(matchesKeys('esc', press('Escape'), PC)).toBe(true)
    expect(matchesKeys('F2', press('F2'), PC)).toBe(true)
    expect(matchesKeys('Mod++', press('+', ctrl), PC)).toBe(true)
  })
})

describe('a keyboard', () => {
  test('with another order of Latin letters goes by what is written on its keys', () => {
    // Dvorak: what is J on the desk of others writes H.
    expect(matchesKeys('j', press('h', { code: 'KeyJ' }), PC)).toBe(false)
    expect(matchesKeys('j', press('j', { code: 'KeyC' }), PC)).toBe(true)
    // AZERTY: é is where others have 2.
    expect(matchesKeys('2', press('é', { code: 'Digit2' }), PC)).toBe(false)
    // QWERTZ: § is where others have #.
    expect(matchesKeys('#', press('§', { code: 'Digit3', ...shift }), PC)).toBe(false)
  })

  test.each([
    ['Russian', 'о', 'л'],
    ['Greek', 'ξ', 'κ'],
    ['Arabic', 'ت', 'ن'],
    ['Hebrew', 'ח', 'ל'],
    ['Korean', 'ㅓ', 'ㅏ'],
  ])('in %s reaches the shortcuts of Latin letters', (_, j, k) => {
    expect(matchesKeys('j', press(j, { code: 'KeyJ' }), PC)).toBe(true)
    expect(matchesKeys('Mod+K', press(k, { code: 'KeyK', ...ctrl }), PC)).toBe(true)
    expect(matchesKeys('Shift+J', press(j, { code: 'KeyJ', ...shift }), PC)).toBe(true)
    expect(matchesKeys('k', press(j, { code: 'KeyJ' }), PC)).toBe(false)
  })

  test('that writes letters where others have signs reaches those too', () => {
    expect(matchesKeys('/', press('ظ', { code: 'Slash' }), PC)).toBe(true)
    expect(matchesKeys('?', press('؟', { code: 'Slash', ...shift }), PC)).toBe(true)
    expect(matchesKeys('?', press('？', { code: 'Slash', ...shift }), PC)).toBe(true)
  })

  test('that is in the middle of a character has pressed nothing', () => {
    for (const key of ['Dead', 'Process', 'Unidentified', 'Shift', 'Control', 'AltGraph', 'CapsLock', ''])
      expect([readKeys(press(key), PC), matchesKeys('d', press(key, { code: 'KeyD' }), PC)]).toEqual([undefined, false])
  })
})

describe('a shortcut', () => {
  const key = fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom('ArrowDown', 'Enter', ' ', 'F12', 'Delete', '+', 'ß', 'İ', 'ﬁ', 'ŉ', 'К', '＃', 'Dead', 'Shift'),
  )
  const flag = fc.boolean()
  const anyPress: fc.Arbitrary<KeyPress> = fc.record({
    key,
    code: fc.constantFrom('KeyJ', 'Slash', 'Digit3', ''),
    ctrlKey: flag,
    metaKey: flag,
    altKey: flag,
    shiftKey: flag,
  })

  test('that is read from a key press is that key press, on every keyboard', () => {
    fc.assert(
      fc.property(anyPress, flag, (one, mac) => {
        const read = readKeys(one, mac)
        fc.pre(read !== undefined)
        expect(matchesKeys(read, one, mac)).toBe(true)
        expect(matchesKeys(read.toLowerCase(), one, mac)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('differs from that of every key press that means something else', () => {
    fc.assert(
      fc.property(anyPress, anyPress, flag, (one, other, mac) => {
        const read = readKeys(one, mac)
        fc.pre(read !== undefined && readKeys(other, mac) !== read)
        expect(matchesKeys(read, other, mac)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  test('that is none matches nothing, and breaks nothing', () => {
    for (const text of ['', '+', 'Shift+', 'Mod', 'Hyper+K', 'jj', 'constructor+K', '__proto__+K', 'Mod+', '++'])
      expect(matchesKeys(text, press('k', { ...ctrl }), PC), text).toBe(false)
    fc.assert(
      fc.property(fc.string(), anyPress, flag, (text, one, mac) => typeof matchesKeys(text, one, mac) === 'boolean'),
    )
  })

  test('is written as it is on the keyboard of the reader', () => {
    expect(
      ['Mod+K', 'Mod+Shift+Alt+Enter', 'ArrowDown', 'j', '?', 'F2'].map((keys) => formatKeys(keys, { mac: true })),
    ).toEqual(['⌘K', '⌥⇧⌘↩', '↓', 'J', '?', 'F2'])
    expect(
      ['Mod+K', 'Mod+Shift+Alt+Enter', 'ArrowDown', 'Space', 'Escape'].map((keys) => formatKeys(keys, { mac: false })),
    ).toEqual(['Ctrl+K', 'Ctrl+Alt+Shift+Enter', '↓', 'Space', 'Esc'])
  })
})
