export { useConversations, useSuspenseConversations } from './useConversations.ts'
export type { ListOptions } from './useConversations.ts'
export { useConversation, useSuspenseConversation } from './useConversation.ts'
export { useMessages, useSuspenseMessages } from './useMessages.ts'
export type { MessagesParams, UseMessagesOptions } from './useMessages.ts'
export { useContact, useContactConversations } from './useContact.ts'
export { useRatings } from './useRatings.ts'
export { useAttachments } from './useAttachments.ts'
export { useUploadAttachment } from './useUploadAttachment.ts'
export type { Upload, UploadFile, UseUploadAttachmentResult } from './uploads.ts'
export { useComposerUploads } from './useComposerUploads.ts'
export { useUsage } from './useUsage.ts'
export type { ReadOptions } from './readOptions.ts'
export {
  useCreateConversation,
  useDeleteConversation,
  useSendMessage,
  useUpdateConversation,
  useUpsertContact,
} from './useWrites.ts'
export { useCreateMessage, useDeleteMessage, useUpdateMessage } from './useMessageWrites.ts'
export { useWrite } from './writeOptions.ts'
export type { WriteOptions } from './writeOptions.ts'
export { useVote } from './useVote.ts'
export type { UseVoteResult, VoteOptions } from './useVote.ts'
export { useChat, useTalk } from './useChat.ts'
export type { UseChatOptions, UseChatResult } from './useChat.ts'
export { useComplete } from './useComplete.ts'
export type { CompleteInput, CompleteOptions, UseCompleteResult } from './useComplete.ts'
export type { FinishInfo } from './exchange.ts'
export type { ToolHandler } from './tools.ts'
export { useChatStatus } from './useChatStatus.ts'
export { useMessage } from './useMessage.ts'
export { useListQuery, useListView, useLiveStatuses } from './useListView.ts'
export type { LiveStatuses } from './useListView.ts'
export type { ListView, ShownIds } from './listView.ts'
export { useSaveConversation } from './useSaveConversation.ts'
export { goneOf } from './gone.ts'
export { markGone } from './markGone.ts'
export { useDeferredDelete } from './useDeferredDelete.ts'
export { createDeferredDelete } from './deferred.ts'
export type {
  DeferredDelete,
  DeferredOptions,
  DeferredState,
  DeletedBatch,
  DeletionJournal,
  RefusedDeletion,
} from './deferred.ts'
export { useThreadView } from './useThreadView.ts'
export type { ThreadView } from './view.ts'
export { useMessageKeys } from './useMessageKeys.ts'
export { useComposer } from './useComposer.ts'
export type { UseComposerOptions, UseComposerResult } from './useComposer.ts'
export { useChatStore } from './useChatStore.ts'
export { useConversationClient, useConversationQueries } from './useConversationClient.ts'
export type { ChatMessage, ChatPhase, ChatStatus, MessagePart, ToolPart } from '../store/index.ts'
export { useBrowserLayoutEffect } from './useBrowserLayoutEffect.ts'
export { isOnline } from './network.ts'
export { storedMessages } from './settle.ts'
export { mergeStored } from './steps.ts'
export { useLatest } from './useLatest.ts'
export { useOnline } from './useOnline.ts'
export { onReturn } from './network.ts'
export { useSentAttachments } from './useSentAttachments.ts'
export type { SentAttachment } from './useSentAttachments.ts'
