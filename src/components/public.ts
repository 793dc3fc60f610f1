/** What users get of the components. */
export { Chat } from './Chat/index.ts'
export type { AttachmentLimits } from './Chat/ChatAttachments.tsx'
export type { PartRenderers } from './Chat/ChatParts.tsx'
export { exportTranscript } from './Chat/transcript.ts'
export type { TranscriptFormat, TranscriptOptions } from './Chat/transcript.ts'
export { ChatWindow } from './ChatWindow/ChatWindow.tsx'
export type { ChatWindowProps, ThemeName } from './ChatWindow/ChatWindow.tsx'
export { ChatBubble } from './ChatBubble/index.ts'
export type { ChatBubbleProps, ChatBubbleState } from './ChatBubble/index.ts'
export { Markdown } from './Markdown/Markdown.tsx'
export type { MarkdownProps, MarkdownState } from './Markdown/Markdown.tsx'
export type { CodeRenderer, MarkdownRenderers, MarkdownWords } from '../markdown/index.ts'
export { VoteButtons } from './VoteButtons/VoteButtons.tsx'
export type { VoteButtonsProps, VoteButtonsState } from './VoteButtons/VoteButtons.tsx'
export { ConversationList } from './ConversationList/ConversationList.tsx'
export type { ConversationListProps, ConversationListState } from './ConversationList/ConversationList.tsx'
export type { RenderConversation, VoteCount } from './ConversationList/list.ts'
export {
  ALL as ALL_CHOSEN,
  chosenCount,
  chosenOf,
  isChosen,
  NOTHING as NONE_CHOSEN,
  toggleChosen,
  withChosen,
} from './ConversationList/selection.ts'
export type { ConversationSelection } from './ConversationList/selection.ts'
export type { Messages, PartProps } from '../internal/index.ts'
