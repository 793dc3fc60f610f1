import type { ViewMessages } from '../../internal/english/admin/view.ts'
import { spanOf } from './days.ts'
import { cleanView } from './view.ts'
import type { ConversationView } from './view.ts'

/** One filter in words, and the view without it. */
export interface ViewChip {
  /** Which filter it is: the same as long as it is on. */
  id: string
  /** What the filter is about, and what it is set to: `Bot`, `Sales`. */
  filter: string
  value: string
  /** Both, as one says it. */
  label: string
  without: ConversationView
}

/** The ids that people know by a name. */
export type NamedField = 'botId' | 'contactId' | 'taskId' | 'model'

/** What somebody or something is called. Its id is shown where there is no name. */
export type NameOf = (field: NamedField, id: string) => string | undefined

export interface DescribeOptions {
  locale: string
  nameOf?: NameOf
  now?: Date
}

const NAMED = ['botId', 'contactId', 'taskId', 'model'] as const

/** The filters of a view in words, one by one. The order is not said: it leaves nothing out. */
export function describeView(
  given: ConversationView,
  words: ViewMessages,
  { locale, nameOf, now = new Date() }: DescribeOptions,
): ViewChip[] {
  const view = cleanView(given)
  const { meta = {}, from, to, votes, lastSpeaker, search } = view
  const chips: ViewChip[] = []
  const add = (id: string, filter: string, value: string, without: ConversationView) =>
    chips.push({ id, filter, value, label: words.viewChip({ filter, value }), without })
  const less = (...fields: (keyof ConversationView)[]) => {
    const rest = { ...view }
    for (const field of fields) delete rest[field]
    return rest
  }

  if (lastSpeaker)
    add('lastSpeaker', words.viewLastMessage, words[lastSpeaker === 'user' ? 'viewFromUser' : 'viewFromBot'], {
      ...less('lastSpeaker'),
    })
  if (votes) add('votes', words.viewVotes, votesWord(votes, words), less('votes'))
  if (from || to) {
    add('changed', words.viewChanged, timeWords({ from, to }, words, locale, now), less('from', 'to'))
  }
  for (const field of NAMED) {
    const id = view[field]
    if (id) add(field, fieldWord(field, words), nameOf?.(field, id)?.trim() || id, less(field))
  }
  for (const [key, value] of Object.entries(meta)) {
    const { [key]: _gone, ...rest } = meta
    add(`meta:${key}`, key, value, cleanView({ ...view, meta: rest }))
  }
  if (search) add('search', words.viewSearch, search, less('search'))
  return chips
}

export const fieldWord = (field: NamedField, words: ViewMessages): string =>
  ({ botId: words.viewBot, contactId: words.viewContact, taskId: words.viewTask, model: words.viewModel })[field]

export const votesWord = (votes: NonNullable<ConversationView['votes']>, words: ViewMessages): string =>
  ({
    up: words.viewVotesUp,
    down: words.viewVotesDown,
    any: words.viewVotesAny,
    none: words.viewVotesNone,
  })[votes]

/** How many days a view goes back, today among them; `undefined` where it says so in another way. */
export function lastDays({ from, to }: Pick<ConversationView, 'from' | 'to'>): number | undefined {
  const days = /^P(\d{1,5})D$/.exec(from ?? '')?.[1]
  return days === undefined || to !== undefined ? undefined : Number(days) + 1
}

function timeWords(
  time: Pick<ConversationView, 'from' | 'to'>,
  words: ViewMessages,
  locale: string,
  now: Date,
): string {
  const days = lastDays(time)
  if (days === 1) return words.viewToday
  if (days !== undefined) return words.viewLastDays({ count: days, locale })
  const say = (text: string | undefined, edge: 'start' | 'end') => {
    if (text === undefined) return undefined
    const ago = /^P(\d{1,5})D$/.exec(text)?.[1]
    if (ago !== undefined) return words.viewDaysAgo({ count: Number(ago), locale })
    const at = spanOf(text, now)?.[edge]
    return new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      ...(/T/i.test(text) && { timeStyle: 'short' }),
    }).format(at)
  }
  const [from, to] = [say(time.from, 'start'), say(time.to, 'end')]
  return from === to && from !== undefined ? from : words.viewBetween({ from, to })
}
