import { errorText } from '../../components/index.ts'
import type { InboxMessages } from '../../internal/english/admin/inbox.ts'
import type { ConversationError } from '../../transport/index.ts'

/** Why something was not stored. What is wrong with it only the server knows, and says in its own words. */
export const refusal = (
  error: ConversationError,
  words: Parameters<typeof errorText>[1] & Pick<InboxMessages, 'inboxRefused'>,
): string => (error.status === 400 ? words.inboxRefused({ reason: error.message }) : errorText(error, words))
