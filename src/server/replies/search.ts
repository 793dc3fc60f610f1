import type MiniSearch from 'minisearch'
import type { SearchResult } from 'minisearch'
import { toBlocks } from './sections.ts'
import type { Section } from './sections.ts'
import { isVague, toTerms } from './words.ts'

export interface Found {
  /** Best first. Empty when the sections do not answer the question. */
  sections: Section[]
  /** What was looked for. */
  terms: string[]
  /** Whether the best one knows most of the question. */
  isSure: boolean
}

/** How much of a question the sections have to know, by its words. */
const MIN_COVERAGE = 0.6
/** Half is enough when a section is about it: when one of the words is in its heading, and says something. */
const MIN_COVERAGE_BY_HEADING = 0.5
/** Below this it is said that the answer may not be what was asked for. */
const SURE_COVERAGE = 0.7
/** A follow-up is about what it says itself, in the light of what was said before. */
const EMPHASIS = 4
/** What a word counts that says little. */
const VAGUE_WEIGHT = 0.4
/** What a word counts that was found only by forgiving a typing error. */
const TYPO_WEIGHT = 0.7
/** What a word counts that stands in an example only: it may be there by chance. */
const CODE_WEIGHT = 0.4
/** Sections that score less than this part of the best one are not worth a mention. */
const MIN_RELATIVE_SCORE = 0.45
/** Letters from which on a word may be the beginning of another. */
const MIN_PREFIX = 5
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
        prefix: (term) => term.length >= MIN_PREFIX,
        fuzzy: typosIn,
        weights: { prefix: 0.5, fuzzy: 0.2 },
      },
    })
    made.addAll(sections)
    return made
  }

  return async (terms, emphasis = []) => {
    const none: Found = { sections: [], terms: [...terms], isSure: false }
    if (terms.length === 0) return none
    index ??= build()
    const results = (await index).search(terms.join(' '), {
      boostTerm: (term) => importanceOf(term, emphasis),
    })
    // By how much of the question a section knows, too: many mentions of one word do not make up for the others.
    const ranked = results
      .map((result) => ({ result, coverage: coverageOf(terms, emphasis, result) }))
      .toSorted((a, b) => b.result.score * b.coverage ** 2 - a.result.score * a.coverage ** 2)
    const top = ranked[0]
    if (!top) return none
    const misses = emphasis.length > 0 && !emphasis.some((term) => weightOf(term, top.result) > 0)
    if (top.coverage < leastCoverage(terms, top.result) || misses) return none
    const best = ranked
      .filter(({ result }) => result.score >= top.result.score * MIN_RELATIVE_SCORE)
      .map(({ result }) => result)
    return {
      sections: best.slice(0, MAX_SECTIONS).map(({ id }) => sections[Number(id)]!),
      terms: [...terms],
      isSure: top.coverage >= SURE_COVERAGE,
    }
  }
}

/** Letters that may be wrong: none in short and in common words, where another letter is another word. */
function typosIn(term: string): number {
  if (term.length < 5 || isVague(term)) return 0
  return term.length < 8 ? 1 : 2
}

/** Whether one of the words that say most is in the heading. */
function isAbout(terms: readonly string[], { match }: SearchResult): boolean {
  const onlyVague = terms.every(isVague)
  return Object.entries(match).some(
    ([word, fields]) => (onlyVague || !isVague(word)) && (fields.includes('heading') || fields.includes('title')),
  )
}

function leastCoverage(terms: readonly string[], result: SearchResult): number {
  const isHalfEnough = isAbout(terms, result)
  // Words that say little may be anywhere by chance.
  if (terms.every(isVague)) return isHalfEnough ? MIN_COVERAGE : Infinity
  return isHalfEnough ? MIN_COVERAGE_BY_HEADING : MIN_COVERAGE
}

function coverageOf(terms: readonly string[], emphasis: readonly string[], result: SearchResult): number {
  const total = (weight: (term: string) => number) =>
    terms.reduce((sum, term) => sum + importanceOf(term, emphasis) * weight(term), 0)
  return total((term) => weightOf(term, result)) / total(() => 1)
}

function importanceOf(term: string, emphasis: readonly string[]): number {
  return (isVague(term) ? VAGUE_WEIGHT : 1) * (emphasis.includes(term) ? EMPHASIS : 1)
}

function weightOf(term: string, { queryTerms, match }: SearchResult): number {
  if (!queryTerms.includes(term)) return 0
  const asWritten = Object.keys(match).filter(
    (word) => word === term || (term.length >= MIN_PREFIX && word.startsWith(term)),
  )
  // Whoever mistypes a word rarely does so in its first letter: an iframe is no frame.
  if (asWritten.length === 0) return Object.keys(match).some((word) => word[0] === term[0]) ? TYPO_WEIGHT : 0
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
