import type { MutationState, QueryClient } from '@tanstack/react-query'
import type { VoteVariables } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'

/** What a vote that a newer one has overtaken comes to. It is not sent. */
export const OVERTAKEN = { id: '' }

/** What can no longer be taken back. */
export const onTheirWay = new WeakSet<VoteVariables>()

/** The votes on one thing, the oldest first. They stand in one line, by its name. */
export const votesOn = (queryClient: QueryClient, line: string) =>
  queryClient
    .getMutationCache()
    .getAll()
    .filter(({ options }) => options.scope?.id === line)

export const stateOf = ({ state }: { state: unknown }) =>
  state as MutationState<{ id: string }, ConversationError, VoteVariables>

/** The newest vote on one thing that is on its way. */
export const pendingOn = (queryClient: QueryClient, line: string) =>
  votesOn(queryClient, line)
    .map(stateOf)
    .findLast(({ status }) => status === 'pending')?.variables
