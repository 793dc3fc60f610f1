import { tokensOf } from './tokens.ts'

/** A piece of a text. All positions are UTF-16 code units, as in JavaScript strings. */
export interface SearchExcerpt {
  text: string
  /** What to highlight in `text`: from (inclusive), to (exclusive), in order, none within another. */
  ranges: [number, number][]
  /** Where the piece begins in the whole text. */
  begin: number
  /** Whether text was left out after it. */
  more: boolean
}

/** Code units before the first word found, and of a whole piece. */
const BEFORE = 40
const LENGTH = 180
/** How far a word at the edge is looked for, so that it is shown whole. */
const WORD = 20

/** Whether a letter begins here: not between two halves of one, nor before a mark, a joiner or the second half of a flag. */
const JOINS = /^(?:\p{M}|\p{Emoji_Modifier}|[\u200c\u200d]|[\u{e0020}-\u{e007f}])/u
const FLAG_HALVES = /[\u{1f1e6}-\u{1f1ff}]+$/u
const FLAG_HALF = /^[\u{1f1e6}-\u{1f1ff}]/u

let letters: Intl.Segmenter | null | undefined

function segmenter(): Intl.Segmenter | null {
  if (letters === undefined)
    letters = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'grapheme' }) : null
  return letters
}

/** Gives for a place in the text the place where the letter that it is in begins or, with `end`, ends. */
function edges(text: string): (at: number, end?: boolean) => number {
  const segments = segmenter()?.segment(text)
  return (at, end = false) => {
    if (at <= 0 || at >= text.length) return Math.min(Math.max(at, 0), text.length)
    if (segments) {
      const { index, segment } = segments.containing(at)!
      return index === at ? at : end ? index + segment.length : index
    }
    let place = at
    while (place > 0 && place < text.length && isWithin(text, place)) place += end ? 1 : -1
    return place
  }
}

function isWithin(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code >= 0xdc00 && code < 0xe000) return true
  if (text[at - 1] === '\u200d' || (text[at] === '\n' && text[at - 1] === '\r')) return true
  const rest = text.slice(at, at + 2)
  if (JOINS.test(rest)) return true
  const halves = FLAG_HALF.test(rest) ? FLAG_HALVES.exec(text.slice(Math.max(0, at - 64), at))?.[0].length : undefined
  return halves !== undefined && halves % 4 !== 0
}

/** Where the words stand that one of `terms` means: whole letters, in order, none within another. */
export function rangesOf(text: string, terms: ReadonlySet<string>): [number, number][] {
  const edge = edges(text)
  const ranges: [number, number][] = []
  for (const { term, begin, end } of tokensOf(text)) {
    if (!terms.has(term)) continue
    const from = edge(begin)
    const to = edge(end, true)
    const last = ranges.at(-1)
    // Pairs of letters overlap.
    if (last && from < last[1]) last[1] = Math.max(last[1], to)
    else ranges.push([from, to])
  }
  return ranges
}

/** The piece of a text around the first word that one of `terms` means; its beginning, where none is. */
export function excerptOf(text: string, terms: ReadonlySet<string>): SearchExcerpt {
  const all = rangesOf(text, terms)
  const first = all[0]?.[0] ?? 0
  if (text.length <= LENGTH) return { text, ranges: all, begin: 0, more: false }
  const edge = edges(text)
  const begin = first <= BEFORE + WORD ? 0 : edge(wordStart(text, first - BEFORE))
  // A word found that is very long is shown as far as there is room.
  const end = edge(wordEnd(text, Math.min(text.length, begin + LENGTH)), true)
  const ranges = all
    .filter(([from]) => from >= begin && from < end)
    .map(([from, to]): [number, number] => [from - begin, Math.min(to, end) - begin])
  return { text: text.slice(begin, end), ranges, begin, more: end < text.length }
}

/** The end of the space next to a place. */
function wordStart(text: string, at: number): number {
  const space = text.slice(at - WORD, at).search(/\s\S*$/)
  return space === -1 ? at : at - WORD + space + 1
}

function wordEnd(text: string, at: number): number {
  const space = text.slice(at, at + WORD).search(/\s/)
  return space === -1 ? at : at + space
}
