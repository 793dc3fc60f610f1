import type { ThreadView } from '../../hooks/index.ts'
import { createCell } from '../../internal/index.ts'
import type { Cell } from '../../internal/index.ts'

/** What a reader has not seen of a thread. */
export interface Unread {
  /** The newest row that was seen. */
  read: Cell<string | undefined>
  /** The row that the line is above, until it was seen. */
  line: Cell<string | undefined>
  /** Told of the rows, and whether the end is before the reader's eyes. */
  rows: (view: ThreadView, keys: readonly string[], attentive: boolean) => void
  /** Told when the thread goes off the page. */
  leave: (attentive: boolean) => void
  /** The line is of no use any more. */
  clear: () => void
}

/** Kept as long as the page: a chat that is closed and opened again knows what is new. */
const marks = new WeakMap<ThreadView, string>()

export function createUnread(): Unread {
  const read = createCell<string | undefined>(undefined)
  const line = createCell<string | undefined>(undefined)
  let view: ThreadView | undefined
  let keys: readonly string[] = []

  return {
    read,
    line,
    clear: () => line.set(undefined),
    rows(nextView, nextKeys, attentive) {
      const opened = nextView !== view || keys.length === 0
      if (nextView !== view) line.set(undefined)
      view = nextView
      keys = nextKeys
      const last = keys.at(-1)
      if (last === undefined) return
      if (opened) read.set(marks.get(view) ?? last)
      const seen = keys.lastIndexOf(read.get() ?? last)
      if (line.get() === undefined && seen >= 0 && (opened || !attentive)) {
        line.set(keys.slice(seen + 1).find((key) => nextView.row(key)?.role === 'assistant'))
      }
      if (attentive || seen < 0) read.set(last)
      marks.set(view, read.get()!)
    },
    leave(attentive) {
      // What is still being said was not read to its end.
      const last = keys.at(-1)
      if (!view || !attentive || last === undefined) return
      const before = keys.at(-2)
      if (view.row(last)?.status === 'streaming' && before !== undefined) marks.set(view, before)
    },
  }
}
