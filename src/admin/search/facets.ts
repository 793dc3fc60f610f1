import type { SearchConversation } from './documents.ts'

/** By what results can be narrowed. `meta` has a `key` besides; `speaker` is the type of the message. */
export type SearchFacetField = 'bot' | 'contact' | 'model' | 'meta' | 'speaker'

/** One thing to narrow by. Several of one field (and key) widen each other, those of different fields narrow. */
export interface SearchFacet {
  field: SearchFacetField
  key?: string
  value: string
  /** How people call the value, where that is known. */
  label?: string
}

/** How many of the conversations found have it, or would if it were chosen. */
export interface SearchFacetCount extends SearchFacet {
  count: number
}

/** A longer value is a text, not something to choose by. */
const MAX_VALUE = 100
const MAX_KEYS = 20
/** Values shown of a field. */
const MAX_SHOWN = 8
/** What has more different values names each conversation by itself, and nobody chooses by it. */
const MAX_DIFFERENT = 200

/** A facet as one string. */
export const facetId = ({ field, key = '', value }: SearchFacet): string => JSON.stringify([field, key, value])

/** Which facets widen each other. */
export const groupId = ({ field, key = '' }: SearchFacet): string => JSON.stringify([field, key])

/** What a conversation can be narrowed by. */
export function facetsOf({ botId, contact, contactId, model, meta }: SearchConversation): SearchFacet[] {
  const found: SearchFacet[] = []
  const put = (field: SearchFacetField, value: unknown, key?: string) => {
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
    if (typeof text !== 'string' || text.trim() === '' || text.length > MAX_VALUE) return
    found.push(key === undefined ? { field, value: text } : { field, key, value: text })
  }
  put('bot', botId)
  put('contact', contactId ?? contact)
  const person = found.find(({ field }) => field === 'contact')
  if (person && contact && contactId) person.label = contact
  put('model', model)
  if (typeof meta === 'object' && meta !== null)
    for (const [key, value] of Object.entries(meta).slice(0, MAX_KEYS)) put('meta', value, key)
  return found
}

/** A facet in a table: with its names, so that nobody makes them 10,000 times. */
export interface NumberedFacet {
  facet: SearchFacet
  id: string
  kind: FacetKind
  /** How many conversations have it. */
  used: number
}

/** What widens each other: all values of a field, and of a key. */
export interface FacetKind {
  id: string
  different: number
}

/** Facets by number: each once, for as long as a conversation has it. */
export interface FacetTable {
  put: (facet: SearchFacet) => number
  drop: (at: number) => void
  get: (at: number) => NumberedFacet
  readonly length: number
}

export function createFacetTable(): FacetTable {
  const list: (NumberedFacet | undefined)[] = []
  const numbers = new Map<string, number>()
  const kinds = new Map<string, FacetKind>()
  const free: number[] = []

  function kindOf(facet: SearchFacet): FacetKind {
    const id = groupId(facet)
    const known = kinds.get(id) ?? { id, different: 0 }
    kinds.set(id, known)
    return known
  }

  return {
    put(facet) {
      const id = facetId(facet)
      const known = numbers.get(id)
      if (known !== undefined) {
        const there = list[known]!
        there.used += 1
        if (facet.label !== undefined) there.facet = facet
        return known
      }
      const at = free.pop() ?? list.length
      const kind = kindOf(facet)
      kind.different += 1
      list[at] = { facet, id, kind, used: 1 }
      numbers.set(id, at)
      return at
    },
    drop(at) {
      const dropped = list[at]!
      dropped.used -= 1
      if (dropped.used > 0) return
      dropped.kind.different -= 1
      if (dropped.kind.different === 0) kinds.delete(dropped.kind.id)
      numbers.delete(dropped.id)
      list[at] = undefined
      free.push(at)
    },
    get: (at) => list[at]!,
    get length() {
      return list.length
    },
  }
}

/** Whether anybody would choose by it. */
export const isChoice = ({ kind }: NumberedFacet): boolean => kind.different <= MAX_DIFFERENT

/** The facets to show: of each field the most frequent, and all that are chosen. */
export function shownFacets(counts: readonly SearchFacetCount[], chosen: readonly SearchFacet[]): SearchFacetCount[] {
  const all = new Map<string, SearchFacetCount>()
  for (const facet of chosen) all.set(facetId(facet), { ...facet, count: 0 })
  const isChosen = new Set(all.keys())
  for (const count of counts) all.set(facetId(count), count)
  const kinds = new Map<string, SearchFacetCount[]>()
  for (const count of all.values()) {
    const kind = groupId(count)
    kinds.set(kind, [...(kinds.get(kind) ?? []), count])
  }
  return [...kinds]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, values]) => {
      const best = values.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      return best.filter((value, at) => at < MAX_SHOWN || isChosen.has(facetId(value)))
    })
}
