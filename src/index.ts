// The provider, the hooks and the store.
export { ConversationProvider } from './provider/index.ts'
export type { ConversationProviderProps, ErrorContext } from './provider/index.ts'
export {
  useChat,
  useChatStatus,
  useChatStore,
  useComplete,
  useComposer,
  useConversation,
  useConversationClient,
  useConversationQueries,
  useConversations,
  useCreateConversation,
  useDeleteConversation,
  useMessage,
  useMessageKeys,
  useMessages,
  useSendMessage,
  useSuspenseConversation,
  useUpdateConversation,
  useUpsertContact,
  useVote,
} from './hooks/index.ts'
export type {
  ChatMessage,
  ChatPhase,
  ChatStatus,
  CompleteInput,
  CompleteOptions,
  FinishInfo,
  MessagePart,
  ReadOptions,
  ToolHandler,
  ToolPart,
  UseChatOptions,
  UseChatResult,
  UseCompleteResult,
  UseComposerOptions,
  UseComposerResult,
  UseMessagesOptions,
  UseVoteResult,
  VoteOptions,
  WriteOptions,
} from './hooks/index.ts'
export { createChatStore, joinThread, reduceTurn } from './store/index.ts'
export type { ChatActions, ChatState, ChatStore, ChatStoreOptions, LiveTurn, TurnEvent } from './store/index.ts'
export type { ListParams, MaybeId, Vote, VoteTarget, VoteVariables } from './queries/index.ts'
export type { ConversationClient, ConversationError } from './transport/index.ts'

// The components.
export * from './components/index.ts'
