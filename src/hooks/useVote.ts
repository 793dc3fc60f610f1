'use client'
import { useQuery } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { keyOfVote, voteOptions } from '../queries/index.ts'
import type { Vote, VoteTarget, VoteVariables } from '../queries/index.ts'
import { forgetVote, idOfRow, noteVote, voteKey } from '../store/index.ts'
import type { ChatState } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { cast } from './cast.ts'
import { online } from './network.ts'
import { useLatest } from './useLatest.ts'
import { onTheirWay, OVERTAKEN, pendingOn, stateOf, votesOn } from './votes.ts'
import type { WriteOptions } from './writeOptions.ts'

export interface VoteOptions {
  /** 1…100 for up, -100…-1 for down. @default 100 or -100 */
  value?: number
  reason?: string
}

export interface UseVoteResult {
  /** The newest vote cast, as long as the server has not refused it; else the one it confirmed. */
  vote: Vote
  upvote: (options?: VoteOptions) => void
  downvote: (options?: VoteOptions) => void
  /** Takes votes back that are not sent yet. */
  cancel: () => void
  /** Whether a vote is on its way, or waits for the message's id or for the network. */
  isPending: boolean
  /** Why the newest vote was refused. */
  error: ConversationError | null
}

/**
 * A vote on a message, or without `messageId` on the conversation. Shown at once; clicks in quick succession end in the last one; a refusal
 * goes back to what the server confirmed. `messageId` may be the key of a row that has no id yet: the vote waits for the id, and
 * without a network for that.
 */
export function useVote(target: VoteTarget, options: WriteOptions<VoteVariables> = {}): UseVoteResult {
  const kit = useConversationKit()
  const { queryClient, client, store } = kit
  const { conversationId, messageId } = target
  // A row keeps its key when it gets its id, and its votes stay together under it.
  const row = useStore(store, (state) => rowKey(state, messageId))
  const id = useStore(store, (state) =>
    messageId === undefined ? undefined : idOfRow(state, conversationId, messageId),
  )
  const mutationKey = keyOfVote({ conversationId, messageId: row }, client.scope)

  const { pending, error } = useVotes(queryClient, JSON.stringify(mutationKey))
  const known = messageId === undefined || typeof id === 'string'
  const place = { conversationId, messageId: id ?? undefined }
  const confirmed = useQuery({ ...voteOptions(client, place), enabled: known }, queryClient)
  const latest = useLatest({ ...options, mutationKey, target: known ? place : undefined })
  const send = useCallback(
    (vote: 'up' | 'down', { value, reason }: VoteOptions = {}) =>
      execute(kit, latest, { conversationId, messageId, vote, value, reason }),
    [kit, latest, conversationId, messageId],
  )
  const left = useStore(store, (state) => (known ? state.votes[voteKey(place)] : undefined))
  useEffect(() => {
    if (left?.restored) send(left.vote, left)
  }, [left, send])
  return {
    vote: pending ?? (known ? confirmed.data : undefined) ?? null,
    upvote: useCallback((options) => send('up', options), [send]),
    downvote: useCallback((options) => send('down', options), [send]),
    cancel: useCallback(() => takeBack(kit, latest), [kit, latest]),
    isPending: pending !== null,
    error,
  }
}

/** What is looked at when a vote is cast or comes back. */
type Latest = {
  readonly current: WriteOptions<VoteVariables> & { mutationKey: readonly unknown[]; target: VoteTarget | undefined }
}

function execute(kit: ConversationKit, latest: Latest, variables: VoteVariables): void {
  const { queryClient } = kit
  const { mutationKey, target } = latest.current
  const { conversationId, messageId } = variables
  const inLine = JSON.stringify(mutationKey)
  // At once, so that of votes that wait the last one is kept.
  if (target) noteVote(kit.store, { ...variables, ...target })
  queryClient
    .getMutationCache()
    .build<{ id: string }, ConversationError, VoteVariables, unknown>(queryClient, {
      mutationKey,
      scope: { id: inLine },
      mutationFn: async () => {
        await online()
        return cast(kit, inLine, variables, target)
      },
      retry: false,
      // It waits for the network by itself.
      networkMode: 'always',
      // Nothing observes it, and what it came to is shown for as long as it is the newest.
      gcTime: Number.POSITIVE_INFINITY,
      meta: { operation: messageId === undefined ? 'conversation.vote' : 'message.vote', conversationId },
      onSuccess: (data) => {
        if (data.id !== OVERTAKEN.id) latest.current.onSuccess?.(data, variables)
      },
      onError: (error) => {
        latest.current.onError?.(error, variables)
      },
    })
    .execute(variables)
    // It is in `error` and told to `onError`.
    .catch(() => {})
}

function takeBack({ queryClient, store }: ConversationKit, { current: { mutationKey, target } }: Latest): void {
  const cache = queryClient.getMutationCache()
  for (const mutation of votesOn(queryClient, JSON.stringify(mutationKey))) {
    const { status, variables } = stateOf(mutation)
    if (status !== 'pending' || onTheirWay.has(variables!)) continue
    cache.remove(mutation)
    if (target) forgetVote(store, target)
  }
}

/**
 * The newest votes on one thing. Read from the cache itself: Query tells its own hooks a moment later, and a click has to be seen at
 * once.
 */
function useVotes(queryClient: QueryClient, line: string): { pending: Vote; error: ConversationError | null } {
  const subscribe = useCallback(
    (listener: () => void) =>
      queryClient.getMutationCache().subscribe(({ mutation }) => {
        if (mutation?.options.scope?.id === line) listener()
      }),
    [queryClient, line],
  )
  const readPending = () => pendingOn(queryClient, line)?.vote ?? null
  const readError = () =>
    votesOn(queryClient, line)
      .map(stateOf)
      .findLast(({ data }) => data?.id !== OVERTAKEN.id)?.error ?? null
  return {
    pending: useSyncExternalStore(subscribe, readPending, readPending),
    error: useSyncExternalStore(subscribe, readError, readError),
  }
}

const rowKey = ({ shown }: ChatState, messageId: string | undefined): string | undefined =>
  messageId === undefined ? undefined : (shown[messageId]?.key ?? messageId)
