export type Style = 'strong' | 'em' | 'del'

/** A run of `*`, `_` or `~`. What closes here comes before what is left of it, and that before what opens here. */
export interface Mark {
  kind: 'mark'
  char: string
  /** How long it was, and how much of it is not used up. */
  size: number
  left: number
  canOpen: boolean
  canClose: boolean
  closes: readonly Style[]
  opens: readonly Style[]
}

/** Marks that wait for their ends; `floors`: below which places of it no opener was found for which kind of closer. */
export interface Waiting {
  marks: Mark[]
  floors: Record<string, number>
}

export const nobodyWaits = (): Waiting => ({ marks: [], floors: {} })

/** A run of marks, when it may open or close: as in `a *b* c`, not in `2 * 3`, and not in `snake_case_names`. */
export function markOf(text: string, at: number, size: number): Mark | undefined {
  const char = text[at]!
  const before = characterBefore(text, at)
  const after = String.fromCodePoint(text.codePointAt(at + size) ?? 32)
  const opens = !isSpace(after) && (!isPunctuation(after) || isSpace(before) || isPunctuation(before))
  const closes = !isSpace(before) && (!isPunctuation(before) || isSpace(after) || isPunctuation(after))
  const within = char === '_' && opens && closes
  const canOpen = opens && (!within || isPunctuation(before))
  const canClose = closes && (!within || isPunctuation(after))
  if ((char === '~' && size > 2) || !(canOpen || canClose)) return undefined
  return { kind: 'mark', char, size, left: size, canOpen, canClose, closes: [], opens: [] }
}

/** Closes with this run what was opened with the same mark, the innermost first; then it waits for its own end. */
export function settle(waiting: Waiting, mark: Mark): void {
  const { marks, floors } = waiting
  if (mark.canClose) {
    const kind = `${mark.char}${mark.canOpen}${mark.char === '~' ? mark.size : mark.size % 3}`
    while (mark.left > 0) {
      const floor = floors[kind] ?? 0
      let at = marks.length - 1
      while (at >= floor && !areAPair(marks[at]!, mark)) at -= 1
      if (at < floor) {
        floors[kind] = marks.length
        break
      }
      const start = marks[at]!
      closeWith(start, mark)
      // What waits above it never gets its end.
      marks.length = start.left > 0 ? at + 1 : at
      for (const other in floors) floors[other] = Math.min(floors[other]!, marks.length)
    }
  }
  if (mark.left > 0 && mark.canOpen) marks.push(mark)
}

/** Marks among which all the pairs are; what is left waits for nothing, or for an end to come. */
export function pairUp(marks: readonly Mark[]): Mark[] {
  const waiting = nobodyWaits()
  for (const mark of marks) settle(waiting, mark)
  return waiting.marks
}

/** What waits at the end of a text that is still being written is about to be closed: with these. */
export function endsOf(marks: readonly Mark[]): Mark[] {
  const ends: Mark[] = []
  for (let at = marks.length - 1; at >= 0; at -= 1) {
    const mark = marks[at]!
    // A lone `~` is more often about than a line through what follows.
    if (mark.char === '~' && mark.left === 1) continue
    const end: Mark = { ...mark, opens: [], closes: [] }
    while (mark.left > 0) closeWith(mark, end)
    ends.push(end)
  }
  return ends
}

function closeWith(start: Mark, end: Mark): void {
  const size = Math.min(2, start.left, end.left)
  const style = start.char === '~' ? 'del' : size === 2 ? 'strong' : 'em'
  start.left -= size
  end.left -= size
  start.opens = [...start.opens, style]
  end.closes = [...end.closes, style]
}

/** The rule of three keeps `**a*b**` from being closed in its middle. */
function areAPair(start: Mark, end: Mark): boolean {
  if (start.char !== end.char) return false
  if (start.char === '~') return start.left === end.left
  const both = start.canClose || end.canOpen
  return !both || (start.size + end.size) % 3 !== 0 || start.size % 3 === 0
}

function characterBefore(text: string, at: number): string {
  const last = text[at - 1] ?? ' '
  return /[\uDC00-\uDFFF]/.test(last) ? text.slice(at - 2, at) : last
}

const isSpace = (char: string) => /\s/.test(char)
const isPunctuation = (char: string) => /[!-/:-@[-`{-~]/.test(char) || (char > '~' && /[\p{P}\p{S}]/u.test(char))
