import { replaceEqualDeep } from '@tanstack/react-query'
import type { InfiniteData, Query, QueryClient } from '@tanstack/react-query'
import type { ConversationInstance } from '../protocol/index.ts'
import type { QueryTransport } from './conversations.ts'
import { given } from './given.ts'
import { conversationKeys } from './keys.ts'
import type { ListParams } from './keys.ts'
import { named } from './named.ts'
import type { Page } from './paging.ts'
import { placeIn } from './places.ts'

type Lists = InfiniteData<Page<ConversationInstance>, string | undefined>
type ListPage = Page<ConversationInstance>

/** Takes back what was shown before the server has said anything. */
export type Undo = () => void

/** Applies a change to a conversation in every cached list that has it. All pages but its own stay the objects that they are. */
function changeLists(
  queryClient: QueryClient,
  scope: string | undefined,
  id: string,
  change: (page: ListPage, index: number, before: ListPage | undefined) => ListPage,
): void {
  queryClient.setQueriesData<Lists>({ queryKey: conversationKeys.lists(scope) }, (lists) => {
    const place = lists && placeIn(lists.pages, id)
    if (!place) return undefined
    const [before, page] = [lists.pages[place.page - 1], lists.pages[place.page]!]
    return { ...lists, pages: lists.pages.with(place.page, change(page, place.index, before)) }
  })
}

const changeItem =
  (change: (item: ConversationInstance) => ConversationInstance) =>
  (page: ListPage, index: number): ListPage => ({ ...page, items: page.items.with(index, change(page.items[index]!)) })

const patchMember = (
  item: ConversationInstance,
  patch: Record<string, unknown>,
  only?: Record<string, unknown>,
): ConversationInstance => {
  const current: ConversationInstance & Record<string, unknown> = { ...item }
  for (const [name, value] of Object.entries(patch)) {
    // While our change was under way somebody may have made another one to the same member: that one stays.
    if (only === undefined || current[name] === only[name]) current[name] = value
  }
  return current
}

/** Shows new options of a conversation at once, in its detail and in every list. The returned function takes back what is still ours. */
export function showUpdate(queryClient: QueryClient, scope: string | undefined, id: string, request: object): Undo {
  const patch = given(request)
  const key = conversationKeys.detail(id, scope)
  const before = new Map<string, Record<string, unknown>>()
  const apply = (change: (where: string, item: ConversationInstance) => ConversationInstance) => {
    queryClient.setQueryData<ConversationInstance>(key, (item) => item && change('detail', item))
    changeLists(
      queryClient,
      scope,
      id,
      changeItem((item) => change('list', item)),
    )
  }
  apply((where, item) => {
    if (!before.has(where))
      before.set(where, Object.fromEntries(Object.keys(patch).map((name) => [name, Reflect.get(item, name)])))
    return patchMember(item, patch)
  })
  return () => apply((where, item) => patchMember(item, before.get(where) ?? {}, patch))
}

/** Takes a conversation out of every list. The returned function puts it back where it was. */
export function hideConversation(queryClient: QueryClient, scope: string | undefined, id: string): Undo {
  const places: {
    queryKey: readonly unknown[]
    page: number
    index: number
    item: ConversationInstance
    cursor: string | undefined
  }[] = []
  const lists = queryClient.getQueriesData<Lists>({ queryKey: conversationKeys.lists(scope) })
  for (const [queryKey, data] of lists) {
    const place = data && placeIn(data.pages, id)
    if (!place) continue
    const page = data.pages[place.page]!
    // Only where it was the last one does the next page begin behind it.
    const cursor = page.cursor === id ? id : undefined
    places.push({ queryKey, ...place, item: page.items[place.index]!, cursor })
  }
  changeLists(queryClient, scope, id, without)
  return () => {
    for (const { queryKey, page: at, index, item, cursor } of places) {
      queryClient.setQueryData<Lists>(queryKey, (lists) => {
        const page = lists?.pages[at]
        if (!page || placeIn(lists.pages, id)) return undefined
        const back = { ...page, items: page.items.toSpliced(index, 0, item) }
        // Where the next page began behind it, it does so again.
        if (cursor && index >= page.items.length) back.cursor = cursor
        return { ...lists, pages: lists.pages.with(at, back) }
      })
    }
  }
}

/** Takes a deleted conversation also out of what was asked for before the server had deleted it, and of what of that arrives yet. */
export function keepHidden(queryClient: QueryClient, scope: string | undefined, id: string): void {
  const hide = () => void hideConversation(queryClient, scope, id)
  hide()
  const filters = { queryKey: conversationKeys.lists(scope), fetchStatus: 'fetching' } as const
  for (const { promise } of queryClient.getQueryCache().findAll(filters)) promise?.then(hide, hide)
}

/** A page without one of its items. Behind what is deleted the server knows no place: the next page begins behind the one before. */
function without(page: ListPage, index: number, before: ListPage | undefined): ListPage {
  const items = page.items.toSpliced(index, 1)
  if (page.cursor !== page.items[index]!.id) return { ...page, items }
  return { ...page, items, cursor: items.at(-1)?.id ?? before?.cursor }
}

/** Whether it was loaded page by page, and is as it was: one of which a page was emptied does not know any more where the next begins. */
const isLong = (lists: Lists | undefined): boolean =>
  lists !== undefined && lists.pages.length > 1 && lists.pages.every(({ items }) => items.length > 0)

/** Lists whose reading was given up for a change. */
const cut = new WeakSet<Query>()

/** Gives up what is being read of the lists: it was written before the change that follows. It is read again after that. */
export async function cancelLists(queryClient: QueryClient, scope: string | undefined): Promise<void> {
  const filters = { queryKey: conversationKeys.lists(scope) }
  for (const query of queryClient.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
    // The page after the last one is asked for again by whoever wants it.
    if (!query.state.fetchMeta?.fetchMore) cut.add(query)
  }
  await queryClient.cancelQueries(filters)
}

/**
 * Reads the lists again after a change. Of what was loaded page by page each page would be asked for, so such a list is left as the
 * change has shown it, unless it has only conversations with some meta and `byMeta` says that meta has changed.
 */
export function readLists(queryClient: QueryClient, scope: string | undefined, byMeta: boolean): Promise<void> {
  const filters = { queryKey: conversationKeys.lists(scope) }
  const isRead = (query: Query): unknown =>
    cut.delete(query) ||
    !isLong(query.state.data as Lists | undefined) ||
    (byMeta && (query.queryKey.at(-1) as ListParams | undefined)?.meta)
  const again = new Set(queryClient.getQueryCache().findAll(filters).filter(isRead))
  return queryClient.invalidateQueries({ ...filters, predicate: (query) => again.has(query) })
}

/** Brings a conversation as it is after a change into the long lists that show it. `isLast`: whether there was no other change meanwhile. */
export async function readRow(
  client: QueryTransport,
  queryClient: QueryClient,
  id: string,
  isLast: () => boolean,
): Promise<void> {
  const { scope } = client
  const lists = queryClient.getQueriesData<Lists>({ queryKey: conversationKeys.lists(scope), type: 'active' })
  if (!lists.some(([, data]) => isLong(data) && placeIn(data!.pages, id))) return
  const detail = queryClient
    .getQueryCache()
    .find<ConversationInstance>({ queryKey: conversationKeys.detail(id, scope) })
  try {
    const fresh = (detail?.isActive() && detail.state.data) || (await named(client.fetch(id)))
    if (isLast())
      changeLists(
        queryClient,
        scope,
        id,
        changeItem((item) => replaceEqualDeep(item, fresh)),
      )
  } catch {
    // It stays as the change has shown it; the next reading of the list says more.
  }
}
