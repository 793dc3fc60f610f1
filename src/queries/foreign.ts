import { ConversationError } from '../transport/index.ts'

/** What any client throws, as the error our hooks are typed with. Errors of the official client keep their code and message. */
export function toConversationError(cause: unknown, partial?: string): ConversationError {
  if (ConversationError.is(cause)) return cause
  const { name, code, message } = (typeof cause === 'object' && cause !== null ? cause : {}) as Record<string, unknown>
  const text = typeof message === 'string' && message !== '' ? message : undefined
  if (name === 'AbortError') {
    return new ConversationError({ code: 'ABORTED', message: text ?? 'The call was ended.', partial, cause })
  }
  if (name === 'TimeoutError') {
    return new ConversationError({ code: 'TIMEOUT', message: text ?? 'The server took too long.', partial, cause })
  }
  if (typeof code === 'string') {
    return new ConversationError({ code, message: text ?? 'The call failed.', partial, cause })
  }
  if (cause instanceof TypeError) {
    const message = 'The connection failed or broke off. Check the network and try again.'
    return new ConversationError({ code: 'NETWORK', message, partial, cause })
  }
  return new ConversationError({ code: 'UNKNOWN', message: text ?? 'The call failed.', partial, cause })
}

/** Waits for a call of any client; what it throws is one of ours. */
export async function named<T>(call: PromiseLike<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw toConversationError(error)
  }
}
