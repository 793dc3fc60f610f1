export { ChatRoot as Root } from './ChatRoot.tsx'
export { ChatHeader as Header, ChatTitle as Title } from './ChatHeader.tsx'
export { ChatViewport as Viewport } from './ChatViewport.tsx'
export {
  ChatEmpty as Empty,
  ChatLoading as Loading,
  ChatLoadOlder as LoadOlder,
  ChatSuggestions as Suggestions,
} from './ChatEmpty.tsx'
export { ChatMessages as Messages } from './ChatMessages.tsx'
export {
  ChatMessage as Message,
  ChatMessageBubble as Bubble,
  ChatAvatar as Avatar,
  ChatActions as Actions,
} from './ChatMessage.tsx'
export { ChatParts as Parts } from './ChatParts.tsx'
export {
  ChatCopy as Copy,
  ChatEdit as Edit,
  ChatRegenerate as Regenerate,
  ChatSpeak as Speak,
  ChatVotes as Votes,
} from './ChatMessageActions.tsx'
export { ChatDay as Day, ChatTime as Time } from './ChatTime.tsx'
export { ChatUsage as Usage } from './ChatUsage.tsx'
export { ChatExport as Export } from './ChatExport.tsx'
export { ChatStatus as Status } from './ChatStatus.tsx'
export { ChatJumpToLatest as JumpToLatest } from './ChatJumpToLatest.tsx'
export { ChatErrorMessage as ErrorMessage } from './ChatError.tsx'
export { ChatComposer as Composer, ChatInput as Input, ChatSend as Send, ChatStop as Stop } from './ChatComposer.tsx'
export { ChatHint as Hint } from './ChatHint.tsx'
export { ChatAttach as Attach, ChatAttachments as Attachments, ChatFiles as Files } from './ChatAttachments.tsx'
