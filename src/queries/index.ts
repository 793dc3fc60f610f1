export {
  conversationKeys,
  keyOfAll,
  keyOfAttachments,
  keyOfComplete,
  keyOfMessages,
  keyOfVote,
  mutationKeys,
} from './keys.ts'
export type { ListParams, RatingParams, UsageParams, VoteTarget } from './keys.ts'
export { retryConversation, shareById } from './paging.ts'
export { createOptions, detailOptions, idOf, listOptions, usageOptions } from './conversations.ts'
export type { MaybeId, QueryTransport } from './conversations.ts'
export { indexIn, placeIn } from './places.ts'
export { given } from './given.ts'
export { named } from './named.ts'
export { gone } from './gone.ts'
export { messagesOptions } from './messages.ts'
export type { MessagePage, MessagePages } from './messages.ts'
export type { PageOptions } from './options.ts'
export { castVote } from './cast.ts'
export { voteOptions } from './votes.ts'
export type { MessageUpdate } from './message-writes.ts'
export { attachRecipe, listAll } from './attach.ts'
export type { AttachmentUpload, AttachOptions } from './attach.ts'
export type { Vote, VoteVariables } from './votes.ts'
export { newestOf, oldestFirst } from './held.ts'
export { listTail, mergeTail, PAGE_SIZE } from './tail.ts'
export { refreshHead } from './head.ts'
export type { Tail } from './tail.ts'
export { createConversationQueries } from './queries.ts'
export type { ConversationQueries } from './queries.ts'
export { contactListOptions, contactOptions } from './contacts.ts'
export { updateContactOptions } from './contact-update.ts'
export { ratingsOptions } from './ratings.ts'
export type { RatingPage, RatingPages } from './ratings.ts'
export { attachmentsOptions, attachOptions } from './attachments.ts'
export { createConversationMutations } from './mutations.ts'
