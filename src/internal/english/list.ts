import { relativeTime } from '../relativeTime.ts'
import type { Messages } from '../strings.ts'

/** What is said in a list of conversations. */
export const listWords = {
  conversations: 'Conversations',
  newConversation: 'New conversation',
  untitled: 'Untitled conversation',
  loadMore: 'Show more',
  noConversations: 'No conversations yet.',
  noResults: 'Nothing matches.',
  time: relativeTime,
} satisfies Partial<Messages>
