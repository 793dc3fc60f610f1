import { toConversationError } from '../transport/index.ts'

/** Waits for a call of any client; what it throws is one of our errors. */
export async function named<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toConversationError(error)
  }
}
