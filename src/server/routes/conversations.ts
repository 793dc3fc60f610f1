import { ApiError } from '../api-error.ts'
import { idList, listing } from '../listing.ts'
import { checkContactId, findConversation } from '../lookup.ts'
import { showConversation, updateMeta } from '../records.ts'
import { get, getList, post, postAnything } from '../route.ts'
import { conversationCreate, conversationUpdate } from '../schemas.ts'
import { contactOfReference } from './contacts.ts'
import { toMessages } from './messages.ts'
import type { Routes } from '../route.ts'
import type { ConversationRecord } from '../storage/storage.ts'

export const conversationRoutes: Routes = {
  'conversation.list': getList((call) => {
    const { searchParams } = call.url
    const filters = {
      botIds: idList(searchParams, 'botId'),
      contactIds: idList(searchParams, 'contactId'),
      taskIds: idList(searchParams, 'taskId'),
    }
    return listing(call, (query) => call.house.storage.conversations.list({ ...query, ...filters }), showConversation)
  }),

  'conversation.fetch': get(async (call) => ({ json: showConversation(await findConversation(call)) })),

  'conversation.create': post(conversationCreate, async (call, { messages, contact, ...body }) => {
    const { storage, newId, tick } = call.house
    const contactId = await contactOfReference(call, body.contactId ?? contact)
    const now = tick()
    const conversation: ConversationRecord = {
      ...EMPTY,
      ...body,
      id: newId('conversation'),
      owner: call.caller.owner,
      contactId,
      createdAt: now,
      updatedAt: now,
    }
    const first = (messages ?? []).map(({ type, text, name, description, meta }) => ({
      id: newId('message'),
      type,
      text,
      name,
      description,
      meta: meta ?? undefined,
    }))
    if (!(await storage.conversations.create(conversation, first))) throw new ApiError(409, 'The new id is taken')
    await storage.usage.add({
      owner: conversation.owner,
      conversationId: conversation.id,
      tokens: 0,
      messages: first.length,
      createdAt: now,
    })
    return { json: { id: conversation.id, ...(messages ? { messages: toMessages(messages) } : {}) } }
  }),

  'conversation.update': post(conversationUpdate, async (call, { meta, ...body }) => {
    const { id } = await findConversation(call)
    if (body.contactId) await checkContactId(call, body.contactId, 'contactId')
    const updated = await call.house.storage.conversations.update(id, (current) => ({
      ...body,
      meta: updateMeta(current.meta, meta),
      updatedAt: Math.max(call.house.now(), current.updatedAt + 1),
    }))
    if (updated === undefined) throw new ApiError(404, 'Conversation not found')
    return { json: { id } }
  }),

  'conversation.delete': postAnything(async (call) => {
    const { id } = await findConversation(call)
    if (!(await call.house.storage.conversations.delete(id))) throw new ApiError(404, 'Conversation not found')
    return { json: { id } }
  }),
}

/** A conversation of which nothing is known. */
export const EMPTY = {
  name: null,
  description: null,
  contactId: null,
  taskId: null,
  spaceId: null,
  botId: null,
  datasetId: null,
  skillsetId: null,
  backstory: null,
  model: null,
  privacy: false,
  moderation: false,
  expiresAt: null,
  meta: null,
} satisfies Partial<ConversationRecord>
