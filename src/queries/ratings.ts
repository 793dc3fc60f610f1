import { infiniteQueryOptions } from '@tanstack/react-query'
import type { InfiniteData } from '@tanstack/react-query'
import type { RatingInstance } from '../protocol/index.ts'
import type { ConversationError } from '../transport/index.ts'
import type { QueryTransport } from './conversations.ts'
import { extra } from './extra.ts'
import { conversationKeys } from './keys.ts'
import type { RatingParams } from './keys.ts'
import { named } from './named.ts'
import { nextCursor, retryConversation } from './paging.ts'

/** Ratings are read contact by contact, which takes a request for each: what was read stays fresh for longer. Milliseconds. */
const FRESH_MS = 300_000

/** A page of ratings. */
export interface RatingPage {
  items: RatingInstance[]
  /** Absent on the last page. Means nothing but to us. */
  cursor?: string
  /** How many contacts were asked for theirs. */
  contacts: number
  /** When it was read: of votes cast later it does not tell. Epoch milliseconds. */
  readAt: number
}

/** Ratings as the cache keeps them. */
export type RatingPages = InfiniteData<RatingPage, string | undefined>

/**
 * Ratings, page by page: of one contact, the newest first, or of all of them. The API gives them by contact only, so a page of all is what
 * fifty contacts have, the newest contacts first, and up to a hundred ratings of each.
 */
export const ratingsOptions = (client: QueryTransport, params: RatingParams = {}) =>
  infiniteQueryOptions<RatingPage, ConversationError, RatingPages, readonly unknown[], string | undefined>({
    queryKey: conversationKeys.ratings(params, client.scope),
    queryFn: async ({ pageParam, signal }) => {
      const contacts = extra(client, 'contact')
      // A chat reads none.
      const { readRatings } = await import('./read-ratings.ts')
      return named(readRatings(contacts, params, pageParam, { signal }))
    },
    initialPageParam: undefined,
    getNextPageParam: nextCursor,
    staleTime: FRESH_MS,
    retry: retryConversation,
    // Each page says when it was read.
    structuralSharing: false,
    meta: { operation: 'rating.list' },
  })
