import { toConversationError } from '../transport/index.ts'

/** Waits for a call of any client; what it throws is one of our errors. */
export async function named<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toConversationError(error)
  }
}

/** What was given, without what is `undefined`: that is left out of a request, and overrides nothing. */
export const given = (values: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
