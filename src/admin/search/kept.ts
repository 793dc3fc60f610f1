import { beginning, isMessage, MAX_TEXT } from './documents.ts'
import type { SearchDocument, SearchMessage, SearchRef } from './documents.ts'

/** One thing to do, and as much of a bigger one as fits into a message to a worker. */
export type Change = { add: readonly SearchDocument[] } | { remove: readonly SearchRef[] }

/** Documents, and code units of text, that are handed over at a time: copying them takes a millisecond or two. */
const SLICE_DOCUMENTS = 400
const SLICE_LENGTH = 100_000

/** Changes in the order in which they came, taken out in slices. */
export function createQueue() {
  let changes: Change[] = []
  let at = 0
  let length = 0

  function take<T>(all: readonly T[], sizeOf: (one: T) => number): T[] {
    const taken: T[] = []
    for (let size = 0; at < all.length && taken.length < SLICE_DOCUMENTS && size < SLICE_LENGTH; at += 1) {
      taken.push(all[at]!)
      size += sizeOf(all[at]!)
    }
    if (at >= all.length) {
      changes.shift()
      at = 0
    }
    length -= taken.length
    return taken
  }

  return {
    push(change: Change) {
      const size = 'add' in change ? change.add.length : change.remove.length
      if (size > 0) changes.push(change)
      length += size
    },
    /** The next slice; `undefined` when there is nothing to do. */
    next(): Change | undefined {
      const [first] = changes
      if (!first) return undefined
      return 'add' in first ? { add: take(first.add, sizeOf).map(fitting) } : { remove: take(first.remove, () => 1) }
    },
    /** All that waits; nothing waits any more. */
    drain(): Change[] {
      const [first, ...rest] = changes
      const left = first && ('add' in first ? { add: first.add.slice(at) } : { remove: first.remove.slice(at) })
      changes = []
      at = 0
      length = 0
      return left ? [left, ...rest] : rest
    },
    /** Documents that wait. */
    get length() {
      return length
    },
  }
}

const sizeOf = (document: SearchDocument) => (isMessage(document) ? Math.min(document.text.length, MAX_TEXT) : 500)

/** Of a text that is too long no more is copied than is searched, and one letter, which tells that it is. */
const fitting = (document: SearchDocument): SearchDocument =>
  isMessage(document) && document.text.length > MAX_TEXT + 1
    ? { ...document, text: beginning(document.text, MAX_TEXT + 1) }
    : document

/** All that an index was told, to tell it to another when it is lost. */
export function createKept() {
  const groups = new Map<string, { own?: SearchDocument; messages: Map<string, SearchMessage> }>()
  return {
    apply(change: Change) {
      if ('add' in change) {
        for (const document of change.add) {
          const group = groups.get(document.conversationId) ?? { messages: new Map<string, SearchMessage>() }
          groups.set(document.conversationId, group)
          if (isMessage(document)) group.messages.set(document.messageId, document)
          else group.own = document
        }
        return
      }
      for (const { conversationId, messageId } of change.remove) {
        if (messageId === undefined) groups.delete(conversationId)
        else groups.get(conversationId)?.messages.delete(messageId)
      }
    },
    all(): Change {
      const all: SearchDocument[] = []
      for (const { own, messages } of groups.values()) {
        if (own) all.push(own)
        for (const message of messages.values()) all.push(message)
      }
      return { add: all }
    },
    clear: () => groups.clear(),
  }
}
