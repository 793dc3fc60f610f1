import { fold } from './fold.ts'

/** A word of a text: as it is compared, and where it stands, in UTF-16 code units. */
export interface Token {
  term: string
  begin: number
  end: number
}

const CJK = '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}'
const SOUTH_EAST = '\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}'
/** What is written without spaces between words in one group each, all other words in the third. */
const RUNS = new RegExp(
  `((?:(?=[\\p{L}\\p{N}])[${CJK}][\\p{M}\\u{fe00}-\\u{fe0f}]*)+)|([${SOUTH_EAST}][${SOUTH_EAST}\\p{M}]*)|(?![${CJK}${SOUTH_EAST}])[\\p{L}\\p{N}](?:(?![${CJK}${SOUTH_EAST}])[\\p{L}\\p{N}]|[\\p{M}\\u200c\\u200d])*`,
  'gu',
)
const ASCII = /^[\0-\x7f]*$/
const ASCII_WORDS = /[a-z0-9]+/gi
/** A letter with its marks, those of narrow kana too. */
const LETTER = /(?![\uff9e\uff9f])[\p{L}\p{N}][\p{M}\uff9e\uff9f]*/gu
/** A longer word is a key or noise; its beginning is enough to find it. */
const MAX_TERM = 64

let words: Intl.Segmenter | null | undefined

/** What finds the words of Thai and its like. Made when the first such text is met, for making one is slow. */
function segmenter(): Intl.Segmenter | null {
  if (words === undefined)
    words = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null
  return words
}

/** What is found of a text, in order: words; pairs of letters, which overlap, where words are not set apart. */
export function tokensOf(text: string): Token[] {
  const found: Token[] = []
  const put = (word: string, begin: number) => {
    const term = cut(fold(word))
    if (term !== '') found.push({ term, begin, end: begin + word.length })
  }
  if (ASCII.test(text)) {
    for (const match of text.matchAll(ASCII_WORDS)) put(match[0], match.index)
    return found
  }
  for (const { 0: word, 1: cjk, 2: southEast, index } of text.matchAll(RUNS)) {
    if (cjk !== undefined) pairs(cjk, index, put)
    else if (southEast !== undefined) segments(southEast, index, put)
    else put(word, index)
  }
  return found
}

/** Not within a letter of two code units. */
const cut = (term: string) => (term.length <= MAX_TERM ? term : term.slice(0, MAX_TERM).replace(/[\ud800-\udbff]$/, ''))

/**
 * Each letter with the next, and the last by itself. A dictionary would cut a compound otherwise in a sentence than in a question, and
 * one would not be found in the other.
 */
function pairs(run: string, at: number, put: (word: string, begin: number) => void): void {
  const letters = Array.from(run.matchAll(LETTER), (match) => ({
    begin: match.index,
    end: match.index + match[0].length,
  }))
  for (const [index, { begin, end }] of letters.entries())
    put(run.slice(begin, letters[index + 1]?.end ?? end), at + begin)
}

function segments(run: string, at: number, put: (word: string, begin: number) => void): void {
  const words = segmenter()
  if (!words) return pairs(run, at, put)
  for (const { segment, index } of words.segment(run)) put(segment, at + index)
}

/** Words of a question, each once. The last letter of a run, which texts have by itself too, is not asked for again. */
export function termsOf(question: string): string[] {
  const tokens = tokensOf(question)
  return [...new Set(tokens.filter((token, at) => (tokens[at - 1]?.end ?? -1) < token.end).map(({ term }) => term))]
}
