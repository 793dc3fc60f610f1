import { relativeTime } from './relativeTime.ts'

/** Every word the components show or speak. Override some or all with the `messages` prop of the provider. */
export interface Messages {
  /** The name of a chat that is given none; also what the conversation's log is called. */
  title: string
  placeholder: string
  send: string
  stop: string
  retry: string
  dismiss: string
  regenerate: string
  copy: string
  copied: string
  you: string
  assistant: string
  thinking: string
  reasoning: string
  /** Spoken when the assistant begins to answer. */
  typing: string
  /** Spoken before the finished reply. */
  replyFinished: string
  replyStopped: string
  replyFailed: string
  notSent: string
  /** On a message that waits for the reply under way, or for the network. */
  queued: string
  cancel: string
  /** A task in a list of an answer. */
  done: string
  toDo: string
  /** On a block of code: whether its long lines are broken. */
  wrapLines: string
  /** An image that says nothing about itself. */
  image: string
  /** On the place of an image from another site, which is asked for nothing until then. */
  showImage: string
  /** The list of an answer's footnotes. */
  notes: string
  /** The mark of a footnote in the text. */
  note: (values: { label: string }) => string
  /** From a footnote to where it is mentioned. */
  noteBack: (values: { label: string }) => string
  toolRunning: (values: { name: string }) => string
  toolDone: (values: { name: string }) => string
  toolFailed: (values: { name: string }) => string
  /** Over what a tool was called with. */
  toolArguments: string
  toolResult: string
  /** Under arguments or a result too long to be shown whole. */
  shortened: string
  /** How long the assistant thought; at least one second. */
  thoughtFor: (values: { seconds: number; locale: string }) => string
  /** Under an answer that reached its limit of length. */
  replyCutOff: string
  /** Lets the assistant go on with such an answer. */
  goOn: string
  /** The button on a message of one's own, and the name of the field it opens. */
  edit: string
  /** Leaves a message as it was. */
  discard: string
  /** Under the field, when more than the answer to the message follows it. */
  editRemoves: string
  readAloud: string
  export: string
  tokens: (values: { count: number; locale: string }) => string
  /** At the composer, as long as there is no network. */
  offline: string
  /** In the place of the composer, where nothing more can be said. */
  readOnly: string
  /** At the composer, near the end of what a message may hold. */
  charactersLeft: (values: { count: number; locale: string }) => string
  charactersOver: (values: { count: number; locale: string }) => string
  /** The button that chooses files. */
  attach: string
  /** The list of chosen files, and that of the files of a message. */
  attachments: string
  /** Spoken when files were chosen. */
  attached: (values: { count: number; locale: string }) => string
  /** Over the chat, while files are held over it. */
  dropFiles: string
  /** At the composer, when files were chosen and nothing is written. */
  filesNeedText: string
  removeFile: (values: { name: string }) => string
  stopUpload: (values: { name: string }) => string
  retryUpload: (values: { name: string }) => string
  uploaded: string
  uploadFailed: string
  /** `size` with its unit; absent when the server did not say what it allows. */
  fileTooLarge: (values: { size?: string }) => string
  fileTypeRefused: string
  tooManyFiles: (values: { count: number; locale: string }) => string
  download: (values: { name: string }) => string
  jumpToLatest: string
  unread: (values: { count: number; locale: string }) => string
  /** On the line above what came while the reader was away. */
  unreadLine: string
  loadOlder: string
  loading: string
  emptyTitle: string
  emptyBody: string
  suggestions: string
  votes: string
  upvote: string
  downvote: string
  voteThanks: string
  voteReason: string
  voteFailed: string
  /** Names the button that opens a closed chat. */
  open: string
  close: string
  conversations: string
  newConversation: string
  untitled: string
  loadMore: string
  noConversations: string
  noResults: string
  errorGeneric: string
  errorNetwork: string
  errorInterrupted: string
  errorTimeout: string
  /** `seconds` is absent when the server did not say how long to wait. */
  errorRateLimit: (values: { seconds?: number }) => string
  errorSession: string
  errorNotFound: string
  errorTooLong: string
  time: (values: { date: Date; now: Date; locale: string }) => string
}

const counted = (count: number, locale: string, one: string, other = `${one}s`) =>
  `${new Intl.NumberFormat(locale).format(count)} ${count === 1 ? one : other}`

/** The words that are built in. */
export const english: Messages = {
  title: 'Chat',
  placeholder: 'Write a message…',
  send: 'Send',
  stop: 'Stop',
  retry: 'Try again',
  dismiss: 'Dismiss',
  regenerate: 'Answer again',
  copy: 'Copy',
  copied: 'Copied',
  you: 'You',
  assistant: 'Assistant',
  thinking: 'Thinking…',
  reasoning: 'Reasoning',
  typing: 'The assistant is answering.',
  replyFinished: 'Assistant:',
  replyStopped: 'Stopped',
  replyFailed: 'Not finished',
  notSent: 'Not sent',
  queued: 'Will be sent',
  cancel: 'Take back',
  done: 'Done',
  toDo: 'To do',
  wrapLines: 'Wrap lines',
  image: 'Image',
  showImage: 'Show image',
  notes: 'Notes',
  note: ({ label }) => `Note ${label}`,
  noteBack: ({ label }) => `Back to note ${label} in the text`,
  toolRunning: ({ name }) => `Running ${name}…`,
  toolDone: ({ name }) => `Ran ${name}`,
  toolFailed: ({ name }) => `${name} failed`,
  toolArguments: 'Arguments',
  toolResult: 'Result',
  shortened: 'The rest is not shown.',
  thoughtFor: ({ seconds }) => `Thought for ${seconds} s`,
  replyCutOff: 'Cut off at its limit',
  goOn: 'Continue',
  edit: 'Edit',
  discard: 'Cancel',
  editRemoves: 'What was said after this will be removed.',
  readAloud: 'Read aloud',
  export: 'Export',
  tokens: ({ count, locale }) => counted(count, locale, 'token'),
  offline: 'You are offline. What you send waits until the network is back.',
  readOnly: 'Nothing more can be written in this conversation.',
  charactersLeft: ({ count, locale }) => counted(count, locale, 'character left', 'characters left'),
  charactersOver: ({ count, locale }) => counted(count, locale, 'character too many', 'characters too many'),
  attach: 'Attach files',
  attachments: 'Attached files',
  attached: ({ count, locale }) => counted(count, locale, 'file attached', 'files attached'),
  dropFiles: 'Drop files to attach them',
  filesNeedText: 'Write a few words to go with the files.',
  removeFile: ({ name }) => `Remove ${name}`,
  stopUpload: ({ name }) => `Stop uploading ${name}`,
  retryUpload: ({ name }) => `Upload ${name} again`,
  uploaded: 'Uploaded',
  uploadFailed: 'Could not be uploaded',
  fileTooLarge: ({ size }) => (size === undefined ? 'Too large' : `Larger than ${size}`),
  fileTypeRefused: 'Files of this type cannot be sent',
  tooManyFiles: ({ count, locale }) => `Only ${counted(count, locale, 'file')} at once`,
  download: ({ name }) => `Download ${name}`,
  jumpToLatest: 'Jump to latest',
  unread: ({ count, locale }) => counted(count, locale, 'new reply', 'new replies'),
  unreadLine: 'New',
  loadOlder: 'Show earlier messages',
  loading: 'Loading…',
  emptyTitle: 'How can I help?',
  emptyBody: 'Ask anything to begin.',
  suggestions: 'Suggestions',
  votes: 'Rate this answer',
  upvote: 'Good answer',
  downvote: 'Bad answer',
  voteThanks: 'Thank you.',
  voteReason: 'What was wrong?',
  voteFailed: 'Your vote was not saved. Try again.',
  open: 'Open chat',
  close: 'Close',
  conversations: 'Conversations',
  newConversation: 'New conversation',
  untitled: 'Untitled conversation',
  loadMore: 'Show more',
  noConversations: 'No conversations yet.',
  noResults: 'Nothing matches.',
  errorGeneric: 'Something went wrong. Try again.',
  errorNetwork: 'No connection to the server. Check your network, then try again.',
  errorInterrupted: 'The connection broke before the answer was finished. Try again to continue.',
  errorTimeout: 'The server took too long. Try again.',
  errorRateLimit: ({ seconds }) =>
    seconds === undefined
      ? 'Too many messages at once. Wait a moment, then try again.'
      : `Too many messages at once. Try again in ${seconds} s.`,
  errorSession: 'Your session has ended. Reload the page to sign in again.',
  errorNotFound: 'This conversation is not there any more. Start a new one.',
  errorTooLong: 'This message is too long. Shorten it, then send it again.',
  time: relativeTime,
}
