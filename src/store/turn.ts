import type {
  CompleteResult,
  ConversationStreamEvent,
  EndReason,
  KnownStreamEvent,
  Message,
} from '../protocol/index.ts'
import { ConversationError } from '../transport/index.ts'
import type { RunRequest } from './queue.ts'
import { textOf } from './message.ts'
import type { ChatMessage, MessagePart } from './message.ts'
import { activityOf, appendText, applyActivity, closeParts, endTools, finishText } from './parts.ts'

/** Where an exchange stands. */
export type ChatStatus = 'ready' | 'submitted' | 'streaming' | 'error'
/** What the assistant is doing. */
export type ChatPhase = 'idle' | 'thinking' | 'reasoning' | 'typing' | 'tool'

/** The rows of one exchange, and where they belong. */
export interface TurnRows {
  user?: ChatMessage
  reply?: ChatMessage
  /** The newest stored message when it began: `null` when there was none, `undefined` when nobody knew. */
  after: string | null | undefined
}

/** What is going on in a conversation that the server has not stored yet. One record for one conversation. */
export interface LiveTurn extends TurnRows {
  status: ChatStatus
  phase: ChatPhase
  error: ConversationError | null
  /** Epoch milliseconds. */
  startedAt: number
  /** The React key the reply gets when it begins. */
  replyKey: string
  /** Whether the server has said anything at all. */
  answered: boolean
  /** Whether the reply is known to be all there is: the server has sent it as a whole message, and nothing after it. */
  whole: boolean
  /** How many parts of the reply belong to messages that the server has sent whole. */
  told: number
  result: CompleteResult | null
  /** What was asked for beside the user's words. */
  request?: RunRequest
  /** Whether the answer it is to replace is still there. */
  redo?: boolean
  /** Whether the page was closed in the middle of it, so that nobody has seen how it went on. */
  restored?: boolean
  /** Why it ended; `null` while it has not. */
  end: EndReason | null
  /** Rows of earlier exchanges that the cache does not hold. */
  past: readonly TurnRows[]
  /** Ends the call under way. */
  controller: AbortController | null
}

/** What the reader, the network and the clock add to what a server streams. */
export type LocalEvent =
  /** Something is asked. Without `user` the assistant answers what is stored. */
  | {
      type: 'send'
      user?: ChatMessage
      request?: RunRequest
      replyKey: string
      after: string | null | undefined
      at: number
      controller?: AbortController | null
    }
  /** The same again after an error: `again` with the same user message, else without one. */
  | {
      type: 'retry'
      again: boolean
      replyKey: string
      after: string | null | undefined
      at: number
      controller?: AbortController | null
    }
  /** Nobody has the reply, and it says nothing yet: what was thought for it goes. */
  | { type: 'dropThoughts' }
  /** The run goes on in a further call, with the answers of functions. */
  | { type: 'step' }
  | { type: 'stop' }
  | { type: 'fail'; error: ConversationError }
  | { type: 'clearError' }

export type TurnEvent = ConversationStreamEvent | LocalEvent

/** Whether an answer is on its way. */
export const isBusy = (turn: Pick<LiveTurn, 'status'> | undefined): boolean =>
  turn?.status === 'submitted' || turn?.status === 'streaming'

/** A conversation in which nothing goes on, with rows that are not stored. */
export const restingTurn = (past: readonly TurnRows[]): LiveTurn => ({
  status: 'ready',
  phase: 'idle',
  error: null,
  after: undefined,
  startedAt: 0,
  replyKey: '',
  answered: false,
  whole: false,
  told: 0,
  result: null,
  end: null,
  past,
  controller: null,
})

/** The exchange so far and one event in, the exchange after it out. The same object when nothing changes. */
export function reduceTurn(before: LiveTurn | undefined, event: TurnEvent): LiveTurn {
  const turn = before ?? restingTurn([])
  switch (event.type) {
    case 'send':
      return begin(event, [...turn.past, ...keepRows(turn)], event.user, event.request)
    case 'retry':
      return event.again
        ? begin(event, turn.past, turn.user && { ...turn.user, status: 'sending', error: undefined }, turn.request)
        : begin(event, [...turn.past, ...keepRows(turn)], undefined)
    case 'dropThoughts': {
      const { reply, ...rest } = turn
      return reply?.text === '' ? rest : turn
    }
    case 'step':
      return { ...arrived(turn), status: 'submitted', phase: 'tool', whole: false }
    case 'stop':
      return isBusy(turn) ? stopped(turn) : turn
    case 'fail':
      return failed(turn, event.error)
    case 'clearError':
      return turn.status === 'error' ? { ...turn, status: 'ready', phase: 'idle', error: null, restored: false } : turn
    default:
      // What comes in after the end was on its way when the reader stopped.
      return isBusy(turn) || turn.status === 'error' ? streamed(turn, event) : turn
  }
}

function begin(
  { replyKey, after, at, controller = null }: Extract<LocalEvent, { type: 'send' | 'retry' }>,
  past: readonly TurnRows[],
  user: ChatMessage | undefined,
  request?: RunRequest,
): LiveTurn {
  const next: LiveTurn = {
    ...restingTurn(past),
    status: 'submitted',
    phase: 'thinking',
    replyKey,
    after,
    startedAt: at,
    controller,
    ...(request && { request }),
  }
  return user ? { ...next, user } : next
}

const keepRows = ({ user, reply, after }: TurnRows): TurnRows[] =>
  user || reply ? [{ after, ...(user && { user }), ...(reply && { reply }) }] : []

function streamed(turn: LiveTurn, event: KnownStreamEvent): LiveTurn {
  switch (event.type) {
    case 'token':
      return grow(turn, event, 'text', event.data?.token)
    case 'reasoningToken':
      return grow(turn, event, 'reasoning', event.data?.token)
    case 'message':
      return message(arrived(turn), event, event.data)
    case 'sendResult':
      return sent(turn, event.data?.id)
    case 'result':
      return finished(turn, event, event.data)
    case 'error':
      return failed(
        turn,
        new ConversationError({
          code: event.data?.code ?? 'STREAM_ERROR',
          message: event.data?.message ?? 'The server reported a failure and said no more.',
        }),
      )
    case 'operationBegin':
    case 'waitForChannelMessageBegin':
      return phase(arrived(turn), 'tool')
    case 'operationEnd':
    case 'waitForChannelMessageEnd':
      return phase(arrived(turn), 'thinking')
    case 'completeBegin':
    case 'compactionBegin':
    case 'intentDetectionBegin':
      return arrived(turn)
    default:
      return turn
  }
}

const phase = (turn: LiveTurn, phase: ChatPhase): LiveTurn =>
  isBusy(turn) && turn.phase !== phase ? { ...turn, phase } : turn

/** The server has the user's words and works on them. */
function arrived(turn: LiveTurn): LiveTurn {
  if (turn.answered && turn.user?.status !== 'sending') return turn
  return { ...turn, answered: true, ...(turn.user?.status === 'sending' && { user: { ...turn.user, status: 'sent' } }) }
}

function sent(turn: LiveTurn, id: string | undefined): LiveTurn {
  const next = arrived(turn)
  return next.user && id !== undefined ? { ...next, user: { ...next.user, id } } : next
}

/** The reply with other parts. Its text is appended to when only that happened, so that a token costs a token. */
function withParts(turn: LiveTurn, event: { createdAt?: number }, parts: MessagePart[], delta?: string): LiveTurn {
  const reply = turn.reply ?? newReply(turn, event)
  const text = delta === undefined ? textOf(parts) : reply.text + delta
  return { ...turn, reply: { ...reply, parts, text } }
}

function newReply(turn: LiveTurn, event: { createdAt?: number }): ChatMessage {
  return {
    key: turn.replyKey,
    id: null,
    role: 'assistant',
    type: 'bot',
    parts: [],
    text: '',
    status: turn.status === 'error' ? 'failed' : 'streaming',
    createdAt: event.createdAt ?? turn.startedAt,
  }
}

function grow(
  turn: LiveTurn,
  event: { createdAt?: number },
  type: 'text' | 'reasoning',
  delta: string | undefined,
): LiveTurn {
  if (typeof delta !== 'string' || delta === '') return arrived(turn)
  const before = turn.reply?.parts ?? []
  const last = before.at(-1)
  const continues = last?.type === type && last.streaming
  const parts = appendText(before, type, delta)
  const next = withParts(arrived(turn), event, parts, continues ? (type === 'text' ? delta : '') : undefined)
  return { ...next, ...(isBusy(turn) && typing(type)), whole: false }
}

const typing = (type: 'text' | 'reasoning') =>
  ({ status: 'streaming', phase: type === 'text' ? 'typing' : 'reasoning' }) as const

function message(turn: LiveTurn, event: { createdAt?: number }, message: Message | undefined): LiveTurn {
  const parts = turn.reply?.parts ?? []
  if (message?.type === 'bot' || message?.type === 'reasoning') {
    const type = message.type === 'bot' ? 'text' : 'reasoning'
    const next = withParts(turn, event, finishText(parts, turn.told, type, message.text ?? ''))
    const told = type === 'text' ? (next.reply?.parts.length ?? 0) : turn.told
    return { ...next, ...(isBusy(turn) && typing(type)), whole: type === 'text', told }
  }
  const activity = message && activityOf(message)
  if (!activity) return turn
  const next = withParts(turn, event, applyActivity(parts, activity))
  const running = next.reply?.parts.some((part) => part.type === 'tool' && part.state === 'running')
  return { ...next, ...(isBusy(turn) && { status: 'streaming', phase: running ? 'tool' : 'thinking' }), whole: false }
}

function finished(turn: LiveTurn, event: { createdAt?: number }, result: CompleteResult | undefined): LiveTurn {
  const reason = result?.end?.reason ?? 'stop'
  let next = arrived(turn)
  const parts = next.reply?.parts ?? []
  if (result?.text && reason !== 'activity') {
    // It repeats the last message; told otherwise there, it is right.
    const at = next.whole ? parts.findLastIndex((part) => part.type === 'text') : next.told
    const said = parts[at]
    const known = next.whole && said?.type === 'text' && said.text === result.text
    if (!known) next = withParts(next, event, finishText(parts, Math.max(at, 0), 'text', result.text))
  }
  if (next.reply) {
    const status = turn.status === 'error' || reason === 'error' ? 'failed' : reason === 'abort' ? 'stopped' : 'sent'
    // While functions of the page are asked, their calls are still running.
    const parts = reason === 'activity' ? closeParts(next.reply.parts) : endTools(closeParts(next.reply.parts))
    const { error, ...reply } = next.reply
    next = {
      ...next,
      reply: {
        ...reply,
        parts,
        id: result?.id ?? null,
        status,
        ...(status === 'failed' && error && { error }),
        ...(reason === 'length' && { end: reason }),
        ...(result?.usage && { usage: result.usage }),
      },
    }
  }
  next = { ...next, result: result ?? null, end: reason, whole: true }
  if (turn.status === 'error') return next
  if (reason === 'error') {
    return failed(next, new ConversationError({ code: 'STREAM_ERROR', message: 'The reply ended with an error.' }))
  }
  return { ...next, status: 'ready', phase: 'idle' }
}

const stopped = (turn: LiveTurn): LiveTurn => ({
  ...broken(turn, { status: 'stopped' }),
  status: 'ready',
  phase: 'idle',
  end: 'abort',
})

const failed = (turn: LiveTurn, error: ConversationError): LiveTurn => ({
  ...broken(turn, { status: 'failed', error }),
  status: 'error',
  phase: 'idle',
  error,
  end: 'error',
})

/** What is not finished is left as it is, and says why. */
function broken(turn: LiveTurn, mark: Pick<ChatMessage, 'status' | 'error'>): LiveTurn {
  const { user, reply } = turn
  return {
    ...turn,
    ...(user?.status === 'sending' && { user: { ...user, ...mark } }),
    ...(reply && { reply: { ...reply, parts: endTools(closeParts(reply.parts)), ...mark } }),
  }
}
