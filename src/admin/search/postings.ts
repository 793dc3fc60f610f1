import SearchableMap from 'minisearch/SearchableMap'

/**
 * Which documents have a word, and how often. The words are in MiniSearch's tree, which finds them by their beginning and in spite of
 * typing errors; the lists are our own: for a word that most of 60,000 documents have, MiniSearch makes an object of each before it
 * sorts them, which took 100 to 500 ms a question.
 */
export interface Postings {
  add: (slot: number, weights: ReadonlyMap<string, number>) => void
  remove: (slot: number, terms: Iterable<string>) => void
  /** The words that a word of a question may mean, with how sure that is, at most 1. */
  expand: (term: string) => Map<string, number>
  /** The documents with a word, ascending. Each is `slot * SLOT + weight`. */
  list: (term: string) => readonly number[]
}

/** A document's number and the weight of a word in it share one small integer, which engines keep in 4 bytes. */
export const SLOT = 64
export const MAX_WEIGHT = SLOT - 1

/** Of the words that begin as the one asked for, or are nearly it, the most frequent are taken. */
const MAX_PREFIXED = 32
const MAX_TYPOS = 16
/** What a longer word counts, and one with other letters. */
const PREFIX_SURE = 0.75
const TYPO_SURE = 0.45
const DIGITS = /^\p{N}+$/u

/** Letters that may be wrong: none in short words and numbers, where another letter is another word. */
export function typosIn(term: string): number {
  if (term.length < 4 || DIGITS.test(term)) return 0
  return term.length < 8 ? 1 : 2
}

export function createPostings(): Postings {
  // A word that is known is found faster by its hash; the tree is for those that are not, or not whole.
  const lists = new Map<string, number[]>()
  const tree = new SearchableMap<number[]>()
  return {
    add(slot, weights) {
      for (const [term, weight] of weights) {
        const list = lists.get(term)
        const packed = slot * SLOT + weight
        if (!list) {
          const first = [packed]
          lists.set(term, first)
          tree.set(term, first)
        } else if (list[list.length - 1]! < packed) list.push(packed)
        else list.splice(indexOf(list, slot), 0, packed)
      }
    },
    remove(slot, terms) {
      for (const term of terms) {
        const list = lists.get(term)
        if (!list) continue
        const at = indexOf(list, slot)
        if (Math.floor((list[at] ?? -1) / SLOT) !== slot) continue
        list.splice(at, 1)
        if (list.length > 0) continue
        lists.delete(term)
        tree.delete(term)
      }
    },
    expand(term) {
      const meant = new Map<string, number>()
      const prefixed: { word: string; count: number }[] = []
      for (const [word, list] of tree.atPrefix(term)) {
        if (word !== term) prefixed.push({ word, count: list.length })
      }
      for (const { word } of best(prefixed, MAX_PREFIXED))
        meant.set(word, PREFIX_SURE * Math.sqrt(term.length / word.length))
      const typos = typosIn(term)
      if (typos > 0) {
        const near: { word: string; count: number; sure: number }[] = []
        for (const [word, [list, distance]] of tree.fuzzyGet(term, typos)) {
          if (word === term || meant.has(word)) continue
          near.push({ word, count: list.length / 10 ** distance, sure: TYPO_SURE / distance })
        }
        for (const { word, sure } of best(near, MAX_TYPOS)) meant.set(word, sure)
      }
      // Letters in the wrong order are two wrong ones to the tree, and the commonest error of all.
      if (typos === 1)
        for (const word of swapped(term)) if (lists.has(word) && !meant.has(word)) meant.set(word, TYPO_SURE)
      if (lists.has(term)) meant.set(term, 1)
      return meant
    },
    list: (term) => lists.get(term) ?? [],
  }
}

/** The word with two letters that follow one another in each other's place. */
function* swapped(term: string): Generator<string> {
  for (let at = 1; at < term.length; at += 1) yield term.slice(0, at - 1) + term[at] + term[at - 1] + term.slice(at + 1)
}

/** The most frequent, and among equals the first by alphabet, so that the same documents give the same answer in whatever order they came. */
const best = <T extends { word: string; count: number }>(words: T[], most: number): T[] =>
  words.toSorted((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)).slice(0, most)

/** Where a document stands in a list, or would. */
function indexOf(list: readonly number[], slot: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! < slot * SLOT) low = middle + 1
    else high = middle
  }
  return low
}
