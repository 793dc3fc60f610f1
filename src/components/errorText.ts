import type { Messages } from '../internal/index.ts'
import type { ConversationError } from '../transport/index.ts'

type ErrorWords = Pick<Messages, Extract<keyof Messages, `error${string}`>>

/** The sentence for a reader, with what can be done. The error's own message is for whoever builds the page. */
export function errorText({ code, status, retryAfter }: ConversationError, words: ErrorWords): string {
  switch (code) {
    case 'NETWORK':
      return words.errorNetwork
    case 'STREAM_INTERRUPTED':
    case 'STREAM_PARSE':
      return words.errorInterrupted
    case 'TIMEOUT':
      return words.errorTimeout
    default:
  }
  // Servers name the same thing by several codes; the status says what can be done.
  switch (status) {
    case 401:
    case 403:
      return words.errorSession
    case 404:
      return words.errorNotFound
    case 408:
    case 504:
      return words.errorTimeout
    case 413:
      return words.errorTooLong
    case 429:
      return words.errorRateLimit({ seconds: retryAfter })
    default:
      return words.errorGeneric
  }
}
