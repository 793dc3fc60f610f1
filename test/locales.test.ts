import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Messages } from 'conversation-kit'
import ar from 'conversation-kit/locales/ar'
import de from 'conversation-kit/locales/de'
import english from 'conversation-kit/locales/en'
import es from 'conversation-kit/locales/es'
import fr from 'conversation-kit/locales/fr'
import it from 'conversation-kit/locales/it'
import ja from 'conversation-kit/locales/ja'
import nl from 'conversation-kit/locales/nl'
import pl from 'conversation-kit/locales/pl'
import pt from 'conversation-kit/locales/pt'
import tr from 'conversation-kit/locales/tr'
import zh from 'conversation-kit/locales/zh'
import { describe, expect, test } from 'vitest'

type Key = keyof Messages

const LOCALES: Record<string, Partial<Messages>> = { ar, de, es, fr, it, ja, nl, pl, pt, tr, zh }
const keys = Object.keys(english) as Key[]

/** Words that are the same in English and in these. */
const SAME: Partial<Record<Key, string>> = {
  title: 'de es fr it nl pt',
  tokens: 'es nl pt',
  assistant: 'fr',
  suggestions: 'fr',
  conversations: 'fr',
  notes: 'fr',
  note: 'fr',
  image: 'fr',
}

const now = new Date('2026-03-12T12:00:00Z')
/** What any of the functions may be asked for, all at once. */
const VALUES = {
  name: 'getWeather',
  label: 'xx7',
  size: '7 MB',
  count: 7,
  up: 7,
  down: 7,
  seconds: 7,
  date: new Date('2026-03-12T11:53:00Z'),
  now,
  locale: 'en',
}
const said = (value: Messages[Key] | undefined, over: object = {}): string =>
  typeof value === 'function' ? (value as (values: object) => string)({ ...VALUES, ...over }) : (value ?? '')

test('every file of the folder is a language that is tested here', () => {
  const files = readdirSync(resolve(import.meta.dirname, '../src/locales'))
    .map((file) => file.replace('.ts', ''))
    .filter((name) => name !== 'language')
  expect(files.toSorted()).toEqual(['en', ...Object.keys(LOCALES)].toSorted())
})

describe.each(Object.entries(LOCALES))('%s', (tag, words) => {
  test('has every word that there is in English, and no other', () => {
    const missing = keys.filter((key) => !(key in words))
    const unknown = Object.keys(words).filter((key) => !(key in english))
    expect({ missing, unknown }, `src/locales/${tag}.ts has to say what src/internal/english says`).toEqual({
      missing: [],
      unknown: [],
    })
  })

  test('is translated', () => {
    const same = keys.filter(
      (key) => key in words && said(words[key]) === said(english[key]) && !SAME[key]?.split(' ').includes(tag),
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
      text.endsWith('…') ? 'goes on' : /[.。]$/.test(text) ? 'sentence' : /[?？]$|؟$/.test(text) ? 'question' : 'words'
    const wrong = keys.filter((key) => {
      const text = said(words[key])
      // What has no room for a full stop elsewhere may have one: `vor 5 Min.`
      return key in words && key !== 'time' && end(text) !== end(said(english[key]))
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

  test('writes its own times, whatever the page is read in', () => {
    const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' })
    expect(words.time?.({ ...VALUES, locale: 'en' })).toBe(format.format(-7, 'minute'))
    expect(words.time?.({ ...VALUES, locale: `${tag}-XA` })).toBe(format.format(-7, 'minute'))
    expect(words.time?.({ ...VALUES, date: now })).toBe(format.format(0, 'second'))
    const date = new Date('2025-12-24T12:00:00Z')
    const long = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' })
    expect(words.time?.({ ...VALUES, date })).toBe(long.format(date))
  })
})

describe('numbers', () => {
  const unread = (words: Partial<Messages>, locale: string) => (count: number) => words.unread?.({ count, locale })

  test('in Polish ask for the form that goes with them', () => {
    expect([1, 2, 4, 5, 12, 21, 22, 25, 102].map(unread(pl, 'pl'))).toEqual([
      '1 nowa odpowiedź',
      '2 nowe odpowiedzi',
      '4 nowe odpowiedzi',
      '5 nowych odpowiedzi',
      '12 nowych odpowiedzi',
      '21 nowych odpowiedzi',
      '22 nowe odpowiedzi',
      '25 nowych odpowiedzi',
      '102 nowe odpowiedzi',
    ])
  })

  test('in Arabic have six forms', () => {
    expect([0, 1, 2, 3, 10, 11, 99, 100, 103].map(unread(ar, 'ar'))).toEqual([
      'لا إجابات جديدة',
      'إجابة جديدة واحدة',
      'إجابتان جديدتان',
      '3 إجابات جديدة',
      '10 إجابات جديدة',
      '11 إجابة جديدة',
      '99 إجابة جديدة',
      '100 إجابة جديدة',
      '103 إجابات جديدة',
    ])
  })

  test('in English are counted in English, whatever the dates are written in', () => {
    expect([1, 2, 1234].map(unread(english, 'ja'))).toEqual(['1 new reply', '2 new replies', '1,234 new replies'])
    expect([0, 1].map(unread(english, 'fr'))).toEqual(['0 new replies', '1 new reply'])
  })

  test('in Japanese, Chinese and Turkish have one', () => {
    expect([1, 2, 5].map(unread(ja, 'ja'))).toEqual(['新しい回答 1件', '新しい回答 2件', '新しい回答 5件'])
    expect([1, 2].map(unread(zh, 'zh'))).toEqual(['1条新回答', '2条新回答'])
    expect([1, 2].map(unread(tr, 'tr'))).toEqual(['1 yeni yanıt', '2 yeni yanıt'])
  })

  test('are written as the reader writes them', () => {
    expect([1, 3].map(unread(ar, 'ar-EG'))).toEqual(['إجابة جديدة واحدة', '٣ إجابات جديدة'])
    expect(unread(de, 'de')(1234)).toBe('1.234 neue Antworten')
    expect(unread(de, 'de-CH')(1234)).toBe(`${new Intl.NumberFormat('de-CH').format(1234)} neue Antworten`)
    expect(unread(de, 'en')(1234)).toBe('1.234 neue Antworten')
  })

  test('of seconds are said in whole sentences', () => {
    const later = (words: Partial<Messages>, seconds?: number) => words.errorRateLimit?.({ seconds })
    expect(later(de, 1)).toContain('in 1 Sekunde noch')
    expect(later(pl, 1)).toContain('za 1 sekundę')
    expect(later(pl, 22)).toContain('za 22 sekundy')
    expect(later(fr, 20)).toContain('dans 20 secondes')
    for (const words of Object.values(LOCALES)) expect(later(words)).not.toMatch(/\d|undefined/)
  })
})

test('a name in Latin letters does not turn an Arabic sentence round', () => {
  expect(ar.toolRunning?.({ name: 'getWeather' })).toContain('\u2068getWeather\u2069')
})
