import { createSynonyms } from './synonyms.ts'

/** Words that say nothing of what is asked about. */
const STOP_WORDS = new Set(
  `a about actually add after all also am an and another any anything are aren't as ask at be because been before being best better
  but by can can't cannot could did different do does doesn't doing don't done each either else ever every exactly example
  few for from get gets getting give go going good got had happen happened happens has have having he hello help her here hers hey hi him his how how's i i'd i'll i'm
  i've if in instead into is isn't it it's its just kind know let let's like long look make makes made many may maybe me
  mean means might more most much must my need needs no not nothing now of off ok okay on one only onto or other our out over own
  part please possible put quick really right say see set shall she should show so some somehow something soon still
  such tell than thank thanks that that's the their them then there there's these they thing things think this those through time to
  too try under until up upon us use used user's uses using very via want wants was way we we're well were what what's whats when where which while
  who whom why will with within without won't work working works would yes yet you you're your yours`.split(/\s+/),
)

/** The words of a text that can be looked for, as they are written. */
export function toWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}_$']+/gu) ?? []
  // A single digit is everywhere and says nothing.
  return words.filter((word) => !STOP_WORDS.has(word.toLowerCase()) && !/^\d$/.test(word))
}

/** Longer words are no words, but data that was pasted. They would cost the search for similar ones more than it can give. */
const MAX_WORD_LENGTH = 40

/**
 * The same in their root form, each once, words for the same thing as one. Names of code count whole and in parts:
 * `useVote` is also `vote`.
 */
export function toTerms(text: string): string[] {
  const parts = toWords(text).flatMap((word) => withParts(word.slice(0, MAX_WORD_LENGTH)))
  const terms = new Set(parts.filter((part) => !STOP_WORDS.has(part.toLowerCase())).map(toTerm))
  terms.delete('')
  return [...terms]
}

function toTerm(word: string): string {
  return synonymOf(toRoot(word.toLowerCase()))
}

function withParts(word: string): string[] {
  const parts = word.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}]+|\p{N}+|\p{Lo}+/gu) ?? []
  return parts.length > 1 ? [word, ...parts] : [word]
}

/** Cuts the endings that English changes most: votes, voting and voted are one word. */
export function toRoot(word: string): string {
  const plain = word.replaceAll(/['_$]/g, '')
  // Translate, translating, translation.
  const long = plain.replace(/at(?:ions?|es?|ed|ing|ors?)$/, '')
  if (long !== plain && long.length >= 5) return long
  const one = plain
    .replace(/(.{4})ly$/, '$1')
    .replace(/ies$|ied$|(?<![aeiou])y$/, 'i')
    .replace(/([^s])s$/, '$1')
  const cut = one.replace(/(?:ing|ion|ed|e)$/, '').replace(/([bdgmnpt])\1$/, '$1')
  return cut.length >= 3 ? cut : plain
}

const synonymOf = createSynonyms(toRoot)

/** Words of questions that say what is wanted rather than of what: half of all questions have one, and few answers repeat it. */
const VAGUE = `address allow app application arrive away back begin between big build change check client close code collect
  come component configure connect count create custom customize decide default difference disable display door edit enable end everyone
  exist existing fast first follow free full grow half handle height hour important include instead integrate integration job last
  learn leave length line live manage modify name new next offer old open option order own package page people person place
  play press price provide question react real reason render replace require run second send short side site size slow small speak
  start store story supply support switch take talk team time true user value wait website win without word write`

const VAGUE_TERMS = new Set(VAGUE.split(/\s+/).map(toTerm))

/** Whether a term says little of what is asked about. */
export function isVague(term: string): boolean {
  return VAGUE_TERMS.has(term)
}
