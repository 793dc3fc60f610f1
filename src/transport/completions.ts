import type {
  CompactRequest,
  CompactResponse,
  ConversationCompleteMessageRequest,
  ConversationCompleteMessageResponse,
  ConversationCompleteMessageStreamType,
  ConversationCompleteRequest,
  ConversationCompleteResponse,
  ConversationCompleteStreamType,
  ConversationDispatchMessageRequest,
  ConversationDispatchRequest,
  ConversationReceiveMessageRequest,
  ConversationReceiveMessageResponse,
  ConversationReceiveMessageStreamType,
  ConversationSendMessageRequest,
  ConversationSendMessageResponse,
  ConversationSendMessageStreamType,
  DispatchResponse,
  Entity,
} from '../protocol/index.ts'
import { post, write } from './call.ts'
import type { Caller } from './call.ts'
import { withModelString } from './model.ts'
import type { CallOptions, ResponsePromise } from './types.ts'

/** An answer to messages that the caller keeps; nothing is stored. `text` becomes a last user message. */
export function completeConversation(
  client: Caller,
  request: ConversationCompleteRequest,
  options?: CallOptions,
): ResponsePromise<ConversationCompleteResponse, ConversationCompleteStreamType> {
  return post(client, '/api/v1/conversation/complete', [], statelessBody(request), options)
}

/** Says something in a stored conversation and gets the answer. Without `text` the conversation goes on from what is stored. */
export function completeConversationMessage(
  client: Caller,
  conversationId: string,
  request: ConversationCompleteMessageRequest,
  options?: CallOptions,
): ResponsePromise<ConversationCompleteMessageResponse, ConversationCompleteMessageStreamType> {
  return post(client, '/api/v1/conversation/{conversationId}/complete', [conversationId], withSpans(request), options)
}

/** Says something in a stored conversation; nobody answers until `receive`. */
export function sendConversationMessage(
  client: Caller,
  conversationId: string,
  request: ConversationSendMessageRequest,
  options?: CallOptions,
): ResponsePromise<ConversationSendMessageResponse, ConversationSendMessageStreamType> {
  return post(client, '/api/v1/conversation/{conversationId}/send', [conversationId], withSpans(request), options)
}

/** Lets the bot speak next. Each call makes it speak again. */
export function receiveConversationMessage(
  client: Caller,
  conversationId: string,
  request?: ConversationReceiveMessageRequest,
  options?: CallOptions,
): ResponsePromise<ConversationReceiveMessageResponse, ConversationReceiveMessageStreamType> {
  return post(client, '/api/v1/conversation/{conversationId}/receive', [conversationId], request, options)
}

/** Like {@link completeConversation}, in the background. What happens is told on the channel. */
export function dispatchConversation(
  client: Caller,
  request: ConversationDispatchRequest,
  options?: CallOptions,
): Promise<DispatchResponse> {
  return write(client, '/api/v1/conversation/dispatch', [], statelessBody(request), options)
}

/** Like {@link completeConversationMessage}, in the background. What happens is told on the channel. */
export function dispatchConversationMessage(
  client: Caller,
  conversationId: string,
  request: ConversationDispatchMessageRequest,
  options?: CallOptions,
): Promise<DispatchResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/dispatch', [conversationId], withSpans(request), options)
}

/** A summary of messages that the caller keeps; nothing is stored. */
export function compactMessages(
  client: Caller,
  request: CompactRequest,
  options?: CallOptions,
): Promise<CompactResponse> {
  return write(client, '/api/v1/conversation/compact', [], withModelString(request), options)
}

/** Stores a summary of a conversation, by which the model knows what is older. `text` is empty when there was nothing to do. */
export function compactConversation(
  client: Caller,
  conversationId: string,
  options?: CallOptions,
): Promise<CompactResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/compact', [conversationId], undefined, options)
}

function statelessBody(request: ConversationCompleteRequest): object {
  const { text, messages, ...rest } = withModelString(request)
  if (text === undefined) return { ...rest, messages }
  return { ...rest, messages: [...(messages ?? []), { type: 'user', text }] }
}

/** The server refuses every member of an entity but its place in the text. */
function withSpans(request: { entities?: Entity[] }): object {
  const { entities } = { ...request }
  // What is no list is left to the server to refuse.
  return { ...request, entities: Array.isArray(entities) ? entities.map(toSpan) : entities }
}

function toSpan(entity: Entity | null): object {
  return { begin: entity?.begin, end: entity?.end }
}
