import type { ViewMessages } from '../../internal/english/admin/view.ts'
import { cleanView } from './view.ts'
import type { ConversationView } from './view.ts'

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
