import type { Message, MessageInstance } from '../protocol/index.ts'
import { textMessage } from '../store/index.ts'
import type { TurnRows } from '../store/index.ts'

/** Keys of rows that stand for messages the caller gave. Those are sent as they were given. */
export const GIVEN = ':given:'

/** Messages a conversation begins with, as rows. What is for the model only makes no row. */
export function givenRows(thread: string, messages: readonly Message[]): TurnRows[] {
  const rows: TurnRows[] = []
  for (const [index, message] of messages.entries()) {
    // Nobody knows when it was said, unless it comes from a server.
    const { type, text, meta, createdAt = Number.NaN } = message as Partial<MessageInstance> & Message
    if (type !== 'user' && type !== 'bot') continue
    const own = type === 'user'
    const role = own ? 'user' : 'assistant'
    const key = `${thread}${GIVEN}${index}`
    const row = textMessage({ key, id: null, role, type, text, status: 'sent', createdAt, meta })
    rows.push(own ? { user: row, after: null } : { reply: row, after: null })
  }
  return rows
}
