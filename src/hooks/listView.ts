import type { InfiniteData } from '@tanstack/react-query'
import type { StoreApi } from 'zustand'
import type { ConversationInstance, ConversationListResponse } from '../protocol/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { indexIn, listOptions, placeIn } from '../queries/index.ts'
import type { ListParams } from '../queries/index.ts'

type Pages = readonly ConversationListResponse[]

/** A conversation that is another object now, under the same id and in the same place. */
export interface RowChange {
  before: ConversationInstance
  after: ConversationInstance
}

/**
 * A list of conversations for all who look at single rows of it: the list holds ids, and a change of one row tells the reader of
 * that row only, so that its cost does not grow with the length of the list.
 */
export interface ListView {
  /** The same array as long as no row comes, goes or moves. */
  ids: () => readonly string[]
  row: (id: string) => ConversationInstance | undefined
  /** What the cache holds. Another object after any change. */
  pages: () => Pages
  /** Told which rows changed, or nothing when rows came, went or moved. */
  onChange: (listener: (changes: readonly RowChange[] | undefined) => void) => () => void
  onIds: (listener: () => void) => () => void
  onRow: (id: string, listener: () => void) => () => void
}

const NONE: Pages = []
const views = new WeakMap<ConversationKit, Map<string, ListView>>()

/** The view of a list; one for each provider and each set of parameters. */
export function listViewOf(kit: ConversationKit, params?: ListParams): ListView {
  let known = views.get(kit)
  if (!known) views.set(kit, (known = new Map()))
  const { queryKey } = listOptions(kit.client, params)
  const { queryHash } = kit.queryClient.defaultQueryOptions({ queryKey })
  let view = known.get(queryHash)
  if (!view) known.set(queryHash, (view = createListView(kit, queryHash)))
  return view
}

function createListView({ queryClient }: ConversationKit, queryHash: string): ListView {
  const cache = queryClient.getQueryCache()
  const idListeners = new Set<() => void>()
  const changeListeners = new Set<(changes: readonly RowChange[] | undefined) => void>()
  const rowListeners = new Map<string, Set<() => void>>()
  let pages: Pages = NONE
  let ids: readonly string[] = []
  /** The page in which a row was found last: the next one is near. */
  let near = 0
  let stop: (() => void) | undefined
  /** What changed since the listeners were told; nothing when it was more than single rows. */
  let untold: readonly RowChange[] | undefined = []

  /** Takes in what the cache holds. */
  const take = () => {
    const now = cache.get<InfiniteData<ConversationListResponse>>(queryHash)?.state.data?.pages ?? NONE
    if (now === pages) return
    const changes = changesOf(pages, now)
    pages = now
    if (!changes) ids = idsOf(now)
    untold = changes && untold && [...untold, ...changes]
  }
  const update = () => {
    take()
    const changes = untold
    if (changes?.length === 0) return
    untold = []
    if (changes) for (const { after } of changes) tell(rowListeners.get(after.id))
    else {
      tell(idListeners)
      for (const listeners of rowListeners.values()) tell(listeners)
    }
    for (const listener of changeListeners) listener(changes)
  }
  const start = () => {
    take()
    untold = []
    stop = cache.subscribe((event) => {
      if (event.query.queryHash === queryHash) update()
    })
  }
  const listen = <T>(listeners: Set<T>, listener: T, done: () => void = () => {}) => {
    if (!stop) start()
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      done()
      if (idListeners.size > 0 || changeListeners.size > 0 || rowListeners.size > 0) return
      stop?.()
      stop = undefined
    }
  }

  return {
    ids: () => (take(), ids),
    pages: () => (take(), pages),
    row(id) {
      take()
      for (const page of [near, near + 1, near - 1]) {
        const items = pages[page]?.items
        const index = items && indexIn(items, id)
        if (index !== undefined) return items![index]
      }
      const place = placeIn(pages, id)
      if (!place) return undefined
      near = place.page
      return pages[near]!.items[place.index]
    },
    onIds: (listener) => listen(idListeners, listener),
    onChange: (listener) => listen(changeListeners, listener),
    onRow(id, listener) {
      const listeners = rowListeners.get(id) ?? new Set()
      rowListeners.set(id, listeners)
      return listen(listeners, listener, () => {
        if (listeners.size === 0 && rowListeners.get(id) === listeners) rowListeners.delete(id)
      })
    },
  }
}

function tell(listeners: Iterable<() => void> | undefined): void {
  for (const listener of listeners ?? []) listener()
}

function idsOf(pages: Pages): readonly string[] {
  const ids: string[] = []
  for (let page = 0; page < pages.length; page += 1) {
    const { items } = pages[page]!
    for (let index = 0; index < items.length; index += 1) ids.push(items[index]!.id)
  }
  return ids
}

/** The rows that changed, or nothing when the ids did. A page that is the same object is not looked at. */
function changesOf(before: Pages, now: Pages): RowChange[] | undefined {
  if (before.length !== now.length) return undefined
  const changes: RowChange[] = []
  for (let page = 0; page < now.length; page += 1) {
    const old = before[page]!.items
    const { items } = now[page]!
    if (old === items) continue
    if (old.length !== items.length) return undefined
    for (let index = 0; index < items.length; index += 1) {
      const change = { before: old[index]!, after: items[index]! }
      if (change.before === change.after) continue
      if (change.before.id !== change.after.id) return undefined
      changes.push(change)
    }
  }
  return changes
}

/** Which conversations of a list are shown, and in which order. */
export interface ShownIds {
  ids: () => readonly string[]
  onIds: (listener: () => void) => () => void
}

/**
 * A part of a list, or another order of it. After a change of single rows it is put together anew only if one of them came, went or
 * may have moved by that. `gone` names those that are left out as if they were not there.
 */
export function shownOf(
  view: ListView,
  match: ((conversation: ConversationInstance) => boolean) | undefined,
  sort: ((one: ConversationInstance, other: ConversationInstance) => number) | undefined,
  gone: StoreApi<ReadonlySet<string>>,
): ShownIds {
  let seen: Pages | undefined
  let ids: readonly string[] = []
  let without: ReadonlySet<string> | undefined

  const put = () => {
    const left = gone.getState()
    if (!match && !sort) {
      const all = view.ids()
      return left.size > 0 && all.some((id) => left.has(id)) ? all.filter((id) => !left.has(id)) : all
    }
    const rows: ConversationInstance[] = []
    for (const { items } of view.pages()) {
      for (const item of items) if (!left.has(item.id) && (!match || match(item))) rows.push(item)
    }
    return (sort ? rows.toSorted(sort) : rows).map(({ id }) => id)
  }
  const current = () => {
    const pages = view.pages()
    if (pages === seen && without === gone.getState()) return ids
    seen = pages
    without = gone.getState()
    const next = put()
    const same =
      next === ids || (ids.length > 0 && next.length === ids.length && next.every((id, index) => id === ids[index]))
    if (!same) ids = next
    return ids
  }

  return {
    ids: current,
    onIds(listener) {
      const stops = [
        gone.subscribe(listener),
        view.onChange((changes) => {
          const calm = changes?.every(
            ({ before, after }) => (!match || match(before) === match(after)) && (!sort || sort(before, after) === 0),
          )
          if (calm) seen = view.pages()
          else listener()
        }),
      ]
      return () => stops.forEach((stop) => stop())
    },
  }
}
