import { addText } from './blocks.ts'
import type { Block } from './blocks.ts'
import { endLine, feed } from './feed.ts'
import { isSettled } from './lines.ts'
import { resolve } from './resolve.ts'
import { blocksNow, closeTo, newState } from './stack.ts'
import type { State } from './stack.ts'

export type { Block, Item, Note } from './blocks.ts'

export interface ScanOptions {
  /** Whether `$…$` is a formula. */
  math?: boolean
  /** Told how many characters are looked at, for those who count. */
  count?: (characters: number) => void
}

/** Reads a growing text: what is closed is never looked at again. */
export interface Scanner {
  /**
   * All blocks of a text. When it is the last text with something added, only that is looked at; closed blocks are then the same
   * objects, but for those with a link whose definition has come. `open`: more may follow, so what has been begun is shown as what it
   * is about to be.
   */
  update: (text: string, open?: boolean) => readonly Block[]
}

export function createScanner(options: ScanOptions = {}): Scanner {
  const empty = () => newState({ targets: new Map(), missing: new Set(), ...options })
  let state = empty()
  let read = ''
  let at = 0
  /** Whether the beginning of the last line has been read. */
  let within = false

  const take = (end: number) => {
    const text = detached(read.slice(at, read.startsWith('\r\n', end - 1) ? end - 1 : end))
    if (!within || !state.leaf) feed(state, text)
    else if (text !== '') {
      options.count?.(text.length)
      addText(state.leaf, text, state.shared)
    }
    at = end
  }

  return {
    update(text, open = false) {
      // Equality of strings is some ten times as quick as `startsWith`.
      // eslint-disable-next-line unicorn/prefer-string-starts-ends-with
      if (text.slice(0, read.length) !== read) {
        state = empty()
        at = 0
        within = false
      }
      read = text
      for (let end = text.indexOf('\n', at); end !== -1; end = text.indexOf('\n', at)) {
        take(end)
        endLine(state)
        at = end + 1
        within = false
      }
      // The other half of a line break or of a letter has not come yet.
      const end = /[\r\uD800-\uDBFF]/.test(text.at(-1) ?? '') ? text.length - 1 : text.length
      if (end > at && (within || isSettled(text.slice(at, end)))) {
        take(end)
        within = true
      }
      resolve(state)
      return open ? blocksNow(state) : ended(state, text.slice(at, end))
    },
  }
}

export const scan = (text: string): readonly Block[] => createScanner().update(text)

/** The blocks as if the text ended here, with a last line of which it was not known yet what it is. */
function ended(state: State, rest: string): readonly Block[] {
  const last = copyOf(state)
  if (rest.trim() !== '') feed(last, wellFormed(rest.trimEnd()))
  closeTo(last, 1)
  resolve(last)
  return blocksNow(last)
}

const copyOf = (state: State): State => ({
  ...copied(state),
  shared: { ...state.shared, targets: new Map(state.shared.targets), missing: new Set(state.shared.missing) },
  stack: state.stack.map(copied),
  leaf: state.leaf && copied(state.leaf),
  defined: new Set(),
})

/** The same with lists of its own. */
const copied = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).map(([key, part]) => [key, Array.isArray(part) ? [...part] : part])) as T

/** A copy of its own. A plain slice would keep the whole text of that moment in memory, once for every block. */
const detached = (text: string) => ` ${wellFormed(text)}`.slice(1)

/** Halves of letters cannot be copied or sent, and a browser takes a thousand times as long to lay them out. */
const wellFormed = (text: string) => text.replaceAll(/\p{Cs}/gu, '\uFFFD')
