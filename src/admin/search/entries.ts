import { MESSAGE_TYPES } from '../../protocol/index.ts'
import type { MessageType } from '../../protocol/index.ts'
import { beginning, isMessage, MAX_FIELD, MAX_TEXT, metaTexts } from './documents.ts'
import type { SearchDocument } from './documents.ts'
import { createFacetTable } from './facets.ts'
import type { FacetTable } from './facets.ts'
import { createPostings, MAX_WEIGHT } from './postings.ts'
import type { Postings } from './postings.ts'
import { tokensOf } from './tokens.ts'

/** One document in the index. */
export interface Entry {
  document: SearchDocument
  group: Group
}

/** A conversation with its messages. */
export interface Group {
  id: string
  number: number
  /** The number of its own document. */
  own: number | undefined
  /** What it can be narrowed by, by its number. */
  facets: readonly number[]
  /** The numbers of its messages. */
  messages: Map<string, number>
  found: Found
}

/** Room in a conversation for the question that is being answered: 10,000 may be found at each letter typed. */
export interface Found {
  /** Which question. What is below is of no other. */
  question: number
  /** Which words of the question are known, a bit each, by type of message; by the conversation itself first. */
  knownBy: number[]
  /** Those known by what the facets let speak. */
  known: number
  own: number
  best: number | undefined
  bestScore: number
  messages: number
}

/** What an index holds. Documents have numbers, which are used again. */
export interface Entries {
  entries: (Entry | undefined)[]
  /** How many words each document has. */
  lengths: number[]
  /** Of a message its type, by its place in `KINDS`, from 1 on; of a conversation 0. */
  kinds: number[]
  /** In which conversation each document is, by its number. */
  groupNumbers: number[]
  /** Conversations by number. These are used again, too. */
  numbered: (Group | undefined)[]
  groups: Map<string, Group>
  postings: Postings
  facets: FacetTable
  /** Of all documents together. */
  words: number
  count: number
  questions: number
}

/** The types of messages, in the order of `knownBy` after the conversation itself. */
export const KINDS: readonly MessageType[] = MESSAGE_TYPES

/** A type that a newer server has is that of nobody: the number after all others. */
export function kindOf(document: SearchDocument): number {
  if (!isMessage(document)) return 0
  const at = KINDS.indexOf(document.type)
  return at === -1 ? KINDS.length + 1 : at + 1
}

export const createEntries = (): Entries => ({
  entries: [],
  lengths: [],
  kinds: [],
  groupNumbers: [],
  numbered: [],
  groups: new Map(),
  postings: createPostings(),
  facets: createFacetTable(),
  words: 0,
  count: 0,
  questions: 0,
})

export const createGroup = (id: string, number: number): Group => ({
  id,
  number,
  own: undefined,
  facets: [],
  messages: new Map(),
  found: {
    question: 0,
    knownBy: [],
    known: 0,
    own: 0,
    best: undefined,
    bestScore: 0,
    messages: 0,
  },
})

/** How much more a word says in a name than in a message, and so on. */
const WEIGHTS = { name: 6, contact: 4, description: 3, meta: 3, text: 2 }

export interface FieldText {
  field: keyof typeof WEIGHTS
  /** Of a value in a meta. */
  key?: string
  text: string
}

/** The texts of a document that are searched. */
export function textsOf(document: SearchDocument): FieldText[] {
  if (isMessage(document)) return [{ field: 'text', text: beginning(document.text, MAX_TEXT) }]
  const { name, description, contact, meta } = document
  const texts: FieldText[] = [
    { field: 'name', text: beginning(name, MAX_FIELD) },
    { field: 'contact', text: beginning(contact, MAX_FIELD) },
    { field: 'description', text: beginning(description, MAX_FIELD) },
  ]
  for (const found of metaTexts(meta)) texts.push({ field: 'meta', ...found })
  return texts.filter(({ text }) => text !== '')
}

/** The words of a document with what each of them says, and how many there are. */
export function wordsOf(document: SearchDocument): { weights: Map<string, number>; length: number } {
  const weights = new Map<string, number>()
  let length = 0
  for (const { field, text } of textsOf(document)) {
    for (const { term } of tokensOf(text)) {
      weights.set(term, Math.min(MAX_WEIGHT, (weights.get(term) ?? 0) + WEIGHTS[field]))
      length += 1
    }
  }
  return { weights, length }
}
