import { Hono } from 'hono'
import { ApiError, toApiError } from './api-error.ts'
import { LOCAL_ACCOUNT } from './auth.ts'
import { createChannels } from './channels.ts'
import { allowOrigins, allowUpload } from './cors.ts'
import { holdReply } from './held-reply.ts'
import { createRepeats } from './idempotency.ts'
import { createIds, randomText } from './ids.ts'
import { Line } from './line.ts'
import { OPERATIONS } from './operations.ts'
import { Broken, handle } from './pipeline.ts'
import { showConversation, showMessage } from './records.ts'
import { Recorder } from './recorder.ts'
import { echoReply, whileWanted } from './reply.ts'
import { errorResponse, jsonResponse } from './respond.ts'
import { attachmentContent, attachmentRoutes } from './routes/attachments.ts'
import { channelRoutes } from './routes/channels.ts'
import { compactRoutes } from './routes/compact.ts'
import { completeRoutes } from './routes/complete.ts'
import { contactRoutes } from './routes/contacts.ts'
import { conversationRoutes, EMPTY } from './routes/conversations.ts'
import { dispatchRoutes } from './routes/dispatch.ts'
import { exportRoutes } from './routes/export.ts'
import { messageRoutes } from './routes/messages.ts'
import { ratingRoutes } from './routes/ratings.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { usageRoutes } from './routes/usage.ts'
import { voteRoutes } from './routes/votes.ts'
import { readSeed } from './seed/options.ts'
import { memoryStorage } from './storage/memory.ts'
import type { House } from './call.ts'
import type { HeldReply } from './held-reply.ts'
import type { Operation } from './operations.ts'
import type { Routes } from './route.ts'
import type { ConversationRecord, Storage } from './storage/storage.ts'
import type { ConversationServer, ConversationServerOptions, SeedConversation, SeedOptions } from './types.ts'

const BASE_PATHS = ['/api/v1', '/v1']

const ROUTES: Routes = {
  ...conversationRoutes,
  ...completeRoutes,
  ...voteRoutes,
  ...messageRoutes,
  ...sessionRoutes,
  ...attachmentRoutes,
  ...contactRoutes,
  ...ratingRoutes,
  ...usageRoutes,
  ...exportRoutes,
  ...compactRoutes,
  ...dispatchRoutes,
  ...channelRoutes,
}

/**
 * The conversation API, answered here: in Node, in tests, in the page. State is kept in `storage`, by default in memory.
 * `fetch` rejects as a network does (aborted, offline, cut); every other failure is an answer with `{ message, code }`.
 */
export function createConversationServer(
  options: ConversationServerOptions & { storage?: Storage } = {},
): ConversationServer {
  const storage = options.storage ?? memoryStorage()
  const now = options.now ?? Date.now
  const newOwnId = createIds(now)
  const recorder = new Recorder()
  const held: HeldReply[] = []
  const line = new Line()
  let reply = options.reply
  let lastTick = -Infinity
  const wanted = options.seed === undefined ? undefined : readSeed(options.seed)
  let seeded = Promise.resolve(0)
  /** What is stored waits for it, while it lasts. */
  let sowing: Promise<unknown> | undefined
  let seeding: Promise<unknown> = Promise.resolve()
  let rounds = 0

  const house: House = {
    options,
    storage,
    channels: createChannels(now),
    runs: new Set(),
    now,
    tick() {
      lastTick = Math.max(now(), lastTick + 1)
      return lastTick
    },
    newId: (kind) => (kind && options.generateId ? options.generateId(kind) : newOwnId()),
    replyFor(run) {
      const next = held.shift()
      return next ? (context) => next.speak(context, run) : (reply ?? echoReply)
    },
    voted: (vote) => recorder.vote(vote),
  }

  function add({ messages = [], ...seed }: SeedConversation): ConversationRecord {
    const createdAt = seed.createdAt ?? house.tick()
    const conversation: ConversationRecord = {
      ...EMPTY,
      ...seed,
      id: seed.id ?? house.newId('conversation'),
      owner: LOCAL_ACCOUNT,
      createdAt,
      updatedAt: seed.updatedAt ?? createdAt,
    }
    const first = messages.map((message) => ({ ...message, id: message.id ?? house.newId('message') }))
    const store = () => storage.conversations.create(conversation, first)
    const round = rounds
    const stored = sowing === undefined ? store() : sowing.then(() => round === rounds && store())
    // Requests wait for the seeds; what went wrong with them is theirs to tell.
    seeding = Promise.all([seeding, stored])
    seeding.catch(() => {})
    return conversation
  }
  async function sow(given: Required<SeedOptions>, round: number): Promise<number> {
    // Whoever asks for none, or has some, does not load their words.
    if (await hasSome(storage, now())) return over(0)
    const { generateConversations } = await import('./seed/generate.ts')
    // A reset came first, and sows by itself.
    if (round !== rounds) return 0
    const filled = await storage.fill(generateConversations({ ...given, now: now() }))
    return over(filled ? given.count : 0)

    function over(count: number): number {
      if (round === rounds) sowing = undefined
      return count
    }
  }
  function seed(): void {
    rounds += 1
    if (wanted) {
      seeded = sow(wanted, rounds)
      sowing = seeded
      seeding = seeded
      seeding.catch(() => {})
    }
    for (const conversation of options.conversations ?? []) add(conversation)
  }
  function disconnect(): void {
    line.break()
    for (const run of house.runs) run.cut()
  }
  function controls(name: string) {
    if (storage.controls) return storage.controls
    throw new Error(`${name}: this storage has no controls. Tests and stories use memoryStorage().`)
  }

  const app = createApp(house, recorder, options)
  seed()

  return {
    async fetch(request) {
      request.signal.throwIfAborted()
      line.check()
      const answered = (async () => {
        await seeding
        return app.fetch(request)
      })()
      try {
        return await line.hold(whileWanted(answered, request.signal))
      } catch (error) {
        throw error instanceof Broken ? error.reason : error
      }
    },
    get ready() {
      return Promise.all([seeded, seeding]).then(([count]) => ({ seeded: count }))
    },
    get requests() {
      return recorder.requests
    },
    get votes() {
      return recorder.votes
    },
    reply(next) {
      reply = next
    },
    holdReply() {
      const next = holdReply()
      held.push(next)
      return next.handle
    },
    fail: (operation, error) => recorder.fail(operation, error),
    offline(on = true) {
      if (on) disconnect()
      else line.mend()
    },
    expireSessions: () => controls('expireSessions').expireSessions(),
    add: (conversation) => showConversation(add(conversation)),
    snapshot() {
      const { conversations, messages } = controls('snapshot').snapshot()
      return {
        conversations: conversations.map(showConversation),
        messages: Object.fromEntries(Object.entries(messages).map(([id, list]) => [id, list.map(showMessage)])),
      }
    },
    reset() {
      controls('reset').clear()
      for (const run of house.runs) run.discard()
      disconnect()
      line.mend()
      house.channels.clear()
      recorder.clear()
      held.length = 0
      reply = options.reply
      lastTick = -Infinity
      seeding = Promise.resolve()
      seed()
    },
  }
}

async function hasSome(storage: Storage, now: number): Promise<boolean> {
  return (await storage.conversations.list({ owner: LOCAL_ACCOUNT, order: 'desc', take: 1, now })).length > 0
}

function createApp(house: House, recorder: Recorder, options: ConversationServerOptions): Hono {
  const app = new Hono()
  const works = { house, recorder, once: createRepeats() }
  const withCors = options.cors ?? true

  app.use(async (context, next) => {
    if (context.req.method === 'OPTIONS') context.res = jsonResponse({})
    else await next()
    if (withCors) allowOrigins(context.res)
    if (withCors && context.req.path.endsWith('/content')) allowUpload(context.req.raw, context.res)
    context.res.headers.set('x-request-id', randomText(20))
  })

  for (const basePath of options.basePath === undefined ? BASE_PATHS : [options.basePath.replace(/\/+$/, '')]) {
    const mount = (path: string, operation: Operation) => {
      const route = ROUTES[operation]
      if (route === undefined) throw new Error(`No route for ${operation}.`)
      app.all(`${basePath}${path}`, (context) =>
        handle({ request: context.req.raw, operation, route, basePath, params: context.req.param() }, works),
      )
    }
    app.all(`${basePath}/conversation/:conversationId/attachment/:attachmentId/content`, (context) =>
      attachmentContent(context.req.raw, house.storage, context.req.param()),
    )
    for (const [operation, { path }] of Object.entries(OPERATIONS)) mount(path, operation as Operation)
    // Where the official client sends attachments.
    mount('/:noun{[Aa][Tt][Tt][Aa][Cc][Hh][Mm][Ee][Nn][Tt]}/:conversationId/upload', 'attachment.upload')
  }

  app.notFound(() => errorResponse(new ApiError(404)))
  app.onError((error) => errorResponse(toApiError(error)))
  return app
}
