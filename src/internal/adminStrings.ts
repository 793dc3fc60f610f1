import { bulkWords } from './english/admin/bulk.ts'
import type { BulkMessages } from './english/admin/bulk.ts'
import { inboxWords } from './english/admin/inbox.ts'
import type { InboxMessages } from './english/admin/inbox.ts'
import { keysWords } from './english/admin/keys.ts'
import type { KeysMessages } from './english/admin/keys.ts'
import { searchWords } from './english/admin/search.ts'
import type { SearchMessages } from './english/admin/search.ts'
import { viewWords } from './english/admin/view.ts'
import type { ViewMessages } from './english/admin/view.ts'
import { votesWords } from './english/admin/votes.ts'
import type { BoardMessages } from './english/admin/votes.ts'

/** Every word that the desk of an admin adds to those of a chat. They are given to the provider with them, as `messages`. */
export interface AdminMessages
  extends BulkMessages, InboxMessages, KeysMessages, SearchMessages, ViewMessages, BoardMessages {}

export const adminEnglish: AdminMessages = {
  ...bulkWords,
  ...inboxWords,
  ...keysWords,
  ...searchWords,
  ...viewWords,
  ...votesWords,
}
