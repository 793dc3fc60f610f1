/** What both clients can do, as loosely as the comparison needs it. */
export interface Api {
  conversation: Record<string, Call> & {
    message: Record<string, Call>
    session: Record<string, Call>
    attachment: Record<string, Call>
  }
  contact: Record<string, Call> & { conversation: Record<string, Call> }
  channel: Record<string, Call>
}
// eslint-disable-next-line typescript/no-explicit-any -- two clients of different types
type Call = (...args: any[]) => any

export interface ComparedCall {
  /** Unique; the differences speak of it. */
  name: string
  call: (api: Api) => unknown
}

interface Streamable {
  stream(): AsyncIterable<unknown>
}

/** Reads a call as its events. */
export async function events(call: unknown): Promise<unknown[]> {
  const seen: unknown[] = []
  for await (const event of (call as Streamable).stream()) {
    seen.push(event)
  }
  return seen
}

const C = 'c-trip'
const M = 'm-trip-1'
const FN = { name: 'getWeather', description: 'The weather', parameters: { type: 'object', properties: {} } }
const CHANNEL = 'a-channel-of-enough-letters'
const META = { team: 'blue' }

const one = (name: string, call: (api: Api) => unknown): ComparedCall => ({ name, call })
/** The same call, as one answer and as a stream. */
const both = (name: string, call: (api: Api) => unknown): ComparedCall[] => [
  one(name, call),
  one(`${name}, streamed`, (api) => events(call(api))),
]

const LISTS: [string, Record<string, unknown> | undefined][] = [
  ['without a request', undefined],
  ['with an empty request', {}],
  ['of two', { take: 2 }],
  ['in ascending order', { order: 'asc' }],
  ['in descending order', { order: 'desc' }],
  ['after the first', { order: 'asc', take: 1, cursor: 'c-first' }],
  ['after an unknown one', { cursor: 'nobody' }],
  ['with empty members', { cursor: undefined, take: null }],
  ['of none', { take: 0 }],
  ['of too many', { take: 1000 }],
]

const MESSAGE_LISTS: [string, Record<string, unknown> | undefined][] = [
  ['without a request', undefined],
  ['with an empty request', {}],
  ['of one', { take: 1 }],
  ['in ascending order', { order: 'asc' }],
  ['in descending order', { order: 'desc' }],
  ['after the first', { cursor: M }],
]

const MODELS: [string, unknown][] = [
  ['by name', 'gpt-5.4'],
  ['with knobs', { name: 'gpt-5.4', config: { temperature: 0.5, maxTokens: 100 } }],
  ['with a knob at nought', { name: 'gpt-5.4', config: { temperature: 0, maxTokens: 100 } }],
  ['with all knobs at nought', { name: 'gpt-5.4', config: { temperature: 0 } }],
  ['without knobs', { name: 'gpt-5.4' }],
  ['with empty knobs', { name: 'gpt-5.4', config: {} }],
  ['with unset knobs', { name: 'gpt-5.4', config: { temperature: undefined, region: 'eu' } }],
]

/** An id that has to be encoded. */
const ODD_IDS: [string, string][] = [
  ['with a slash', 'a/b'],
  ['with a question mark', 'a?b'],
  ['with a hash', 'a#b'],
  ['with a space', 'a b'],
  ['with an umlaut', 'gespräch'],
  ['with a percent sign', 'a%2fb'],
]

export const CALLS: ComparedCall[] = [
  // --- conversations
  ...LISTS.flatMap(([what, request]) => both(`conversation.list ${what}`, (api) => api.conversation.list!(request))),
  ...both('conversation.list by meta', (api) => api.conversation.list!({ meta: META })),
  one('conversation.list by two meta values', (api) =>
    api.conversation.list!({ meta: { team: 'blue', size: 'a b&c=d' } }),
  ),
  one('conversation.list by empty meta', (api) => api.conversation.list!({ meta: { team: null } })),
  one('conversation.list by bot', (api) => api.conversation.list!({ botId: 'b1,b2' })),
  one('conversation.fetch', (api) => api.conversation.fetch!(C)),
  one('conversation.fetch of an unknown one', (api) => api.conversation.fetch!('nobody')),
  ...ODD_IDS.map(([what, id]) => one(`conversation.fetch of an id ${what}`, (api) => api.conversation.fetch!(id))),
  one('conversation.create with nothing', (api) => api.conversation.create!({})),
  one('conversation.create with everything', (api) =>
    api.conversation.create!({
      name: 'Trip',
      description: 'Two days',
      backstory: 'You plan trips.',
      meta: { ...META, deep: { n: 1 } },
      messages: [
        { type: 'user', text: 'Hi' },
        { type: 'bot', text: 'Hello', meta: { a: 1 } },
      ],
    }),
  ),
  ...MODELS.map(([what, model]) =>
    one(`conversation.create with a model ${what}`, (api) => api.conversation.create!({ model })),
  ),
  one('conversation.create with a member the server refuses', (api) => api.conversation.create!({ foo: 1 })),
  one('conversation.create with an unknown bot', (api) => api.conversation.create!({ contactId: 'nobody' })),
  one('conversation.create with meta the server refuses', (api) => api.conversation.create!({ meta: { _hidden: 1 } })),
  one('conversation.update', (api) => api.conversation.update!(C, { name: 'New' })),
  one('conversation.update with nothing', (api) => api.conversation.update!(C, {})),
  one('conversation.update to null', (api) => api.conversation.update!(C, { name: null, description: '' })),
  one('conversation.update of meta', (api) => api.conversation.update!(C, { meta: { $update: { k: 1 } } })),
  ...MODELS.map(([what, model]) =>
    one(`conversation.update with a model ${what}`, (api) => api.conversation.update!(C, { model })),
  ),
  one('conversation.update of an unknown one', (api) => api.conversation.update!('nobody', { name: 'x' })),
  one('conversation.update of an id with a slash', (api) => api.conversation.update!('a/b', { name: 'x' })),
  one('conversation.delete', (api) => api.conversation.delete!(C)),
  one('conversation.delete of an unknown one', (api) => api.conversation.delete!('nobody')),
  one('conversation.delete twice', async (api) => [
    await api.conversation.delete!(C),
    await api.conversation.delete!(C),
  ]),

  // --- turns
  ...both('conversation.complete without a conversation', (api) =>
    api.conversation.complete!(null, { messages: [{ type: 'user', text: 'Two days in Porto?' }] }),
  ),
  ...both('conversation.complete without a conversation, with functions', (api) =>
    api.conversation.complete!(null, {
      backstory: 'Brief.',
      functions: [FN],
      model: { name: 'gpt-5.4', config: { maxTokens: 5 } },
      messages: [
        { type: 'user', text: 'Hi' },
        { type: 'bot', text: 'Hello' },
        { type: 'user', text: 'Porto?' },
      ],
    }),
  ),
  ...both('conversation.complete without a conversation, by text', (api) =>
    api.conversation.complete!(null, { text: 'Porto?' }),
  ),
  one('conversation.complete without a conversation and without words', (api) =>
    api.conversation.complete!(null, { messages: [] }),
  ),
  one('conversation.complete without a conversation, with a model at nought', (api) =>
    api.conversation.complete!(null, {
      model: { name: 'gpt-5.4', config: { temperature: 0 } },
      messages: [{ type: 'user', text: 'Hi' }],
    }),
  ),
  ...both('conversation.complete', (api) => api.conversation.complete!(C, { text: 'Two days in Porto?' })),
  ...both('conversation.complete with functions and limits', (api) =>
    api.conversation.complete!(C, { text: 'Porto?', functions: [FN], limits: { iterations: 2 } }),
  ),
  one('conversation.complete with bare spans', (api) =>
    api.conversation.complete!(C, { text: 'Ann', entities: [{ begin: 0, end: 3 }] }),
  ),
  one('conversation.complete with entities', (api) =>
    api.conversation.complete!(C, {
      text: 'Ann',
      entities: [{ type: 'name', begin: 0, end: 3, text: 'Ann', replacement: { begin: 0, end: 4, text: '[1]' } }],
    }),
  ),
  ...both('conversation.complete without text goes on', (api) => api.conversation.complete!(C, {})),
  one('conversation.complete with an empty text', (api) => api.conversation.complete!(C, { text: '  ' })),
  one('conversation.complete of an unknown one', (api) => api.conversation.complete!('nobody', { text: 'Hi' })),
  one('conversation.complete of an unknown one, streamed', (api) =>
    events(api.conversation.complete!('nobody', { text: 'Hi' })),
  ),
  one('conversation.complete of an id with a slash', (api) => api.conversation.complete!('a/b', { text: 'Hi' })),
  ...both('conversation.send', (api) => api.conversation.send!(C, { text: 'And in winter?' })),
  one('conversation.send with entities', (api) =>
    api.conversation.send!(C, { text: 'Ann', entities: [{ type: 'name', begin: 0, end: 3, text: 'Ann' }] }),
  ),
  one('conversation.send with umlauts and emoji', (api) => api.conversation.send!(C, { text: 'Grüße 🙂\n\t"' })),
  one('conversation.send without text', (api) => api.conversation.send!(C, {})),
  one('conversation.send to an unknown one', (api) => api.conversation.send!('nobody', { text: 'Hi' })),
  one('conversation.send to an unknown one, streamed', (api) =>
    events(api.conversation.send!('nobody', { text: 'Hi' })),
  ),
  ...both('conversation.receive', (api) => api.conversation.receive!(C, {})),
  one('conversation.receive with functions', (api) => api.conversation.receive!(C, { functions: [FN] })),
  one('conversation.receive of an unknown one', (api) => api.conversation.receive!('nobody', {})),
  one('conversation.send and receive', async (api) => [
    await api.conversation.send!(C, { text: 'One' }),
    await api.conversation.send!(C, { text: 'Two' }),
    await api.conversation.receive!(C, {}),
  ]),
  one('conversation.dispatch', (api) => api.conversation.dispatch!(C, { text: 'Hi', channelId: CHANNEL })),
  one('conversation.dispatch without a conversation', (api) =>
    api.conversation.dispatch!(null, {
      model: { name: 'gpt-5.4', config: { maxTokens: 9 } },
      messages: [{ type: 'user', text: 'Hi' }],
      channelId: CHANNEL,
    }),
  ),

  // --- votes
  one('conversation.upvote', (api) => api.conversation.upvote!(C, {})),
  one('conversation.upvote with a value', (api) => api.conversation.upvote!(C, { value: 10 })),
  one('conversation.upvote with a reason', (api) => api.conversation.upvote!(C, { value: 10, reason: 'Clear' })),
  one('conversation.upvote beyond the bounds', (api) => api.conversation.upvote!(C, { value: 101 })),
  one('conversation.upvote of an unknown one', (api) => api.conversation.upvote!('nobody', {})),
  one('conversation.downvote', (api) => api.conversation.downvote!(C, {})),
  one('conversation.downvote with a value', (api) => api.conversation.downvote!(C, { value: -10 })),
  one('conversation.downvote with an upward value', (api) => api.conversation.downvote!(C, { value: 10 })),
  one('conversation.upvote and downvote within the hour', async (api) => [
    await api.conversation.upvote!(C, {}),
    await api.conversation.downvote!(C, {}),
  ]),

  // --- messages
  ...MESSAGE_LISTS.flatMap(([what, request]) =>
    both(`message.list ${what}`, (api) => api.conversation.message.list!(C, request)),
  ),
  one('message.list of an unknown conversation', (api) => api.conversation.message.list!('nobody')),
  one('message.fetch', (api) => api.conversation.message.fetch!(C, M)),
  one('message.fetch of an unknown one', (api) => api.conversation.message.fetch!(C, 'nobody')),
  one('message.fetch of ids with a slash', (api) => api.conversation.message.fetch!('a/b', 'c/d')),
  ...['user', 'bot', 'reasoning', 'context', 'instruction', 'backstory', 'checkpoint'].map((type) =>
    one(`message.create of type ${type}`, (api) => api.conversation.message.create!(C, { type, text: 'Hi' })),
  ),
  one('message.create of type activity', (api) =>
    api.conversation.message.create!(C, {
      type: 'activity',
      text: '',
      meta: { activity: { type: 'response', function: { name: 'getWeather', arguments: {}, result: '"sun"' } } },
    }),
  ),
  one('message.create with an empty entities', (api) =>
    api.conversation.message.create!(C, { type: 'user', text: 'Hi', entities: [] }),
  ),
  one('message.create of an unknown type', (api) => api.conversation.message.create!(C, { type: 'song', text: 'Hi' })),
  one('message.update', (api) => api.conversation.message.update!(C, M, { text: 'Better' })),
  one('message.update of meta', (api) => api.conversation.message.update!(C, M, { meta: { seen: true } })),
  one('message.update with nothing', (api) => api.conversation.message.update!(C, M, {})),
  one('message.update of an unknown one', (api) => api.conversation.message.update!(C, 'nobody', { text: 'x' })),
  one('message.delete', (api) => api.conversation.message.delete!(C, M)),
  one('message.delete of an unknown one', (api) => api.conversation.message.delete!(C, 'nobody')),
  one('message.upvote', (api) => api.conversation.message.upvote!(C, 'm-trip-2', {})),
  one('message.upvote with a reason', (api) =>
    api.conversation.message.upvote!(C, 'm-trip-2', { value: 1, reason: 'Short' }),
  ),
  one('message.downvote', (api) => api.conversation.message.downvote!(C, 'm-trip-2', {})),
  one('message.downvote of an unknown one', (api) => api.conversation.message.downvote!(C, 'nobody', {})),

  // --- sessions and attachments
  one('session.create', (api) => api.conversation.session.create!(C, {})),
  one('session.create for half an hour', (api) => api.conversation.session.create!(C, { durationInSeconds: 1800 })),
  one('session.create for a minute', (api) => api.conversation.session.create!(C, { durationInSeconds: 60 })),
  one('session.create of an unknown one', (api) => api.conversation.session.create!('nobody', {})),
  one('attachment.upload of a text', (api) =>
    api.conversation.attachment.upload!(C, { name: 'a.txt', type: 'text/plain', data: 'Grüße' }),
  ),
  one('attachment.upload of bytes', (api) =>
    api.conversation.attachment.upload!(C, {
      name: 'a b.bin',
      type: 'application/octet-stream',
      data: new Uint8Array([1, 2, 3]).buffer,
    }),
  ),
  one('attachment.upload to an unknown conversation', (api) =>
    api.conversation.attachment.upload!('nobody', { name: 'a.txt', type: 'text/plain', data: 'x' }),
  ),

  // --- contacts and channels
  ...both('contact.list', (api) => api.contact.list!()),
  one('contact.list by meta', (api) => api.contact.list!({ take: 3, order: 'asc', meta: META })),
  one('contact.create', (api) => api.contact.create!({ name: 'Ann', email: 'ann@example.com', meta: META })),
  one('contact.create with nothing', (api) => api.contact.create!({})),
  one('contact.create with a bad e-mail', (api) => api.contact.create!({ email: 'not an address' })),
  one('contact.create twice with one fingerprint', async (api) => [
    await api.contact.create!({ fingerprint: 'fingerprint-of-ann-0001' }),
    await api.contact.create!({ fingerprint: 'fingerprint-of-ann-0001' }),
  ]),
  one('contact.ensure', (api) => api.contact.ensure!({ fingerprint: 'fingerprint-of-ann-0001', name: 'Ann' })),
  one('contact.ensure twice', async (api) => [
    await api.contact.ensure!({ fingerprint: 'fingerprint-of-ann-0001', name: 'Ann' }),
    await api.contact.ensure!({ fingerprint: 'fingerprint-of-ann-0001', name: 'Bea' }),
  ]),
  one('contact.fetch', async (api) => api.contact.fetch!((await api.contact.create!({ name: 'Ann' })).id)),
  one('contact.fetch of an unknown one', (api) => api.contact.fetch!('nobody')),
  one('contact.update', async (api) =>
    api.contact.update!((await api.contact.create!({ name: 'Ann' })).id, { nick: 'A' }),
  ),
  one('contact.update of an unknown one', (api) => api.contact.update!('nobody', { nick: 'A' })),
  one('contact.conversation.list', async (api) => {
    const { id } = await api.contact.create!({ name: 'Ann' })
    await api.conversation.create!({ contactId: id, name: 'Hers' })
    return [await api.contact.conversation.list!(id), await events(api.contact.conversation.list!(id, { take: 1 }))]
  }),
  one('channel.publish', (api) => api.channel.publish!(CHANNEL, { message: { result: { c: 14 } } })),
  one('channel.publish to a short id', (api) => api.channel.publish!('short', { message: {} })),
  one('channel.subscribe to what was dispatched', async (api) => {
    await api.conversation.dispatch!(C, { text: 'Hi', channelId: CHANNEL })
    const seen: unknown[] = []
    for await (const event of (api.channel.subscribe!(CHANNEL, { historyLength: 1000 }) as Streamable).stream()) {
      seen.push(event)
      const inner = (event as { data?: { data?: { type?: string }; type?: string } }).data
      if (inner?.type === 'result' || inner?.type === 'error') {
        break
      }
    }
    return seen
  }),
]
