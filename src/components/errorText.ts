import type { Messages } from '../internal/index.ts'
import type { ConversationError } from '../transport/index.ts'

/** The sentence for a reader, with what can be done. The error's own message is for whoever builds the page. */
export function errorText({ code, retryAfter }: ConversationError, words: Messages): string {
  switch (code) {
    case 'NETWORK':
      return words.errorNetwork
    case 'STREAM_INTERRUPTED':
    case 'STREAM_PARSE':
      return words.errorInterrupted
    case 'TIMEOUT':
      return words.errorTimeout
    case 'TOO_MANY_REQUESTS':
      return words.errorRateLimit({ seconds: retryAfter })
    case 'NOT_AUTHENTICATED':
    case 'NOT_AUTHORIZED':
      return words.errorSession
    case 'NOT_FOUND':
      return words.errorNotFound
    case 'CONTENT_TOO_LARGE':
      return words.errorTooLong
    default:
      return words.errorGeneric
  }
}
