import { badRequest } from '../api-error.ts'
import { findConversation } from '../lookup.ts'
import { get } from '../route.ts'
import type { Routes } from '../route.ts'

const LONGEST_MS = 90 * 24 * 3_600_000

export const usageRoutes: Routes = {
  'usage.fetch': get(async (call) => {
    const { searchParams } = call.url
    const now = call.house.now()
    const oldest = now - LONGEST_MS
    const from = Math.max(timeOf(searchParams, 'from') ?? oldest, oldest)
    const to = Math.max(Math.min(timeOf(searchParams, 'to') ?? now, now), from)
    const { id } = await findConversation(call)
    return { json: await call.house.storage.usage.sum(id, from, to) }
  }),
}

function timeOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (!text) return undefined
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw badRequest(`"${name}" must be in ISO 8601 date format`)
  return time
}
