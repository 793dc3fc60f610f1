import type {
  ContactCreateRequest,
  ContactInstance,
  ContactListResponse,
  ContactRequest,
  ContactUpdateRequest,
  ConversationInstance,
  ConversationListRequest,
  ConversationListResponse,
  Id,
  ItemEvent,
  RatingInstance,
  RatingListResponse,
} from '../protocol/index.ts'
import { get, write } from './call.ts'
import type { Caller } from './call.ts'
import type { CallOptions, ResponsePromise } from './types.ts'

export function listContacts(
  client: Caller,
  request?: ConversationListRequest,
  options?: CallOptions,
): ResponsePromise<ContactListResponse, ItemEvent<ContactInstance>> {
  return get(client, '/api/v1/contact/list', [], request, options)
}

export function fetchContact(
  client: Caller,
  contactId: string,
  options?: CallOptions,
): ResponsePromise<ContactInstance, never> {
  return get(client, '/api/v1/contact/{contactId}/fetch', [contactId], undefined, options)
}

export function createContact(client: Caller, request: ContactCreateRequest, options?: CallOptions): Promise<Id> {
  return write(client, '/api/v1/contact/create', [], request, options)
}

/** The contact with this fingerprint, else with these data, made when there is none. A found one is not changed. */
export function ensureContact(client: Caller, request: ContactRequest, options?: CallOptions): Promise<Id> {
  return write(client, '/api/v1/contact/ensure', [], request, options)
}

export function updateContact(
  client: Caller,
  contactId: string,
  request: ContactUpdateRequest,
  options?: CallOptions,
): Promise<Id> {
  return write(client, '/api/v1/contact/{contactId}/update', [contactId], request, options)
}

export function listContactConversations(
  client: Caller,
  contactId: string,
  request?: ConversationListRequest,
  options?: CallOptions,
): ResponsePromise<ConversationListResponse, ItemEvent<ConversationInstance>> {
  return get(client, '/api/v1/contact/{contactId}/conversation/list', [contactId], request, options)
}

/** The votes of a contact. */
export function listContactRatings(
  client: Caller,
  contactId: string,
  request?: ConversationListRequest,
  options?: CallOptions,
): ResponsePromise<RatingListResponse, ItemEvent<RatingInstance>> {
  return get(client, '/api/v1/contact/{contactId}/rating/list', [contactId], request, options)
}
