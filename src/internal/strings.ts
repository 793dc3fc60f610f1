import { chatWords } from './english/chat.ts'
import { deskWords } from './english/desk.ts'
import { editorWords } from './english/editor.ts'
import { fileWords } from './english/files.ts'
import { hintWords } from './english/hint.ts'
import { imageWords } from './english/image.ts'
import { listWords } from './english/list.ts'
import { moreWords } from './english/more.ts'
import { noteWords } from './english/notes.ts'
import { toolWords } from './english/tool.ts'
import { voteWords } from './english/vote.ts'

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
  /** On the button to the top of a list, when conversations came there unseen. */
  listNew: (values: { count: number; locale: string }) => string
  rename: string
  delete: string
  undo: string
  /** The check box of a conversation. */
  listSelect: (values: { name: string }) => string
  listRename: (values: { name: string }) => string
  listDelete: (values: { name: string }) => string
  /** The check box of all that match. */
  listSelectAll: string
  listSelectNone: string
  listSelected: (values: { count: number; locale: string }) => string
  /** When nobody can tell how many that are, since not all are loaded. */
  listAllSelected: string
  listDeleted: (values: { count: number; locale: string }) => string
  /** Before the reason. */
  listNotDeleted: (values: { count: number; locale: string }) => string
  listNotRenamed: string
  /** Spoken for the votes on a conversation. */
  listVotes: (values: { up: number; down: number }) => string
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

/** The words that are built in. */
export const english: Messages = {
  ...chatWords,
  ...fileWords,
  ...hintWords,
  ...editorWords,
  ...toolWords,
  ...noteWords,
  ...voteWords,
  ...imageWords,
  ...listWords,
  ...deskWords,
  ...moreWords,
}
