import type { ChatMessage, ThreadView } from '../../hooks/index.ts'
import type { Readable } from '../../internal/index.ts'

/** A row of a thread for those who read its words, and for those who need not know of every one of them. */
export interface LiveRow extends Readable<ChatMessage> {
  /** The row as it was when anything but its words changed last; nothing when it is gone. */
  still: () => ChatMessage | undefined
}

export function liveRow(view: ThreadView, key: string): LiveRow {
  let newest: ChatMessage | undefined
  let still: ChatMessage | undefined
  return {
    subscribe: (listener) => view.onRow(key, listener),
    // A row that is gone is still shown for a moment.
    get: () => (newest = view.row(key) ?? newest)!,
    still() {
      const now = view.row(key)
      if (now?.status !== 'streaming' || still?.status !== 'streaming') still = now
      return still
    },
  }
}
