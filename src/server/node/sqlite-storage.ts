import { matchesMeta } from '../storage/meta-filter.ts'
import type { Change, MessageRecord, MetaFilter, NewMessage, Storage } from '../storage/storage.ts'
import { openDatabase } from './sqlite/database.ts'
import type { Value } from './sqlite/database.ts'
import { metaClause } from './sqlite/meta-clause.ts'
import { openTables } from './sqlite/records.ts'
import { where } from './sqlite/table.ts'
import type { Clause, Table } from './sqlite/table.ts'

const IDEMPOTENCY_LIFETIME_MS = 24 * 3_600_000

export interface SqliteStorageOptions {
  /** The data file; made when it is not there. One process at a time may have it. */
  file: string
}

/**
 * A storage in a SQLite file. What a method has acknowledged is on the disk and outlives a kill of the process.
 * @throws Error with one sentence when the file is in use, damaged, not ours, of a newer version or cannot be written.
 */
export function sqliteStorage({ file }: SqliteStorageOptions): Storage {
  const db = openDatabase(file)
  const { conversations, messages, contacts, ratings, sessions, attachments, usage, idempotency } = openTables(db)

  function append(conversationId: string, added: readonly NewMessage[], now: number): MessageRecord[] {
    const newest = db.get('SELECT max(createdAt) AS newest FROM messages WHERE conversationId = ?', [conversationId])
    let last = newest?.['newest'] === null || newest === undefined ? -Infinity : Number(newest['newest'])
    return added.map((message) => {
      last = Math.max(message.createdAt ?? now, last + 1)
      const record: MessageRecord = {
        id: message.id,
        conversationId,
        type: message.type,
        text: message.text,
        meta: message.meta === undefined ? null : structuredClone(message.meta),
        name: message.name ?? null,
        description: message.description ?? null,
        createdAt: last,
        updatedAt: last,
      }
      messages.insert(record)
      return record
    })
  }

  /** In a transaction of the caller. `undefined` when there is no such conversation. */
  function appendTo(conversationId: string, added: readonly NewMessage[], now: number): MessageRecord[] | undefined {
    const touched = db.run('UPDATE conversations SET updatedAt = max(updatedAt, ?) WHERE id = ?', [now, conversationId])
    return touched > 0 ? append(conversationId, added, now) : undefined
  }

  function update<T extends object>(table: Table<T>, at: Clause, change: Change<T>, fixed: readonly (keyof T)[]) {
    return db.transaction(() => {
      const current = table.find(at)
      const changes = current && change(structuredClone(current))
      if (current === undefined || changes === undefined) return current
      const next = { ...current, ...changes }
      for (const column of fixed) next[column] = current[column]
      table.write(at, next)
      return table.find(at)
    })
  }

  const byMeta = (meta: MetaFilter | undefined) =>
    meta && { clause: metaClause(meta), passes: (record: { meta: object | null }) => matchesMeta(record.meta, meta) }

  return {
    conversations: {
      async create(conversation, first) {
        return db.transaction(() => {
          if (conversations.find(where({ id: conversation.id }))) return false
          conversations.insert(conversation)
          append(conversation.id, first, conversation.createdAt)
          return true
        })
      },
      async get(id) {
        return conversations.find(where({ id }))
      },
      async update(id, change) {
        return update(conversations, where({ id }), change, ['id', 'owner', 'createdAt'])
      },
      async delete(id) {
        // Messages and attachments go with it: the schema says so.
        return conversations.delete(where({ id })) > 0
      },
      async list(query) {
        const meta = byMeta(query.meta)
        const filter = all(
          { sql: '(expiresAt IS NULL OR expiresAt > ?)', values: [query.now] },
          oneOf('botId', query.botIds),
          oneOf('contactId', query.contactIds),
          oneOf('taskId', query.taskIds),
          meta?.clause,
        )
        return conversations.page(query, where({ owner: query.owner }), filter, meta?.passes)
      },
    },
    messages: {
      async append(conversationId, added, now) {
        return db.transaction(() => appendTo(conversationId, added, now))
      },
      async get(conversationId, id) {
        return messages.find(where({ conversationId, id }))
      },
      async update(conversationId, id, change) {
        return update(messages, where({ conversationId, id }), change, ['id', 'conversationId', 'createdAt'])
      },
      async delete(conversationId, id) {
        return messages.delete(where({ conversationId, id })) > 0
      },
      async list(query) {
        return messages.page(query, where({ conversationId: query.conversationId }), all(oneOf('type', query.types)))
      },
      async history(conversationId) {
        const newest = db.get(
          `SELECT createdAt FROM messages WHERE conversationId = ? AND type = 'checkpoint' ORDER BY createdAt DESC LIMIT 1`,
          [conversationId],
        )
        return messages.select(
          all(where({ conversationId }), newest && { sql: 'createdAt >= ?', values: [Number(newest['createdAt'])] }),
        )
      },
    },
    contacts: {
      async ensure(contact) {
        return db.transaction(() => {
          const at = where({ owner: contact.owner, fingerprint: contact.fingerprint })
          const earlier = contacts.find(at)
          if (earlier) return earlier
          contacts.insert(contact)
          return contacts.find(at) ?? contact
        })
      },
      async get(id) {
        return contacts.find(where({ id }))
      },
      async update(id, change) {
        let conflict = false
        const updated = update(
          contacts,
          where({ id }),
          (current) => {
            const changes = change(current)
            const other =
              changes?.fingerprint !== undefined &&
              contacts.find(where({ owner: current.owner, fingerprint: changes.fingerprint }))
            conflict = other !== false && other !== undefined && other.id !== id
            return conflict ? undefined : changes
          },
          ['id', 'owner', 'createdAt'],
        )
        return conflict ? 'conflict' : updated
      },
      async list(query) {
        const meta = byMeta(query.meta)
        return contacts.page(query, where({ owner: query.owner }), meta?.clause, meta?.passes)
      },
    },
    ratings: {
      async cast(rating, added, window) {
        const { owner, conversationId, messageId, botId, createdAt } = rating
        return db.transaction(() => {
          const again = ratings.find(
            all(where({ owner, conversationId, messageId, botId }), {
              sql: '? - createdAt < ?',
              values: [createdAt, window],
            }),
          )
          if (again || appendTo(conversationId, added, createdAt) === undefined) return false
          ratings.insert(rating)
          return true
        })
      },
      async list(query) {
        return ratings.page(query, where({ owner: query.owner, contactId: query.contactId }))
      },
    },
    sessions: {
      async create(session) {
        db.transaction(() => {
          sessions.delete({ sql: 'expiresAt <= ?', values: [session.createdAt] })
          sessions.insert(session)
        })
      },
      async get(token) {
        return sessions.find(where({ token }))
      },
    },
    attachments: {
      async create(attachment, bytes, added) {
        return db.transaction(() => {
          if (appendTo(attachment.conversationId, added, attachment.createdAt) === undefined) return false
          attachments.insert(attachment)
          if (bytes) db.run('UPDATE attachments SET bytes = ? WHERE id = ?', [bytes, attachment.id])
          return true
        })
      },
      async get(id) {
        return attachments.find(where({ id }))
      },
      async write(id, bytes) {
        return db.run('UPDATE attachments SET bytes = ? WHERE id = ?', [bytes, id]) > 0
      },
      async read(id) {
        const bytes = db.get('SELECT bytes FROM attachments WHERE id = ?', [id])?.['bytes']
        return bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : undefined
      },
      async list(query) {
        return attachments.page(query, where({ conversationId: query.conversationId }))
      },
    },
    usage: {
      async add(record) {
        usage.insert(record)
      },
      async sum(conversationId, from, to) {
        const row = db.get(
          `SELECT coalesce(sum(tokens), 0) AS tokens, coalesce(sum(messages), 0) AS messages FROM usage
           WHERE conversationId = ? AND createdAt BETWEEN ? AND ?`,
          [conversationId, from, to],
        )
        return { tokens: Number(row?.['tokens']), messages: Number(row?.['messages']) }
      },
    },
    idempotency: {
      async begin(record) {
        return db.transaction(() => {
          idempotency.delete({ sql: 'createdAt < ?', values: [record.createdAt - IDEMPOTENCY_LIFETIME_MS] })
          const earlier = idempotency.find(where({ key: record.key }))
          if (earlier === undefined) idempotency.insert({ ...record, answer: null })
          return earlier
        })
      },
      async finish(key, answer) {
        db.run('UPDATE idempotency SET answer = ? WHERE key = ?', [JSON.stringify(answer), key])
      },
      async release(key) {
        idempotency.delete(where({ key }))
      },
    },
    async fill(records) {
      return db.transaction(() => {
        if ([conversations, contacts, ratings].some((each) => each.find({ sql: '1 LIMIT 1', values: [] }))) return false
        for (const each of records.contacts) contacts.insert(each)
        for (const each of records.conversations) conversations.insert(each)
        for (const each of records.messages) messages.insert(each)
        for (const each of records.ratings) ratings.insert(each)
        for (const { record, bytes } of records.attachments) {
          attachments.insert(record)
          db.run('UPDATE attachments SET bytes = ? WHERE id = ?', [bytes, record.id])
        }
        for (const each of records.usage) usage.insert(each)
        return true
      })
    },
    controls: {
      snapshot() {
        const list = conversations.select(all())
        return {
          conversations: list,
          messages: Object.fromEntries(list.map(({ id }) => [id, messages.select(where({ conversationId: id }))])),
        }
      },
      expireSessions() {
        db.run('UPDATE sessions SET expiresAt = 0')
      },
      clear() {
        db.transaction(() => {
          for (const table of [conversations, contacts, ratings, sessions, usage, idempotency]) table.delete(all())
        })
      },
    },
    async close() {
      db.close()
    },
  }
}

/** Clauses that all have to hold; those that are not there hold. */
function all(...clauses: readonly (Clause | undefined)[]): Clause {
  const given = clauses.filter((clause) => clause !== undefined)
  return {
    sql: given.length > 0 ? `(${given.map((clause) => clause.sql).join(') AND (')})` : '1',
    values: given.flatMap((clause) => clause.values),
  }
}

function oneOf(column: string, values: readonly Value[] | undefined): Clause | undefined {
  // One value however many there are, so that the statement stays the same.
  return values && { sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] }
}
