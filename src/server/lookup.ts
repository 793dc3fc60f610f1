import { ApiError, badRequest, notFound } from './api-error.ts'
import type { Call } from './call.ts'
import type { ContactRecord, ConversationRecord, MessageRecord } from './storage/storage.ts'

/** The conversation of the path. 404 when there is none or its time is over, 403 when it is somebody else's. */
export async function findConversation(call: Call): Promise<ConversationRecord> {
  const { storage, now } = call.house
  const id = call.params.conversationId ?? ''
  const conversation = await storage.conversations.get(id)
  if (conversation === undefined) throw notFound('Conversation')
  if (conversation.expiresAt !== null && conversation.expiresAt <= now()) {
    await storage.conversations.delete(id)
    throw notFound('Conversation')
  }
  if (conversation.owner !== call.caller.owner) throw new ApiError(403)
  return conversation
}

/** The message of the path, in its conversation. */
export async function findMessage(call: Call): Promise<{ conversation: ConversationRecord; message: MessageRecord }> {
  const conversation = await findConversation(call)
  const message = await call.house.storage.messages.get(conversation.id, call.params.messageId ?? '')
  if (message === undefined) throw notFound('Message')
  return { conversation, message }
}

/** The contact of the path. */
export async function findContact(call: Call): Promise<ContactRecord> {
  const contact = await call.house.storage.contacts.get(call.params.contactId ?? '')
  if (contact === undefined) throw notFound('Contact')
  if (contact.owner !== call.caller.owner) throw new ApiError(403)
  return contact
}

/** A contact named in a body is part of what the body has to be: an unknown or a foreign one is a 400. */
export async function checkContactId(call: Call, id: string, path: string): Promise<string> {
  const contact = await call.house.storage.contacts.get(id)
  if (contact?.owner !== call.caller.owner) throw badRequest(`"${path}" is not the id of a contact`)
  return id
}
