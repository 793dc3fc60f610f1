import { RETRYABLE_STATUSES } from './errors.ts'
import type { ConversationError } from './errors.ts'

/** The longest `Retry-After` that is waited for; a longer one is an error that tells it. */
const LONGEST_RETRY_AFTER_S = 60
const LONGEST_BACKOFF_MS = 30_000

export interface RetryPolicy {
  method: string
  retries: number
  retryDelay: number
  retryTimeout: boolean | undefined
}

/**
 * Milliseconds to wait before the next try, or undefined when there is none. Only reading is tried again after a failure that
 * may have reached the server; a 429 never did.
 */
export function retryWait(error: ConversationError, triesMade: number, policy: RetryPolicy): number | undefined {
  if (triesMade > policy.retries || !isRetried(error, policy)) return undefined
  if (error.retryAfter !== undefined)
    return error.retryAfter <= LONGEST_RETRY_AFTER_S ? error.retryAfter * 1000 : undefined
  return Math.random() * Math.min(policy.retryDelay * 2 ** (triesMade - 1), LONGEST_BACKOFF_MS)
}

function isRetried({ code, status }: ConversationError, { method, retryTimeout }: RetryPolicy): boolean {
  if (status === 429) return true
  if (method !== 'GET') return false
  if (status === undefined) return code === 'NETWORK' || (code === 'TIMEOUT' && retryTimeout === true)
  return RETRYABLE_STATUSES.includes(status)
}

/** Seconds from a `Retry-After` header: a number of seconds, or a date. */
export function parseRetryAfter(header: string | null, now: number = Date.now()): number | undefined {
  const value = header?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value)
  const date = Date.parse(value)
  return Number.isNaN(date) || !/[a-z]/i.test(value) ? undefined : Math.max(0, (date - now) / 1000)
}
