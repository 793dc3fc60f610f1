import type { ConversationInstance } from '../../protocol/index.ts'
import type { ListParams } from '../../queries/index.ts'
import { isDay } from './days.ts'

/** What an inbox shows, and in which order. Plain data: it can be an address, a saved view or a prop. What is absent filters nothing. */
export interface ConversationView {
  /** Values that the meta of a conversation has to have. Asked of the API, which finds what is deeper by a path: `plan.name`. */
  meta?: Record<string, string>
  botId?: string
  contactId?: string
  taskId?: string
  /** The name of a model, whatever its settings are. */
  model?: string
  /**
   * ISO 8601 dates or times; last changed in or after `from`, and before the end of `to`. A date is a day of the reader's. `P6D` is the
   * day six days ago, `P0D` today, so that a saved view stays true tomorrow.
   */
  from?: string
  to?: string
  votes?: 'up' | 'down' | 'any' | 'none'
  lastSpeaker?: 'user' | 'bot'
  search?: string
  /** `votes`: ups less downs. Conversations without a name, or without votes, come last in both orders. @default 'created', the order of the API */
  sort?: 'created' | 'updated' | 'name' | 'votes'
  /** @default 'desc', and 'asc' by name */
  order?: 'desc' | 'asc'
}

/** What is known of a conversation beside what its record says. */
export interface ConversationFacts {
  up: number
  down: number
  /** Absent as long as its messages were not seen. */
  lastSpeaker?: 'user' | 'bot'
}

/** What is known of each conversation, by id. Nothing of those whose messages and votes were not seen. */
export type FactsOf = (id: string) => ConversationFacts | undefined

/** Whether a conversation belongs to the view, as far as can be told; `search` is not asked here. */
export type Matcher = (conversation: ConversationInstance, facts?: ConversationFacts) => boolean

/** A place of a view where a value can be missing. */
export type ViewField = keyof ConversationView

const oneOf =
  <T extends string>(...values: T[]) =>
  (value: string): value is T =>
    (values as string[]).includes(value)

const isText = (value: string) => value !== ''

/** What each field can be. The order is that of an address, and of what is said in words. */
export const FIELDS: Record<Exclude<ViewField, 'meta'>, (value: string) => boolean> = {
  botId: isText,
  contactId: isText,
  taskId: isText,
  model: isText,
  from: isDay,
  to: isDay,
  votes: oneOf('up', 'down', 'any', 'none'),
  lastSpeaker: oneOf('user', 'bot'),
  search: isText,
  sort: oneOf('created', 'updated', 'name', 'votes'),
  order: oneOf('desc', 'asc'),
}

export const FIELD_NAMES = Object.keys(FIELDS) as Exclude<ViewField, 'meta'>[]

/** The order of a view, where it says none. */
export const orderOf = ({ sort, order }: ConversationView): 'desc' | 'asc' =>
  order ?? (sort === 'name' ? 'asc' : 'desc')

/**
 * A view from anything: what is not of a view, or not valid in one, is left out, and so is what says no more than its absence. Two
 * views that show the same are equal then.
 */
export function cleanView(anything: unknown): ConversationView {
  const given = asRecord(anything)
  const view: Record<string, unknown> = {}
  const meta = Object.entries(asRecord(given.meta))
    .filter((pair): pair is [string, string] => pair[0] !== '' && typeof pair[1] === 'string')
    .map(([key, value]) => [whole(key), whole(value)] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  if (meta.length > 0) view.meta = Object.fromEntries(meta)
  for (const field of FIELD_NAMES) {
    const value = given[field]
    if (typeof value === 'string' && FIELDS[field](value)) view[field] = whole(value)
  }
  const clean = view as ConversationView
  if (clean.sort === 'created') delete clean.sort
  if (clean.order === orderOf({ sort: clean.sort })) delete clean.order
  return clean
}

/** Whether two views show the same, in the same order. */
export const isSame = (one: ConversationView, other: ConversationView): boolean =>
  JSON.stringify(cleanView(one)) === JSON.stringify(cleanView(other))

/** What the API is asked for. */
export function paramsOf({ meta, sort = 'created', order }: ConversationView): ListParams {
  return {
    ...(meta && Object.keys(meta).length > 0 && { meta }),
    ...(sort === 'created' && order && { order }),
  }
}

/** What the API cannot be asked for: it runs on what is loaded. Empty where the API does it all. */
export function localOf(view: ConversationView): ConversationView {
  const { meta: _meta, ...local } = cleanView(view)
  if (!local.sort) delete local.order
  return local
}

/** Whether a view leaves conversations out, by what is loaded of them: then there may be more of them than are seen. */
export function isLocal(view: ConversationView): boolean {
  const { sort: _sort, order: _order, ...filters } = localOf(view)
  return Object.keys(filters).length > 0
}

/** Whether a view leaves conversations out at all. */
export const isFiltered = (view: ConversationView): boolean => isLocal(view) || cleanView(view).meta !== undefined

export const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

/** Half of a character cannot be written into an address. */
const whole = (text: string) => text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')
