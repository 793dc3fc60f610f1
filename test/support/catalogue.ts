/// <reference types="vite/client" />
import type { Messages } from '../../src/internal/strings.ts'

/** Not seen, and cut off by `trim`: who looks for a word by its text or name finds it as it is without. */
const MARK = '\uFEFF'

/** What the catalogue has said so far, the longest first. */
const said: string[] = []
const known = new Set<string>()

function say(text: string): void {
  if (known.has(text)) return
  known.add(text)
  const at = said.findIndex(({ length }) => length <= text.length)
  said.splice(at < 0 ? said.length : at, 0, text)
}

const locales = import.meta.glob<{ default: Partial<Messages> }>(
  ['../../src/{locales,admin/locales}/*.ts', '!**/language.ts'],
  {
    eager: true,
  },
)

/** English as the parts have it: each those words that it says. */
const built = import.meta.glob<Record<string, unknown>>('../../src/internal/english/**/*.ts', { eager: true })

let isMarked = false

/** Every word of the catalogue, in every language, says of itself, from here on, that it is of the catalogue. */
export function markCatalogue(): void {
  if (isMarked) return
  isMarked = true
  for (const locale of Object.values(locales)) markWords(locale.default as Record<string, Word>)
  for (const words of Object.values(built).flatMap((file) => Object.values(file)))
    if (typeof words === 'object') markWords(words as Record<string, Word>)
}

type Word = string | ((values: object) => string)

function markWords(words: Record<string, Word>): void {
  const mark = (words: string) => {
    // A sentence may have a word of the catalogue in it: it is all of the catalogue.
    const text = words.replaceAll(MARK, '')
    say(text)
    return MARK + text
  }
  for (const [key, word] of Object.entries(words)) {
    words[key] = typeof word === 'string' ? mark(word) : (values: object) => mark(word(values))
  }
}

/** A text in pieces: those of the catalogue, and what is between them. */
export function piecesOf(text: string): { text: string; ours: boolean }[] {
  const [before = '', ...marked] = text.split(MARK)
  const pieces = marked.flatMap((piece) => {
    const word = said.find((one) => piece.startsWith(one)) ?? ''
    return [
      { text: word, ours: true },
      { text: piece.slice(word.length), ours: false },
    ]
  })
  return [{ text: before, ours: false }, ...pieces].filter((piece) => piece.text !== '')
}
