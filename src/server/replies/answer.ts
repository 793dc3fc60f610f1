import { toBlocks } from './sections.ts'
import type { Section } from './sections.ts'
import { toTerms } from './words.ts'

/** About as much as is read in half a minute. A block is never cut, so an answer may be somewhat longer. */
const ANSWER_LENGTH = 1000

/** An answer in markdown: what the best section says, what else there is to read, and where it stands. */
export function composeAnswer(sections: readonly Section[], terms: readonly string[]): string {
  const [best, ...others] = sections
  if (!best) return ''
  const more = others.filter((section) => section.heading !== best.heading || section.title !== best.title)
  const passages = passagesOf(best, terms)
  // A table, a list or code says what it is by its heading.
  const parts = /^(?:[|`~]|[-*+] |\d+\. )/.test(passages) ? [`**${best.heading}**`, passages] : [passages]
  if (more.length > 0) parts.push(`See also: ${more.map(({ heading }) => `**${heading}**`).join(', ')}.`)
  const sources = unique([best, ...more].map(sourceOf))
  parts.push(`${sources.length === 1 ? 'Source' : 'Sources'}: ${sources.join(', ')}`)
  return parts.join('\n\n')
}

/** The whole section when it is short; else the blocks with most of the words, in their order. */
function passagesOf(section: Section, terms: readonly string[]): string {
  if (section.text.length <= ANSWER_LENGTH) return section.text
  const blocks = toBlocks(section.text).map((text, position) => ({ text, position, score: scoreOf(text, terms) }))
  const chosen: typeof blocks = []
  let length = 0
  for (const block of blocks.toSorted((a, b) => b.score - a.score || a.position - b.position)) {
    if (chosen.length > 0 && length + block.text.length > ANSWER_LENGTH) continue
    chosen.push(block)
    length += block.text.length
  }
  return chosen
    .toSorted((a, b) => a.position - b.position)
    .map(({ text }) => text)
    .join('\n\n')
}

/** How many of the terms a text has. */
export function scoreOf(text: string, terms: readonly string[]): number {
  const has = new Set(toTerms(text))
  return terms.filter((term) => has.has(term)).length
}

export function nameOf({ title, heading }: Section): string {
  return heading === title ? title : `${title} › ${heading}`
}

function sourceOf(section: Section): string {
  // Brackets would end the link in the middle of the name.
  return section.url ? `[${nameOf(section).replaceAll(/[[\]]/g, '')}](${section.url})` : nameOf(section)
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}
