import { unescapeHtml } from './escape.ts'

/** A message as it stands in a page. */
interface FoundMessage {
  facts: string
  exact?: string
  text: string
}

interface FoundSection {
  facts: string
  count: string
  messages: FoundMessage[]
}

interface FoundPage {
  generator?: string
  sections: FoundSection[]
  /** Whether it ends where it should. */
  whole: boolean
}

/**
 * What stands in a page of ours, also when a browser has saved it in its own way. It goes through the text once. Only what we wrote is
 * understood: in it every `<` begins a tag.
 */
export function readPage(html: string): FoundPage {
  const page: FoundPage = { sections: [], whole: false }
  let at = html.indexOf('<')
  while (at >= 0) {
    const tag = readTag(html, at)
    if (!tag) break
    const { name, attributes } = tag
    at = tag.end
    if (name === 'meta' && attributes.get('name') === 'generator') page.generator = attributes.get('content') ?? ''
    // Not a page of ours: the rest of it is of no interest.
    if (name === 'body' && page.generator === undefined) break
    if (name === 'style') at = html.indexOf('</style', at)
    if (name === '/main') page.whole = true
    const section = page.sections.at(-1)
    const message = section?.messages.at(-1)
    const conversation = attributes.get('data-conversation')
    const facts = attributes.get('data-message')
    if (conversation !== undefined)
      page.sections.push({ facts: conversation, count: attributes.get('data-messages') ?? '', messages: [] })
    else if (facts !== undefined) section?.messages.push({ facts, text: '' })
    else if (attributes.get('class') === 'text' && message) {
      const end = html.indexOf('<', at)
      message.text = unescapeHtml(html.slice(at, end < 0 ? undefined : end))
      message.exact = attributes.get('data-text')
    }
    at = at < 0 ? at : html.indexOf('<', at)
  }
  return page
}

interface Tag {
  /** In small letters; of an end tag with its slash. */
  name: string
  attributes: Map<string, string>
  /** Behind it. */
  end: number
}

/** The tag that begins here. `undefined`: it does not end. */
function readTag(html: string, start: number): Tag | undefined {
  if (html.startsWith('<!--', start)) {
    const end = html.indexOf('-->', start)
    return end < 0 ? undefined : { name: '!', attributes: new Map(), end: end + 3 }
  }
  const attributes = new Map<string, string>()
  let at = start + 1
  const name = take(html, at, /[^\s>]*/y)
  at += name.length
  for (;;) {
    at += take(html, at, /[\s/]*/y).length
    if (at >= html.length) return undefined
    if (html[at] === '>') return { name: name.toLowerCase(), attributes, end: at + 1 }
    const key = take(html, at, /[^\s=>]+/y) || html[at]!
    at += key.length
    if (html[at] !== '=') continue
    const quote = html[at + 1]
    if (quote === '"' || quote === "'") {
      const end = html.indexOf(quote, at + 2)
      if (end < 0) return undefined
      attributes.set(key.toLowerCase(), unescapeHtml(html.slice(at + 2, end)))
      at = end + 1
    } else {
      const value = take(html, at + 1, /[^\s>]*/y)
      attributes.set(key.toLowerCase(), unescapeHtml(value))
      at += 1 + value.length
    }
  }
}

function take(html: string, at: number, what: RegExp): string {
  what.lastIndex = at
  return what.exec(html)?.[0] ?? ''
}
