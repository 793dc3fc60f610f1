import type { Inline, Token } from './inline.ts'

/** The end of the innermost link or image. */
export const END = { kind: 'end' } as const

/** The tree is as deep at most as elements can be nested without harm. */
const MAX_DEPTH = 16

interface Frame {
  into: Inline[]
  inLink: boolean
  image?: Extract<Inline, { type: 'image' }>
}

/** What was read as a tree. What would be nested too deeply is not nested, nor is a link in a link. */
export function build(tokens: readonly Token[]): Inline[] {
  const root: Inline[] = []
  const stack: Frame[] = [{ into: root, inLink: false }]
  const add = (value: Inline) => {
    const { into, inLink } = stack.at(-1)!
    const last = into.at(-1)
    if (typeof value === 'string' && typeof last === 'string') into[into.length - 1] = last + value
    else if (typeof value === 'object' && value.type === 'link' && inLink)
      for (const child of value.children) add(child)
    else if (value !== '') into.push(value)
  }
  const enter = (node: Extract<Inline, { children: Inline[] }>) => {
    const { into, inLink } = stack.at(-1)!
    const isLink = node.type === 'link'
    const flat = stack.length > MAX_DEPTH || (isLink && inLink)
    if (!flat) into.push(node)
    stack.push({ into: flat ? into : node.children, inLink: inLink || isLink })
  }
  const leave = () => {
    const { into, image } = stack.pop()!
    if (image) add({ ...image, alt: wordsOf(into) })
  }
  for (const token of tokens) {
    if (typeof token === 'string' || !('kind' in token)) {
      add(token)
    } else if (token.kind === 'mark') {
      for (let count = token.closes.length; count > 0; count -= 1) leave()
      add(token.char.repeat(token.left))
      for (let at = token.opens.length - 1; at >= 0; at -= 1) enter({ type: token.opens[at]!, children: [] })
    } else if (token.kind === 'end') {
      leave()
    } else if (!token.link) {
      add(token.image ? '![' : '[')
    } else if (token.image) {
      const { href, title } = token.link
      // A picture comes from the web; nothing else is asked for one.
      const src = href !== undefined && /^https?:/.test(href) ? href : undefined
      stack.push({ into: [], inLink: true, image: { type: 'image', src, title, alt: '' } })
    } else {
      enter({ type: 'link', ...token.link, children: [] })
    }
  }
  return root
}

/** The words without what is done with them. */
export const wordsOf = (nodes: readonly Inline[]): string => nodes.map(wordsOfOne).join('')

function wordsOfOne(node: Inline): string {
  if (typeof node === 'string') return node
  switch (node.type) {
    case 'code':
      return node.text
    case 'image':
      return node.alt
    case 'break':
      return '\n'
    case 'note':
      return ''
    default:
      return wordsOf(node.children)
  }
}
