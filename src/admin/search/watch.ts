import type { Query, QueryClient } from '@tanstack/react-query'
import type { ConversationInstance, MessageInstance } from '../../protocol/index.ts'
import { given, keyOfAll } from '../../queries/index.ts'
import type { Place } from './load.ts'
import { inSlices, pause } from './slices.ts'
import type { Source } from './source.ts'

interface Page<T> {
  items: readonly T[]
  cursor?: string | null
}

interface Pages<T> {
  pages: readonly Page<T>[]
}

interface Dated {
  id: string
  createdAt: number
}

export interface Watch {
  /** Where the longest list of all conversations, the newest first, ends; `undefined` when there is none. */
  place: () => Place | undefined
  end: () => void
}

/** Items that are looked at between two looks at the clock. */
const BATCH = 50

/**
 * Tells a source what the cache of the page holds, and what changes in it: lists of conversations, conversations, messages and contacts. A page
 * of a list that is the same object as before is not looked at again.
 */
export function watchCache(queryClient: QueryClient, scope: string | undefined, source: Source): Watch {
  const [root, name] = keyOfAll(scope)
  const cache = queryClient.getQueryCache()
  const seen = new Map<string, Pages<Dated>>()
  const lists = new Map<string, { isNewestFirst: boolean; data: Pages<Dated> }>()
  const changed = new Set<Query>()
  const end = new AbortController()
  let reading = false

  const isOurs = (key: readonly unknown[] | undefined) => key?.[0] === root && key[1] === name

  function note(query: Query): void {
    if (!isOurs(query.queryKey) || query.state.data === undefined) return
    changed.add(query)
    if (!reading) void read()
  }

  /** Not in the middle of what has changed the cache, and not all at once. */
  async function read(): Promise<void> {
    reading = true
    await pause()
    const goesOn = () => changed.size > 0 && !end.signal.aborted
    while (goesOn()) await inSlices(readChanged(), end.signal)
    reading = false
  }

  function* readChanged(): Generator<undefined, void> {
    for (let [query] = changed; query; [query] = changed) {
      changed.delete(query)
      yield* readQuery(query)
      yield
    }
    source.flush()
  }

  function* readQuery({ queryKey, queryHash, state: { data } }: Query): Generator<undefined, void> {
    const [, , noun, id, what] = queryKey
    if (noun === 'list' && isPages<ConversationInstance>(data)) {
      if (isOfAll(queryKey)) lists.set(queryHash, { isNewestFirst: !isOldestFirst(queryKey), data })
      const { left } = yield* readPages(queryHash, data, source.putConversation)
      // Of a list that shows some only, what has left may have changed.
      if (isOfAll(queryKey)) for (const { id } of left) source.removeConversation(id)
    } else if (noun === 'detail' && typeof id === 'string' && what === 'messages' && isPages<MessageInstance>(data)) {
      const { left } = yield* readPages(queryHash, data, (message) => source.putMessage(id, message))
      for (const message of left) source.removeMessage(id, message.id)
      if (data.pages.length > 0 && !data.pages.at(-1)?.cursor) source.setWhole(id)
    } else if (noun === 'detail' && queryKey.length === 4 && isConversation(data)) {
      if (!source.isGone(data.id)) source.putConversation(data)
    } else if (noun === 'contact' && typeof id === 'string' && queryKey.length === 4) {
      const { name, nick, email } = data as { name?: string; nick?: string; email?: string }
      source.putContact(id, [name ?? nick, email].filter(Boolean).join(' '))
    }
  }

  /** Puts what is new, and gives what was there and is not any more, although the list reaches as far. */
  function* readPages<T extends Dated>(
    hash: string,
    data: Pages<T>,
    put: (item: T) => void,
  ): Generator<undefined, { left: Dated[] }> {
    const before = seen.get(hash)
    seen.set(hash, data)
    const now = new Set<string>()
    for (const [at, page] of data.pages.entries()) {
      if (page === before?.pages[at]) continue
      for (const [index, item] of page.items.entries()) {
        put(item)
        if (before) now.add(item.id)
        if (index % BATCH === 0) yield
      }
    }
    const left: Dated[] = []
    for (const [at, page] of before?.pages.entries() ?? []) {
      if (page === data.pages[at]) continue
      for (const [index, item] of page.items.entries()) {
        if (!now.has(item.id) && reaches(data, item)) left.push(item)
        if (index % BATCH === 0) yield
      }
    }
    return { left }
  }

  for (const query of cache.getAll()) note(query)
  const ends = [
    cache.subscribe((event) => {
      if (event.type === 'removed') {
        seen.delete(event.query.queryHash)
        lists.delete(event.query.queryHash)
      } else if (event.type === 'added' || (event.type === 'updated' && event.action.type === 'success'))
        note(event.query)
    }),
    // What nobody has in a list is not in the cache when it is changed.
    queryClient.getMutationCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'success') return
      const { mutationKey } = event.mutation.options
      if (!mutationKey || !isOurs(mutationKey)) return
      follow(source, mutationKey.slice(2), event.mutation.state.variables)
      source.flush()
    }),
  ]
  return {
    end() {
      end.abort()
      for (const each of ends) each()
    },
    place() {
      let longest: Pages<Dated> | undefined
      for (const { isNewestFirst, data } of lists.values())
        if (isNewestFirst && data.pages.length >= (longest?.pages.length ?? 1)) longest = data
      const last = longest?.pages.at(-1)
      return last && { ids: last.items.map(({ id }) => id), more: typeof last.cursor === 'string' }
    },
  }
}

/** What was written is what is found. */
function follow(source: Source, key: readonly unknown[], variables: unknown): void {
  const [noun, id, what, deed] = key
  if (noun === 'delete' && typeof variables === 'string') source.removeConversation(variables)
  if (noun !== 'detail' || typeof id !== 'string') return
  if (what === 'update' && isObject(variables)) source.patchConversation(id, given(variables))
  if (what !== 'message') return
  if (deed === 'delete' && typeof variables === 'string') source.removeMessage(id, variables)
  if (deed === 'update' && isObject(variables) && typeof variables.messageId === 'string') {
    const { messageId, ...change } = given(variables) as { messageId: string; text?: string }
    source.patchMessage(id, messageId, change)
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isPages = <T>(data: unknown): data is Pages<T> => isObject(data) && Array.isArray(data.pages)

const isConversation = (data: unknown): data is ConversationInstance => isObject(data) && typeof data.id === 'string'

/** Whether a list has all conversations, as far as it was loaded: not those with some meta, nor those of one contact. */
const isOfAll = ([, , , params]: readonly unknown[]): boolean => isObject(params) && !params.meta

const isOldestFirst = ([, , , params]: readonly unknown[]): boolean => isObject(params) && params.order === 'asc'

/** Whether a list would have an item if there was one: behind the last one loaded nobody knows. */
function reaches({ pages }: Pages<Dated>, { createdAt }: Dated): boolean {
  const last = pages.findLast(({ items }) => items.length > 0)
  if (!last || !pages.at(-1)?.cursor) return true
  const first = pages.find(({ items }) => items.length > 0)!.items[0]!
  const end = last.items.at(-1)!
  return first.createdAt >= end.createdAt ? createdAt > end.createdAt : createdAt < end.createdAt
}
