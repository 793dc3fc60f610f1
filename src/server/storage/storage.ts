import type { Message, MessageType, Meta } from '../../protocol/index.ts'

/*
 * What the server keeps, and where. Rules that hold for every implementation (test/server/storage-contract.ts checks them):
 * - Methods that change something do it whole or not at all, and what they have acknowledged is there for the next call.
 * - What goes in and comes out is copied: changing it afterwards changes nothing that is stored.
 * - Times are epoch milliseconds. Columns that were not given are `null`. `meta` is any JSON object, key for key.
 * - Lists are sorted by `createdAt`, then `id` by code units, both in `order`.
 * - A `cursor` is the id of the last item seen; the page begins after it. One that is unknown in this list (in this
 *   conversation, of this owner) gives an empty page, whether or not its item passes the filter of the list.
 */

/** Fields of things that have an owner. The owner is an account, made up by the server. */
interface Owned {
  id: string
  owner: string
  createdAt: number
  updatedAt: number
}

export interface ConversationRecord extends Owned {
  name: string | null
  description: string | null
  backstory: string | null
  model: string | null
  botId: string | null
  datasetId: string | null
  skillsetId: string | null
  contactId: string | null
  taskId: string | null
  spaceId: string | null
  privacy: boolean | null
  moderation: boolean | null
  /** From this time on the conversation is not found any more. */
  expiresAt: number | null
  meta: Meta | null
}

export interface MessageRecord {
  id: string
  conversationId: string
  type: MessageType
  text: string
  meta: Meta | null
  name: string | null
  description: string | null
  createdAt: number
  updatedAt: number
}

/** A message to append. Its times are settled by the storage: see {@link MessageStorage.append}. */
export interface NewMessage extends Message {
  id: string
  /** Asked for, not promised. */
  createdAt?: number
  name?: string | null
  description?: string | null
  meta?: Meta
}

export interface ContactRecord extends Owned {
  fingerprint: string
  name: string | null
  description: string | null
  email: string | null
  phone: string | null
  nick: string | null
  preferences: string | null
  verifiedAt: number | null
  meta: Meta | null
}

export interface RatingRecord extends Owned {
  /** 1…100 up, -100…-1 down. */
  value: number
  reason: string | null
  conversationId: string
  messageId: string | null
  botId: string | null
  contactId: string | null
}

export interface SessionRecord {
  token: string
  owner: string
  conversationId: string
  createdAt: number
  expiresAt: number
}

export interface AttachmentRecord {
  id: string
  conversationId: string
  /** `<id>.<ext>`, the name it is downloaded by. */
  name: string
  /** The name the file had at the sender's. */
  description: string | null
  /** Media type. */
  type: string
  /** Bytes. */
  size: number
  createdAt: number
  updatedAt: number
}

export interface UsageRecord {
  owner: string
  /** `null` for a stateless run. */
  conversationId: string | null
  tokens: number
  messages: number
  createdAt: number
}

/** What a request with an `Idempotency-Key` was, and what it was answered. */
export interface IdempotencyRecord {
  /** Account and key in one. */
  key: string
  /** Method, path and body in one: a repeat has the same. */
  fingerprint: string
  createdAt: number
  /** `null` while the first request runs, or when the process died in it. */
  answer: { status: number; contentType: string; body: string } | null
}

export interface ListQuery {
  order: 'asc' | 'desc'
  cursor?: string
  /** Items at most, at least 1; all of them when absent. */
  take?: number
}

/**
 * Equal values by path: `{ 'team.name': 'blue' }` asks for `meta.team.name === 'blue'`. The path is split at the dots and
 * goes through own keys of objects, never into arrays. A string equals only a string, a boolean only a boolean.
 */
export type MetaFilter = Record<string, string | boolean>

export interface OwnedListQuery extends ListQuery {
  owner: string
  meta?: MetaFilter
}

export interface ConversationListQuery extends OwnedListQuery {
  /** Each list: one of these ids. An empty list matches nothing. */
  botIds?: readonly string[]
  contactIds?: readonly string[]
  taskIds?: readonly string[]
  /** Leaves out conversations whose `expiresAt` is not after this time. */
  now: number
}

export interface MessageListQuery extends ListQuery {
  conversationId: string
  /** Only messages of these types. */
  types?: readonly MessageType[]
}

/** What an update changes; `undefined` from the function leaves the record as it is. Columns not named stay. */
export type Change<T> = (current: T) => Partial<T> | undefined

export interface ConversationStorage {
  /** Stores a conversation and its first messages, in this order (times as in `append`, `now` = the conversation's `createdAt`, and its `updatedAt` stays as given). `false`, and nothing stored, when the id is taken. */
  create(conversation: ConversationRecord, messages: readonly NewMessage[]): Promise<boolean>
  get(id: string): Promise<ConversationRecord | undefined>
  /** Reads and writes in one transaction. The record as it is afterwards, `undefined` when there is none. `id`, `owner` and `createdAt` never change. */
  update(id: string, change: Change<ConversationRecord>): Promise<ConversationRecord | undefined>
  /** Removes it with its messages and attachments. Ratings and usage stay. Whether it was there. */
  delete(id: string): Promise<boolean>
  list(query: ConversationListQuery): Promise<ConversationRecord[]>
}

export interface MessageStorage {
  /**
   * Appends messages in this order, in one transaction. Each gets as `createdAt` the larger of what it asks for (`now`
   * when it does not) and one more than the newest of the conversation; `updatedAt` is the same. Raises the conversation's
   * `updatedAt` to `now`. The stored records; `undefined`, and nothing stored, when there is no such conversation. Rejects,
   * and nothing is stored, when an id is taken in this conversation (another may have it).
   */
  append(conversationId: string, messages: readonly NewMessage[], now: number): Promise<MessageRecord[] | undefined>
  get(conversationId: string, id: string): Promise<MessageRecord | undefined>
  /** As {@link ConversationStorage.update}; neither `id` nor `conversationId` nor `createdAt` change. */
  update(conversationId: string, id: string, change: Change<MessageRecord>): Promise<MessageRecord | undefined>
  delete(conversationId: string, id: string): Promise<boolean>
  list(query: MessageListQuery): Promise<MessageRecord[]>
  /** From the newest checkpoint (included) to the end, ascending; everything when there is none. */
  history(conversationId: string): Promise<MessageRecord[]>
}

export interface ContactStorage {
  /** Stores the contact unless its owner has one with this fingerprint; the one that is stored then: the given or the earlier. */
  ensure(contact: ContactRecord): Promise<ContactRecord>
  get(id: string): Promise<ContactRecord | undefined>
  /** As {@link ConversationStorage.update}; `'conflict'`, and nothing changed, when another contact of the owner has the new fingerprint. */
  update(id: string, change: Change<ContactRecord>): Promise<ContactRecord | 'conflict' | undefined>
  list(query: OwnedListQuery): Promise<ContactRecord[]>
}

export interface RatingStorage {
  /**
   * One transaction: stores the rating and appends the messages (as `append`, `now` = the rating's `createdAt`). `false`, and
   * nothing stored, when the owner has rated the same conversation, message and bot less than `window` milliseconds before,
   * in either direction (a window of 0: never), or when there is no such conversation.
   */
  cast(rating: RatingRecord, messages: readonly NewMessage[], window: number): Promise<boolean>
  list(query: ListQuery & { owner: string; contactId: string }): Promise<RatingRecord[]>
}

export interface SessionStorage {
  /** Also forgets sessions that have expired at `createdAt` of the new one. */
  create(session: SessionRecord): Promise<void>
  /** Expired or not: the server compares. */
  get(token: string): Promise<SessionRecord | undefined>
}

export interface AttachmentStorage {
  /** One transaction: stores the record, its bytes when they are there, and appends the messages (as `append`, `now` = the record's `createdAt`). `false` when there is no such conversation. */
  create(attachment: AttachmentRecord, bytes: Uint8Array | null, messages: readonly NewMessage[]): Promise<boolean>
  get(id: string): Promise<AttachmentRecord | undefined>
  /** Sets the bytes, in place of earlier ones. Whether there is such an attachment. */
  write(id: string, bytes: Uint8Array): Promise<boolean>
  /** `undefined` when there is no such attachment or its bytes have not arrived. */
  read(id: string): Promise<Uint8Array | undefined>
  list(query: ListQuery & { conversationId: string }): Promise<AttachmentRecord[]>
}

export interface UsageStorage {
  add(usage: UsageRecord): Promise<void>
  /** The sums over `from` <= `createdAt` <= `to`. */
  sum(conversationId: string, from: number, to: number): Promise<{ tokens: number; messages: number }>
}

export interface IdempotencyStorage {
  /** Reserves the key (`answer` is `null`) and gives `undefined`; or changes nothing and gives the record that has the key. Also forgets records older than 24 hours, by `createdAt` of the new one. */
  begin(record: Pick<IdempotencyRecord, 'key' | 'fingerprint' | 'createdAt'>): Promise<IdempotencyRecord | undefined>
  finish(key: string, answer: NonNullable<IdempotencyRecord['answer']>): Promise<void>
  /** Forgets the key: the request failed before it changed anything. */
  release(key: string): Promise<void>
}

/** Everything a storage may begin with. Times and ids are kept as they are. */
export interface StorageRecords {
  contacts: readonly ContactRecord[]
  conversations: readonly ConversationRecord[]
  messages: readonly MessageRecord[]
  ratings: readonly RatingRecord[]
  attachments: readonly { record: AttachmentRecord; bytes: Uint8Array }[]
  usage: readonly UsageRecord[]
}

/** What tests and stories need at once, without waiting. A storage that cannot answer synchronously leaves it out. */
export interface StorageControls {
  /** All conversations (oldest first) and their messages by conversation, in order. */
  snapshot(): { conversations: ConversationRecord[]; messages: Record<string, MessageRecord[]> }
  /** Every session has expired: `expiresAt` 0. */
  expireSessions(): void
  /** Forgets everything, synchronously. */
  clear(): void
}

/** Where a server keeps what it has acknowledged. */
export interface Storage {
  conversations: ConversationStorage
  messages: MessageStorage
  contacts: ContactStorage
  ratings: RatingStorage
  sessions: SessionStorage
  attachments: AttachmentStorage
  usage: UsageStorage
  idempotency: IdempotencyStorage
  /**
   * Begins with these, in one transaction. `false`, and nothing stored, when there are conversations, contacts or ratings already.
   * Rejects, and nothing is stored, when an id is taken twice or a message or an attachment belongs to no conversation.
   */
  fill(records: StorageRecords): Promise<boolean>
  controls?: StorageControls
  /** Lets go of files. Calls after it reject. */
  close(): Promise<void>
}
