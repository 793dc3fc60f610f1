import { relativeTime } from '../relativeTime.ts'
import type { Messages } from '../strings.ts'
import { counted } from './counted.ts'

/** What is said in a list of conversations. */
export const listWords = {
  conversations: 'Conversations',
  newConversation: 'New conversation',
  untitled: 'Untitled conversation',
  listNew: ({ count, locale }) => counted(count, locale, 'new', 'new'),
  loadMore: 'Show more',
  noConversations: 'No conversations yet.',
  noResults: 'Nothing matches.',
  time: relativeTime,
} satisfies Partial<Messages>
