import type { MessageInstance, MessageType } from '../protocol/index.ts'
import { textMessage, textOf } from './message.ts'
import type { ChatMessage, MessagePart } from './message.ts'
import { activityOf, applyActivity } from './parts.ts'

/** How a message was on screen before it was read from the server, so that it stays as it was. */
export interface Shown {
  /** The React key of its row. */
  key: string
  /** The server id of its row. */
  id: string
  status?: 'stopped' | 'failed'
  /** What the assistant thought. Servers stream it and need not store it. */
  reasoning?: string
  end?: ChatMessage['end']
  usage?: ChatMessage['usage']
}

/** By server id. */
export type ShownMessages = Readonly<Record<string, Shown>>

/** What people read in a talk. The others are for the model. */
export const VISIBLE_TYPES: readonly MessageType[] = ['user', 'bot', 'reasoning', 'activity']

/** Whether a stored message is a part of what the assistant says and does. */
export const isReply = (message: MessageInstance): boolean =>
  message.type === 'bot' || message.type === 'reasoning' || activityOf(message) !== undefined

/**
 * Stored messages, oldest first, as rows. What the assistant thought, called and said in one go is one row. One message
 * after another without a call between them are two, unless they were one row on screen while they were streamed.
 */
export function storedRows(
  messages: readonly MessageInstance[],
  shown: ShownMessages = NOTHING_SHOWN,
  include: readonly MessageType[] = VISIBLE_TYPES,
): readonly ChatMessage[] {
  const known = lists.get(messages)
  if (known?.shown === shown && known.include === include) return known.rows
  const rows = buildRows(messages, shown, include)
  lists.set(messages, { shown, include, rows })
  return rows
}

const NOTHING_SHOWN: ShownMessages = {}

// Asked for again with every frame of a reply, with the same messages.
const lists = new WeakMap<
  readonly MessageInstance[],
  { shown: ShownMessages; include: readonly MessageType[]; rows: readonly ChatMessage[] }
>()

function buildRows(
  messages: readonly MessageInstance[],
  shown: ShownMessages,
  include: readonly MessageType[],
): ChatMessage[] {
  const rows: ChatMessage[] = []
  let group: MessageInstance[] = []
  const close = () => {
    if (group.length > 0) rows.push(replyRow(group, shown))
    group = []
  }
  for (const message of messages) {
    if (!include.includes(message.type)) {
      // What is left out still stands between two answers when somebody else spoke.
      if (message.type === 'user') close()
    } else if (isReply(message)) {
      if (group.length > 0 && !continues(group, message, shown)) close()
      group.push(message)
    } else if (message.type !== 'activity') {
      close()
      rows.push(plainRow(message, shown))
    }
  }
  close()
  return rows
}

function continues(group: readonly MessageInstance[], message: MessageInstance, shown: ShownMessages): boolean {
  const key = shown[message.id]?.key
  const groupKey = group.map(({ id }) => shown[id]?.key).find((each) => each !== undefined)
  if (key !== undefined || groupKey !== undefined) return key === groupKey
  return group.at(-1)?.type !== 'bot' || message.type === 'activity'
}

// A row is the same object as long as nothing in it changed, so that finished messages never render again.
const replyRows = new WeakMap<
  MessageInstance,
  { group: MessageInstance[]; marks: (Shown | undefined)[]; row: ChatMessage }
>()
const plainRows = new WeakMap<MessageInstance, { mark: Shown | undefined; row: ChatMessage }>()

function replyRow(group: MessageInstance[], shown: ShownMessages): ChatMessage {
  const speaker = group.findLast((message) => message.type === 'bot') ?? group[group.length - 1]!
  const marks = group.map((message) => shown[message.id])
  const known = replyRows.get(speaker)
  if (known && sameItems(known.group, group) && sameItems(known.marks, marks)) return known.row
  const row = buildReply(speaker, group, marks)
  replyRows.set(speaker, { group, marks, row })
  return row
}

function buildReply(
  speaker: MessageInstance,
  group: readonly MessageInstance[],
  marks: readonly (Shown | undefined)[],
): ChatMessage {
  let parts: MessagePart[] = []
  const { end, usage } = marks.findLast((mark) => mark) ?? {}
  const thought = marks.find((mark) => mark?.reasoning)?.reasoning
  if (thought && group.every((message) => message.type !== 'reasoning')) {
    parts.push({ type: 'reasoning', text: thought, streaming: false })
  }
  for (const message of group) {
    const activity = activityOf(message)
    if (activity) parts = applyActivity(parts, activity)
    else if (message.text)
      parts.push({ type: message.type === 'bot' ? 'text' : 'reasoning', text: message.text, streaming: false })
  }
  return {
    key: marks.find((mark) => mark)?.key ?? speaker.id,
    id: speaker.id,
    role: 'assistant',
    type: speaker.type,
    parts,
    text: textOf(parts),
    status: marks.find((mark) => mark?.status)?.status ?? 'sent',
    createdAt: speaker.createdAt,
    ...(end && { end }),
    ...(usage && { usage }),
    ...(speaker.meta && { meta: speaker.meta }),
  }
}

function plainRow(message: MessageInstance, shown: ShownMessages): ChatMessage {
  const mark = shown[message.id]
  const known = plainRows.get(message)
  if (known && known.mark === mark) return known.row
  const { id, type, text, createdAt, meta } = message
  const row = textMessage({ key: mark?.key ?? id, id, type, text, status: 'sent', createdAt, meta })
  plainRows.set(message, { mark, row })
  return row
}

const sameItems = <T>(one: readonly T[], two: readonly T[]): boolean =>
  one.length === two.length && one.every((item, index) => item === two[index])
