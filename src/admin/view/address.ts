import { cleanView, FIELD_NAMES } from './view.ts'
import type { ConversationView, ViewField } from './view.ts'

/** What the fields are called in an address. */
const NAMES: Record<Exclude<ViewField, 'meta'>, string> = {
  botId: 'bot',
  contactId: 'contact',
  taskId: 'task',
  model: 'model',
  from: 'from',
  to: 'to',
  votes: 'votes',
  lastSpeaker: 'speaker',
  search: 'q',
  sort: 'sort',
  order: 'order',
}
const META = 'meta.'
const OURS = new Set(Object.values(NAMES))

/**
 * A view as the search part of an address, without the question mark: `meta.plan=pro&votes=down`. What shows the same gives the same
 * text. `prefix` goes before each name, where two inboxes share a page.
 */
export function formatView(view: ConversationView, prefix = ''): string {
  const { meta = {}, ...fields } = cleanView(view)
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(meta)) params.append(prefix + META + key, value)
  for (const field of FIELD_NAMES) {
    const value = fields[field]
    if (value !== undefined) params.append(prefix + NAMES[field], value)
  }
  return params.toString()
}

/** The view that the search part of an address tells of, with or without its question mark. What is not valid is as if it were not there. */
export function parseView(search: string | URLSearchParams, prefix = ''): ConversationView {
  const params = new URLSearchParams(search)
  const meta: [string, string][] = []
  for (const [name, value] of params)
    if (name.startsWith(prefix + META)) meta.unshift([name.slice(prefix.length + META.length), value])
  const fields = FIELD_NAMES.map((field) => [field, params.get(prefix + NAMES[field]) ?? undefined])
  // From the last to the first: of two values for one name the first counts, as with the other fields.
  return cleanView({ ...Object.fromEntries(fields), meta: Object.fromEntries(meta) })
}

/** Whether a part of an address says something of a view, if only that it shows all. */
export const tellsView = (search: string, prefix = ''): boolean => pieces(search).some((piece) => isOurs(piece, prefix))

/**
 * An address, whole or in part, with another view in it. What is not of the view stays as it is, to the letter, and so does what comes
 * after `#`. `explicit`: an empty view is said too, so that it can be told from none.
 */
export function writeView(
  url: string | URL,
  view: ConversationView,
  prefix = '',
  { explicit = false }: { explicit?: boolean } = {},
): string {
  const [, path = '', search = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(String(url)) ?? []
  const theirs = pieces(search).filter((piece) => !isOurs(piece, prefix))
  const ours = formatView(view, prefix) || (explicit ? `${prefix}${NAMES.sort}=created` : '')
  const next = [...theirs, ours].filter(Boolean).join('&')
  return `${path}${next && `?${next}`}${hash}`
}

const pieces = (search: string) => search.replace(/^\?/, '').split('&').filter(Boolean)

function isOurs(piece: string, prefix: string): boolean {
  // Behind `&`, so that a question mark of its own stays.
  const [name = ''] = new URLSearchParams(`&${piece}`).keys()
  if (!name.startsWith(prefix)) return false
  const rest = name.slice(prefix.length)
  return OURS.has(rest) || rest.startsWith(META)
}
