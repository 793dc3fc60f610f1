import type { Message } from '../../protocol/index.ts'
import { formatId } from '../ids.ts'
import { attachmentName, castActivities, uploadActivities } from '../events.ts'
import type {
  AttachmentRecord,
  ConversationRecord,
  MessageRecord,
  RatingRecord,
  UsageRecord,
} from '../storage/storage.ts'
import { tokensIn } from '../tokens.ts'
import type { Random } from './random.ts'
import type { Moment } from './talk.ts'

/** What is left in the storage when a conversation has taken place. */
export interface Kept {
  /** When something happened last. */
  updatedAt: number
  messages: MessageRecord[]
  ratings: RatingRecord[]
  attachments: { record: AttachmentRecord; bytes: Uint8Array }[]
  usage: UsageRecord[]
}

/** Lets a conversation take place: stores what the routes of the server would have stored, at its times, and never later than `now`. */
export function keep(conversation: ConversationRecord, moments: readonly Moment[], now: number, random: Random): Kept {
  const { id: conversationId, owner, botId, contactId, createdAt } = conversation
  const kept: Kept = { updatedAt: createdAt, messages: [], ratings: [], attachments: [], usage: [] }
  const whole = moments.reduce((sum, { wait }) => sum + wait, 0)
  const room = Math.max(now - createdAt - moments.length * 4, 0)
  const scale = whole > room ? room / whole : 1
  const newId = ids(random)
  let elapsed = 0
  let tokens = 0
  let last = createdAt
  let reply: string | null = null

  function append(at: number, said: readonly Message[]): void {
    for (const { type, text, meta = null } of said) {
      last = Math.max(at, last + 1)
      const id = newId(at)
      kept.messages.push({
        id,
        conversationId,
        type,
        text,
        meta,
        name: null,
        description: null,
        createdAt: last,
        updatedAt: last,
      })
      if (type === 'bot') reply = id
      tokens += tokensIn(text)
    }
    kept.updatedAt = at
  }

  for (const { wait, says = [], isReply = false, vote, file } of moments) {
    elapsed += wait
    const at = createdAt + Math.floor(elapsed * scale)
    const times = { createdAt: at, updatedAt: at }
    if (vote) {
      const { on, value, reason } = vote
      const messageId = on === 'message' ? reply : null
      kept.ratings.push({ id: newId(at), owner, value, reason, conversationId, messageId, botId, contactId, ...times })
      append(at, castActivities(on, value, reason))
    } else if (file) {
      const id = newId(at)
      const { name: description, type, bytes } = file
      const name = attachmentName(id, { name: description, type })
      const record = { id, conversationId, name, description, type, size: bytes.byteLength, ...times }
      kept.attachments.push({ record, bytes })
      append(at, uploadActivities(record))
    } else {
      append(at, says)
      // A model reads all that was said before, each time.
      kept.usage.push({ owner, conversationId, tokens: isReply ? tokens : 0, messages: says.length, createdAt: at })
    }
  }
  return kept
}

/** Ids like those of `createIds`, for times that are over. */
function ids(random: Random): (time: number) => string {
  let before = 0
  let counter = 0
  return (time) => {
    counter = time === before ? counter + 1 : 0
    before = time
    return formatId(time, counter, random.text(12))
  }
}
