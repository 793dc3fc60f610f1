import hljs from 'highlight.js/lib/core'
import { whenIdle } from '../../internal/index.ts'
import { loadLanguage, nameOf } from './languages.ts'
import { readTokens } from './tokens.ts'
import type { Token } from './tokens.ts'

/**
 * The grammars take the square of the time for some texts: 50 kB of one word would hold the page for seconds. So a long program is read
 * in pieces that are cut between its parts, and what is one word without end is not read at all.
 */
const PIECE = 2000
const MAX_PIECE = 4000
const ENDLESS = /[\w$]{120}|[^\S\n]{120}|\n{40}/
const MAX_KEPT = 100

const engine = hljs.newInstance()
const kept = new Map<string, readonly Token[]>()
const keyOf = (language: string, code: string) => `${language}\n${code}`

/** What a program was found to be made of before: a row that comes back into view has its colours at once. */
export const recall = (language: string, code: string): readonly Token[] | undefined => kept.get(keyOf(language, code))

/** The pieces of a program with their kinds; nothing for a language that is not known. */
export async function highlight(language: string, code: string): Promise<readonly Token[] | undefined> {
  const name = nameOf(language)
  if (!name) return undefined
  for (const [each, grammar] of await loadLanguage(name))
    if (!engine.getLanguage(each)) engine.registerLanguage(each, grammar)
  const tokens: Token[] = []
  for (let from = 0; from < code.length;) {
    // Between two pieces the page has its turn.
    if (from > 0) await new Promise<void>(whenIdle)
    const { end, read } = readPiece(name, code, from)
    tokens.push(...read)
    from = end
  }
  keep(keyOf(language, code), tokens)
  return tokens
}

function keep(key: string, tokens: readonly Token[]): void {
  kept.set(key, tokens)
  if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!)
}

function readPiece(name: string, code: string, from: number): { end: number; read: readonly Token[] } {
  let end = endOfPiece(code, from, PIECE)
  let read = readText(name, code.slice(from, end))
  // A comment or a text in the program may go on behind the cut.
  if (end < code.length && read.at(-1)?.[1] !== undefined) {
    end = endOfPiece(code, end, MAX_PIECE - PIECE)
    read = readText(name, code.slice(from, end))
  }
  return { end, read }
}

const readText = (name: string, text: string): readonly Token[] =>
  text.length > 2 * MAX_PIECE || ENDLESS.test(text)
    ? [[text]]
    : readTokens(engine.highlight(text, { language: name, ignoreIllegals: true }).value)

/** After a blank line before something that is not indented; else after a line; a line is not cut. */
function endOfPiece(code: string, from: number, size: number): number {
  const least = from + size
  if (least >= code.length) return code.length
  const part = /\n\n(?=\S)/.exec(code.slice(least, least + size))
  if (part) return least + part.index + 2
  const line = code.indexOf('\n', least)
  return line === -1 ? code.length : line + 1
}
