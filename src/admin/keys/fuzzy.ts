/** Where a query is found in a text, and how well. */
export interface Found {
  /** More is better. */
  score: number
  /** The parts of the text that match, from and up to an index of it. */
  hits: readonly (readonly [from: number, to: number])[]
}

const fold = (char: string) => {
  const bare = char.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  // What falls into several letters would make two texts of different lengths.
  return bare.length === char.length ? bare : char.toLowerCase().length === char.length ? char.toLowerCase() : char
}
const folded = (text: string) => Array.from(text, fold).join('')

const isStart = (text: string, index: number) =>
  index === 0 ||
  !/[\p{L}\p{N}]/u.test(text[index - 1]!) ||
  (/\p{Lu}/u.test(text[index]!) && /\p{Ll}/u.test(text[index - 1]!))

/**
 * Finds the words of a query in a text, in any order, each as a part of it or letter by letter; case and accents do not count. The
 * beginning of a word is worth more than its middle, and letters together more than letters apart. `undefined`: one is not there.
 */
export function fuzzy(query: string, text: string): Found | undefined {
  const words = folded(query.slice(0, LONGEST_QUERY)).split(/\s+/).filter(Boolean)
  const within = folded(text)
  let score = 0
  const hits: [number, number][] = []
  for (const word of words) {
    const found = whole(word, within, text) ?? scattered(word, within, text)
    if (!found) return undefined
    score += found.score
    hits.push(...found.hits)
  }
  // Of two that match alike, the one with less around it.
  return { score: score - text.length / 1000, hits: joined(hits) }
}

const LONGEST_QUERY = 100

type Match = { score: number; hits: [number, number][] }

function whole(word: string, within: string, text: string): Match | undefined {
  let best: Match | undefined
  for (let at = within.indexOf(word); at >= 0; at = within.indexOf(word, at + 1)) {
    const score = word.length * 4 + (at === 0 ? 12 : isStart(text, at) ? 8 : 0)
    if (!best || score > best.score) best = { score, hits: [[at, at + word.length]] }
    // It cannot be better than at the beginning, or than at that of a word.
    if (score > word.length * 4) break
  }
  return best
}

/** Letter by letter: each at the next beginning of a word where there is one, else where it comes next. */
function scattered(word: string, within: string, text: string): Match | undefined {
  return pick(word, within, text, true) ?? pick(word, within, text, false)
}

function pick(word: string, within: string, text: string, atStarts: boolean): Match | undefined {
  const hits: [number, number][] = []
  let score = 0
  let from = 0
  for (const letter of word) {
    let at = within.indexOf(letter, from)
    if (atStarts && at !== from)
      for (let next = at; next >= 0; next = within.indexOf(letter, next + 1))
        if (isStart(text, next)) {
          at = next
          break
        }
    if (at < 0) return undefined
    score += at === from && from > 0 ? 2 : isStart(text, at) ? 3 : -1
    hits.push([at, at + letter.length])
    from = at + letter.length
  }
  // A few letters that turn up somewhere in a long text are no match.
  return score > 0 ? { score, hits } : undefined
}

function joined(hits: [number, number][]): [number, number][] {
  const out: [number, number][] = []
  for (const [from, to] of hits.sort(([one], [other]) => one - other)) {
    const last = out.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}
