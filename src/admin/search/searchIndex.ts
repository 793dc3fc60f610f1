import { answerOf } from './answer.ts'
import type { SearchAnswer, SearchOptions } from './answer.ts'
import { beginning, isMessage, MAX_TEXT } from './documents.ts'
import type { SearchDocument, SearchRef } from './documents.ts'
import { createEntries, createGroup, kindOf, wordsOf } from './entries.ts'
import type { Group } from './entries.ts'
import { facetsOf } from './facets.ts'

/** What is in an index. */
export interface SearchStats {
  conversations: number
  messages: number
  /** Messages of which only the first 10,000 characters are searched. */
  shortened: number
}

/** A full-text index of conversations and their messages, in memory. */
export interface SearchIndex {
  /** Adds, or replaces what has the same ids. In any order: messages may come before their conversation. */
  add: (documents: readonly SearchDocument[]) => void
  /** Takes out messages, or conversations with all of their messages. */
  remove: (refs: readonly SearchRef[]) => void
  query: (text: string, options?: SearchOptions) => SearchAnswer
  readonly stats: SearchStats
}

/** Makes an empty index. Nothing in it depends on the page: it runs in a worker as in Node. */
export function createSearchIndex(): SearchIndex {
  const index = createEntries()
  const free: number[] = []
  const freeNumbers: number[] = []
  const stats = { conversations: 0, messages: 0, shortened: 0 }

  function groupOf(id: string): Group {
    const known = index.groups.get(id)
    if (known) return known
    const group = createGroup(id, freeNumbers.pop() ?? index.numbered.length)
    index.groups.set(id, group)
    index.numbered[group.number] = group
    return group
  }

  function count(document: SearchDocument, by: 1 | -1): void {
    if (!isMessage(document)) stats.conversations += by
    else {
      stats.messages += by
      if (document.text.length > MAX_TEXT) stats.shortened += by
    }
  }

  function put(document: SearchDocument): void {
    const kept = keptOf(document)
    const group = groupOf(kept.conversationId)
    drop(group, kept.messageId)
    const { weights, length } = wordsOf(kept)
    const slot = free.pop() ?? index.entries.length
    index.entries[slot] = { document: kept, group }
    index.kinds[slot] = kindOf(kept)
    index.groupNumbers[slot] = group.number
    index.lengths[slot] = length
    index.postings.add(slot, weights)
    index.words += length
    index.count += 1
    if (isMessage(kept)) group.messages.set(kept.messageId, slot)
    else {
      group.own = slot
      group.facets = facetsOf(kept).map(index.facets.put)
    }
    count(kept, 1)
  }

  function drop(group: Group, messageId: string | undefined): void {
    const slot = messageId === undefined ? group.own : group.messages.get(messageId)
    const entry = slot === undefined ? undefined : index.entries[slot]
    if (slot === undefined || !entry) return
    index.postings.remove(slot, wordsOf(entry.document).weights.keys())
    index.entries[slot] = undefined
    free.push(slot)
    index.words -= index.lengths[slot]!
    index.count -= 1
    if (messageId !== undefined) group.messages.delete(messageId)
    else {
      group.own = undefined
      for (const facet of group.facets) index.facets.drop(facet)
      group.facets = []
    }
    count(entry.document, -1)
  }

  return {
    add: (documents) => documents.forEach(put),
    remove(refs) {
      for (const { conversationId, messageId } of refs) {
        const group = index.groups.get(conversationId)
        if (!group) continue
        const messages = messageId === undefined ? [...group.messages.keys(), undefined] : [messageId]
        for (const id of messages) drop(group, id)
        if (group.own !== undefined || group.messages.size > 0) continue
        index.groups.delete(conversationId)
        index.numbered[group.number] = undefined
        freeNumbers.push(group.number)
      }
    },
    query: (text, options) => answerOf(index, text, options),
    get stats() {
      return { ...stats }
    },
  }
}

/** What is kept of a document: no more than is searched or shown. A message that is too long keeps one letter more, which tells that it is. */
function keptOf(document: SearchDocument): SearchDocument {
  if (isMessage(document)) {
    const { conversationId, messageId, type, text, createdAt } = document
    return { conversationId, messageId, type, text: beginning(text, MAX_TEXT + 1), createdAt }
  }
  return { ...document }
}
