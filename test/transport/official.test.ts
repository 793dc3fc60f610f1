import { ChannelClient as OfficialChannelClient } from '@chatbotkit/sdk/channel/index.js'
import { ContactClient as OfficialContactClient } from '@chatbotkit/sdk/contact/index.js'
import { ConversationClient as OfficialConversationClient } from '@chatbotkit/sdk/conversation/index.js'
import { describe, expect, test } from 'vitest'
import { createConversationServer } from '../../src/server/index.ts'
import { serve, type ServeOptions } from '../../src/server/node/index.ts'
import { ConversationClient } from '../../src/transport/index.ts'
import { checkRequest, operations, type Finding } from '../support/openapi.ts'
import { recording, type Recorded } from '../support/recording.ts'
import { CALLS, events, type Api, type ComparedCall } from './official-calls.ts'

const SECRET = 'sk-local'
const NOW = 1_767_225_600_000

const REPLY = ['Start ', 'at ', 'Ribeira.']
const SERVED: ServeOptions = { file: null, port: 0, env: {}, reply: REPLY }

/** Two servers that are given the same calls say the same, to the last id. */
function startServer() {
  const counts: Record<string, number> = {}
  return createConversationServer({
    now: () => NOW,
    generateId: (kind) => `${kind}-${(counts[kind] = (counts[kind] ?? 0) + 1)}`,
    reply: REPLY,
    conversations: [
      { id: 'c-first', name: 'First', meta: { team: 'red' }, createdAt: NOW - 3000 },
      {
        id: 'c-trip',
        name: 'Trip planning',
        meta: { team: 'blue' },
        createdAt: NOW - 2000,
        messages: [
          { id: 'm-trip-1', type: 'user', text: 'Two days in Porto?', createdAt: NOW - 1900 },
          { id: 'm-trip-2', type: 'bot', text: 'Start at Ribeira.', createdAt: NOW - 1800 },
        ],
      },
      { id: 'c-last', name: 'Last', createdAt: NOW - 1000 },
    ],
  })
}

type Fetch = (input: string | URL, init?: RequestInit) => Promise<Response>
const OPTIONS = { secret: SECRET, baseUrl: 'http://api.test' }

function officialApi(fetchFn?: Fetch, baseUrl = OPTIONS.baseUrl): Api {
  const options = { ...OPTIONS, baseUrl, ...(fetchFn && { fetchFn }) } as never
  return {
    conversation: new OfficialConversationClient(options),
    contact: new OfficialContactClient(options),
    channel: new OfficialChannelClient(options),
  } as unknown as Api
}

function kitApi(fetchFn?: Fetch, baseUrl = OPTIONS.baseUrl): Api {
  const client = new ConversationClient({ ...OPTIONS, baseUrl, retries: 0, ...(fetchFn && { fetchFn }) })
  return { conversation: client, contact: client.contact, channel: client.channel } as unknown as Api
}

interface Trace {
  name: string
  requests: Recorded[]
  /** What the caller was given: a value, or the code and message of an error. */
  value?: unknown
  error?: { code: string; message: string }
}

/** What is random by nature is numbered in the order of its appearance. */
function numbered(trace: Trace): Trace {
  const names = new Map<string, string>()
  const text = JSON.stringify(trace, (_key, value: unknown) => value ?? null)
  return JSON.parse(
    text
      .replaceAll(/\b[\w-]{5,}\.[\w-]{5,}\.[\w-]{16,}/g, '<token>')
      .replaceAll(/\b(?:c[a-z0-9]{24}|(?:op|action|it|i|msg)-[a-z0-9]{4,})\b/g, (id) => {
        names.set(id, names.get(id) ?? `<id ${names.size + 1}>`)
        return names.get(id)!
      }),
  ) as Trace
}

async function traceOf({ name, call }: ComparedCall, connect: (fetchFn: Fetch) => Api): Promise<Trace> {
  const server = startServer()
  const recorder = recording((request) => server.fetch(request))
  const trace: Trace = { name, requests: recorder.requests }
  try {
    trace.value = await call(connect(recorder.fetch))
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    trace.error = { code, message }
  }
  return numbered(trace)
}

interface Difference {
  /** Why we do it otherwise. */
  because: string
  /** Where we differ. */
  where: (name: string, official: Trace) => boolean
  /** Makes of the official trace what ours has to be. */
  change: (official: Trace, ours: Trace) => void
}

const named = (names: RegExp) => (name: string) => names.test(name)
const bodyOf = (trace: Trace) => trace.requests[0]!.body as Record<string, unknown>

/** Where the official client pastes an id into the path as it is. */
const ENCODED: Record<string, string> = {
  'conversation.fetch of an id with a slash': '/api/v1/conversation/a%2Fb/fetch',
  'conversation.fetch of an id with a question mark': '/api/v1/conversation/a%3Fb/fetch',
  'conversation.fetch of an id with a hash': '/api/v1/conversation/a%23b/fetch',
  'conversation.fetch of an id with a percent sign': '/api/v1/conversation/a%252fb/fetch',
  'conversation.update of an id with a slash': '/api/v1/conversation/a%2Fb/update',
  'conversation.complete of an id with a slash': '/api/v1/conversation/a%2Fb/complete',
  'message.fetch of ids with a slash': '/api/v1/conversation/a%2Fb/message/c%2Fd/fetch',
}

/** Everything in which our client is not the official one, applied in this order. What is not here has to be the same. */
const DIFFERENCES: Difference[] = [
  {
    because:
      'A plain call says that it wants JSON, so that no header of the client can turn it into a stream (PROTOCOL 2).',
    where: (name) => !name.endsWith(', streamed'),
    change: ({ requests }) => {
      for (const { headers } of requests.filter((request) => request.headers.authorization)) {
        headers.accept ??= 'application/json'
      }
    },
  },
  {
    because: 'An id is one encoded path segment (PROTOCOL 1), so it can reach no other path.',
    where: (name) => name in ENCODED,
    change: (official) => {
      const { name, requests } = official
      requests[0] = { ...requests[0]!, path: ENCODED[name]!, query: [] }
      official.error!.message = 'Conversation not found'
    },
  },
  {
    because: 'A knob set to nought is a setting, not an absence (PROTOCOL 8.6).',
    where: named(/at nought$/),
    change: (official) => {
      const others = official.name.endsWith('with a knob at nought') ? '/maxTokens=100' : ''
      bodyOf(official).model = `gpt-5.4/temperature=0${others}`
    },
  },
  {
    because: 'The server takes only messages, so text alone becomes one (PROTOCOL 18 row 4).',
    where: named(/without a conversation, by text/),
    change: ({ requests }) => void (requests[0]!.body = { messages: [{ type: 'user', text: 'Porto?' }] }),
  },
  {
    because: 'The server takes only the place of an entity and refuses the rest (PROTOCOL 13).',
    where: named(/^conversation.* with entities$/),
    change: (official) => void (bodyOf(official).entities = [{ begin: 0, end: 3 }]),
  },
  {
    because: 'The sources disagree about the order of messages, so it is always said (PROTOCOL 18 row 8).',
    where: named(/^message\.list (?!in)/),
    change: ({ requests }) => void requests[0]!.query.push(['order', 'asc']),
  },
  {
    because: 'The documented path, in place of one that only the SDK knows (PROTOCOL 18 row 2).',
    where: named(/^attachment\.upload/),
    change: ({ requests }) => {
      requests[0]!.path = requests[0]!.path.replace(/Attachment\/(.*)\/upload/, 'conversation/$1/attachment/upload')
    },
  },
  {
    because: 'A download asks for a file by its name, so the name is told.',
    where: named(/^attachment\.upload of/),
    change: (official, ours) => {
      const { id } = official.value as { id: string }
      expect(ours.value).toEqual({ id, name: expect.stringMatching(`^${id}\\.\\w+$`) })
      official.value = ours.value
    },
  },
  {
    because: 'A failure that comes in a stream is thrown, as any other failure is.',
    where: (_name, { value }) => Array.isArray(value) && value.some(isErrorEvent),
    change: (official) => {
      official.error = (official.value as { data: { code: string; message: string } }[])[0]!.data
      delete official.value
    },
  },
  {
    because: 'An error is a sentence that says what happened and what to do; the words of the server are in it.',
    where: (_name, { error }) => error !== undefined,
    change: (official, ours) => {
      expect(ours.error?.message).toContain(official.error!.message)
      official.error!.message = ours.error!.message
    },
  },
]

const isErrorEvent = (value: unknown) => (value as { type?: unknown } | null)?.type === 'error'

/** The official trace with every difference that is wanted. Each one has to change something, or it is out of date. */
const met = new Set<string>()
function expectedOf(name: string, official: Trace, ours: Trace): Trace {
  const expected = structuredClone(official)
  for (const { where, change, because } of DIFFERENCES) {
    if (!where(name, expected)) {
      continue
    }
    met.add(because)
    const before = JSON.stringify(expected)
    change(expected, ours)
    expect(JSON.stringify(expected), `no difference any more: ${because}`).not.toBe(before)
  }
  return expected
}

describe('our client beside the official one', () => {
  test('at least a hundred calls are compared', () => {
    expect(new Set(CALLS.map(({ name }) => name)).size).toBe(CALLS.length)
    expect(CALLS.length).toBeGreaterThanOrEqual(100)
  })

  test.each(CALLS)('$name', async (call) => {
    const official = await traceOf(call, officialApi)
    const ours = await traceOf(call, kitApi)
    expect(official.requests.length).toBeGreaterThan(0)
    expect(ours).toEqual(expectedOf(call.name, official, ours))
  })

  test('every body of ours that the server takes is as the published description says', async () => {
    const findings: Finding[] = []
    let checked = 0
    for (const call of CALLS) {
      const { requests, error } = await traceOf(call, kitApi)
      for (const { method, path, body } of error ? [] : requests) {
        const operation = operations.find((one) => one.matches(method, path.replace('/api/v1', '')))
        if (operation && body) {
          checked += 1
          findings.push(...checkRequest(operation, body))
        }
      }
    }
    expect(checked).toBeGreaterThan(50)
    expect([...new Set(findings.map(({ operation, at }) => `${operation} ${at}`))]).toEqual([
      // Null clears (PROTOCOL 3.2 and 18 row 21); the document has no nullable member.
      'POST /conversation/{conversationId}/update /name',
      // The document asks for whole entities, which the server refuses (PROTOCOL 18 row 6).
      'POST /conversation/{conversationId}/complete /entities/*/type',
      'POST /conversation/{conversationId}/complete /entities/*/text',
      'POST /conversation/{conversationId}/send /entities/*/type',
      'POST /conversation/{conversationId}/send /entities/*/text',
    ])
  })

  test('every difference of the table is met', () => {
    expect(DIFFERENCES.map(({ because }) => because).filter((because) => !met.has(because))).toEqual([])
  })
})

describe('the official client with the local server', () => {
  /** A whole life of a conversation; each step is seen by the next one. */
  async function live({ conversation, contact, channel }: Api): Promise<void> {
    const { id } = await conversation.create!({ name: 'Trip', model: { name: 'gpt-5.4', config: { maxTokens: 9 } } })
    expect(await conversation.fetch!(id)).toMatchObject({ id, name: 'Trip', model: 'gpt-5.4/maxTokens=9' })
    const listed = (await events(conversation.list!({ take: 100 }))) as { type: string; data: { id: string } }[]
    expect(listed.map(({ data }) => data.id)).toContain(id)
    expect(await conversation.update!(id, { description: 'Two days' })).toEqual({ id })

    // One round trip, streamed: the pieces make the message, and the ids are those that are stored.
    const turn = (await events(conversation.complete!(id, { text: 'Two days in Porto?' }))) as Event[]
    const types = turn.map(({ type }) => type)
    expect(types[0]).toBe('sendResult')
    expect(types.slice(-2)).toEqual(['receiveResult', 'result'])
    expect(
      turn
        .filter(({ type }) => type === 'token')
        .map(({ data }) => data.token)
        .join(''),
    ).toBe('Start at Ribeira.')
    const sent = turn[0]!.data
    const result = turn.at(-1)!.data
    expect(result).toMatchObject({ text: 'Start at Ribeira.', end: { reason: 'stop' } })
    const { items } = (await conversation.message.list!(id)) as { items: { id: string; type: string; text: string }[] }
    expect(items.filter(({ type }) => type === 'user' || type === 'bot')).toMatchObject([
      { id: sent.id, type: 'user', text: 'Two days in Porto?' },
      { id: result.id, type: 'bot', text: 'Start at Ribeira.' },
    ])

    // In two steps.
    const asked = await conversation.send!(id, { text: 'And in winter?' })
    expect(asked).toMatchObject({ id: expect.any(String), entities: [] })
    const reply = (await events(conversation.receive!(id, {}))) as Event[]
    expect(reply.at(-1)).toMatchObject({ type: 'result', data: { text: 'Start at Ribeira.' } })
    expect(await conversation.complete!(id, { text: 'Thanks' })).toMatchObject({ text: 'Start at Ribeira.' })
    expect(await conversation.complete!(null, { messages: [{ type: 'user', text: 'Hi' }] })).toMatchObject({
      text: 'Start at Ribeira.',
    })

    // Messages.
    const { id: noted } = await conversation.message.create!(id, { type: 'context', text: 'She likes wine.' })
    expect(await conversation.message.fetch!(id, noted)).toMatchObject({
      id: noted,
      type: 'context',
      text: 'She likes wine.',
    })
    expect(await conversation.message.update!(id, noted, { text: 'She likes port.' })).toMatchObject({ id: noted })
    expect(await conversation.message.fetch!(id, noted)).toMatchObject({ text: 'She likes port.' })
    expect(await conversation.message.delete!(id, noted)).toEqual({ id: noted })
    await expect(Promise.resolve(conversation.message.fetch!(id, noted))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await conversation.message.upvote!(id, result.id, { reason: 'Clear' })).toEqual({ id: result.id })
    expect(await conversation.downvote!(id, { value: -1 })).toEqual({ id })

    // A session, which may speak but not look.
    const session = await conversation.session.create!(id, { durationInSeconds: 1800 })
    expect(session).toMatchObject({
      id,
      token: expect.stringMatching(/^[^.]+\.[^.]+\.[^.]+$/),
      expiresAt: expect.any(Number),
    })

    // A file, in two steps.
    const file = await conversation.attachment.upload!(id, {
      name: 'plan.txt',
      type: 'text/plain',
      data: 'Day one: Ribeira',
    })
    expect(file).toMatchObject({ id: expect.any(String) })

    // Contacts and channels.
    const { id: ann } = await contact.create!({ name: 'Ann', email: 'ann@example.com' })
    await conversation.update!(id, { contactId: ann })
    expect(((await contact.conversation.list!(ann)) as { items: unknown[] }).items).toMatchObject([{ id }])
    const { channelId } = await conversation.dispatch!(id, { text: 'Hello?' })
    const heard = await firstOf(
      channel.subscribe!(channelId, { historyLength: 1000 }).stream() as AsyncIterable<Wrapped>,
    )
    expect(heard).toMatchObject({ text: 'Start at Ribeira.' })
    expect(await conversation.delete!(id)).toEqual({ id })
    await expect(Promise.resolve(conversation.fetch!(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }

  // eslint-disable-next-line vitest/expect-expect -- `live` expects all along
  test('lives a whole life in the page', async () => {
    const server = startServer()
    await live(officialApi(recording((request) => server.fetch(request)).fetch))
  })

  // eslint-disable-next-line vitest/expect-expect -- `live` expects all along
  test('lives the same life over a real port, with its own fetch', async () => {
    const serving = await serve(SERVED)
    try {
      await live(officialApi(undefined, serving.url))
    } finally {
      await serving.close(0)
    }
  })

  // eslint-disable-next-line vitest/expect-expect -- `live` expects all along
  test('our client lives the same life over a real port', async () => {
    const serving = await serve(SERVED)
    try {
      await live(kitApi(undefined, serving.url))
    } finally {
      await serving.close(0)
    }
  })
})

interface Wrapped {
  data: Event
}

/** The result of a run, heard on its channel, which does not end by itself. */
async function firstOf(channel: AsyncIterable<Wrapped>): Promise<unknown> {
  for await (const { data } of channel) {
    if (data.type === 'result') {
      return data.data
    }
  }
  throw new Error('The channel ended without a result.')
}

interface Event {
  type: string
  data: { id: string; text: string; token?: string }
}
