/**
 * The schema, one step a version; `user_version` in the file counts the steps it has. A step that was released is never
 * changed: add one. Columns are named as the fields of the records.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    name TEXT, description TEXT, backstory TEXT, model TEXT,
    botId TEXT, datasetId TEXT, skillsetId TEXT, contactId TEXT, taskId TEXT, spaceId TEXT,
    privacy INTEGER, moderation INTEGER,
    expiresAt INTEGER,
    meta TEXT,
    createdAt INTEGER NOT NULL,
    updatedAt INTEGER NOT NULL
  );
  CREATE INDEX conversationsByTime ON conversations (owner, createdAt, id);
  CREATE INDEX conversationsByContact ON conversations (owner, contactId, createdAt, id) WHERE contactId IS NOT NULL;

  CREATE TABLE messages (
    conversationId TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    text TEXT NOT NULL,
    meta TEXT,
    name TEXT, description TEXT,
    createdAt INTEGER NOT NULL,
    updatedAt INTEGER NOT NULL,
    PRIMARY KEY (conversationId, id)
  );
  CREATE INDEX messagesByTime ON messages (conversationId, createdAt, id);
  CREATE INDEX checkpoints ON messages (conversationId, createdAt) WHERE type = 'checkpoint';

  CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    name TEXT, description TEXT, email TEXT, phone TEXT, nick TEXT, preferences TEXT,
    verifiedAt INTEGER,
    meta TEXT,
    createdAt INTEGER NOT NULL,
    updatedAt INTEGER NOT NULL,
    UNIQUE (owner, fingerprint)
  );
  CREATE INDEX contactsByTime ON contacts (owner, createdAt, id);

  CREATE TABLE ratings (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    value INTEGER NOT NULL,
    reason TEXT,
    conversationId TEXT NOT NULL,
    messageId TEXT, botId TEXT, contactId TEXT,
    createdAt INTEGER NOT NULL,
    updatedAt INTEGER NOT NULL
  );
  CREATE INDEX ratingsByTarget ON ratings (conversationId, messageId, createdAt);
  CREATE INDEX ratingsByContact ON ratings (owner, contactId, createdAt, id);

  CREATE TABLE sessions (
    token TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    conversationId TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL
  );
  CREATE INDEX sessionsByExpiry ON sessions (expiresAt);

  CREATE TABLE attachments (
    id TEXT PRIMARY KEY,
    conversationId TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    type TEXT NOT NULL,
    size INTEGER NOT NULL,
    createdAt INTEGER NOT NULL,
    updatedAt INTEGER NOT NULL,
    bytes BLOB
  );
  CREATE INDEX attachmentsByTime ON attachments (conversationId, createdAt, id);

  CREATE TABLE usage (
    owner TEXT NOT NULL,
    conversationId TEXT,
    tokens INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    createdAt INTEGER NOT NULL
  );
  CREATE INDEX usageByConversation ON usage (conversationId, createdAt, tokens, messages);

  CREATE TABLE idempotency (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    answer TEXT
  );
  CREATE INDEX idempotencyByTime ON idempotency (createdAt);
  `,
]
