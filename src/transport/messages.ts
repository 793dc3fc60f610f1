import type {
  Id,
  ItemEvent,
  MessageCreateRequest,
  MessageCreateResponse,
  MessageDeleteResponse,
  MessageInstance,
  MessageListRequest,
  MessageListResponse,
  MessageSynthesizeResponse,
  MessageUpdateRequest,
  MessageUpdateResponse,
  VoteRequest,
} from '../protocol/index.ts'
import { get, write } from './call.ts'
import type { Caller } from './call.ts'
import type { CallOptions, ResponsePromise } from './types.ts'

const MESSAGE = '/api/v1/conversation/{conversationId}/message/{messageId}'

/** One page of a conversation, oldest first unless `order` says otherwise; as a stream, all of it. */
export function listConversationMessages(
  client: Caller,
  conversationId: string,
  request?: MessageListRequest,
  options?: CallOptions,
): ResponsePromise<MessageListResponse, ItemEvent<MessageInstance>> {
  // The sources disagree about the default, so it is always said.
  const query = { ...request, order: request?.order ?? 'asc' }
  return get(client, '/api/v1/conversation/{conversationId}/message/list', [conversationId], query, options)
}

export function fetchConversationMessage(
  client: Caller,
  conversationId: string,
  messageId: string,
  options?: CallOptions,
): ResponsePromise<MessageInstance, never> {
  return get(client, `${MESSAGE}/fetch`, [conversationId, messageId], undefined, options)
}

/** Stores a message; nobody answers it. */
export function createConversationMessage(
  client: Caller,
  conversationId: string,
  request: MessageCreateRequest,
  options?: CallOptions,
): Promise<MessageCreateResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/message/create', [conversationId], request, options)
}

export function updateConversationMessage(
  client: Caller,
  conversationId: string,
  messageId: string,
  request: MessageUpdateRequest,
  options?: CallOptions,
): Promise<MessageUpdateResponse> {
  return write(client, `${MESSAGE}/update`, [conversationId, messageId], request, options)
}

export function deleteConversationMessage(
  client: Caller,
  conversationId: string,
  messageId: string,
  options?: CallOptions,
): Promise<MessageDeleteResponse> {
  return write(client, `${MESSAGE}/delete`, [conversationId, messageId], undefined, options)
}

/** Votes for a message. The server counts one vote an hour, in either direction. */
export function upvoteConversationMessage(
  client: Caller,
  conversationId: string,
  messageId: string,
  request?: VoteRequest,
  options?: CallOptions,
): Promise<Id> {
  return write(client, `${MESSAGE}/upvote`, [conversationId, messageId], request, options)
}

/** Votes against a message. The server counts one vote an hour, in either direction. */
export function downvoteConversationMessage(
  client: Caller,
  conversationId: string,
  messageId: string,
  request?: VoteRequest,
  options?: CallOptions,
): Promise<Id> {
  return write(client, `${MESSAGE}/downvote`, [conversationId, messageId], request, options)
}

/** Reads a message aloud, or the part of it given as `text`. */
export function synthesizeConversationMessage(
  client: Caller,
  conversationId: string,
  messageId: string,
  request?: { text?: string },
  options?: CallOptions,
): Promise<MessageSynthesizeResponse> {
  return write(client, `${MESSAGE}/synthesize`, [conversationId, messageId], request, options)
}
