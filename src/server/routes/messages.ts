import { ApiError, badRequest, notFound } from '../api-error.ts'
import { listing } from '../listing.ts'
import { findConversation, findMessage } from '../lookup.ts'
import { showMessage, updateMeta } from '../records.ts'
import { omit } from '../omit.ts'
import { get, getList, post, postAnything } from '../route.ts'
import { messageBatch, messageCreate, messageUpdate, synthesize } from '../schemas.ts'
import { say } from '../turn-run.ts'
import type { Message, Meta } from '../../protocol/index.ts'
import type { Call } from '../call.ts'
import type { Routes } from '../route.ts'
import type { NewMessage } from '../storage/storage.ts'

export const messageRoutes: Routes = {
  'message.list': getList(async (call) => {
    const { id } = await findConversation(call)
    return listing(
      call,
      ({ order, take, cursor }) =>
        call.house.storage.messages.list({
          conversationId: id,
          order,
          take,
          ...(cursor === undefined ? {} : { cursor }),
        }),
      showMessage,
      { order: 'asc' },
    )
  }),

  'message.fetch': get(async (call) => ({ json: showMessage((await findMessage(call)).message) })),

  'message.create': post(messageCreate, async (call, body) => {
    const conversation = await findConversation(call)
    const { id } = await say(call, conversation, storable(omit(body, 'entities')))
    return { json: { id, entities: [] } }
  }),

  'message.createBatch': post(messageBatch, async (call, { items }) => {
    const { id: conversationId, owner } = await findConversation(call)
    const { storage, newId, now } = call.house
    const added = items.map((item) => Object.assign(storable(omit(item, 'entities')), { id: newId('message') }))
    const stored = await storage.messages.append(conversationId, added, now())
    if (stored === undefined) throw notFound('Conversation')
    await storage.usage.add({ owner, conversationId, tokens: 0, messages: stored.length, createdAt: now() })
    return {
      json: {
        // A member without a value is left out by JSON.
        items: stored.map(({ id }, index) => ({ id, entities: [], originalId: items[index]?.id })),
      },
    }
  }),

  'message.update': post(messageUpdate, async (call, { meta, ...body }) => {
    const { conversation, message } = await findMessage(call)
    await change(call, conversation.id, message.id, omit(body, 'entities'), meta)
    return { json: { id: message.id, entities: [] } }
  }),

  'message.delete': postAnything(async (call) => {
    const { conversation, message } = await findMessage(call)
    if (!(await call.house.storage.messages.delete(conversation.id, message.id))) throw notFound('Message')
    return { json: { id: message.id } }
  }),

  // There is no voice here: the hosted API adds the address of a sound.
  'message.synthesize': post(synthesize, async (call, { text }) => {
    const { message } = await findMessage(call)
    if (text !== undefined && !message.text.includes(text))
      throw badRequest('"text" must be a part of the text of the message')
    return { json: { id: message.id } }
  }),
}

/** Messages as they are told and streamed: without ids, names and times. */
export function toMessages(messages: readonly (Omit<Message, 'meta'> & { meta?: Meta | null })[]): Message[] {
  return messages.map(({ type, text, meta }) => ({ type, text, ...(meta ? { meta } : {}) }))
}

function storable<T extends { meta?: Meta | null }>({ meta, ...message }: T): Omit<T, 'meta'> & { meta?: Meta } {
  return { ...message, ...(meta ? { meta } : {}) }
}

async function change(
  call: Call,
  conversationId: string,
  id: string,
  body: Partial<Omit<NewMessage, 'id' | 'meta'>>,
  meta: Meta | null | undefined,
): Promise<void> {
  const updated = await call.house.storage.messages.update(conversationId, id, (current) => ({
    ...body,
    meta: updateMeta(current.meta, meta),
    updatedAt: Math.max(call.house.now(), current.updatedAt + 1),
  }))
  if (updated === undefined) throw new ApiError(404, 'Message not found')
}
