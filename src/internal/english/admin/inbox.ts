/** The words of the inbox and the panel beside a conversation. */
export interface InboxMessages {}

export const inboxWords: InboxMessages = {}
