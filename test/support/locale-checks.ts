import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

type Word = string | ((values: never) => string)

/** Words by name, as a language has them. */
export type Catalogue = Readonly<Record<string, Word>>

export interface LocaleChecks {
  /** Where the languages are, one a file; from the project's root. */
  folder: string
  english: Catalogue
  /** Every other language, by its tag. */
  locales: Readonly<Record<string, Catalogue>>
  /** Words that are the same in English and in the languages named. */
  same: Readonly<Record<string, string | undefined>>
  /** Words that English cannot be compared with: a date is written in every language after its own manner. */
  free?: readonly string[]
}

export const NOW = new Date('2026-03-12T12:00:00Z')

/** What any of the functions may be asked for, all at once. */
export const VALUES = {
  name: 'getWeather',
  label: 'xx7',
  size: '7 MB',
  count: 7,
  up: 7,
  down: 7,
  seconds: 7,
  done: 7,
  total: 7,
  except: 7,
  votes: 7,
  contacts: 7,
  more: true,
  key: 'getWeather',
  value: 'xx7',
  command: 'getWeather',
  keys: 'xx7',
  filter: 'getWeather',
  fields: 'getWeather',
  from: 'xx7',
  to: 'getWeather',
  code: 'xx7',
  reason: 'getWeather',
  type: 'user',
  median: '7 s',
  longest: 'xx7',
  date: new Date('2026-03-12T11:53:00Z'),
  now: NOW,
  locale: 'en',
}

export const said = (value: Word | undefined, over: object = {}): string =>
  typeof value === 'function' ? (value as (values: object) => string)({ ...VALUES, ...over }) : (value ?? '')

/** What is promised of every language. */
export function checkLocales({ folder, english, locales, same: known, free = [] }: LocaleChecks): void {
  const keys = Object.keys(english)

  test(`every file of ${folder} is a language that is tested here`, () => {
    const files = readdirSync(join(import.meta.dirname, '../..', folder)).map((file) => file.replace('.ts', ''))
    expect(files.filter((name) => name !== 'language').toSorted()).toEqual(['en', ...Object.keys(locales)].toSorted())
  })

  describe.each(Object.entries(locales))('%s', (tag, words) => {
    test('has every word that there is in English, and no other', () => {
      const missing = keys.filter((key) => !(key in words))
      const unknown = Object.keys(words).filter((key) => !(key in english))
      expect({ missing, unknown }, `${folder}/${tag}.ts has to say what src/internal/english says`).toEqual({
        missing: [],
        unknown: [],
      })
    })

    test('is translated', () => {
      const same = keys.filter(
        (key) => key in words && said(words[key]) === said(english[key]) && !known[key]?.split(' ').includes(tag),
      )
      expect(same).toEqual([])
    })

    test('says the names and numbers it is given, and is a function where English is one', () => {
      const wrong = keys.filter((key) => {
        const value = words[key]
        if (value === undefined) return false
        if (typeof value !== typeof english[key]) return true
        const inEnglish = said(english[key])
        return [VALUES.name, VALUES.label, '7'].some((part) => inEnglish.includes(part) && !said(value).includes(part))
      })
      expect(wrong).toEqual([])
    })

    test('ends a sentence where English does, and what goes on with dots', () => {
      const end = (text: string) =>
        text.endsWith('…')
          ? 'goes on'
          : /[.。]$/.test(text)
            ? 'sentence'
            : /[?？]$|؟$/.test(text)
              ? 'question'
              : 'words'
      const wrong = keys.filter((key) => {
        const text = said(words[key])
        // What has no room for a full stop elsewhere may have one: `vor 5 Min.`
        return key in words && !free.includes(key) && end(text) !== end(said(english[key]))
      })
      expect(wrong.map((key) => `${key}: ${said(words[key])}`)).toEqual([])
    })

    test('is written cleanly', () => {
      const wrong = keys.filter((key) => /^\s|\s$| {2}|\.\.\.|undefined|NaN|#|["']|\[object/.test(said(words[key])))
      expect(wrong.map((key) => `${key}: ${said(words[key])}`)).toEqual([])
    })

    test('stays short enough to fit where English fits', () => {
      const long = keys.filter((key) => said(words[key]).length > Math.max(20, said(english[key]).length * 2.2))
      expect(long.map((key) => `${key}: ${said(words[key])}`)).toEqual([])
    })
  })
}
