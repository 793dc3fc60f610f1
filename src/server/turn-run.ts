import type {
  CompleteResult,
  FunctionDefinition,
  Limits,
  Message,
  MessageType,
  StreamEvent,
} from '../protocol/index.ts'
import { notFound } from './api-error.ts'
import { randomText } from './ids.ts'
import { findConversation } from './lookup.ts'
import { showConversation } from './records.ts'
import { sleep } from './reply.ts'
import { Run } from './run.ts'
import { speak } from './speak.ts'
import { tokensIn } from './tokens.ts'
import type { Call } from './call.ts'
import type { ReplyContext } from './types.ts'
import type { Spoken } from './speak.ts'
import type { ConversationRecord, MessageRecord, NewMessage } from './storage/storage.ts'

/** What a request adds to a run. */
export interface TurnOptions {
  functions?: readonly FunctionDefinition[]
  extensions?: { backstory?: string | null }
  limits?: Limits
}

/** What holds for one run. */
type Settings = ReplyContext['settings']

/** Which events frame the run: `receive` has only the result, and that without a reason. */
type Shape = 'complete' | 'receive'

/** Stores what is said, lets the conversation be answered, and stores the answer. */
export function conversationRun(
  call: Call,
  input: { text?: string; type?: MessageType },
  options: TurnOptions,
  shape: Shape = 'complete',
): Run {
  return track(call, async (run) => {
    const emit = emitter(call, run)
    const conversation = await findConversation(call)
    let spent = 0
    if (input.text !== undefined) {
      const said = await say(call, conversation, { type: input.type ?? 'user', text: input.text })
      spent = tokensIn(input.text)
      const usage = { token: 0 }
      emit({ type: 'sendResult', data: { id: said.id, text: said.text, entities: [], usage } })
    }
    const messages = (await call.house.storage.messages.history(conversation.id)).map(asMessage)
    const spoken = await answer(call, run, { conversation, messages, settings: conversation, options })
    if (run.isDiscarded) return
    const stored = await keep(call, conversation, spoken, spent)
    const { end, ...rest } = resultOf(spoken, spent, stored.at(-1)?.id ?? `msg-${randomText(12)}`)
    if (shape === 'complete') emit({ type: 'receiveResult', data: { ...rest, end } })
    emit({ type: 'result', data: shape === 'complete' ? { ...rest, end } : rest })
  })
}

/** Answers messages that the caller keeps. */
export function statelessRun(call: Call, messages: readonly Message[], settings: Settings, options: TurnOptions): Run {
  return track(call, async (run) => {
    const emit = emitter(call, run)
    emit({ type: 'sendResult', data: { text: '', entities: [], usage: { token: 0 } } })
    const spoken = await answer(call, run, { conversation: null, messages: [...messages], settings, options })
    const spent = messages.reduce((sum, message) => sum + tokensIn(message.text), 0)
    const result = resultOf(spoken, spent)
    await call.house.storage.usage.add({
      owner: call.caller.owner,
      conversationId: null,
      tokens: result.usage.token,
      messages: spoken.messages.length,
      createdAt: call.house.now(),
    })
    emit({ type: 'receiveResult', data: result })
    emit({ type: 'result', data: result })
  })
}

/** Stores one message of a speaker, without an answer. */
export async function say(
  call: Call,
  conversation: ConversationRecord,
  message: Omit<NewMessage, 'id'>,
): Promise<MessageRecord> {
  const { storage, newId, now } = call.house
  const [stored] = (await storage.messages.append(conversation.id, [{ ...message, id: newId('message') }], now())) ?? []
  if (stored === undefined) throw notFound('Conversation')
  await storage.usage.add({
    owner: conversation.owner,
    conversationId: conversation.id,
    tokens: 0,
    messages: 1,
    createdAt: now(),
  })
  return stored
}

/** A run that the server knows of until it has ended. */
export function track(call: Call, work: (run: Run) => Promise<void>, options?: { endless: boolean }): Run {
  const run = new Run(work, options)
  call.house.runs.add(run)
  void run.finished.then(() => call.house.runs.delete(run))
  return run
}

export function asMessage({ type, text, meta }: MessageRecord): Message {
  return { type, text, ...(meta === null ? {} : { meta }) }
}

async function answer(
  call: Call,
  run: Run,
  turn: {
    conversation: ConversationRecord | null
    messages: Message[]
    settings: Settings
    options: TurnOptions
  },
): Promise<Spoken> {
  const { conversation, messages, settings, options } = turn
  const { house } = call
  const functions = options.functions ?? []
  // A session token is in a visitor's hands: it must not change what the bot is told.
  const added = call.caller.session ? undefined : options.extensions?.backstory
  const told = messages.findLast((message) => message.type === 'backstory')?.text ?? settings.backstory
  return speak({
    reply: house.replyFor(run),
    context: {
      conversation: conversation && showConversation(conversation),
      settings: {
        botId: settings.botId ?? null,
        model: settings.model ?? null,
        backstory: [told, added].filter(Boolean).join('\n\n') || null,
      },
      messages,
      text: messages.findLast((message) => message.type === 'user')?.text ?? '',
      functions,
      signal: run.signal,
      sleep: (ms) => sleep(ms, run.signal),
    },
    functions,
    limits: options.limits ?? {},
    tokenDelay: house.options.tokenDelay,
    channels: house.channels,
    scope: call.caller.scope,
    emit: emitter(call, run),
    drained: () => run.drained(),
  })
}

async function keep(
  call: Call,
  conversation: ConversationRecord,
  spoken: Spoken,
  spent: number,
): Promise<MessageRecord[]> {
  const { storage, newId, now } = call.house
  const produced = spoken.messages.map((message) => ({ ...message, id: newId('message') }))
  const stored = await storage.messages.append(conversation.id, produced, now())
  if (stored === undefined) throw notFound('Conversation')
  await storage.usage.add({
    owner: conversation.owner,
    conversationId: conversation.id,
    tokens: tokensOf(spoken, spent),
    messages: stored.length,
    createdAt: now(),
  })
  return stored
}

function resultOf(spoken: Spoken, spent: number): Omit<CompleteResult, 'id'>
function resultOf(spoken: Spoken, spent: number, id: string): CompleteResult
function resultOf(spoken: Spoken, spent: number, id?: string): CompleteResult {
  return {
    ...(id === undefined ? {} : { id }),
    text: spoken.messages.at(-1)?.text ?? '',
    usage: { token: tokensOf(spoken, spent) },
    end: { reason: spoken.reason },
  }
}

function tokensOf(spoken: Spoken, spent: number): number {
  return spoken.tokens ?? spoken.messages.reduce((sum, message) => sum + tokensIn(message.text), spent)
}

/** Events of the engine carry their time. */
function emitter(call: Call, run: Run): (event: StreamEvent) => void {
  return (event) => run.emit({ ...event, createdAt: event.createdAt ?? call.house.now() })
}
