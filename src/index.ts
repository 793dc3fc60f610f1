// The provider, the hooks and the store.
export { ConversationProvider } from './provider/index.ts'
export type { ConversationProviderProps, ErrorContext } from './provider/index.ts'
export {
  useAttachments,
  useChat,
  useChatStatus,
  useChatStore,
  useComplete,
  useComposer,
  useContact,
  useContactConversations,
  useConversation,
  useConversationClient,
  useConversationQueries,
  useConversations,
  useCreateConversation,
  useCreateMessage,
  useDeleteConversation,
  useDeleteMessage,
  useMessage,
  useMessageKeys,
  useMessages,
  useRatings,
  useSendMessage,
  useSuspenseConversation,
  useSuspenseConversations,
  useSuspenseMessages,
  useUpdateConversation,
  useUpdateMessage,
  useUploadAttachment,
  useUpsertContact,
  useUsage,
  useVote,
} from './hooks/index.ts'
export type {
  ChatMessage,
  ChatPhase,
  ChatStatus,
  CompleteInput,
  CompleteOptions,
  FinishInfo,
  ListOptions,
  MessagePart,
  MessagesParams,
  ReadOptions,
  ToolHandler,
  ToolPart,
  Upload,
  UploadFile,
  UseChatOptions,
  UseChatResult,
  UseCompleteResult,
  UseComposerOptions,
  UseComposerResult,
  UseMessagesOptions,
  UseUploadAttachmentResult,
  UseVoteResult,
  VoteOptions,
  WriteOptions,
} from './hooks/index.ts'
export { createChatStore, joinThread, reduceTurn } from './store/index.ts'
export type { ChatActions, ChatState, ChatStore, ChatStoreOptions, LiveTurn, TurnEvent } from './store/index.ts'
export type {
  ListParams,
  MaybeId,
  MessageUpdate,
  RatingParams,
  UsageParams,
  Vote,
  VoteTarget,
  VoteVariables,
} from './queries/index.ts'
export type { ConversationClient, ConversationError } from './transport/index.ts'

// The components.
export * from './components/public.ts'
