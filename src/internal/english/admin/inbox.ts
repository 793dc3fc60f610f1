import { counted } from '../counted.ts'

/** The words of the inbox and of the panel beside a conversation. */
export interface InboxMessages {
  /** Names the three parts of the inbox. */
  inboxList: string
  inboxThread: string
  inboxPanel: string
  /** From a conversation to the list, where there is room for one of them only. */
  inboxBack: string
  inboxShowPanel: string
  inboxHidePanel: string
  /** Names the lines that the parts are made wider with. */
  inboxResizeList: string
  inboxResizePanel: string
  /** Where no conversation is open. */
  inboxNothingOpen: string
  inboxNothingOpenHint: string
  /** In a conversation in which nothing was said. */
  inboxNoMessages: string
  /** Who speaks in a conversation, as an admin sees it. */
  inboxContact: string
  inboxBot: string
  inboxNote: string
  /** A message for the model only. */
  inboxForModel: string
  /** What an admin writes. */
  inboxAnswerAs: string
  inboxAnswer: string
  inboxAnswerPlaceholder: string
  inboxNotePlaceholder: string
  inboxAddNote: string
  inboxNotePrivate: string
  inboxLetBotAnswer: string
  inboxNotStored: string
  inboxEditMessage: string
  inboxSave: string
  inboxDeleteMessage: string
  inboxDeleteMessageSure: string
  inboxMessageDeleted: string
  inboxNotDeleted: string
  /** When the message somebody came for is not in the conversation any more. */
  inboxMessageGone: string
  inboxDetails: string
  inboxName: string
  inboxDescription: string
  inboxCreated: string
  inboxChanged: string
  inboxId: string
  inboxModel: string
  inboxTask: string
  inboxCopyId: string
  inboxMeta: string
  inboxMetaKey: string
  inboxMetaValue: string
  inboxMetaAdd: string
  inboxMetaRemove: (values: { key: string }) => string
  inboxMetaNone: string
  inboxMetaTwice: (values: { key: string }) => string
  inboxMetaBadKey: (values: { key: string }) => string
  /** Under a value that is no text: how it is written. */
  inboxMetaJson: string
  inboxMetaBadJson: string
  /** Before the server's own words on why it takes something as it was written. */
  inboxRefused: (values: { reason: string }) => string
  inboxDiscard: string
  inboxNoContact: string
  inboxAddContact: string
  inboxContactName: string
  inboxContactEmail: string
  inboxContactPhone: string
  inboxContactDescription: string
  inboxOtherConversations: string
  inboxNoOtherConversations: string
  inboxVotes: string
  inboxNoVotes: string
  inboxVotesCounted: (values: { up: number; down: number; locale: string }) => string
  inboxFiles: string
  inboxNoFiles: string
  inboxUsage: string
}

export const inboxWords: InboxMessages = {
  inboxList: 'List of conversations',
  inboxThread: 'Conversation',
  inboxPanel: 'Details of the conversation',
  inboxBack: 'Back to the list',
  inboxShowPanel: 'Show details',
  inboxHidePanel: 'Hide details',
  inboxResizeList: 'Width of the list',
  inboxResizePanel: 'Width of the details',
  inboxNothingOpen: 'No conversation is open',
  inboxNothingOpenHint: 'Choose one from the list, or start a new one by writing below.',
  inboxNoMessages: 'Nothing was said in this conversation yet.',
  inboxContact: 'Contact',
  inboxBot: 'Assistant',
  inboxNote: 'Note',
  inboxForModel: 'For the model',
  inboxAnswerAs: 'What to write',
  inboxAnswer: 'Answer',
  inboxAnswerPlaceholder: 'Answer as the assistant…',
  inboxNotePlaceholder: 'Write a note…',
  inboxAddNote: 'Add note',
  inboxNotePrivate: 'The contact does not see notes. The model does.',
  inboxLetBotAnswer: 'Let the assistant answer',
  inboxNotStored: 'This was not stored. Your text is still here.',
  inboxEditMessage: 'Edit message',
  inboxSave: 'Save',
  inboxDeleteMessage: 'Delete message',
  inboxDeleteMessageSure: 'Delete for good',
  inboxMessageDeleted: 'Message deleted.',
  inboxNotDeleted: 'The message was not deleted.',
  inboxMessageGone: 'The message you came for is not in this conversation any more.',
  inboxDetails: 'Details',
  inboxName: 'Name',
  inboxDescription: 'Description',
  inboxCreated: 'Created',
  inboxChanged: 'Changed',
  inboxId: 'Id',
  inboxModel: 'Model',
  inboxTask: 'Task',
  inboxCopyId: 'Copy id',
  inboxMeta: 'Meta',
  inboxMetaKey: 'Key',
  inboxMetaValue: 'Value',
  inboxMetaAdd: 'Add meta',
  inboxMetaRemove: ({ key }) => `Remove ${key || 'this line'}`,
  inboxMetaNone: 'No meta.',
  inboxMetaTwice: ({ key }) => `The key ${key} is there twice.`,
  inboxMetaBadKey: ({ key }) => `${key || 'A key'} has to begin with a letter or a digit.`,
  inboxMetaJson: 'Written as JSON',
  inboxMetaBadJson: 'This is not JSON.',
  inboxRefused: ({ reason }) => `The server does not take this: ${reason}`,
  inboxDiscard: 'Discard',
  inboxNoContact: 'Nobody is known to be behind this conversation.',
  inboxAddContact: 'Add a contact',
  inboxContactName: 'Name',
  inboxContactEmail: 'Email',
  inboxContactPhone: 'Phone',
  inboxContactDescription: 'About',
  inboxOtherConversations: 'Other conversations',
  inboxNoOtherConversations: 'No other conversations.',
  inboxVotes: 'Votes',
  inboxNoVotes: 'No votes yet.',
  inboxVotesCounted: ({ up, down, locale }) =>
    `${counted(up, locale, 'up', 'up')}, ${counted(down, locale, 'down', 'down')}`,
  inboxFiles: 'Files',
  inboxNoFiles: 'No files.',
  inboxUsage: 'Usage',
}
