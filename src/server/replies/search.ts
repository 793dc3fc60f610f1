import type MiniSearch from 'minisearch'
import type { SearchResult } from 'minisearch'
import { toBlocks } from './sections.ts'
import type { Section } from './sections.ts'
import { toTerms } from './words.ts'

export interface Found {
  /** Best first. Empty when the sections do not answer the question. */
  sections: Section[]
  /** What was looked for. */
  terms: string[]
}

/** How much of a question the sections have to know, by its words. */
const MIN_COVERAGE = 0.6
/** One of two words is enough when it is what a section is about. */
const MIN_COVERAGE_BY_HEADING = 0.5
/** A follow-up is about what it says itself, in the light of what was said before. */
const EMPHASIS = 4
/** What a word counts that was found only by forgiving a typing error. */
const TYPO_WEIGHT = 0.7
/** What a word counts that stands in an example only: it may be there by chance. */
const CODE_WEIGHT = 0.5
/** Sections that score less than this part of the best one are not worth a mention. */
const MIN_RELATIVE_SCORE = 0.45
const MAX_SECTIONS = 4

/** Full-text search over sections. `emphasis` are the terms that count more, one of which has to be found. The library is loaded at the first question. */
export function createSearch(
  sections: readonly Section[],
): (terms: readonly string[], emphasis?: readonly string[]) => Promise<Found> {
  let index: Promise<MiniSearch<Section>> | undefined

  async function build(): Promise<MiniSearch<Section>> {
    const { default: Index } = await import('minisearch')
    const made = new Index<Section>({
      fields: ['heading', 'title', 'text', 'code'],
      extractField: (section, field) => fieldOf(section, field),
      // The roots are made by ourselves, for questions and sections alike.
      tokenize: toTerms,
      processTerm: (term) => term,
      searchOptions: {
        tokenize: (text) => text.split(' '),
        boost: { heading: 3, title: 2, code: 0.5 },
        prefix: (term) => term.length >= 4,
        fuzzy: typosIn,
        weights: { prefix: 0.5, fuzzy: 0.2 },
      },
    })
    made.addAll(sections)
    return made
  }

  return async (terms, emphasis = []) => {
    const none: Found = { sections: [], terms: [...terms] }
    if (terms.length === 0) return none
    index ??= build()
    const results = (await index).search(terms.join(' '), {
      boostTerm: (term) => (emphasis.includes(term) ? EMPHASIS : 1),
    })
    // By how much of the question a section knows, too: many mentions of one word do not make up for the others.
    const ranked = results
      .map((result) => ({ result, coverage: coverageOf(terms, result) }))
      .toSorted((a, b) => b.result.score * b.coverage - a.result.score * a.coverage)
    const top = ranked[0]
    if (!top) return none
    const fields = new Set(Object.values(top.result.match).flat())
    const byHeading = fields.has('heading') || fields.has('title')
    const enough = byHeading && terms.length <= 2 ? MIN_COVERAGE_BY_HEADING : MIN_COVERAGE
    const misses = emphasis.length > 0 && !emphasis.some((term) => weightOf(term, top.result) > 0)
    if (top.coverage < enough || misses) return none
    const best = ranked
      .filter(({ result }) => result.score >= top.result.score * MIN_RELATIVE_SCORE)
      .map(({ result }) => result)
    return { sections: best.slice(0, MAX_SECTIONS).map(({ id }) => sections[Number(id)]!), terms: [...terms] }
  }
}

/** Letters that may be wrong: none in short words, where another letter is another word. */
function typosIn(term: string): number {
  if (term.length < 4) return 0
  return term.length < 8 ? 1 : 2
}

function coverageOf(terms: readonly string[], result: SearchResult): number {
  return terms.reduce((sum, term) => sum + weightOf(term, result), 0) / terms.length
}

function weightOf(term: string, { queryTerms, match }: SearchResult): number {
  if (!queryTerms.includes(term)) return 0
  const asWritten = Object.keys(match).filter((word) => word === term || (term.length >= 4 && word.startsWith(term)))
  if (asWritten.length === 0) return TYPO_WEIGHT
  const explained = asWritten.some((word) => match[word]?.some((field) => field !== 'code'))
  return explained ? 1 : CODE_WEIGHT
}

const CODE_BLOCK = /^(?:`{3}|~{3})/

/** Prose and code blocks apart. */
function fieldOf(section: Section, field: string): string {
  if (field === 'text' || field === 'code') {
    const wanted = (block: string) => CODE_BLOCK.test(block.trimStart()) === (field === 'code')
    return toBlocks(section.text).filter(wanted).join('\n')
  }
  return section[field as 'heading']
}
