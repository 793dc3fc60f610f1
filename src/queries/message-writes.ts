import { hashKey } from '@tanstack/react-query'
import type { QueryClient, UseMutationOptions } from '@tanstack/react-query'
import type { Id, MessageCreateRequest, MessageInstance, MessageUpdateRequest } from '../protocol/index.ts'
import type { ConversationError } from '../transport/index.ts'
import type { QueryTransport } from './conversations.ts'
import { conversationKeys, mutationKeys } from './keys.ts'
import type { MessagePages } from './messages.ts'
import { gone } from './gone.ts'
import { given } from './given.ts'
import { named } from './named.ts'
import { paginate } from './tail.ts'

/** Which message, and what of it changes; what is left out stays. */
export type MessageUpdate = MessageUpdateRequest & { messageId: string }

/** What is shown although the server has not agreed yet. */
export interface Shown {
  id: string
  /** Whether a reading was ended for it, or may bring what was true before. The list is then read when all changes are through. */
  stale: boolean
  /** New members of the message, */
  patch: Record<string, unknown>
  /** the old ones, */
  before: Record<string, unknown>
  /** and what takes it back. */
  undo: () => void
}

type Change = (items: MessageInstance[]) => MessageInstance[]

/** The messages of a conversation in a cache. */
interface Place {
  queryClient: QueryClient
  queryKey: readonly unknown[]
  mutationKey: readonly unknown[]
}

const queryAt = ({ queryClient, queryKey }: Place) => queryClient.getQueryCache().find<MessagePages>({ queryKey })

const isReading = (place: Place) => queryAt(place)?.state.fetchStatus === 'fetching'

/** Changes what is held, newest first, and cuts it into pages again: the next page is found by the last message of this one. */
function rewrite(place: Place, change: Change): void {
  place.queryClient.setQueryData<MessagePages>(place.queryKey, (held) => {
    const items = held && change(held.pages.flatMap((page) => page.items))
    return items && paginate(items, held.pages.at(-1)?.cursor && items.at(-1)?.id, queryAt(place)?.meta?.take as number)
  })
}

/** The changes of messages that are under way beside this one, in their order. */
const othersAt = ({ queryClient, mutationKey }: Place, own: Shown | undefined): Shown[] =>
  queryClient
    .getMutationCache()
    .findAll({ mutationKey, status: 'pending' })
    .flatMap(({ state }) => (state.context && state.context !== own ? [state.context as Shown] : []))

/** A recipe that shows a change at once, and leaves the list as the server has it in the end. */
function changing<V>(
  { scope }: QueryTransport,
  conversationId: string,
  options: {
    mutationKey: readonly unknown[]
    operation: string
    send: (variables: V) => Promise<Id>
    show: (place: Place, variables: V) => Shown
    confirm: (place: Place, shown: Shown, id: string) => Promise<void> | void
  },
): UseMutationOptions<Id, ConversationError, V, Shown> {
  const at = (queryClient: QueryClient): Place => ({
    queryClient,
    queryKey: conversationKeys.messages(conversationId, scope),
    mutationKey: mutationKeys.message(conversationId, scope),
  })
  return {
    mutationKey: options.mutationKey,
    mutationFn: options.send,
    onMutate: (variables, { client }) => {
      const place = at(client)
      // What a reading brings that is under way was written before the change.
      const reading = queryAt(place)?.state.data !== undefined && isReading(place)
      if (reading) void client.cancelQueries({ queryKey: place.queryKey, exact: true })
      const shown = options.show(place, variables)
      shown.stale ||= reading
      return shown
    },
    onError: (_error, _variables, shown) => shown?.undo(),
    onSuccess: ({ id }, _variables, shown, { client }) => options.confirm(at(client), shown, id),
    onSettled: (_data, _error, _variables, shown, { client }) => {
      const place = at(client)
      const [next] = othersAt(place, shown)
      const stale = (shown?.stale ?? false) || isReading(place)
      if (next) next.stale ||= stale
      return stale && !next ? client.invalidateQueries({ queryKey: place.queryKey, exact: true }) : undefined
    },
    meta: { operation: options.operation, conversationId },
  }
}

/** Stores a message; nobody answers it. */
export function createMessageOptions(
  { scope, message }: QueryTransport,
  conversationId: string,
): UseMutationOptions<Id, ConversationError, MessageCreateRequest> {
  const mutationKey = mutationKeys.createMessage(conversationId, scope)
  return {
    mutationKey,
    mutationFn: (request) => named(message.create(conversationId, request, { retries: 0 })),
    scope: { id: JSON.stringify(mutationKey) },
    meta: { operation: 'message.create', conversationId },
  }
}

/** The members of a message that lists have. */
const MEMBERS: ReadonlySet<string> = new Set(['type', 'text', 'meta'])

/** Changes a message. What the server made of it is read when it has agreed. */
export function updateMessageOptions(
  client: QueryTransport,
  conversationId: string,
): UseMutationOptions<Id, ConversationError, MessageUpdate, Shown> {
  const mutationKey = mutationKeys.updateMessage(conversationId, client.scope)
  return {
    ...changing<MessageUpdate>(client, conversationId, {
      mutationKey,
      operation: 'message.update',
      send: ({ messageId, ...request }) => named(client.message.update(conversationId, messageId, request)),
      show: (place, { messageId, ...request }) => {
        const patch = Object.fromEntries(Object.entries(given(request)).filter(([name]) => MEMBERS.has(name)))
        const shown: Shown = { id: messageId, stale: false, patch, before: {}, undo: () => restore(place, shown) }
        edit(place, messageId, (message) => {
          shown.before = Object.fromEntries(Object.keys(patch).map((name) => [name, Reflect.get(message, name)]))
          return applied(message, patch)
        })
        return shown
      },
      confirm: async (place, shown, id) => {
        const stored = await named(client.message.fetch(conversationId, id)).catch(() => undefined)
        // A newer change is on the screen, and is read when it is through.
        if (othersAt(place, shown).some((other) => other.id === shown.id)) return
        edit(place, id, (message) => stored ?? applied(message, shown.patch))
      },
    }),
    // The server keeps the last change, so two are sent in the order they were made.
    scope: { id: JSON.stringify(mutationKey) },
  }
}

const edit = (place: Place, id: string, change: (message: MessageInstance) => MessageInstance): void =>
  rewrite(place, (items) => items.map((item) => (item.id === id ? change(item) : item)))

function applied(message: MessageInstance, { meta, ...patch }: Record<string, unknown>): MessageInstance {
  const more = (meta as { $update?: object } | undefined)?.$update
  return {
    ...message,
    ...patch,
    ...(meta !== undefined && { meta: more ? { ...message.meta, ...more } : (meta as MessageInstance['meta']) }),
  }
}

/** Takes back the members that are still this change's. For a change that came later they are what it takes back to. */
function restore(place: Place, shown: Shown): void {
  const later = othersAt(place, shown).filter((other) => other.id === shown.id)
  edit(place, shown.id, (message) => {
    const mine = applied(message, shown.patch)
    const back: Record<string, unknown> = {}
    for (const [name, value] of Object.entries(shown.before)) {
      const next = later.find(({ patch }) => name in patch)
      if (next) next.before[name] = value
      else if (hashKey([Reflect.get(mine, name)]) === hashKey([Reflect.get(message, name)])) back[name] = value
    }
    return { ...message, ...back }
  })
}

/** Deletes a message; the variable is its id. */
export const deleteMessageOptions = (
  client: QueryTransport,
  conversationId: string,
): UseMutationOptions<Id, ConversationError, string, Shown> =>
  changing<string>(client, conversationId, {
    mutationKey: mutationKeys.deleteMessage(conversationId, client.scope),
    operation: 'message.delete',
    send: (id) => gone(client.message.delete(conversationId, id), id),
    show: (place, id) => {
      const items = queryAt(place)?.state.data?.pages.flatMap((page) => page.items) ?? []
      const at = items.findIndex((item) => item.id === id)
      const item = items[at]
      const below = new Set(items.slice(at + 1).map((each) => each.id))
      remove(place, id)
      return {
        id,
        // The next page is found by the last message, and there is none.
        stale: item !== undefined && items.length === 1,
        patch: {},
        before: {},
        undo: () => {
          if (item) rewrite(place, (now) => putBack(now, item, below))
        },
      }
    },
    confirm: (place, _shown, id) => remove(place, id),
  })

const remove = (place: Place, id: string): void => rewrite(place, (items) => items.filter((item) => item.id !== id))

function putBack(items: MessageInstance[], item: MessageInstance, below: ReadonlySet<string>): MessageInstance[] {
  if (items.some(({ id }) => id === item.id)) return items
  const at = items.findIndex(({ id }) => below.has(id))
  return at === -1 ? [...items, item] : items.toSpliced(at, 0, item)
}
