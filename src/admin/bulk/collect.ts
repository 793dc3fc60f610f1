import type { QueryClient } from '@tanstack/react-query'
import type { ConversationInstance } from '../../protocol/index.ts'
import { conversationKeys, named } from '../../queries/index.ts'
import type { QueryTransport } from '../../queries/index.ts'
import { ConversationError, iterateAll } from '../../transport/index.ts'
import { matcherOf } from '../view/match.ts'
import { paramsOf } from '../view/view.ts'
import type { ConversationView, FactsOf, Matcher } from '../view/view.ts'
import type { BulkItem } from './job.ts'

/** Which conversations a job is about. */
export type BulkTarget =
  | { ids: readonly string[] }
  | {
      /** All that belong to this view, also those that were not loaded yet. */
      view: ConversationView
      /** But not these. */
      except?: readonly string[]
      /** Decides what the API cannot be asked for. A view with a `search` needs one. @default by the view */
      matches?: Matcher
      /** What is known of a conversation beside its record. A view by votes or by who spoke last needs it. */
      factsOf?: FactsOf
    }

/** All the items of a target, some at a time, each once. */
export async function* collect(
  { client, queryClient }: { client: QueryTransport; queryClient: QueryClient },
  target: BulkTarget,
  signal: AbortSignal,
): AsyncGenerator<BulkItem[], void, undefined> {
  if ('ids' in target) {
    const nameOf = cachedNames(queryClient, client.scope)
    yield [...new Set(target.ids)].map((id) => itemOf({ id, name: nameOf(id) }))
    return
  }
  const { view, except = [], factsOf } = target
  const matches = target.matches ?? matcherOf(view)
  // Nothing is done to more than what somebody sees.
  if (!target.matches && view.search?.trim()) throw unknown('what is searched for')
  // Of what was not read nobody knows the votes, nor who spoke last.
  if (!target.matches && (view.votes === 'none' || (!factsOf && (view.votes ?? view.lastSpeaker))))
    throw unknown('votes and who spoke last')
  // A conversation that moves in the list while it is read may be on two of its pages.
  const seen = new Set(except)
  let page: BulkItem[] = []
  const params = paramsOf(view)
  const all = iterateAll((at) => {
    const call = client.list({ ...params, ...at }, { signal })
    return named(call)
  })
  let read = 0
  for await (const conversation of all) {
    read += 1
    if (!seen.has(conversation.id) && matches(conversation, factsOf?.(conversation.id))) page.push(itemOf(conversation))
    seen.add(conversation.id)
    if (read % PAGE === 0) {
      yield page
      page = []
    }
  }
  yield page
}

const unknown = (what: string) =>
  new ConversationError({
    code: 'BAD_REQUEST',
    message: `All that match cannot be told: ${what} is not known here. Give \`matches\` or \`factsOf\`.`,
    retryable: false,
  })

/** The most that a page of the API has. */
const PAGE = 100

const itemOf = ({ id, name }: { id: string; name?: string | null }): BulkItem => ({
  id,
  ...(name?.trim() && { name: name.trim() }),
})

/** The names that the lists and details in the cache know. */
function cachedNames(queryClient: QueryClient, scope: string | undefined): (id: string) => string | undefined {
  const names = new Map<string, string | undefined>()
  const lists = queryClient.getQueriesData<{ pages?: { items: ConversationInstance[] }[] }>({
    queryKey: conversationKeys.lists(scope),
  })
  for (const [, list] of lists) {
    for (const { items } of list?.pages ?? []) for (const { id, name } of items) names.set(id, name)
  }
  return (id) =>
    queryClient.getQueryData<ConversationInstance>(conversationKeys.detail(id, scope))?.name ?? names.get(id)
}
