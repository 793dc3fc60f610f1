'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { useConversationKit } from '../../provider/index.ts'
import { ratingsOptions } from '../../queries/index.ts'
import type { ConversationError } from '../../transport/index.ts'
import type { ConversationFacts } from '../view/view.ts'
import { collectVotes } from './collect.ts'
import type { Ballot } from './collect.ts'
import { factsOf } from './facts.ts'
import { useKnownConversations, useKnownVotes } from './useKnown.ts'

/** So much is read without being asked for. */
const MOST_VOTES = 1000
const MOST_PAGES = 10

export interface UseVotesOptions {
  /** @default every contact */
  contactId?: string
  /** Whether the ratings are asked for; without them it is what the page has seen. @default true */
  enabled?: boolean
}

export interface UseVotesResult {
  /** Every vote once, the newest first. */
  votes: readonly Ballot[]
  /** Ups and downs by conversation. */
  facts: ReadonlyMap<string, Pick<ConversationFacts, 'up' | 'down'>>
  /** How many contacts were asked for their votes so far. */
  contacts: number
  /** Whether the first votes are still on their way. */
  isPending: boolean
  isFetching: boolean
  /** Why not all could be read. What was read is there. */
  error: ConversationError | null
  /** Whether there are more than were read by themselves: the first thousand, or those of the first 500 contacts. */
  hasMore: boolean
  loadMore: () => void
  /** Reads all again. */
  reload: () => void
  /** Reads again what could not be read. */
  retry: () => void
}

/**
 * The votes of the account: what the server's ratings, the messages that the page has loaded, and its own votes tell, each vote
 * once.
 */
export function useVotes({ contactId, enabled = true }: UseVotesOptions = {}): UseVotesResult {
  const { client, queryClient } = useConversationKit()
  const recipe = ratingsOptions(client, contactId === undefined ? {} : { contactId })
  const query = useInfiniteQuery({ ...recipe, enabled, refetchOnWindowFocus: false }, queryClient)
  const { data, error, isPending, isFetching, hasNextPage, isFetchNextPageError, fetchNextPage, refetch } = query
  const known = useKnownVotes()
  const { conversations } = useKnownConversations(contactId !== undefined)
  const pages = data?.pages
  const rated = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages])
  const votes = useMemo(() => {
    // Of one contact: what is told of conversations that are known to be with them.
    const ours = (each: { conversationId: string }) =>
      contactId === undefined || conversations.get(each.conversationId)?.contactId === contactId
    const readAt = Math.min(...(pages?.map((page) => page.readAt) ?? [0]))
    return collectVotes({ ratings: rated, readAt, told: known.told.filter(ours), own: known.own.filter(ours) })
  }, [rated, pages, known, conversations, contactId])
  const read = pages?.length ?? 0
  const more = hasNextPage && !isFetching && !error
  useEffect(() => {
    if (more && rated.length < MOST_VOTES && read < MOST_PAGES) void fetchNextPage()
  }, [more, rated.length, read, fetchNextPage])
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const reload = useCallback(() => void refetch(), [refetch])
  return {
    votes,
    facts: useMemo(() => factsOf(votes), [votes]),
    contacts: pages?.reduce((sum, page) => sum + page.contacts, 0) ?? 0,
    isPending: enabled && isPending,
    isFetching,
    error,
    hasMore: hasNextPage,
    loadMore,
    reload,
    retry: isFetchNextPageError ? loadMore : reload,
  }
}
