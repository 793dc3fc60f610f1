import type { ConversationStreamEvent } from '../protocol/index.ts'
import type { Reply, ReplyContext, ReplyFunction, ConversationServerOptions } from './types.ts'

type Piece = string | ConversationStreamEvent

/** Says back what was said. */
export const echoReply: ReplyFunction = ({ text }) => text || 'Hello.'

/** Rejects as soon as the signal aborts, whatever the promise does. */
export async function whileWanted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    // Nobody hears how it ends.
    promise.catch(() => {})
    throw signal.reason
  }
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    stop = () => signal.removeEventListener('abort', onAbort)
  })
  return Promise.race([promise, aborted]).finally(() => stop())
}

/** Waits; rejects when the signal aborts. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const waited = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return whileWanted(waited, signal).finally(() => clearTimeout(timer))
}

/** A reply in any of its forms, piece by piece. Ends with the signal's reason when nobody wants more. */
export async function* piecesOf(
  reply: Reply | ReplyFunction,
  context: ReplyContext,
  delay: ConversationServerOptions['tokenDelay'],
): AsyncGenerator<Piece, void, undefined> {
  const { signal } = context
  const form = typeof reply === 'function' ? await whileWanted(Promise.resolve(reply(context)), signal) : reply
  if (isAsyncIterable(form)) {
    yield* wanted(form, signal)
    return
  }
  for (const piece of typeof form === 'string' ? words(form) : form) {
    if (typeof piece === 'string' || piece.type === 'token' || piece.type === 'reasoningToken')
      await pause(context, delay)
    yield piece
  }
}

/** Leaves a source that does not listen to the signal behind. */
async function* wanted(source: AsyncIterable<Piece>, signal: AbortSignal): AsyncGenerator<Piece, void, undefined> {
  const iterator = source[Symbol.asyncIterator]()
  let ended = false
  try {
    for (;;) {
      const next = await whileWanted(Promise.resolve(iterator.next()), signal)
      if (next.done) {
        ended = true
        return
      }
      yield next.value
    }
  } catch (error) {
    ended = !signal.aborted
    throw error
  } finally {
    // Not awaited: a generator that is stuck in an await would hold its reader for ever.
    if (!ended) Promise.resolve(iterator.return?.()).catch(() => {})
  }
}

async function pause(context: ReplyContext, delay: ConversationServerOptions['tokenDelay'] = 0): Promise<void> {
  const ms = typeof delay === 'number' ? delay : delay[0] + Math.random() * (delay[1] - delay[0])
  if (ms > 0) await context.sleep(ms)
}

/** Words with the space after them. */
function words(text: string): string[] {
  return text.match(/\s*\S+\s*/g) ?? (text === '' ? [] : [text])
}

function isAsyncIterable(value: Reply): value is AsyncIterable<Piece> {
  return typeof value === 'object' && Symbol.asyncIterator in value
}
