import { build, END } from './build.ts'
import { endsOf, pairUp, settle } from './emphasis.ts'
import type { Mark } from './emphasis.ts'
import type { Bracket, Inline, Part, Token } from './inline.ts'
import { runLength } from './ticks.ts'

/** What is read of a text that is still being written, with all that has been begun as what it is about to be. */
export function preview(part: Part, text: string): Inline[] {
  const { brackets, later, plain, tokens, waiting } = copyOf(part)
  const rest = text.slice(part.at)
  const bracket = brackets.at(-1)
  const isLink = bracket && (bracket.image || (brackets.length > part.barred && isLinkLike(text, bracket.at, rest)))
  tokens.push(plain, rest[0] === ']' && !isLink ? rest : shownOf(rest))
  if (isLink) {
    bracket.link = {}
    tokens.push(...endsOf(pairUp(later.splice(bracket.later))), END)
  }
  for (const mark of later) settle(waiting, mark)
  tokens.push(...endsOf(waiting.marks))
  return build(tokens)
}

/** The part as it is now, to be gone on with while the part itself goes on. */
export function copyOf(part: Part): Part {
  const copies = new Map<Token, Token>()
  // What has its end, or never gets one, does not change any more.
  const copy = <T extends Mark | Bracket>(one: T): T => {
    const made = { ...one }
    copies.set(one, made)
    return made
  }
  return {
    ...part,
    waiting: { marks: part.waiting.marks.map(copy), floors: { ...part.waiting.floors } },
    brackets: part.brackets.map(copy),
    later: part.later.map(copy),
    tokens: part.tokens.map((token) => copies.get(token) ?? token),
    formula: null,
  }
}

/** `[words`, `[words]` and `[words](…` at the end are most likely a link; `list[0`, `[ ` and what was begun long ago are not. */
const isLinkLike = (text: string, at: number, rest: string): boolean =>
  rest.startsWith('](') || (text.length - at < 300 && /[^\w\])]\[\S/.test(` ${text}`.slice(at - 1, at + 2)))

/** What is seen of something whose end has not come. */
function shownOf(held: string): Inline {
  if (held[0] === '`') {
    // The last of it may be half of its end.
    let end = held.length
    while (held[end - 1] === '`') end -= 1
    const code = held.slice(runLength(held, 0), end)
    return code && { type: 'code', text: code }
  }
  return /^[*_~\\[\]]/.test(held) ? '' : held.replace(/^<(?=https?:|mailto:|tel:)/i, '')
}
