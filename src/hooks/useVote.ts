'use client'
import { hashKey, useQuery } from '@tanstack/react-query'
import type { Mutation } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { castVote, mutationKeys, named } from '../queries/index.ts'
import type { Vote, VoteTarget, VoteVariables } from '../queries/index.ts'
import { forgetVote, idOfRow, noteVote, voteKey } from '../store/index.ts'
import type { ChatState } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { idAt } from './idAt.ts'
import { isLost, isOnline, onReturn } from './network.ts'
import { useLatest } from './useLatest.ts'
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

type VoteMutation = Mutation<{ id: string }, ConversationError, VoteVariables>

/** What a vote that a newer one has overtaken comes to. It is not sent. */
const OVERTAKEN = { id: '' }

/**
 * A vote on a message, or without `messageId` on the conversation. Shown at once; clicks in quick succession end in the last one; a refusal
 * goes back to what the server confirmed. `messageId` may be the key of a row that has no id yet: the vote waits for the id, and
 * without a network for that.
 */
export function useVote(target: VoteTarget, options: WriteOptions<VoteVariables> = {}): UseVoteResult {
  const kit = useConversationKit()
  const { queryClient, queries, client, store } = kit
  const { conversationId, messageId } = target
  // A row keeps its key when it gets its id, and its votes stay together under it.
  const row = useStore(store, (state) => rowKey(state, messageId))
  const id = useStore(store, (state) =>
    messageId === undefined ? undefined : idOfRow(state, conversationId, messageId),
  )
  const mutationKey = mutationKeys.vote({ conversationId, messageId: row }, client.scope)

  const votes = useVotes(kit, mutationKey)
  const known = messageId === undefined || typeof id === 'string'
  const confirmed = useQuery(
    { ...queries.vote({ conversationId, messageId: id ?? undefined }), enabled: known },
    queryClient,
  )
  const latest = useLatest({
    ...options,
    mutationKey,
    target: known ? { conversationId, messageId: id ?? undefined } : undefined,
  })
  const send = useCallback(
    (vote: 'up' | 'down', { value, reason }: VoteOptions = {}) =>
      execute(kit, latest, { conversationId, messageId, vote, value, reason }),
    [kit, latest, conversationId, messageId],
  )
  const left = useStore(store, (state) =>
    known ? state.votes[voteKey({ conversationId, messageId: id ?? undefined })] : undefined,
  )
  useEffect(() => {
    if (left?.restored) send(left.vote, left)
  }, [left, send])
  return {
    vote: votes.pending ?? (known ? confirmed.data : undefined) ?? null,
    upvote: useCallback((options) => send('up', options), [send]),
    downvote: useCallback((options) => send('down', options), [send]),
    cancel: useCallback(() => takeBack(kit, latest), [kit, latest]),
    isPending: votes.pending !== null,
    error: votes.error,
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
  // At once, so that of votes that wait the last one is kept.
  if (target) noteVote(kit.store, { ...variables, ...target })
  queryClient
    .getMutationCache()
    .build<{ id: string }, ConversationError, VoteVariables, unknown>(queryClient, {
      mutationKey,
      scope: { id: JSON.stringify(mutationKey) },
      mutationFn: () => cast(kit, mutationKey, variables, target),
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
  for (const mutation of cache.findAll({ mutationKey, exact: true, status: 'pending' })) {
    if (onTheirWay.has(mutation.state.variables as VoteVariables)) continue
    cache.remove(mutation)
    if (target) forgetVote(store, target)
  }
}

interface Votes {
  pending: Vote
  error: ConversationError | null
}

/**
 * The newest votes on one thing. Read from the cache itself: Query tells its own hooks a moment later, and a click has to be seen at
 * once.
 */
function useVotes({ queryClient }: ConversationKit, mutationKey: readonly unknown[]): Votes {
  const cache = queryClient.getMutationCache()
  const hash = hashKey(mutationKey)
  const last = useRef<Votes>({ pending: null, error: null })
  const subscribe = useCallback(
    (listener: () => void) =>
      cache.subscribe(({ mutation }) => {
        if (mutation?.options.mutationKey && hashKey(mutation.options.mutationKey) === hash) listener()
      }),
    [cache, hash],
  )
  const read = () => {
    const states = cache
      .findAll({ mutationKey, exact: true })
      .map((mutation) => (mutation as unknown as VoteMutation).state)
    const newest = states.findLast((state) => state.data?.id !== OVERTAKEN.id)
    const pending = states.findLast((state) => state.status === 'pending')?.variables?.vote ?? null
    const error = newest?.status === 'error' ? newest.error : null
    if (last.current.pending !== pending || last.current.error !== error) last.current = { pending, error }
    return last.current
  }
  return useSyncExternalStore(subscribe, read, read)
}

const rowKey = ({ shown }: ChatState, messageId: string | undefined): string | undefined =>
  messageId === undefined ? undefined : (shown[messageId]?.key ?? messageId)

async function cast(
  kit: ConversationKit,
  mutationKey: readonly unknown[],
  variables: VoteVariables,
  noted: VoteTarget | undefined,
): Promise<{ id: string }> {
  const { store, client, queryClient, queries } = kit
  const { conversationId, messageId } = variables
  const id = messageId === undefined ? undefined : await idAt(store, conversationId, messageId)
  const target = { conversationId, messageId: id }
  if (!noted) noteVote(store, { ...variables, ...target })
  const last = () => !overtaken(kit, mutationKey, variables)
  try {
    for (;;) {
      if (!isOnline()) await new Promise<void>((resolve) => void onReturn(resolve))
      // Without its note the store was reset: somebody else may be here now.
      if (!last() || !store.getState().votes[voteKey(target)]) return OVERTAKEN
      onTheirWay.add(variables)
      try {
        const answer = await named(castVote(client, target, variables))
        queryClient.setQueryData<Vote>(queries.vote(target).queryKey, variables.vote)
        return answer
      } catch (error) {
        // The network went away under it: then it is sent again.
        if (isOnline() || !isLost(error as ConversationError)) throw error
      } finally {
        onTheirWay.delete(variables)
      }
    }
  } finally {
    if (last()) forgetVote(store, target)
  }
}

/** What can no longer be taken back. */
const onTheirWay = new WeakSet<VoteVariables>()

/** Whether somebody has voted on the same thing since, or taken the vote back. */
function overtaken(
  { queryClient }: ConversationKit,
  mutationKey: readonly unknown[],
  variables: VoteVariables,
): boolean {
  const waiting = queryClient.getMutationCache().findAll({ mutationKey, exact: true, status: 'pending' })
  return waiting.at(-1)?.state.variables !== variables
}
