import type * as p from '../protocol/index.ts'
import * as attachments from './attachments.ts'
import * as channels from './channels.ts'
import { ChatBotKitClient } from './client.ts'
import * as completions from './completions.ts'
import * as contacts from './contacts.ts'
import * as conversations from './conversations.ts'
import * as messages from './messages.ts'
import type { CallOptions, ConversationClientOptions, ConversationTransport, ResponsePromise } from './types.ts'

/** `client.message`: the messages of a conversation. */
export class ConversationMessageClient extends ChatBotKitClient {
  list(conversationId: string, request?: p.MessageListRequest, options?: CallOptions) {
    return messages.listConversationMessages(this, conversationId, request, options)
  }
  fetch(conversationId: string, messageId: string, options?: CallOptions) {
    return messages.fetchConversationMessage(this, conversationId, messageId, options)
  }
  create(conversationId: string, request: p.MessageCreateRequest, options?: CallOptions) {
    return messages.createConversationMessage(this, conversationId, request, options)
  }
  update(conversationId: string, messageId: string, request: p.MessageUpdateRequest, options?: CallOptions) {
    return messages.updateConversationMessage(this, conversationId, messageId, request, options)
  }
  delete(conversationId: string, messageId: string, options?: CallOptions) {
    return messages.deleteConversationMessage(this, conversationId, messageId, options)
  }
  upvote(conversationId: string, messageId: string, request?: p.VoteRequest, options?: CallOptions) {
    return messages.upvoteConversationMessage(this, conversationId, messageId, request, options)
  }
  downvote(conversationId: string, messageId: string, request?: p.VoteRequest, options?: CallOptions) {
    return messages.downvoteConversationMessage(this, conversationId, messageId, request, options)
  }
  synthesize(conversationId: string, messageId: string, request?: { text?: string }, options?: CallOptions) {
    return messages.synthesizeConversationMessage(this, conversationId, messageId, request, options)
  }
}

/** `client.session`: tokens for browsers. */
export class ConversationSessionClient extends ChatBotKitClient {
  create(conversationId: string, request?: p.SessionCreateRequest, options?: CallOptions) {
    return conversations.createConversationSession(this, conversationId, request, options)
  }
}

/** `client.attachment`: files. The first argument is always the conversation's id. */
export class ConversationAttachmentClient extends ChatBotKitClient {
  list(conversationId: string, request?: p.AttachmentListRequest, options?: CallOptions) {
    return attachments.listConversationAttachments(this, conversationId, request, options)
  }
  upload(
    conversationId: string,
    request: attachments.ConversationAttachmentUploadRequest,
    options?: attachments.UploadOptions,
  ) {
    return attachments.uploadConversationAttachment(this, conversationId, request, options)
  }
  download(conversationId: string, name: string, options?: CallOptions) {
    return attachments.downloadConversationAttachment(this, conversationId, name, options)
  }
}

/** `client.channel`: what runs in the background. */
export class ChannelClient extends ChatBotKitClient {
  subscribe(channelId: string, request?: p.ChannelSubscribeRequest, options?: CallOptions) {
    return channels.subscribeChannelMessages(this, channelId, request, options)
  }
  publish(channelId: string, request: p.ChannelPublishRequest, options?: CallOptions) {
    return channels.publishChannelMessage(this, channelId, request, options)
  }
}

/** `client.contact`: whom conversations are with. */
export class ContactClient extends ChatBotKitClient {
  /** The conversations of a contact. */
  readonly conversation = {
    list: (contactId: string, request?: p.ConversationListRequest, options?: CallOptions) =>
      contacts.listContactConversations(this, contactId, request, options),
  }
  /** The votes of a contact. */
  readonly rating = {
    list: (contactId: string, request?: p.ConversationListRequest, options?: CallOptions) =>
      contacts.listContactRatings(this, contactId, request, options),
  }

  list(request?: p.ConversationListRequest, options?: CallOptions) {
    return contacts.listContacts(this, request, options)
  }
  fetch(contactId: string, options?: CallOptions) {
    return contacts.fetchContact(this, contactId, options)
  }
  create(request: p.ContactCreateRequest, options?: CallOptions) {
    return contacts.createContact(this, request, options)
  }
  ensure(request: p.ContactRequest, options?: CallOptions) {
    return contacts.ensureContact(this, request, options)
  }
  update(contactId: string, request: p.ContactUpdateRequest, options?: CallOptions) {
    return contacts.updateContact(this, contactId, request, options)
  }
}

/**
 * The conversation API.
 *
 * @example
 * const client = new ConversationClient({ baseUrl: '/api/chat' })
 * for await (const event of client.complete(id, { text: 'Hello' }).stream()) console.log(event)
 */
export class ConversationClient extends ChatBotKitClient implements ConversationTransport {
  readonly message: ConversationMessageClient
  readonly session: ConversationSessionClient
  readonly attachment: ConversationAttachmentClient
  /** What a conversation has used. */
  readonly usage = {
    fetch: (conversationId: string, request?: p.UsageFetchRequest, options?: CallOptions) =>
      conversations.fetchConversationUsage(this, conversationId, request, options),
  }
  readonly channel: ChannelClient
  readonly contact: ContactClient

  constructor(options: ConversationClientOptions | ChatBotKitClient = {}) {
    super(options)
    this.message = new ConversationMessageClient(this)
    this.session = new ConversationSessionClient(this)
    this.attachment = new ConversationAttachmentClient(this)
    this.channel = new ChannelClient(this)
    this.contact = new ContactClient(this)
  }
  list(request?: p.ConversationListRequest, options?: CallOptions) {
    return conversations.listConversations(this, request, options)
  }
  fetch(conversationId: string, options?: CallOptions) {
    return conversations.fetchConversation(this, conversationId, options)
  }
  create(request: p.ConversationCreateRequest, options?: CallOptions) {
    return conversations.createConversation(this, request, options)
  }
  update(conversationId: string, request: p.ConversationUpdateRequest, options?: CallOptions) {
    return conversations.updateConversation(this, conversationId, request, options)
  }
  delete(conversationId: string, options?: CallOptions) {
    return conversations.deleteConversation(this, conversationId, options)
  }
  /** With `null` for an answer that is stored nowhere, with an id for one in a stored conversation. */
  complete(
    conversationId: null,
    request: p.ConversationCompleteRequest,
    options?: CallOptions,
  ): ResponsePromise<p.ConversationCompleteResponse, p.ConversationCompleteStreamType>
  complete(
    conversationId: string,
    request: p.ConversationCompleteMessageRequest,
    options?: CallOptions,
  ): ResponsePromise<p.ConversationCompleteMessageResponse, p.ConversationCompleteMessageStreamType>
  complete(
    conversationId: string | null,
    request: p.ConversationCompleteRequest | p.ConversationCompleteMessageRequest,
    options?: CallOptions,
  ): ResponsePromise<p.CompleteResult, p.ConversationStreamEvent> {
    return conversationId === null
      ? completions.completeConversation(this, request as p.ConversationCompleteRequest, options)
      : completions.completeConversationMessage(this, conversationId, request, options)
  }
  dispatch(
    conversationId: null,
    request: p.ConversationDispatchRequest,
    options?: CallOptions,
  ): Promise<p.DispatchResponse>
  dispatch(
    conversationId: string,
    request: p.ConversationDispatchMessageRequest,
    options?: CallOptions,
  ): Promise<p.DispatchResponse>
  dispatch(
    conversationId: string | null,
    request: p.ConversationDispatchRequest | p.ConversationDispatchMessageRequest,
    options?: CallOptions,
  ): Promise<p.DispatchResponse> {
    return conversationId === null
      ? completions.dispatchConversation(this, request as p.ConversationDispatchRequest, options)
      : completions.dispatchConversationMessage(this, conversationId, request, options)
  }
  /** With `null` and messages for a summary of these, with an id for one that is stored in the conversation. */
  compact(conversationId: null, request: p.CompactRequest, options?: CallOptions): Promise<p.CompactResponse>
  compact(conversationId: string, request?: undefined, options?: CallOptions): Promise<p.CompactResponse>
  compact(
    conversationId: string | null,
    request?: p.CompactRequest,
    options?: CallOptions,
  ): Promise<p.CompactResponse> {
    return conversationId === null
      ? completions.compactMessages(this, request as p.CompactRequest, options)
      : completions.compactConversation(this, conversationId, options)
  }
  send(conversationId: string, request: p.ConversationSendMessageRequest, options?: CallOptions) {
    return completions.sendConversationMessage(this, conversationId, request, options)
  }
  receive(conversationId: string, request?: p.ConversationReceiveMessageRequest, options?: CallOptions) {
    return completions.receiveConversationMessage(this, conversationId, request, options)
  }
  upvote(conversationId: string, request?: p.VoteRequest, options?: CallOptions) {
    return conversations.upvoteConversation(this, conversationId, request, options)
  }
  downvote(conversationId: string, request?: p.VoteRequest, options?: CallOptions) {
    return conversations.downvoteConversation(this, conversationId, request, options)
  }
  upsertContact(conversationId: string, request: p.ConversationContactUpsertRequest, options?: CallOptions) {
    return conversations.upsertConversationContact(this, conversationId, request, options)
  }
  export(request?: p.ConversationListRequest, options?: CallOptions) {
    return conversations.exportConversations(this, request, options)
  }
  exportCsv(request?: p.ConversationListRequest, options?: CallOptions) {
    return conversations.exportConversationsCsv(this, request, options)
  }
}
