import { build, END } from './build.ts'
import { endsOf, pairUp, settle } from './emphasis.ts'
import type { Mark } from './emphasis.ts'
import type { Inline, Part } from './inline.ts'
import { runLength } from './ticks.ts'

/** What is read of a text that is still being written, with all that has been begun as what it is about to be. */
export function preview(part: Part, text: string): Inline[] {
  const { brackets, plain } = part
  const rest = text.slice(part.at)
  const copies = new Map<Mark, Mark>()
  const copy = (mark: Mark): Mark => {
    const made = { ...mark, opens: [...mark.opens], closes: [...mark.closes] }
    copies.set(mark, made)
    return made
  }
  // Only marks that wait can still change.
  const marks = part.waiting.marks.map(copy)
  const later = part.later.map(copy)
  const tokens = part.tokens.map((token) => copies.get(token as Mark) ?? token)
  const bracket = brackets.at(-1)
  const isLink = bracket && (bracket.image || (brackets.length > part.barred && isLinkLike(text, bracket.at, rest)))
  tokens.push(plain, rest[0] === ']' && !isLink ? rest : shownOf(rest))
  if (isLink) {
    tokens[tokens.lastIndexOf(bracket)] = { ...bracket, link: {} }
    tokens.push(...endsOf(pairUp(later.splice(bracket.later))), END)
  }
  const waiting = { marks, floors: { ...part.waiting.floors } }
  for (const mark of later) settle(waiting, mark)
  tokens.push(...endsOf(waiting.marks))
  return build(tokens)
}

/** `[words`, `[words]` and `[words](…` at the end are most likely a link; `list[0`, `[ ` and what was begun long ago are not. */
const isLinkLike = (text: string, at: number, rest: string): boolean =>
  rest.startsWith('](') || (text.length - at < 300 && /[^\w\])]\[\S/.test(` ${text}`.slice(at - 1, at + 2)))

/** What is seen of something whose end has not come. */
function shownOf(held: string): Inline {
  switch (held[0]) {
    case '`': {
      // The last of it may be half of its end.
      let end = held.length
      while (held[end - 1] === '`') end -= 1
      const code = held.slice(runLength(held, 0), end)
      return code === '' ? '' : { type: 'code', text: code }
    }
    case '<':
      return held.replace(/^<(?=https?:|mailto:|tel:)/i, '')
    case '*':
    case '_':
    case '~':
    case '\\':
    case '[':
    case ']':
      return ''
    default:
      return held
  }
}
