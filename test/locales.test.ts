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
import { checkLocales, NOW, VALUES } from './support/locale-checks.ts'

type Key = keyof Messages

const LOCALES: Record<string, Partial<Messages>> = { ar, de, es, fr, it, ja, nl, pl, pt, tr, zh }

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

checkLocales({
  folder: 'src/locales',
  english: { ...english },
  locales: LOCALES,
  same: SAME,
  free: ['time'],
})

test.each(Object.entries(LOCALES))('%s writes its own times, whatever the page is read in', (tag, words) => {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: 'auto', style: 'short' })
  expect(words.time?.({ ...VALUES, locale: 'en' })).toBe(format.format(-7, 'minute'))
  expect(words.time?.({ ...VALUES, locale: `${tag}-XA` })).toBe(format.format(-7, 'minute'))
  expect(words.time?.({ ...VALUES, date: NOW })).toBe(format.format(0, 'second'))
  const date = new Date('2025-12-24T12:00:00Z')
  const long = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', year: 'numeric' })
  expect(words.time?.({ ...VALUES, date })).toBe(long.format(date))
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
