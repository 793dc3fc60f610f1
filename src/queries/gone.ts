import type { Id } from '../protocol/index.ts'
import { ConversationError } from '../transport/index.ts'
import { named } from './named.ts'

/** Waits for a deletion. What somebody else has deleted is deleted. */
export async function gone(call: PromiseLike<Id>, id: string): Promise<Id> {
  try {
    return await named(call)
  } catch (error) {
    if (ConversationError.is(error) && error.status === 404) return { id }
    throw error
  }
}
