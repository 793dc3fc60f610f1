import type { Message, MessageInstance } from '../protocol/index.ts'
import { restingTurn, textMessage } from '../store/index.ts'
import type { ChatMessage, LiveTurn, TurnRows } from '../store/index.ts'

/** Keys of rows that stand for messages the caller gave. Those are sent as they were given. */
export const GIVEN = ':given:'

/** What is seen of messages that a conversation begins with. Of ten thousand the reader sees ten, and no other is made a row. */
export interface Given {
  keys: string[]
  rows: { get: (key: string) => ChatMessage | undefined }
  /** What the rows say, in order. */
  said: readonly Message[]
}

const known = new WeakMap<LiveTurn, Given>()

/** What is seen of a turn that is nothing but given messages. */
export const givenIn = (turn: LiveTurn | undefined): Given | undefined => turn && known.get(turn)

/** Messages a conversation begins with, in which nothing goes on yet. What is for the model only makes no row. */
export function givenTurn(thread: string, messages: readonly Message[]): LiveTurn {
  const prefix = thread + GIVEN
  const said = messages.filter(({ type }) => type === 'user' || type === 'bot')
  const made: ChatMessage[] = []
  const row = (index: number) => (made[index] ??= rowOf(said[index]!, prefix + index))
  let past: TurnRows[] | undefined
  const turn: LiveTurn = {
    ...restingTurn([]),
    get past() {
      past ??= said.map(({ type }, index) => ({ [type === 'user' ? 'user' : 'reply']: row(index), after: null }))
      return past
    },
  }
  known.set(turn, {
    keys: said.map((_, index) => prefix + index),
    rows: {
      get(key) {
        const index = Number(key.slice(prefix.length))
        return said[index] && key === prefix + index ? row(index) : undefined
      },
    },
    said,
  })
  return turn
}

function rowOf(message: Message, key: string): ChatMessage {
  // Nobody knows when it was said, unless it comes from a server.
  const { type, text, meta, createdAt = Number.NaN } = message as Partial<MessageInstance> & Message
  return textMessage({ key, id: null, type, text, status: 'sent', createdAt, meta })
}
