import type {
  ConversationContactUpsertRequest,
  ConversationContactUpsertResponse,
  ConversationCreateRequest,
  ConversationCreateResponse,
  ConversationDeleteResponse,
  ConversationDownvoteRequest,
  ConversationDownvoteResponse,
  ConversationExport,
  ConversationExportResponse,
  ConversationFetchResponse,
  ConversationListRequest,
  ConversationListResponse,
  ConversationListStreamItem,
  ConversationUpdateRequest,
  ConversationUpdateResponse,
  ConversationUpvoteRequest,
  ConversationUpvoteResponse,
  ItemEvent,
  SessionCreateRequest,
  SessionCreateResponse,
  UsageFetchRequest,
  UsageFetchResponse,
} from '../protocol/index.ts'
import { get, write } from './call.ts'
import type { Caller } from './call.ts'
import { withModelString } from './model.ts'
import type { CallOptions, ResponsePromise } from './types.ts'

/** One page of conversations, newest first unless `order` says otherwise; as a stream, all of them. */
export function listConversations(
  client: Caller,
  request?: ConversationListRequest,
  options?: CallOptions,
): ResponsePromise<ConversationListResponse, ConversationListStreamItem> {
  return get(client, '/api/v1/conversation/list', [], request, options)
}

export function fetchConversation(
  client: Caller,
  conversationId: string,
  options?: CallOptions,
): ResponsePromise<ConversationFetchResponse, never> {
  return get(client, '/api/v1/conversation/{conversationId}/fetch', [conversationId], undefined, options)
}

export function createConversation(
  client: Caller,
  request: ConversationCreateRequest,
  options?: CallOptions,
): Promise<ConversationCreateResponse> {
  return write(client, '/api/v1/conversation/create', [], withModelString(request), options)
}

/** Changes what is given. `null` clears a member; `meta` is replaced, `{ $update: {…} }` merges into it. */
export function updateConversation(
  client: Caller,
  conversationId: string,
  request: ConversationUpdateRequest,
  options?: CallOptions,
): Promise<ConversationUpdateResponse> {
  return write(
    client,
    '/api/v1/conversation/{conversationId}/update',
    [conversationId],
    withModelString(request),
    options,
  )
}

/** Deletes a conversation with its messages and attachments. */
export function deleteConversation(
  client: Caller,
  conversationId: string,
  options?: CallOptions,
): Promise<ConversationDeleteResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/delete', [conversationId], undefined, options)
}

/** Votes for a whole conversation. The server counts one vote an hour, in either direction. */
export function upvoteConversation(
  client: Caller,
  conversationId: string,
  request?: ConversationUpvoteRequest,
  options?: CallOptions,
): Promise<ConversationUpvoteResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/upvote', [conversationId], request, options)
}

/** Votes against a whole conversation. The server counts one vote an hour, in either direction. */
export function downvoteConversation(
  client: Caller,
  conversationId: string,
  request?: ConversationDownvoteRequest,
  options?: CallOptions,
): Promise<ConversationDownvoteResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/downvote', [conversationId], request, options)
}

/**
 * Attaches a contact to a conversation, found or made by what is given. A conversation that has one already keeps it
 * unchanged (the server answers 304): the outcome is then `{ id: '', unchanged: true }`, since the server does not tell whose it is.
 */
export function upsertConversationContact(
  client: Caller,
  conversationId: string,
  request: ConversationContactUpsertRequest,
  options?: CallOptions,
): Promise<ConversationContactUpsertResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/contact/upsert', [conversationId], request, {
    ...options,
    notModified: { id: '', unchanged: true } satisfies ConversationContactUpsertResponse,
  })
}

/** A token for one conversation, to be given to a browser. */
export function createConversationSession(
  client: Caller,
  conversationId: string,
  request?: SessionCreateRequest,
  options?: CallOptions,
): Promise<SessionCreateResponse> {
  return write(client, '/api/v1/conversation/{conversationId}/session/create', [conversationId], request, options)
}

/** Tokens and messages of a conversation. */
export function fetchConversationUsage(
  client: Caller,
  conversationId: string,
  request?: UsageFetchRequest,
  options?: CallOptions,
): ResponsePromise<UsageFetchResponse, never> {
  return get(client, '/api/v1/conversation/{conversationId}/usage/fetch', [conversationId], request, options)
}

/** Conversations with their user and bot messages: a page as JSON, all of them as a stream. */
export function exportConversations(
  client: Caller,
  request?: ConversationListRequest,
  options?: CallOptions,
): ResponsePromise<ConversationExportResponse, ItemEvent<ConversationExport>> {
  return get(client, '/api/v1/conversation/export', [], request, options)
}

/** The same as a table, in CSV. */
export async function exportConversationsCsv(
  client: Caller,
  request?: ConversationListRequest,
  options?: CallOptions,
): Promise<string> {
  const headers = { ...options?.headers, accept: 'text/csv' }
  const table = await get<Blob>(client, '/api/v1/conversation/export', [], request, { ...options, headers, as: 'blob' })
  return await table.text()
}
