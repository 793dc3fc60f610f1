import type {
  CompleteResult,
  ConversationCompleteRequest,
  ConversationCreateRequest,
  ConversationOptions,
  ConversationStreamEvent,
  Entity,
  Message,
  Meta,
} from '../protocol/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { createConversationMutations, mutationKeys, named } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import {
  findStored,
  isLocalKey,
  isReply,
  localKey,
  nameThread,
  reduceTurn,
  turnOf,
  userMessage,
  writeTurn,
} from '../store/index.ts'
import type { ChatMessage, LiveTurn, TurnRows } from '../store/index.ts'
import { ConversationError } from '../transport/index.ts'
import { Exchange, finishInfo, observed, refuseBusy } from './exchange.ts'
import type { Answer, FinishInfo } from './exchange.ts'
import { said } from './said.ts'
import { cachedPages, mergeNewest, newestStored, storedMessages } from './settle.ts'

/** What goes along with every call of a run. In a stored conversation the server takes only a few of these. */
export type RunBody = Partial<ConversationOptions> & { privacy?: boolean; moderation?: boolean }

/** Callbacks and settings of a thread. Read at the moment they are needed, so that they are never old ones. */
export interface ThreadOptions {
  body?: RunBody
  create?: ConversationOptions
  initialMessages?: readonly Message[]
  throttle?: number | false
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
}

/** What is asked for beside the user's words. */
export type RunRequest = Partial<ConversationCompleteRequest> & { entities?: Entity[] }

export type UserInput = string | { text: string; entities?: Entity[]; meta?: Meta }

/** How long after a stop the server is asked again for what it stored of the reply. */
const LATE_PARTIAL_MS = [1000, 4000]

const refusal = (message: string) => new ConversationError({ code: 'BAD_REQUEST', message, retryable: false })

/** The id the server knows the thread by; `null` before it is created, or when nothing is stored. */
export function conversationIdOf({ kit, id, stateless }: Pick<Thread, 'kit' | 'id' | 'stateless'>): string | null {
  if (stateless) return null
  return isLocalKey(id) ? (kit.store.getState().created[id] ?? null) : id
}

const currentTurn = ({ kit, id }: Thread) => turnOf(kit.store.getState(), id)

/** Whether what is stored can be read: it is, and we may. */
const listable = (thread: Thread): string | null => (thread.history ? conversationIdOf(thread) : null)

function exchangeIn(thread: Thread): Exchange {
  const { onEvent, throttle = thread.kit.streamThrottle } = thread.options()
  return new Exchange({ kit: thread.kit, thread: thread.id, throttle, onEvent, onTurn: thread.onTurn })
}

/** The newest stored message, where a new exchange comes after. */
function position(thread: Thread): string | null | undefined {
  const conversationId = conversationIdOf(thread)
  if (conversationId === null) return thread.stateless ? undefined : null
  return newestStored(thread.kit, conversationId)
}

/** Says something and reads the answer. */
export async function send(thread: Thread, input: UserInput, body?: RunBody): Promise<FinishInfo> {
  const { text, entities, meta } = typeof input === 'string' ? { text: input } : input
  const words = text.trim()
  if (words === '') throw refusal('There is nothing to send: the text is empty.')
  const exchange = begin(thread, userMessage(localKey(), words, Date.now(), meta))
  return run(thread, exchange, () => ask(thread, exchange, { ...body, ...(entities && { entities }) }))
}

/** One reply to a request, or to what is stored. */
export async function complete(
  thread: Thread,
  mode: 'complete' | 'receive',
  input: string | RunRequest,
  body?: RunBody,
): Promise<FinishInfo> {
  const { text = '', ...request } = typeof input === 'string' ? { text: input } : input
  if (mode === 'receive') return receive(thread)
  const words = text.trim()
  if (words === '' && thread.stateless && !request.messages?.length) {
    throw refusal('There is nothing to answer: give a text or messages.')
  }
  const exchange = begin(thread, words === '' ? undefined : userMessage(localKey(), words, Date.now()))
  return run(thread, exchange, () => ask(thread, exchange, { ...request, ...body }))
}

/** Takes the thread over for a new exchange, unless one is under way. */
function begin(thread: Thread, user?: ChatMessage): Exchange {
  refuseBusy(currentTurn(thread))
  const exchange = exchangeIn(thread)
  exchange.begin((turn, controller) =>
    reduceTurn(thread.single ? undefined : turn, {
      type: 'send',
      ...(user && { user }),
      replyKey: localKey(),
      after: position(thread),
      at: Date.now(),
      controller,
    }),
  )
  return exchange
}

/** Lets the assistant speak next, without anything new being said. */
export async function receive(thread: Thread): Promise<FinishInfo> {
  if (conversationIdOf(thread) === null) throw refusal('There is nothing to answer: no conversation is stored yet.')
  const exchange = begin(thread)
  return run(thread, exchange, () => answer(thread, exchange))
}

/**
 * Goes on after an error. What the server has stored decides how: everything, then there is nothing left to do; the user's
 * message, then only the answer is asked for; nothing, then it is sent again.
 */
export async function retry(thread: Thread): Promise<FinishInfo> {
  const failed = currentTurn(thread)
  if (failed?.status !== 'error') throw refusal('There is nothing to try again: the last exchange did not fail.')
  const exchange = exchangeIn(thread)
  exchange.begin((turn, controller) => ({
    ...(turn ?? failed),
    status: 'submitted',
    phase: 'thinking',
    error: null,
    end: null,
    controller,
  }))
  return run(thread, exchange, async () => {
    const stored = await whatIsStored(thread, exchange, failed)
    if (exchange.signal.aborted) return
    if (typeof stored === 'object') {
      exchange.happen({ type: 'result', data: stored })
      return
    }
    const again = stored === 'nothing'
    exchange.happen({
      type: 'retry',
      again,
      replyKey: localKey(),
      after: position(thread),
      at: Date.now(),
      controller: exchange.controller,
    })
    await (again && failed.user ? ask(thread, exchange) : answer(thread, exchange))
  })
}

/**
 * How much of a failed exchange the server has. A reply that it has sent as a whole message is all of it: to ask again would have it
 * there twice.
 */
async function whatIsStored(
  thread: Thread,
  exchange: Exchange,
  failed: LiveTurn,
): Promise<'nothing' | 'message' | CompleteResult> {
  const conversationId = listable(thread)
  const told = failed.whole ? failed.reply?.parts.findLast((part) => part.type === 'text') : undefined
  const text = told?.type === 'text' ? told.text : undefined
  const all = (id: string | undefined): CompleteResult => ({
    ...(id !== undefined && { id }),
    text: text ?? '',
    usage: failed.result?.usage ?? { token: 0 },
    end: { reason: 'stop' },
  })
  if (conversationId === null) {
    if (thread.stateless || !failed.answered) return 'nothing'
    return text === undefined ? 'message' : all(failed.reply?.id ?? undefined)
  }
  // The rows of the exchange leave the turn when they are merged, so it is looked at as it failed.
  await observed(
    thread.kit,
    { mutationFn: () => mergeNewest(thread.kit, conversationId), ...described(thread, 'message.list') },
    undefined,
  )
  const stored = storedMessages(cachedPages(thread.kit, conversationId))
  const exchanges: TurnRows[] = [...failed.past, failed]
  const found = findStored(stored, exchanges, thread.kit.store.getState().shown)
  if (failed.user && !found.users.has(failed)) return 'nothing'
  if (found.replies.get(failed)?.length === 0) exchange.happen({ type: 'dropThoughts' })
  const reply = found.replies.get(failed)?.findLast((message) => message.type === 'bot')
  return reply && reply.text === text ? all(reply.id) : 'message'
}

/** Takes the last answer back and asks for another one. */
export async function regenerate(thread: Thread): Promise<FinishInfo> {
  const before = currentTurn(thread)
  refuseBusy(before)
  if (before?.status === 'error') return retry(thread)
  const exchange = exchangeIn(thread)
  const conversationId = listable(thread)
  if (conversationId === null && !thread.stateless) return receive(thread)
  exchange.begin((turn, controller) => regenerated(turn, position(thread), controller))
  return run(thread, exchange, async () => {
    if (conversationId === null) return ask(thread, exchange)
    await takeBack(thread, conversationId)
    return answer(thread, exchange)
  })
}

/** A turn that answers the last user message of a thread that is not stored once more. */
function regenerated(
  turn: LiveTurn | undefined,
  after: string | null | undefined,
  controller: AbortController,
): LiveTurn {
  const next = { type: 'send', replyKey: localKey(), after, at: Date.now(), controller } as const
  if (!turn?.user) return reduceTurn(turn, next)
  const { user, reply: _reply, ...rest } = turn
  return reduceTurn({ ...rest }, { ...next, user })
}

/** Removes what the assistant said last, from the screen at once and from the server; puts it back when the server refuses. */
async function takeBack({ kit }: Thread, conversationId: string): Promise<void> {
  const queryKey = kit.queries.keys.messages(conversationId, kit.client.scope)
  await mergeNewest(kit, conversationId)
  const before = kit.queryClient.getQueryData<MessagePages>(queryKey)
  const stored = storedMessages(before)
  const asked = stored.findLastIndex((message) => message.type === 'user')
  const last = stored.slice(asked + 1).filter(isReply)
  const gone = new Set(last.map((message) => message.id))
  kit.queryClient.setQueryData<MessagePages>(
    queryKey,
    (pages) =>
      pages && {
        ...pages,
        pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((message) => !gone.has(message.id)) })),
      },
  )
  try {
    for (const message of last) await named(kit.client.message.delete(conversationId, message.id))
  } catch (error) {
    await kit.queryClient.invalidateQueries({ queryKey, exact: true })
    throw error
  }
}

/** Puts the user's message to the server and reads the reply. Creates the conversation first when there is none. */
async function ask(thread: Thread, exchange: Exchange, request: RunRequest = {}): Promise<void> {
  const { kit, stateless } = thread
  const { client } = kit
  const { body, initialMessages } = thread.options()
  if (stateless) {
    const messages = [...(request.messages ?? []), ...said(exchange.turn, initialMessages)]
    return callFor(thread, exchange, 'conversation.completeStateless', (signal) =>
      client.complete(null, { ...body, ...request, messages }, { retries: 0, signal }),
    )
  }
  const conversationId = conversationIdOf(thread) ?? (await create(thread))
  if (exchange.signal.aborted) return undefined
  const text = exchange.turn?.user?.text
  return callFor(thread, exchange, 'conversation.complete', (signal) =>
    client.complete(
      conversationId,
      { ...body, ...request, ...(text !== undefined && { text }) },
      { retries: 0, signal },
    ),
  )
}

/** Reads a reply to what is stored. */
async function answer(thread: Thread, exchange: Exchange): Promise<void> {
  const conversationId = conversationIdOf(thread)
  if (conversationId === null) return ask(thread, exchange)
  return callFor(thread, exchange, 'conversation.receive', (signal) =>
    thread.kit.client.receive(conversationId, {}, { retries: 0, signal }),
  )
}

function callFor(
  thread: Thread,
  exchange: Exchange,
  operation: string,
  open: (signal: AbortSignal) => Answer,
): Promise<void> {
  return observed(thread.kit, { mutationFn: () => exchange.read(open), ...described(thread, operation) }, undefined)
}

const described = (thread: Thread, operation: string) => {
  const conversationId = conversationIdOf(thread)
  return {
    mutationKey: mutationKeys.complete(conversationId ?? thread.id, thread.kit.client.scope),
    meta: { operation, ...(conversationId !== null && { conversationId }) },
  }
}

/** Creates the conversation of a thread that has none. */
async function create({ kit, id, options }: Thread): Promise<string> {
  const { create: request = {}, initialMessages = [], onConversationCreated } = options()
  const body: ConversationCreateRequest =
    initialMessages.length > 0 ? { ...request, messages: [...initialMessages] } : request
  const created = await observed(kit, createConversationMutations(kit.client).create(), body)
  // Nothing was said in it before, so nothing has to be read.
  kit.queryClient.setQueryData<MessagePages>(kit.queries.keys.messages(created.id, kit.client.scope), {
    pages: [{ items: [] }],
    pageParams: [undefined],
  })
  nameThread(kit.store, id, created.id)
  onConversationCreated?.(created.id)
  return created.id
}

/** Runs an exchange to its end and tells everybody: the caller, the callbacks, the store and the cache. */
async function run(thread: Thread, exchange: Exchange, work: () => Promise<void>): Promise<FinishInfo> {
  try {
    await work()
  } catch (cause) {
    if (!exchange.signal.aborted) {
      const error = exchange.fail(cause)
      thread.options().onError?.(error)
      throw error
    }
  }
  const info = finishInfo(exchange.turn, conversationIdOf(thread))
  countUnread(thread, info)
  thread.options().onFinish?.(info)
  if (thread.single) forget(thread, exchange)
  else await settle(thread, exchange)
  return info
}

function forget({ kit, id }: Thread, { controller }: Exchange): void {
  if (turnOf(kit.store.getState(), id)?.controller === controller) writeTurn(kit.store, id, undefined)
}

function countUnread({ kit }: Thread, { text, reason }: FinishInfo): void {
  if (text === '' || reason === 'abort') return
  kit.store.setState(({ panel }) => (panel.open ? {} : { panel: { ...panel, unread: panel.unread + 1 } }))
}

/** Hands what was said over to the cache. What the server does not have yet stays in the store, and is asked for again after a stop. */
async function settle(thread: Thread, exchange: Exchange): Promise<void> {
  const conversationId = listable(thread)
  if (conversationId === null) return
  const merge = () => mergeNewest(thread.kit, conversationId).catch(() => {})
  await merge()
  if (!exchange.signal.aborted) return
  for (const [index, wait] of LATE_PARTIAL_MS.entries()) {
    const earlier = LATE_PARTIAL_MS[index - 1] ?? 0
    setTimeout(() => {
      const left = currentTurn(thread)
      if (left?.controller === exchange.controller && left.reply) void merge()
    }, wait + earlier)
  }
}
