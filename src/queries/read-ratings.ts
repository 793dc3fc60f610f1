import type { RatingInstance } from '../protocol/index.ts'
import type { CallOptions, ConversationClient } from '../transport/index.ts'
import type { RatingParams } from './keys.ts'
import { pageSize, toPage } from './paging.ts'
import type { RatingPage } from './ratings.ts'

/** How many contacts a page asks for their ratings, and how many of them at a time. */
const CONTACTS = 50
const AT_ONCE = 5

/** Where the reading stands: the last contact asked, or `null` when there is none after it, and those that have more ratings. */
interface Place {
  after?: string | null
  open: [contactId: string, cursor?: string][]
}

/** Reads a page of ratings. `cursor` is that of the page before, which names the contacts that come next. */
export async function readRatings(
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
