import type { ConversationInstance, MessageInstance, MessageType, Meta } from '../../protocol/index.ts'

/** A conversation, as far as it is searched. */
export interface SearchConversation {
  conversationId: string
  messageId?: undefined
  name?: string
  description?: string
  meta?: Meta
  /** Who it is with: a name, an address. */
  contact?: string
  contactId?: string
  botId?: string
  model?: string
  createdAt?: number
  updatedAt?: number
}

/** A message, as far as it is searched. */
export interface SearchMessage {
  conversationId: string
  messageId: string
  type: MessageType
  text: string
  createdAt: number
}

export type SearchDocument = SearchConversation | SearchMessage

/** Names a message, or without `messageId` a conversation with all of its messages. */
export interface SearchRef {
  conversationId: string
  messageId?: string
}

/** Code units of a message that are searched: about four pages of a book. The rest is not found, and takes no memory. */
export const MAX_TEXT = 10_000
/** The same for each other text of a conversation. */
export const MAX_FIELD = 2000
/** Values of a meta that are searched, the first ones. */
const MAX_VALUES = 50
const MAX_DEPTH = 4

export const isMessage = (document: SearchDocument): document is SearchMessage => document.messageId !== undefined

/** The beginning of a text, not ending within a letter of two code units. */
export function beginning(text: unknown, length: number): string {
  const whole = typeof text === 'string' ? text : ''
  if (whole.length <= length) return whole
  return whole.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/** The texts in a meta, with the key under which each stands: `team`, `order.number`. */
export function metaTexts(meta: unknown): { key: string; text: string }[] {
  const found: { key: string; text: string }[] = []
  const walk = (value: unknown, key: string, depth: number) => {
    if (found.length >= MAX_VALUES) return
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      if (value !== '') found.push({ key, text: beginning(String(value), MAX_FIELD) })
    } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) {
      for (const [name, inner] of Object.entries(value)) walk(inner, key === '' ? name : `${key}.${name}`, depth + 1)
    }
  }
  walk(meta, '', 0)
  return found
}

/** What is searched of a conversation as the API gives it. */
export const conversationDocument = (conversation: ConversationInstance): SearchConversation => {
  const { id, name, description, meta, contactId, botId, model, createdAt, updatedAt } = conversation
  return { conversationId: id, name, description, meta, contactId, botId, model, createdAt, updatedAt }
}

/** What is searched of a message as the API gives it. */
export const messageDocument = (conversationId: string, message: MessageInstance): SearchMessage => ({
  conversationId,
  messageId: message.id,
  type: message.type,
  text: beginning(message.text, MAX_TEXT + 1),
  createdAt: message.createdAt,
})
