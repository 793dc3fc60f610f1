import type { ConversationOptions, ConversationStreamEvent, Entity, Message, Meta } from '../protocol/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { isLocalKey, localKey, reduceTurn, turnOf } from '../store/index.ts'
import type { ChatMessage, LiveTurn, RunRequest } from '../store/index.ts'
import { ConversationError } from '../transport/index.ts'
import { Exchange, refuseBusy } from './exchange.ts'
import type { FinishInfo } from './exchange.ts'
import { newestStored } from './settle.ts'
import { MAX_STEPS, waitingCalls } from './tools.ts'
import type { ToolHandler } from './tools.ts'

/** What goes along with every call of a run. In a stored conversation the server takes only a few of these. */
export type RunBody = Partial<ConversationOptions> & { privacy?: boolean; moderation?: boolean }

/** Callbacks and settings of a thread. Read at the moment they are needed, so that they are never old ones. */
export interface ThreadOptions {
  body?: RunBody
  create?: ConversationOptions
  initialMessages?: readonly Message[]
  /** Functions that the model may call and this page answers. */
  tools?: ToolHandler[]
  /** How often a run may go on with answers of this page. @default 10 */
  maxSteps?: number
  throttle?: number | false
  /**
   * What a message does that is sent while a reply is under way: it waits for the end of the reply, as a row that can be taken
   * back; it ends the reply and is sent next; or it is refused with `BUSY`. @default 'queue'
   */
  whileBusy?: 'queue' | 'interrupt' | 'refuse'
  onConversationCreated?: (id: string) => void
  onEvent?: (event: ConversationStreamEvent) => void
  onFinish?: (info: FinishInfo) => void
  onError?: (error: ConversationError) => void
}

/** A talk with the assistant, and what is needed to go on with it. */
export interface Thread {
  kit: ConversationKit
  /** The conversation's id, or a local id. */
  id: string
  /** Nothing is stored: every call takes everything along. */
  stateless: boolean
  /** Whether the stored messages may be listed. */
  history: boolean
  options: () => ThreadOptions
  /** Nothing of it is needed once it has ended, and nothing of an earlier call goes along. */
  single?: boolean
  /** Sees each state before it is in the store. */
  onTurn?: (turn: LiveTurn) => void
  /** Sends what waits next, if it can be sent. */
  resume?: () => void
}

export type UserInput = string | { text: string; entities?: Entity[]; meta?: Meta }

/** Says why nothing was done. */
export const refusal = (message: string) => new ConversationError({ code: 'BAD_REQUEST', message })

/** The id the server knows the thread by; `null` before it is created, or when nothing is stored. */
export function conversationIdOf({ kit, id, stateless }: Pick<Thread, 'kit' | 'id' | 'stateless'>): string | null {
  if (stateless) return null
  return isLocalKey(id) ? (kit.store.getState().created[id] ?? null) : id
}

/** What goes on in the thread. */
export const currentTurn = ({ kit, id }: Thread) => turnOf(kit.store.getState(), id)

/** Whether what is stored can be read: it is, and we may. */
export const listable = (thread: Thread): string | null => (thread.history ? conversationIdOf(thread) : null)

export function exchangeIn(thread: Thread): Exchange {
  const { onEvent, throttle = thread.kit.streamThrottle } = thread.options()
  let steps = 0
  const goesOn = (turn: LiveTurn | undefined) => {
    const { tools, maxSteps = MAX_STEPS } = thread.options()
    return waitingCalls(turn, tools).length > 0 && (steps += 1) <= maxSteps
  }
  return new Exchange({ kit: thread.kit, thread: thread.id, throttle, onEvent, goesOn, onTurn: thread.onTurn })
}

/** The newest stored message, where a new exchange comes after. */
export function position(thread: Thread): string | null | undefined {
  const conversationId = conversationIdOf(thread)
  if (conversationId === null) return thread.stateless ? undefined : null
  return newestStored(thread.kit, conversationId)
}

/** Takes the thread over for a new exchange, unless one is under way. */
export function begin(thread: Thread, user?: ChatMessage, request?: RunRequest): Exchange {
  refuseBusy(currentTurn(thread))
  const exchange = exchangeIn(thread)
  exchange.begin((turn, controller) =>
    reduceTurn(thread.single ? undefined : turn, {
      type: 'send',
      ...(user && { user }),
      ...(request && { request }),
      replyKey: localKey(),
      after: position(thread),
      at: Date.now(),
      controller,
    }),
  )
  return exchange
}
