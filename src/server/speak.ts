import type {
  ConversationStreamEvent,
  EndReason,
  FunctionDefinition,
  Limits,
  Message,
  StreamEvent,
} from '../protocol/index.ts'
import { randomText } from './ids.ts'
import { piecesOf, sleep } from './reply.ts'
import { ReplyError } from './reply-error.ts'
import { isRecord } from './schema.ts'
import type { Channels } from './channels.ts'
import type { ConversationServerOptions, Reply, ReplyContext, ReplyFunction } from './types.ts'

const CHANNEL_WAIT_MS = 5 * 60_000
const CHANNEL_PING_MS = 60_000

/** What one run of a model has to go by. */
export interface Speech {
  reply: Reply | ReplyFunction
  /** Its `messages` grow by what is produced. */
  context: ReplyContext
  functions: readonly FunctionDefinition[]
  limits: Limits
  tokenDelay: ConversationServerOptions['tokenDelay']
  channels: Channels
  /** Whose channels answer functions. */
  scope: string
  emit: (event: { type: string; data: unknown }) => void
  /** What to wait for until the reader can take more. */
  drained(): Promise<void> | undefined
}

/** What came of it. */
export interface Spoken {
  messages: Message[]
  reason: EndReason
  /** As counted by the model, when it did. */
  tokens: number | undefined
}

/** Ends the run from inside, on purpose. */
class Stop {
  readonly reason: EndReason
  constructor(reason: EndReason) {
    this.reason = reason
  }
}

/**
 * Runs the reply: sends its events, carries out the functions it calls, and gathers the messages it makes. Never rejects: an
 * abort and a failure are ways to end, and the text up to there is kept.
 */
export async function speak(speech: Speech): Promise<Spoken> {
  const { context, emit } = speech
  const instance = `i-${randomText(8)}`
  const messages: Message[] = []
  let iteration: string | undefined
  let iterations = 0
  let calls = 0
  let text = ''
  let reason: EndReason = 'stop'
  let tokens: number | undefined

  function keep(message: Message): void {
    messages.push(message)
    context.messages.push(message)
  }
  function say(message: Message): void {
    emit({ type: 'message', data: message })
    keep(message)
  }
  /** The tokens so far, as the message they make. */
  function sayText(): void {
    if (text !== '') say({ type: 'bot', text })
    text = ''
  }
  /** The model is asked. */
  function begin(): void {
    if (iteration !== undefined) return
    if (iterations >= (speech.limits.iterations ?? Infinity)) throw new Stop('iteration')
    iterations += 1
    iteration = `it-${randomText(8)}`
    emit({ type: 'completeBegin', data: { instance, iteration } })
  }
  /** The model has answered: what it said is a message. */
  function finish(): void {
    if (iteration === undefined) return
    sayText()
    emit({ type: 'completeEnd', data: { instance, iteration } })
    iteration = undefined
  }

  async function take(piece: string | ConversationStreamEvent): Promise<void> {
    if (typeof piece === 'string') return take({ type: 'token', data: { token: piece } })
    switch (piece.type) {
      case 'token':
        if (piece.data.token === '') return
        begin()
        text += piece.data.token
        emit({ ...piece, data: { ...piece.data, type: 'bot' } })
        return
      case 'reasoningToken':
        begin()
        emit({ ...piece, data: { ...piece.data, type: 'bot' } })
        return
      case 'message': {
        begin()
        // The whole answer, in place of its tokens. What was said before an action is a message of its own.
        if (piece.data.type === 'bot') text = ''
        if (piece.data.type === 'activity') sayText()
        const requested = requestIn(piece.data)
        const known = requested && speech.functions.find((each) => each.name === requested.name)
        if (known) return call(known, requested.input, piece.data)
        say(piece.data)
        return
      }
      case 'usage':
        tokens = (tokens ?? 0) + piece.data.inputTokensUsed + piece.data.outputTokensUsed
        return
      case 'result':
        reason = piece.data.end?.reason ?? reason
        tokens = piece.data.usage?.token ?? tokens
        return
      case 'error':
        throw new ReplyError(piece.data.message, piece.data.code)
      case 'completeBegin':
      case 'completeEnd':
      case 'sendResult':
      case 'receiveResult':
        // The server says these itself.
        return
      default:
        emit(piece)
    }
  }

  /** Carries out a function, or leaves it to the caller and ends. */
  async function call(definition: FunctionDefinition, input: unknown, request: Message): Promise<void> {
    if (calls >= (speech.limits.calls ?? Infinity)) throw new Stop('iteration')
    calls += 1
    say(request)
    finish()
    if (definition.result === undefined) throw new Stop('activity')

    const operation = {
      id: `op-${randomText(8)}`,
      action: { id: `action-${randomText(8)}`, kind: 'function', name: definition.name, input },
    }
    emit({ type: 'operationBegin', data: operation })
    const answer =
      'data' in definition.result
        ? definition.result.data
        : await ask(definition.result.channel, definition.name, input)
    if (answer instanceof Stop) {
      emit({
        type: 'abort',
        data: { instance, iteration: `it-${iterations}`, reason: 'stopped', functionName: definition.name },
      })
      throw answer
    }
    emit({ type: 'operationEnd', data: operation })
    const call = { name: definition.name, arguments: input ?? {}, result: resultText(answer) }
    say({ type: 'activity', text: '', meta: { activity: { type: 'response', function: call } } })
  }

  /** Waits for what is published on the channel of a function. */
  async function ask(channel: string, name: string, args: unknown): Promise<unknown> {
    const data = { channel, function: { name, args } }
    let stop = () => {}
    const answered = new AbortController()
    const ping = setInterval(() => emit({ type: 'ping', data: {} }), CHANNEL_PING_MS)
    try {
      const published = new Promise<unknown>((resolve) => {
        stop = speech.channels.subscribe(speech.scope, channel, 0, resolve)
      })
      emit({ type: 'waitForChannelMessageBegin', data })
      const wait = sleep(CHANNEL_WAIT_MS, AbortSignal.any([context.signal, answered.signal]))
      const late = wait.then(() => ({ error: 'Nobody answered in time' }))
      const message = await Promise.race([published, late])
      emit({ type: 'waitForChannelMessageEnd', data: { ...data, message } })
      if (!isRecord(message)) return message
      if (message.abort === true) return new Stop('abort')
      if ('error' in message) return { error: message.error }
      return 'result' in message ? message.result : message
    } finally {
      clearInterval(ping)
      answered.abort()
      stop()
    }
  }

  /** Functions that are called without being asked for. */
  async function callThose(when: 'start' | 'end'): Promise<void> {
    for (const definition of speech.functions) {
      if (!definition.call?.[when] || definition.result === undefined) continue
      const activity = { type: 'request', function: { name: definition.name, arguments: {} } }
      await call(definition, {}, { type: 'activity', text: '', meta: { activity } })
    }
  }

  try {
    await callThose('start')
    begin()
    for await (const piece of piecesOf(speech.reply, context, speech.tokenDelay)) {
      await take(piece)
      const full = speech.drained()
      if (full) await full
      context.signal.throwIfAborted()
    }
    context.signal.throwIfAborted()
    finish()
    await callThose('end')
  } catch (error) {
    if (error instanceof Stop) {
      reason = error.reason
      finish()
    } else if (context.signal.aborted) {
      reason = 'abort'
      emit({ type: 'abort', data: { instance, iteration, reason: 'disconnected' } })
    } else {
      reason = 'error'
      emit({ type: 'error', data: errorData(error) })
    }
    // Words that were shown stay, although no message event repeats them.
    if (text !== '') keep({ type: 'bot', text })
  }
  return { messages, reason, tokens }
}

/** What a reader may know of a failure inside the model. */
function errorData(error: unknown): StreamEvent['data'] {
  if (error instanceof ReplyError) return { message: error.message, code: error.code }
  return { message: 'Something went wrong', code: 'GENERIC_ERROR' }
}

function requestIn(message: Message): { name: string; input: unknown } | undefined {
  const activity: unknown = message.type === 'activity' ? message.meta?.activity : undefined
  if (!isRecord(activity) || activity.type !== 'request' || !isRecord(activity.function)) return undefined
  const { name, arguments: input } = activity.function
  return typeof name === 'string' ? { name, input } : undefined
}

/** Answers of functions travel as JSON text, failures as objects. */
function resultText(answer: unknown): unknown {
  if (isRecord(answer) && 'error' in answer) return { error: answer.error }
  if (answer === undefined || answer === null || answer === '') return 'no result'
  return JSON.stringify(answer)
}
