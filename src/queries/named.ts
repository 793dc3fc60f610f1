import type { Id } from '../protocol/index.ts'
import { ConversationError, toConversationError } from '../transport/index.ts'

/** Waits for a call of any client; what it throws is one of our errors. */
export async function named<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toConversationError(error)
  }
}

/** Waits for a deletion. What somebody else has deleted is deleted. */
export async function gone(call: PromiseLike<Id>, id: string): Promise<Id> {
  try {
    return await named(call)
  } catch (error) {
    if (ConversationError.is(error) && error.code === 'NOT_FOUND') return { id }
    throw error
  }
}

/** What was given, without what is `undefined`: that is left out of a request, and overrides nothing. */
export const given = (values: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
