import type { ContactInstance, ConversationInstance, MessageInstance, Meta, RatingInstance } from '../protocol/index.ts'
import { omit } from './omit.ts'
import type { ContactRecord, ConversationRecord, MessageRecord, RatingRecord } from './storage/storage.ts'

// Stored things as the API shows them: the account stays inside, columns without a value are `null`.

/** What is `null` on the wire is optional in the types: readers of either must expect both. */
type Shown<T> = { [K in keyof T]: T[K] | null }

export function showConversation(record: ConversationRecord): ConversationInstance {
  // In this order they are the columns of an export.
  const shown: Shown<Required<ConversationInstance>> = {
    id: record.id,
    name: record.name,
    description: record.description,
    contactId: record.contactId,
    taskId: record.taskId,
    spaceId: record.spaceId,
    botId: record.botId,
    datasetId: record.datasetId,
    skillsetId: record.skillsetId,
    backstory: record.backstory,
    model: record.model,
    privacy: record.privacy,
    moderation: record.moderation,
    expiresAt: record.expiresAt,
    meta: showMeta(record.meta),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  }
  return shown as ConversationInstance
}

export function showMessage(record: MessageRecord): MessageInstance {
  const { id, type, text, meta, createdAt, updatedAt } = record
  const shown: Shown<Required<MessageInstance>> = { id, type, text, meta: showMeta(meta), createdAt, updatedAt }
  return shown as MessageInstance
}

export function showContact(record: ContactRecord): ContactInstance {
  const shown: Shown<Required<ContactInstance>> = { ...omit(record, 'owner'), meta: showMeta(record.meta) }
  return shown as ContactInstance
}

export function showRating(record: RatingRecord): RatingInstance {
  return omit(record, 'owner')
}

/** Keys that begin with `#` are for the server only, at any depth. */
function showMeta(meta: Meta | null): Meta | null {
  return meta === null ? null : (withoutHidden(meta) as Meta)
}

function withoutHidden(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withoutHidden)
  const entries = Object.entries(value).filter(([key]) => !key.startsWith('#'))
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutHidden(each)]))
}

/**
 * The meta after an update. A plain object replaces it, `{ $update: {…} }` is merged into it, absent leaves it alone.
 * Keys that begin with `_` or with anything that is no word character are not written.
 */
export function updateMeta(current: Meta | null, change: Meta | null | undefined): Meta | null {
  if (change === undefined) return current
  if (change === null) return null
  const merge: unknown = change.$update
  if (typeof merge === 'object' && merge !== null && !Array.isArray(merge)) return { ...current, ...writable(merge) }
  return writable(change)
}

function writable(meta: object): Meta {
  return Object.fromEntries(Object.entries(meta).filter(([key]) => /^[^\W_]/.test(key)))
}
