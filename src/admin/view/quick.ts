import type { ViewMessages } from '../../internal/english/admin/view.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { matcherOf } from './match.ts'
import { cleanView } from './view.ts'
import type { ConversationFacts, ConversationView, FactsOf } from './view.ts'

/** A filter that is one press away. */
export interface QuickFilter {
  id: string
  label: string
  /** What it adds to a view while it is on. */
  view: ConversationView
}

/** Those that the data of every account can tell. */
export const quickFilters = (words: ViewMessages): QuickFilter[] => [
  { id: 'unanswered', label: words.viewUnanswered, view: { lastSpeaker: 'user' } },
  { id: 'votedDown', label: words.viewVotedDown, view: { votes: 'down' } },
  { id: 'today', label: words.viewToday, view: { from: 'P0D' } },
]

type Flat = Record<string, string>

const flat = (view: ConversationView): Flat => {
  const { meta = {}, ...fields } = cleanView(view)
  return { ...fields, ...Object.fromEntries(Object.entries(meta).map(([key, value]) => [`meta:${key}`, value])) }
}

/** Whether a view has all that a quick filter adds. Another end of the time makes it another time. */
export function isOn({ view: wanted }: Pick<QuickFilter, 'view'>, view: ConversationView): boolean {
  const has = flat(view)
  const all = flat(wanted)
  const isTime = all.from !== undefined || all.to !== undefined
  return (
    Object.entries(all).every(([field, value]) => has[field] === value) &&
    (!isTime || (has.from === all.from && has.to === all.to))
  )
}

/** The view with a quick filter, or without it where it is on. */
export function toggle(quick: Pick<QuickFilter, 'view'>, view: ConversationView): ConversationView {
  const { meta: wantedMeta = {}, ...wanted } = cleanView(quick.view)
  const next = { ...view }
  if (isOn(quick, view)) {
    for (const field of Object.keys(wanted) as (keyof typeof wanted)[]) delete next[field]
    next.meta = Object.fromEntries(Object.entries(view.meta ?? {}).filter(([key]) => !Object.hasOwn(wantedMeta, key)))
    return cleanView(next)
  }
  if (wanted.from !== undefined || wanted.to !== undefined) {
    delete next.from
    delete next.to
  }
  return cleanView({ ...next, ...wanted, meta: { ...view.meta, ...wantedMeta } })
}

/** The view without any filter, in the order that it has. */
export const withoutFilters = ({ sort, order }: ConversationView): ConversationView => cleanView({ sort, order })

/** How many conversations each filter shows by itself. One that goes by what is not known of all of them is left out. `now`: what days ago are counted from. */
export function countsOf(
  filters: readonly QuickFilter[],
  conversations: readonly ConversationInstance[],
  factsOf?: FactsOf,
  now?: Date,
): ReadonlyMap<string, number> {
  const all = filters.map(({ id, view }) => ({ id, view, matches: matcherOf(view, now), count: 0, known: true }))
  for (const conversation of conversations) {
    const facts = factsOf?.(conversation.id)
    for (const filter of all) {
      filter.known &&= isKnown(filter.view, facts)
      if (filter.known && filter.matches(conversation, facts)) filter.count += 1
    }
  }
  const known = conversations.length > 0 ? all.filter((filter) => filter.known) : []
  return new Map(known.map(({ id, count }) => [id, count]))
}

const isKnown = ({ lastSpeaker, votes }: ConversationView, facts: ConversationFacts | undefined) =>
  (lastSpeaker === undefined || facts?.lastSpeaker !== undefined) &&
  (votes === undefined || (facts !== undefined && facts.up + facts.down > 0))
