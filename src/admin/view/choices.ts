import type { ConversationInstance } from '../../protocol/index.ts'
import type { NamedField } from './describe.ts'
import { modelName } from './match.ts'
import { asRecord } from './view.ts'

/** A value that is there to choose, and how many conversations have it. */
export interface Choice {
  value: string
  count: number
}

export interface Choices extends Record<NamedField, Choice[]> {
  /** By the path of each name that is found in a meta: its values. */
  meta: Map<string, Choice[]>
}

/** Of the values of one meta: so many are offered. */
const MOST_VALUES = 200
const MOST_NAMES = 100
const DEEPEST = 3

/** What is there to choose from in conversations: each value with its number, the most frequent first. */
export function choicesOf(conversations: readonly ConversationInstance[]): Choices {
  const counts: Record<NamedField, Map<string, number>> = {
    botId: new Map(),
    contactId: new Map(),
    taskId: new Map(),
    model: new Map(),
  }
  const meta = new Map<string, Map<string, number>>()
  for (const conversation of conversations) {
    for (const field of ['botId', 'contactId', 'taskId', 'model'] as const) {
      const value = conversation[field]
      if (value) add(counts[field], field === 'model' ? modelName(value) : value)
    }
    addMeta(meta, conversation.meta, '', 1)
  }
  return {
    botId: listed(counts.botId),
    contactId: listed(counts.contactId),
    taskId: listed(counts.taskId),
    model: listed(counts.model),
    meta: new Map([...meta].sort(([one], [other]) => one.localeCompare(other)).map(([name, of]) => [name, listed(of)])),
  }
}

const add = (counts: Map<string, number>, value: string) => counts.set(value, (counts.get(value) ?? 0) + 1)

/** Only texts: the API finds no others. */
function addMeta(meta: Map<string, Map<string, number>>, value: unknown, before: string, depth: number): void {
  for (const [name, inside] of Object.entries(asRecord(value))) {
    const path = before + name
    if (typeof inside === 'object' && inside !== null && !Array.isArray(inside) && depth < DEEPEST)
      addMeta(meta, inside, `${path}.`, depth + 1)
    if (typeof inside !== 'string' || inside === '') continue
    let counts = meta.get(path)
    if (!counts) {
      if (meta.size >= MOST_NAMES) continue
      counts = new Map()
      meta.set(path, counts)
    }
    if (counts.has(inside) || counts.size < MOST_VALUES) add(counts, inside)
  }
}

const listed = (counts: Map<string, number>): Choice[] =>
  [...counts].map(([value, count]) => ({ value, count })).sort((one, other) => other.count - one.count)
