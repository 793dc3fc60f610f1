import type { Call, Listing } from './call.ts'
import type { ListQuery, MetaFilter, OwnedListQuery } from './storage/storage.ts'

const MAX_TAKE = 100

/** What the query of a list asks for. */
export interface ListRequest extends OwnedListQuery {
  now: number
}

/** A list by the rules all lists share: order, cursor, take and the filter by meta. */
export function listing<T extends { id: string }>(
  call: Call,
  page: (query: ListRequest & { take: number }) => Promise<T[]>,
  encode: (item: T) => unknown,
  { order = 'desc' }: { order?: ListQuery['order'] } = {},
): { listing: Listing } {
  const { searchParams } = call.url
  const size = takeOf(searchParams.get('take'), call.house.options.pageSize ?? MAX_TAKE)
  const asked = searchParams.get('order')
  const query = {
    order: asked === 'asc' || asked === 'desc' ? asked : order,
    owner: call.caller.owner,
    meta: metaFilter(searchParams),
    now: call.house.now(),
  }
  return {
    listing: {
      ...cursorOf(searchParams),
      size,
      wanted: wantedOf(searchParams.get('take')),
      async page(cursor, take) {
        const items = await page({ ...query, take, ...(cursor === undefined ? {} : { cursor }) })
        return Promise.all(items.map(async (item) => ({ cursor: item.id, data: await encode(item) })))
      },
    },
  }
}

export function cursorOf(query: URLSearchParams): { cursor?: string } {
  const cursor = query.get('cursor')?.trim()
  return cursor ? { cursor } : {}
}

/** `10abc` is 10, less than 1 is 1, and what is no number, or 0, is all that fits. */
export function takeOf(take: string | null, max: number): number {
  const number = Number.parseInt(take ?? '', 10)
  if (Number.isNaN(number) || number === 0) return max
  return Math.min(Math.max(number, 1), max)
}

/** How many items a stream goes on for. */
export function wantedOf(take: string | null): number {
  const number = Number.parseInt(take ?? '', 10)
  return Number.isNaN(number) || number === 0 ? Infinity : Math.max(number, 1)
}

/** `meta.key=value` and `meta[key]=value`; words for booleans are booleans, everything else is text. */
function metaFilter(query: URLSearchParams): MetaFilter {
  const filter = new Map<string, string | boolean>()
  for (const [name, value] of query) {
    const path = /^meta(?:\.(.+)|\[(.+)\])$/s.exec(name)
    const key = path?.[1] ?? path?.[2]?.replaceAll('][', '.')
    if (key && value !== '') filter.set(key, value === 'true' ? true : value === 'false' ? false : value)
  }
  return Object.fromEntries(filter)
}

/** Ids in one parameter, separated by commas. */
export function idList(query: URLSearchParams, name: string): string[] | undefined {
  const ids = query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((id) => id.trim())
    .filter((id) => id !== '')
  return ids.length > 0 ? ids : undefined
}
