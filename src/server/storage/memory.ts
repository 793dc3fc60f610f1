import { matchesMeta } from './meta-filter.ts'
import { SortedList } from './sorted-list.ts'
import type {
  AttachmentRecord,
  Change,
  ContactRecord,
  ConversationRecord,
  IdempotencyRecord,
  MessageRecord,
  NewMessage,
  RatingRecord,
  SessionRecord,
  Storage,
  StorageRecords,
  UsageRecord,
} from './storage.ts'

const IDEMPOTENCY_LIFETIME_MS = 24 * 3_600_000

/** As a database would give it back. Only `meta` and the answer to a repeat are deep. */
function copy<T extends object>(record: T): T {
  if ('answer' in record) return structuredClone(record)
  return 'meta' in record && record.meta !== null ? { ...record, meta: copyJson(record.meta) } : { ...record }
}

/** A tenth of what `structuredClone` takes, which counts in a list of thousands. */
function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(copyJson)
  const copied: Record<string, unknown> = {}
  for (const [key, each] of Object.entries(value)) {
    const own = copyJson(each)
    // Said with `=` it would not be a key.
    if (key === '__proto__') Object.defineProperty(copied, key, { value: own, enumerable: true, configurable: true })
    else copied[key] = own
  }
  return copied
}

/** A storage that lives as long as the page or the process. */
export function memoryStorage(): Storage {
  const conversations = new SortedList<ConversationRecord>()
  const messages = new Map<string, SortedList<MessageRecord>>()
  const contacts = new SortedList<ContactRecord>()
  const ratings = new SortedList<RatingRecord>()
  const attachments = new SortedList<AttachmentRecord>()
  const files = new Map<string, Uint8Array>()
  const sessions = new Map<string, SessionRecord>()
  const idempotency = new Map<string, IdempotencyRecord>()
  let usage: UsageRecord[] = []
  let closed = false

  /** No method does anything asynchronous, so each one is a transaction by itself. */
  function open(): void {
    if (closed) throw new Error('This storage is closed.')
  }

  function append(conversationId: string, added: readonly NewMessage[], now: number): MessageRecord[] {
    const list = messages.get(conversationId) ?? new SortedList<MessageRecord>()
    messages.set(conversationId, list)
    const taken = new Set<string>()
    for (const { id } of added) {
      if (taken.has(id) || list.get(id)) throw new Error(`Message ${id} exists already.`)
      taken.add(id)
    }
    return added.map((message) => {
      const createdAt = Math.max(message.createdAt ?? now, (list.newest()?.createdAt ?? -Infinity) + 1)
      const record = copy<MessageRecord>({
        id: message.id,
        conversationId,
        type: message.type,
        text: message.text,
        meta: message.meta ?? null,
        name: message.name ?? null,
        description: message.description ?? null,
        createdAt,
        updatedAt: createdAt,
      })
      list.add(record)
      return copy(record)
    })
  }

  function appendTo(conversationId: string, added: readonly NewMessage[], now: number): MessageRecord[] | undefined {
    const conversation = conversations.get(conversationId)
    if (conversation === undefined) return undefined
    const records = append(conversationId, added, now)
    conversations.replace({ ...conversation, updatedAt: Math.max(conversation.updatedAt, now) })
    return records
  }

  function update<T extends { id: string; createdAt: number }>(
    list: SortedList<T> | undefined,
    id: string,
    change: Change<T>,
    fixed: Partial<T>,
  ): T | undefined {
    const current = list?.get(id)
    if (current === undefined) return undefined
    const changes = change(copy(current))
    if (changes === undefined) return copy(current)
    const next = copy({ ...current, ...changes, ...fixed, id: current.id, createdAt: current.createdAt })
    list?.replace(next)
    return copy(next)
  }

  /** Throws at the first record that a database would refuse. */
  function begin({ contacts: people, conversations: talks, messages: said, ...records }: StorageRecords): void {
    const fingerprints = new Set<string>()
    for (const each of people) {
      addNew('Contact', contacts, each)
      fingerprints.add(`${each.owner} ${each.fingerprint}`)
    }
    if (fingerprints.size < people.length) throw new Error('Two contacts have the same fingerprint.')
    for (const each of talks) {
      addNew('Conversation', conversations, each)
      messages.set(each.id, new SortedList())
    }
    for (const each of said) addNew('Message', messagesOf(each.conversationId), each)
    for (const each of records.ratings) addNew('Rating', ratings, each)
    for (const { record, bytes } of records.attachments) {
      messagesOf(record.conversationId)
      addNew('Attachment', attachments, record)
      files.set(record.id, bytes.slice())
    }
  }

  function messagesOf(conversationId: string): SortedList<MessageRecord> {
    const list = messages.get(conversationId)
    if (list === undefined) throw new Error(`There is no conversation ${conversationId}.`)
    return list
  }

  const everything = () => true
  const oneOf = (ids: readonly string[] | undefined, id: string | null) =>
    ids === undefined || (id !== null && ids.includes(id))

  return {
    conversations: {
      async create(conversation, first) {
        open()
        if (conversations.get(conversation.id)) return false
        append(conversation.id, first, conversation.createdAt)
        conversations.add(copy(conversation))
        return true
      },
      async get(id) {
        open()
        return copyOf(conversations.get(id))
      },
      async update(id, change) {
        open()
        return update(conversations, id, change, { owner: conversations.get(id)?.owner })
      },
      async delete(id) {
        open()
        if (!conversations.remove(id)) return false
        messages.delete(id)
        for (const attachment of attachments.all().filter((each) => each.conversationId === id)) {
          attachments.remove(attachment.id)
          files.delete(attachment.id)
        }
        return true
      },
      async list(query) {
        open()
        return conversations
          .page(
            query,
            (each) => each.owner === query.owner,
            (each) =>
              (each.expiresAt === null || each.expiresAt > query.now) &&
              oneOf(query.botIds, each.botId) &&
              oneOf(query.contactIds, each.contactId) &&
              oneOf(query.taskIds, each.taskId) &&
              matchesMeta(each.meta, query.meta),
          )
          .map(copy)
      },
    },
    messages: {
      async append(conversationId, added, now) {
        open()
        return appendTo(conversationId, added, now)
      },
      async get(conversationId, id) {
        open()
        return copyOf(messages.get(conversationId)?.get(id))
      },
      async update(conversationId, id, change) {
        open()
        return update(messages.get(conversationId), id, change, { conversationId })
      },
      async delete(conversationId, id) {
        open()
        return messages.get(conversationId)?.remove(id) ?? false
      },
      async list(query) {
        open()
        const list = messages.get(query.conversationId) ?? new SortedList<MessageRecord>()
        return list.page(query, everything, (each) => query.types?.includes(each.type) ?? true).map(copy)
      },
      async history(conversationId) {
        open()
        const list = messages.get(conversationId)?.all() ?? []
        const checkpoint = list.findLastIndex((each) => each.type === 'checkpoint')
        return list.slice(Math.max(checkpoint, 0)).map(copy)
      },
    },
    contacts: {
      async ensure(contact) {
        open()
        const earlier = contacts
          .all()
          .find((each) => each.owner === contact.owner && each.fingerprint === contact.fingerprint)
        if (earlier === undefined) contacts.add(copy(contact))
        return copy(earlier ?? contact)
      },
      async get(id) {
        open()
        return copyOf(contacts.get(id))
      },
      async update(id, change) {
        open()
        const current = contacts.get(id)
        if (current === undefined) return undefined
        const changes = change(copy(current))
        const clash = contacts
          .all()
          .some((each) => each.id !== id && each.owner === current.owner && each.fingerprint === changes?.fingerprint)
        return clash ? 'conflict' : update(contacts, id, () => changes, { owner: current.owner })
      },
      async list(query) {
        open()
        return contacts
          .page(
            query,
            (each) => each.owner === query.owner,
            (each) => matchesMeta(each.meta, query.meta),
          )
          .map(copy)
      },
    },
    ratings: {
      async cast(rating, added, window) {
        open()
        const again = ratings
          .all()
          .some(
            (each) =>
              each.owner === rating.owner &&
              each.conversationId === rating.conversationId &&
              each.messageId === rating.messageId &&
              each.botId === rating.botId &&
              rating.createdAt - each.createdAt < window,
          )
        if (again || appendTo(rating.conversationId, added, rating.createdAt) === undefined) return false
        ratings.add(copy(rating))
        return true
      },
      async list(query) {
        open()
        const inScope = (each: RatingRecord) => each.owner === query.owner && each.contactId === query.contactId
        return ratings.page(query, inScope, everything).map(copy)
      },
    },
    sessions: {
      async create(session) {
        open()
        for (const [token, { expiresAt }] of sessions) if (expiresAt <= session.createdAt) sessions.delete(token)
        sessions.set(session.token, copy(session))
      },
      async get(token) {
        open()
        return copyOf(sessions.get(token))
      },
    },
    attachments: {
      async create(attachment, bytes, added) {
        open()
        if (appendTo(attachment.conversationId, added, attachment.createdAt) === undefined) return false
        attachments.add(copy(attachment))
        if (bytes) files.set(attachment.id, bytes.slice())
        return true
      },
      async get(id) {
        open()
        return copyOf(attachments.get(id))
      },
      async write(id, bytes) {
        open()
        if (attachments.get(id) === undefined) return false
        files.set(id, bytes.slice())
        return true
      },
      async read(id) {
        open()
        return files.get(id)?.slice()
      },
      async list(query) {
        open()
        return attachments.page(query, (each) => each.conversationId === query.conversationId, everything).map(copy)
      },
    },
    usage: {
      async add(record) {
        open()
        usage.push(copy(record))
      },
      async sum(conversationId, from, to) {
        open()
        const sums = { tokens: 0, messages: 0 }
        for (const each of usage) {
          if (each.conversationId !== conversationId || each.createdAt < from || each.createdAt > to) continue
          sums.tokens += each.tokens
          sums.messages += each.messages
        }
        return sums
      },
    },
    idempotency: {
      async begin(record) {
        open()
        for (const [key, { createdAt }] of idempotency)
          if (createdAt < record.createdAt - IDEMPOTENCY_LIFETIME_MS) idempotency.delete(key)
        const earlier = idempotency.get(record.key)
        if (earlier === undefined) idempotency.set(record.key, copy({ ...record, answer: null }))
        return copyOf(earlier)
      },
      async finish(key, answer) {
        open()
        const record = idempotency.get(key)
        if (record) idempotency.set(key, copy({ ...record, answer }))
      },
      async release(key) {
        open()
        idempotency.delete(key)
      },
    },
    async fill(records) {
      open()
      if (conversations.newest() || contacts.newest() || ratings.newest()) return false
      try {
        begin(records)
      } catch (error) {
        // All of these were empty.
        for (const list of [conversations, contacts, ratings, attachments]) list.clear()
        for (const map of [messages, files]) map.clear()
        throw error
      }
      for (const each of records.usage) usage.push(copy(each))
      return true
    },
    controls: {
      snapshot() {
        open()
        const list = conversations.all().map(copy)
        return {
          conversations: list,
          messages: Object.fromEntries(list.map(({ id }) => [id, (messages.get(id)?.all() ?? []).map(copy)])),
        }
      },
      expireSessions() {
        open()
        for (const [token, session] of sessions) sessions.set(token, { ...session, expiresAt: 0 })
      },
      clear() {
        open()
        for (const list of [conversations, contacts, ratings, attachments]) list.clear()
        for (const map of [messages, files, sessions, idempotency]) map.clear()
        usage = []
      },
    },
    async close() {
      closed = true
    },
  }
}

function copyOf<T extends object>(value: T | undefined): T | undefined {
  return value === undefined ? undefined : copy(value)
}

function addNew<T extends { id: string; createdAt: number }>(what: string, list: SortedList<T>, record: T): void {
  if (list.get(record.id)) throw new Error(`${what} ${record.id} is there twice.`)
  list.add(copy(record))
}
