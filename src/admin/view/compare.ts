import type { ConversationInstance } from '../../protocol/index.ts'
import { orderOf } from './view.ts'
import type { ConversationView, FactsOf } from './view.ts'

export type Comparer = (one: ConversationInstance, other: ConversationInstance) => number

/**
 * The order of a view, for lists that are sorted by comparing. `undefined` where it is that of the API. What has no name, or no votes,
 * comes last in both orders.
 */
export function comparerOf(view: ConversationView, factsOf?: FactsOf, locale?: string): Comparer | undefined {
  const sign = orderOf(view) === 'asc' ? 1 : -1
  const by =
    <K>(
      keyOf: (conversation: ConversationInstance) => K | undefined,
      compare: (one: K, other: K) => number,
    ): Comparer =>
    (one, other) => {
      const first = keyOf(one)
      const second = keyOf(other)
      if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined)
      return sign * compare(first, second)
    }
  const numbers = (one: number, other: number) => one - other
  switch (view.sort) {
    case 'updated':
      return by(({ updatedAt, createdAt }) => updatedAt ?? createdAt, numbers)
    case 'name':
      return by(({ name }) => name?.trim() || undefined, new Intl.Collator(locale, { numeric: true }).compare)
    case 'votes':
      return by(({ id }) => {
        const facts = factsOf?.(id)
        return facts && facts.up + facts.down > 0 ? facts.up - facts.down : undefined
      }, numbers)
    default:
      return undefined
  }
}
