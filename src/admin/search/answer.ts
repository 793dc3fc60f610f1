import type { MessageType } from '../../protocol/index.ts'
import { isMessage } from './documents.ts'
import { KINDS, textsOf } from './entries.ts'
import type { Entries, Found, Group } from './entries.ts'
import { excerptOf, rangesOf } from './excerpt.ts'
import type { SearchExcerpt } from './excerpt.ts'
import { facetId, groupId, isChoice, shownFacets } from './facets.ts'
import type { SearchFacet, SearchFacetCount } from './facets.ts'
import { begin, bitsOf, gather, scoreOf } from './gather.ts'
import { termsOf } from './tokens.ts'

export interface SearchOptions {
  /** Conversations given; `total` counts all. @default 30 */
  limit?: number
  /** Only conversations that have these. */
  facets?: readonly SearchFacet[]
}

/** A conversation in which something was found. */
export interface SearchHit {
  conversationId: string
  /** Only to be compared within one answer. */
  score: number
  /** Its name, whole. Absent when it has none, or when only messages of it are known. */
  name?: SearchExcerpt
  /** Where else in the conversation's own data something was found; `key` names the value of a meta. */
  detail?: SearchExcerpt & { field: 'contact' | 'description' | 'meta'; key?: string }
  /** The message that fits best, when one does. */
  message?: SearchExcerpt & { messageId: string; type: MessageType; createdAt: number }
  /** How many messages of it fit. */
  messages: number
  updatedAt?: number
}

/** What was found. Without a word in the question, nothing. */
export interface SearchAnswer {
  text: string
  /** Whether what was found has all words of the question. If not: as many as any has. */
  complete: boolean
  /** Conversations found. */
  total: number
  /** Best first; equals the newest first. */
  hits: SearchHit[]
  facets: SearchFacetCount[]
}

const LIMIT = 30
/** Of a long question the beginning is asked. */
const MAX_QUESTION = 500
const MAX_TERMS = 16

export function answerOf(
  index: Entries,
  text: string,
  { limit = LIMIT, facets = [] }: SearchOptions = {},
): SearchAnswer {
  const question = typeof text === 'string' ? text : ''
  const terms = termsOf(question.slice(0, MAX_QUESTION)).slice(0, MAX_TERMS)
  const meant = terms.map((term) => index.postings.expand(term))
  const groups = gather(index, meant, speakersIn(facets))
  const named = namedBy(index, question.trim(), groups.length === 0)
  if (named && !groups.includes(named)) groups.push(named)

  const missing = missesOf(index, facets)
  const judged = groups.map((group): Judged => ({ group, misses: missing(group) }))
  const passing = judged.filter(({ misses }) => misses.length === 0)
  // Where nothing has all that is chosen, it is still said what there would be without it.
  const most =
    mostOf(passing, ({ known }) => known) || mostOf(judged, ({ knownBy }) => knownBy.reduce((a, b) => a | b, 0))
  const fitting = judged.filter(({ group }) => (most > 0 && bitsOf(group.found.known) === most) || group === named)
  const found = fitting.filter(({ misses }) => misses.length === 0)
  const marked = new Set<string>()
  for (const words of meant) for (const word of words.keys()) marked.add(word)
  return {
    text: question,
    complete: found.length === 0 || most === terms.length || named !== undefined,
    total: found.length,
    hits: bestOf(index, found, { limit, named }).map((group) => hitOf(index, group, marked)),
    facets: shownFacets([...countsOf(index, fitting, facets), ...speakersOf(judged, most)], facets),
  }
}

/** The most words of the question that any of them knows. */
const mostOf = (judged: readonly Judged[], known: (found: Found) => number): number =>
  judged.reduce((most, { group }) => Math.max(most, bitsOf(known(group.found))), 0)

interface Judged {
  group: Group
  /** Of which kinds it has none of the facets chosen. */
  misses: readonly string[]
}

/** The best ones in order. Of 10,000 a few are shown: most need to be compared with the last of these only. */
function bestOf(
  index: Entries,
  found: readonly Judged[],
  { limit, named }: { limit: number; named: Group | undefined },
): Group[] {
  const best: { group: Group; score: number; date: number }[] = []
  const isBefore = (a: (typeof best)[number], b: (typeof best)[number]) =>
    (a.score - b.score || a.date - b.date || (a.group.id < b.group.id ? 1 : -1)) > 0
  for (const { group } of found) {
    const next = { group, score: group === named ? Infinity : scoreOf(group.found), date: 0 }
    const last = best[limit - 1]
    if (limit < 1 || (last && last.score > next.score)) continue
    next.date = dateIn(index, group)
    if (last && isBefore(last, next)) continue
    const at = best.findLastIndex((other) => isBefore(other, next)) + 1
    best.splice(at, 0, next)
    if (best.length > limit) best.pop()
  }
  return best.map(({ group }) => group)
}

const speakersIn = (facets: readonly SearchFacet[]): ReadonlySet<string> =>
  new Set(facets.filter(({ field }) => field === 'speaker').map(({ value }) => value))

/** The conversation of which this is the id, or that of a message, which is looked for where no text has such a word. */
function namedBy(index: Entries, id: string, inMessages: boolean): Group | undefined {
  const group = index.groups.get(id)
  if (group) return blank(index, group)
  if (!inMessages || id === '') return undefined
  for (const group of index.groups.values()) {
    const slot = group.messages.get(id)
    if (slot === undefined) continue
    blank(index, group).found.best = slot
    return group
  }
  return undefined
}

/** Without what an earlier question has found in it. */
function blank(index: Entries, group: Group): Group {
  if (group.found.question !== index.questions) begin(group.found, index.questions)
  return group
}

const NO_MISSES: readonly string[] = []

/** Says of a conversation of which kinds it has none of the facets chosen. */
function missesOf(index: Entries, facets: readonly SearchFacet[]): (group: Group) => readonly string[] {
  const chosen = facets.filter(({ field }) => field !== 'speaker')
  if (chosen.length === 0) return () => NO_MISSES
  const ids = new Set(chosen.map(facetId))
  const kinds = [...new Set(chosen.map(groupId))]
  return (group) => {
    const has = new Set<string>()
    for (const at of group.facets) {
      const { id, kind } = index.facets.get(at)
      if (ids.has(id)) has.add(kind.id)
    }
    return kinds.filter((kind) => !has.has(kind))
  }
}

/** Each facet is counted as if nothing else of its kind was chosen: so many more would be found with it. */
function* countsOf(
  index: Entries,
  judged: readonly Judged[],
  facets: readonly SearchFacet[],
): Generator<SearchFacetCount> {
  const chosen = new Set(facets.map(facetId))
  const counts = new Uint32Array(index.facets.length)
  for (const { group, misses } of judged) {
    if (misses.length > 1) continue
    for (const at of group.facets)
      if (misses.length === 0 || misses[0] === index.facets.get(at).kind.id) counts[at]! += 1
  }
  for (let at = 0; at < counts.length; at += 1) {
    if (counts[at] === 0) continue
    const numbered = index.facets.get(at)
    if (isChoice(numbered) || chosen.has(numbered.id)) yield { ...numbered.facet, count: counts[at]! }
  }
}

/** In how many conversations each type of message by itself knows the question. */
function speakersOf(judged: readonly Judged[], most: number): SearchFacetCount[] {
  if (most === 0) return []
  const counts = KINDS.map(() => 0)
  for (const { group, misses } of judged) {
    if (misses.length > 0) continue
    for (let at = 1; at <= KINDS.length; at += 1) if (bitsOf(group.found.knownBy[at] ?? 0) >= most) counts[at - 1]! += 1
  }
  return KINDS.map((value, at) => ({ field: 'speaker' as const, value, count: counts[at]! })).filter(
    ({ count }) => count > 0,
  )
}

function dateIn(index: Entries, { own, found }: Group): number {
  const document = index.entries[own ?? found.best ?? -1]?.document
  if (!document) return 0
  return (isMessage(document) ? document.createdAt : (document.updatedAt ?? document.createdAt)) ?? 0
}

function hitOf(index: Entries, group: Group, marked: ReadonlySet<string>): SearchHit {
  const { found } = group
  const own = index.entries[group.own ?? -1]?.document
  const best = index.entries[found.best ?? -1]?.document
  const hit: SearchHit = { conversationId: group.id, score: scoreOf(found), messages: found.messages }
  for (const { field, key, text } of own ? textsOf(own) : []) {
    if (field === 'name') hit.name = { text, ranges: rangesOf(text, marked), begin: 0, more: false }
    else if (field !== 'text' && !hit.detail) {
      const excerpt = excerptOf(text, marked)
      if (excerpt.ranges.length > 0) hit.detail = { ...excerpt, field, ...(key !== undefined && { key }) }
    }
  }
  if (best && isMessage(best)) {
    const { messageId, type, createdAt, text } = best
    hit.message = { ...excerptOf(text, marked), messageId, type, createdAt }
  }
  if (own && !isMessage(own)) hit.updatedAt = own.updatedAt ?? own.createdAt
  return hit
}
