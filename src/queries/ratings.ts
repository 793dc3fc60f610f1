import { infiniteQueryOptions } from '@tanstack/react-query'
import type { InfiniteData } from '@tanstack/react-query'
import type { RatingInstance } from '../protocol/index.ts'
import type { CallOptions, ConversationClient, ConversationError } from '../transport/index.ts'
import type { QueryTransport } from './conversations.ts'
import { extra } from './extra.ts'
import { conversationKeys } from './keys.ts'
import type { RatingParams } from './keys.ts'
import { named } from './named.ts'
import { nextCursor, pageSize, retryConversation, toPage } from './paging.ts'

/** How many contacts a page asks for their ratings, and how many of them at a time. */
const CONTACTS = 50
const AT_ONCE = 5

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

/** Where the reading stands: the last contact asked, or `null` when there is none after it, and those that have more ratings. */
interface Place {
  after?: string | null
  open: [contactId: string, cursor?: string][]
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
    queryFn: async ({ pageParam, signal }) =>
      named(readRatings(extra(client, 'contact'), params, pageParam, { signal })),
    initialPageParam: undefined,
    getNextPageParam: nextCursor,
    staleTime: FRESH_MS,
    retry: retryConversation,
    // Each page says when it was read.
    structuralSharing: false,
    meta: { operation: 'rating.list' },
  })

async function readRatings(
  client: ConversationClient['contact'],
  { contactId, take }: RatingParams,
  cursor: string | undefined,
  options: CallOptions,
): Promise<RatingPage> {
  const readAt = Date.now()
  if (contactId !== undefined) {
    const page = toPage(await client.rating.list(contactId, { take, cursor }, options), take)
    return { ...page, contacts: 1, readAt }
  }
  const { after, open } = await contactsAt(client, cursor, options)
  const still: Place['open'] = []
  const items: RatingInstance[] = []
  let contacts = 0
  for (let index = 0; index < open.length; index += AT_ONCE) {
    const asked = open.slice(index, index + AT_ONCE)
    // oxlint-disable-next-line no-await-in-loop -- a few at a time
    const pages = await Promise.all(asked.map(([id, at]) => ratingsOf(client, id, at, take, options)))
    for (const [place, page] of pages.entries()) {
      const [id, at] = asked[place]!
      if (at === undefined) contacts += 1
      items.push(...page.items)
      if (page.cursor !== undefined) still.push([id, page.cursor])
    }
  }
  const more = after !== null || still.length > 0
  const next: Place = { after, open: still }
  return { items, ...(more && { cursor: JSON.stringify(next) }), contacts, readAt }
}

/** Who is asked next: those that have more, and when there are none, the next contacts. */
async function contactsAt(
  client: ConversationClient['contact'],
  cursor: string | undefined,
  options: CallOptions,
): Promise<Place> {
  const { after, open } = cursor === undefined ? { open: [] } : (JSON.parse(cursor) as Place)
  if (open.length > 0 || after === null) return { after, open }
  const page = toPage(await client.list({ take: CONTACTS, cursor: after }, options), CONTACTS)
  return { after: page.cursor ?? null, open: page.items.map(({ id }) => [id]) }
}

async function ratingsOf(
  client: ConversationClient['contact'],
  contactId: string,
  cursor: string | undefined,
  take: number | undefined,
  options: CallOptions,
) {
  try {
    return toPage(await client.rating.list(contactId, { take: pageSize(take), cursor }, options), take)
  } catch (error) {
    // Somebody has removed the contact since it was listed.
    if ((error as { status?: number }).status === 404) return { items: [] }
    throw error
  }
}
