import { isMessage } from './documents.ts'
import { KINDS } from './entries.ts'
import type { Entries, Entry, Found, Group } from './entries.ts'
import { SLOT } from './postings.ts'

/** How soon more of the same word adds little, and how much a long text weakens it: as Okapi BM25 has them. */
const SATURATION = 1.2
const BY_LENGTH = 0.7
/** Nobody sees a smaller difference. */
const EQUAL = 1e-6
/** What each further message adds to the best one. */
const MORE = 0.1

/**
 * Conversations in which a word of the question is known. `meant`: for each word of the question the words it may mean, and how surely.
 * Without `speakers` all have their say, otherwise only messages of these types.
 */
export function gather(
  index: Entries,
  meant: readonly ReadonlyMap<string, number>[],
  speakers: ReadonlySet<string>,
): Group[] {
  index.questions += 1
  const { entries } = index
  const speaks = [undefined, ...KINDS, undefined].map(
    (kind) => speakers.size === 0 || (kind !== undefined && speakers.has(kind)),
  )
  const total = new Float64Array(entries.length)
  const known = new Uint32Array(entries.length)
  const touched: number[] = []
  for (const [at, words] of meant.entries()) {
    const { best, slots } = weigh(index, words)
    for (const slot of slots) {
      if (known[slot] === 0) touched.push(slot)
      known[slot]! |= 1 << at
      total[slot]! += best[slot]!
    }
  }
  return collect(index, { touched, known, total, speaks })
}

interface Knowing {
  touched: readonly number[]
  known: Uint32Array
  total: Float64Array
  speaks: readonly boolean[]
}

/** From documents to conversations. Lists of numbers beside each other: of 50,000 messages each object would be looked for in memory. */
function collect(index: Entries, { touched, known, total, speaks }: Knowing): Group[] {
  const { entries, kinds, groupNumbers, numbered } = index
  const width = speaks.length
  const knownBy = new Uint32Array(numbered.length * width)
  const found = {
    known: new Uint32Array(numbered.length),
    own: new Float64Array(numbered.length),
    best: new Int32Array(numbered.length).fill(-1),
    bestScore: new Float64Array(numbered.length),
    messages: new Uint32Array(numbered.length),
  }
  const isSeen = new Uint8Array(numbered.length)
  const seen: number[] = []
  for (const slot of touched) {
    const at = groupNumbers[slot]!
    const kind = kinds[slot]!
    if (isSeen[at] === 0) {
      isSeen[at] = 1
      seen.push(at)
    }
    knownBy[at * width + kind]! |= known[slot]!
    if (!speaks[kind]) continue
    found.known[at]! |= known[slot]!
    const score = total[slot]!
    if (kind === 0) {
      found.own[at] = score
      continue
    }
    found.messages[at]! += 1
    const best = found.best[at]!
    const better = best === -1 ? 1 : score - found.bestScore[at]!
    // Sums of the same numbers in another order differ in their last digits.
    if (better < -EQUAL || (better <= EQUAL && !isLater(entries[slot]!, entries[best]!))) continue
    found.best[at] = slot
    found.bestScore[at] = score
  }
  return seen.map((at) => {
    const group = numbered[at]!
    const mine = group.found
    mine.question = index.questions
    for (let kind = 0; kind < width; kind += 1) mine.knownBy[kind] = knownBy[at * width + kind]!
    mine.known = found.known[at]!
    mine.own = found.own[at]!
    mine.best = found.best[at] === -1 ? undefined : found.best[at]
    mine.bestScore = found.bestScore[at]!
    mine.messages = found.messages[at]!
    return group
  })
}

/** What each document knows of one word of the question: the best of all it may mean. */
function weigh({ entries, lengths, postings, words, count }: Entries, meant: ReadonlyMap<string, number>) {
  const best = new Float64Array(entries.length)
  const slots: number[] = []
  const average = words / count
  // What it may mean is as rare as the word itself: a typing error is not worth more because nobody else has made it.
  let most = 0
  for (const word of meant.keys()) most = Math.max(most, postings.list(word).length)
  const rarity = Math.log(1 + (count - most + 0.5) / (most + 0.5))
  for (const [word, sure] of meant) {
    for (const packed of postings.list(word)) {
      const slot = Math.floor(packed / SLOT)
      const often = (packed - slot * SLOT) / 2
      const long = 1 - BY_LENGTH + (BY_LENGTH * lengths[slot]!) / average
      const score = (sure * rarity * often * (SATURATION + 1)) / (often + SATURATION * long)
      if (best[slot] === 0) slots.push(slot)
      if (score > best[slot]!) best[slot] = score
    }
  }
  return { best, slots }
}

/** Forgets what an earlier question has found. */
export function begin(found: Found, question: number): void {
  found.question = question
  found.knownBy.length = 0
  found.known = 0
  found.own = 0
  found.best = undefined
  found.bestScore = 0
  found.messages = 0
}

function isLater({ document: a }: Entry, { document: b }: Entry): boolean {
  if (!isMessage(a) || !isMessage(b)) return false
  return a.createdAt === b.createdAt ? a.messageId > b.messageId : a.createdAt > b.createdAt
}

const round = (score: number) => Math.round(score * 1e6) / 1e6

/** What a conversation is worth: what it says of itself, its best message, and a little for more of them. */
export const scoreOf = ({ own, bestScore, messages }: Found): number =>
  round(own + bestScore + (messages > 1 ? MORE * Math.log2(messages) : 0))

/** How many words of a question are known. */
export function bitsOf(known: number): number {
  let count = 0
  for (let left = known; left !== 0; left &= left - 1) count += 1
  return count
}
