import { ConversationError } from './errors.ts'
import { clean, isCode } from './foreign.ts'

/** Any failure as one of ours, `partial` the text that came before when something did: those of the official client and of the platform keep their meaning, and their cause. */
export function toConversationError(cause: unknown, partial?: string): ConversationError {
  if (ConversationError.is(cause)) return cause
  const { name, code, message } = (typeof cause === 'object' && cause ? cause : {}) as Partial<Error> & {
    code?: unknown
  }
  const meaning = {
    AbortError: 'ABORTED',
    TimeoutError: 'TIMEOUT',
    SyntaxError: 'STREAM_PARSE',
    TypeError: partial === undefined ? 'NETWORK' : 'STREAM_INTERRUPTED',
  }[name as string]
  return new ConversationError({
    code: meaning ?? (isCode(code) ? code : 'UNKNOWN'),
    // Only what carries a code was written to be shown. What a parser says quotes the text it could not read.
    message: isCode(code) ? `The call failed: ${clean(message ?? '')}` : 'The call failed.',
    cause: name === 'SyntaxError' ? undefined : cause,
    partial,
  })
}
