import { asRecord, cleanView, FIELD_NAMES, FIELDS, isSame } from './view.ts'
import type { ConversationView } from './view.ts'

/** A view under a name. */
export interface SavedView {
  id: string
  name: string
  view: ConversationView
}

/** What is kept, and what a file holds. */
export interface SavedViews {
  version: 1
  views: readonly SavedView[]
  /** The id of the view that an inbox opens with. */
  opensWith?: string
}

/** One that was not taken from a file, and why. `fields`: those of it that cannot be read. */
export interface RefusedView {
  /** Empty where it has none. */
  name: string
  reason: 'name' | 'view' | 'twice' | 'full'
  fields?: readonly string[]
}

export interface ImportResult {
  views: SavedViews
  added: readonly SavedView[]
  refused: readonly RefusedView[]
  /** Set where nothing of the file could be read. */
  error?: 'file' | 'newer'
}

const VERSION = 1
const NOTHING: SavedViews = { version: VERSION, views: [] }
const MOST_VIEWS = 200
const LONGEST_NAME = 80

/** From what was kept, whatever it is. What is no view is left out. */
export function parseSaved(value: unknown): SavedViews {
  const { version, views, opensWith } = asRecord(value)
  if (version !== VERSION || !Array.isArray(views)) return NOTHING
  const found = new Map<string, SavedView>()
  for (const entry of views.slice(0, MOST_VIEWS)) {
    const { id, name, view } = asRecord(entry)
    const words = nameOf(name)
    if (typeof id === 'string' && words && !found.has(id)) found.set(id, { id, name: words, view: cleanView(view) })
  }
  const first = typeof opensWith === 'string' && found.has(opensWith) ? opensWith : undefined
  return { version: VERSION, views: [...found.values()], ...(first !== undefined && { opensWith: first }) }
}

/** A name as it is kept: one line, not too long; empty where there is none. */
export const nameOf = (name: unknown): string =>
  typeof name === 'string' ? name.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_NAME).trim() : ''

/** Whether another view has a name already. */
export const isTaken = ({ views }: SavedViews, name: string, except?: string): boolean =>
  views.some((each) => each.id !== except && sameName(each.name, nameOf(name)))

const sameName = (one: string, other: string) => one.localeCompare(other, undefined, { sensitivity: 'accent' }) === 0

const withViews = (saved: SavedViews, views: readonly SavedView[]): SavedViews => ({ ...saved, views })

/** Adds a view at the end. What has no name, or one that is taken, changes nothing. */
export function addView(saved: SavedViews, { id, name, view }: SavedView): SavedViews {
  const words = nameOf(name)
  if (!words || isTaken(saved, words) || saved.views.length >= MOST_VIEWS) return saved
  return withViews(saved, [...saved.views, { id, name: words, view: cleanView(view) }])
}

/** Another name, another view, or both. A name that is taken, and none, change nothing. */
export function changeView(saved: SavedViews, id: string, to: { name?: string; view?: ConversationView }): SavedViews {
  const name = to.name === undefined ? undefined : nameOf(to.name)
  if (name === '' || (name !== undefined && isTaken(saved, name, id))) return saved
  return withViews(
    saved,
    saved.views.map((each) =>
      each.id === id ? { ...each, ...(name && { name }), ...(to.view && { view: cleanView(to.view) }) } : each,
    ),
  )
}

/** Where a view was, so that it can come back there. */
export interface RemovedView {
  view: SavedView
  index: number
  opensWith: boolean
}

export function removeView(saved: SavedViews, id: string): { saved: SavedViews; removed?: RemovedView } {
  const index = saved.views.findIndex((each) => each.id === id)
  const view = saved.views[index]
  if (!view) return { saved }
  const { opensWith, ...rest } = withViews(saved, saved.views.toSpliced(index, 1))
  const wasFirst = opensWith === id
  return {
    saved: wasFirst || opensWith === undefined ? rest : { ...rest, opensWith },
    removed: { view, index, opensWith: wasFirst },
  }
}

/** Takes a removal back. */
export function restoreView(saved: SavedViews, { view, index, opensWith }: RemovedView): SavedViews {
  if (saved.views.some(({ id }) => id === view.id)) return saved
  const next = withViews(saved, saved.views.toSpliced(Math.min(index, saved.views.length), 0, view))
  return opensWith && next.opensWith === undefined ? { ...next, opensWith: view.id } : next
}

/** Moves a view by some places; as far as there are any. */
export function moveView(saved: SavedViews, id: string, by: number): SavedViews {
  const from = saved.views.findIndex((each) => each.id === id)
  const to = Math.max(0, Math.min(saved.views.length - 1, from + by))
  const view = saved.views[from]
  if (!view || to === from) return saved
  return withViews(saved, saved.views.toSpliced(from, 1).toSpliced(to, 0, view))
}

/** Which view an inbox opens with; `undefined` for none. */
export function openWith({ version, views }: SavedViews, id: string | undefined): SavedViews {
  return id !== undefined && views.some((each) => each.id === id)
    ? { version, views, opensWith: id }
    : { version, views }
}

/** All views as a file. */
export const exportViews = ({ views }: SavedViews): string =>
  `${JSON.stringify({ kind: KIND, version: VERSION, views: views.map(({ name, view }) => ({ name, view })) }, undefined, 2)}\n`

const KIND = 'conversation-kit/views'

/** Takes the views of a file in. What is wrong in it is refused one by one, and said; a name that is taken gets a number. */
export function importViews(saved: SavedViews, text: string, makeId: () => string): ImportResult {
  const file = asRecord(parse(text))
  if (file.kind !== KIND || !Array.isArray(file.views)) return { views: saved, added: [], refused: [], error: 'file' }
  if (file.version !== VERSION)
    return { views: saved, added: [], refused: [], error: Number(file.version) > VERSION ? 'newer' : 'file' }
  let views = saved
  const refused: RefusedView[] = []
  const added: SavedView[] = []
  for (const entry of file.views as unknown[]) {
    const { name: given, view } = asRecord(entry)
    const name = nameOf(given)
    const wrong = wrongFields(view)
    const known = views.views.find((each) => sameName(each.name, name))
    if (!name) refused.push({ name: '', reason: 'name' })
    else if (wrong.length > 0) refused.push({ name, reason: 'view', fields: wrong })
    else if (known && isSame(known.view, view as ConversationView)) refused.push({ name, reason: 'twice' })
    else if (views.views.length >= MOST_VIEWS) refused.push({ name, reason: 'full' })
    else {
      const taken: SavedView = { id: makeId(), name: freeName(views, name), view: cleanView(view) }
      views = withViews(views, [...views.views, taken])
      added.push(taken)
    }
  }
  return { views, added, refused }
}

/** What of a view cannot be read. `view` where it is none at all. */
function wrongFields(given: unknown): string[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return ['view']
  return Object.entries(given).flatMap(([field, value]: [string, unknown]) => {
    if (field === 'meta') {
      const isMeta = typeof value === 'object' && value !== null && !Array.isArray(value)
      return isMeta && Object.values(value).every((each) => typeof each === 'string') ? [] : [field]
    }
    const known = FIELD_NAMES.find((name) => name === field)
    return known && typeof value === 'string' && FIELDS[known](value) ? [] : [field]
  })
}

function freeName(saved: SavedViews, name: string): string {
  let free = name
  for (let number = 2; isTaken(saved, free); number += 1) {
    const end = ` (${number})`
    free = `${name.slice(0, LONGEST_NAME - end.length)}${end}`
  }
  return free
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
