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
  /** Where the next slice begins: in which change, and where in it. */
  let change = 0
  let at = 0
  let length = 0

  /** What fits of a change, whose rest is taken the next time. */
  function take<T>(all: readonly T[], taken: T[], room: { left: number }, sizeOf: (one: T) => number): void {
    while (at < all.length && taken.length < SLICE_DOCUMENTS && room.left > 0) {
      const one = all[at]!
      taken.push(one)
      room.left -= sizeOf(one)
      at += 1
      length -= 1
    }
    if (at < all.length) return
    at = 0
    change += 1
    if (change < changes.length) return
    changes = []
    change = 0
  }

  return {
    push(next: Change) {
      const size = 'add' in next ? next.add.length : next.remove.length
      if (size > 0) changes.push(next)
      length += size
    },
    /** The next slice, of as many changes as fit; `undefined` when there is nothing to do. */
    next(): Change | undefined {
      const first = changes[change]
      if (!first) return undefined
      const room = { left: SLICE_LENGTH }
      const hasRoom = (taken: readonly unknown[]) => room.left > 0 && taken.length < SLICE_DOCUMENTS
      if ('remove' in first) {
        const remove: SearchRef[] = []
        for (let now = changes[change]; now && 'remove' in now && hasRoom(remove); now = changes[change])
          take(now.remove, remove, room, () => 1)
        return { remove }
      }
      const add: SearchDocument[] = []
      for (let now = changes[change]; now && 'add' in now && hasRoom(add); now = changes[change])
        take(now.add, add, room, sizeOf)
      return { add: add.map(fitting) }
    },
    /** All that waits; nothing waits any more. */
    drain(): Change[] {
      const [first, ...rest] = changes.slice(change)
      const left = first && ('add' in first ? { add: first.add.slice(at) } : { remove: first.remove.slice(at) })
      changes = []
      change = 0
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
