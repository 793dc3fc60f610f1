import type { Message } from '../protocol/index.ts'
import type { AttachmentRecord } from './storage/storage.ts'

// What the server itself writes into a conversation when something happens to it, beside what is said.

/** The two messages that record a vote. */
export function castActivities(on: 'conversation' | 'message', value: number, reason: string | null): Message[] {
  const name = `${value > 0 ? 'upvote' : 'downvote'}${on === 'message' ? 'Message' : 'Conversation'}`
  const called = { name, arguments: reason ? { reason } : {} }
  return [activity('request', called), activity('response', { ...called, result: 'no result' })]
}

/** The two messages that tell of a file. */
export function uploadActivities({ id, name, type }: Pick<AttachmentRecord, 'id' | 'name' | 'type'>): Message[] {
  const called = { name: 'uploadAttachment', arguments: {} }
  const result = JSON.stringify({ id, name, type, url: `attachment://${name}` })
  return [activity('request', called), activity('response', { ...called, result })]
}

/** A function that was called, or its answer. */
export function activity(type: 'request' | 'response', called: object): Message {
  return { type: 'activity', text: '', meta: { activity: { type, function: called } } }
}

/** The name a file is stored under: its id, and the ending of the sender's name, else what the media type suggests. */
export function attachmentName(id: string, file: { name?: string; type: string }): string {
  return `${id}.${extensionOf(file)}`
}

function extensionOf({ name = '', type }: { name?: string; type: string }): string {
  const own = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]
  if (own) return own.toLowerCase()
  const subtype = type.split(';')[0]?.split('/')[1]?.trim().toLowerCase() ?? ''
  const known: Record<string, string> = { plain: 'txt', jpeg: 'jpg', markdown: 'md', 'svg+xml': 'svg' }
  return known[subtype] ?? (/^[a-z0-9]{1,10}$/.test(subtype) ? subtype : 'bin')
}
