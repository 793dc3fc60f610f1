import { expect } from 'vitest'
import { json } from '../support/fault-server.ts'
import type { Fault } from './faults-run.ts'

const found = json(200, { id: 'c1', createdAt: 1, updatedAt: 1 })

/** Refused before anything is sent, wherever an id goes. */
const refused = (name: string, id: unknown): Fault => ({
  name: `${name} as an id sends nothing`,
  serve: found,
  call: async ({ client, signal }) => {
    const bad = id as string
    const calls: (() => PromiseLike<unknown>)[] = [
      () => client.fetch(bad, { signal }),
      () => client.update(bad, {}, { signal }),
      () => client.delete(bad),
      () => client.upvote(bad, {}),
      () => client.downvote(bad, {}),
      () => client.send(bad, { text: 'hi' }),
      () => client.receive(bad, {}),
      () => client.upsertContact(bad, {}),
      () => client.message.list(bad),
      () => client.message.fetch('c1', bad),
      () => client.message.fetch(bad, 'm1'),
      () => client.message.create(bad, { type: 'user', text: 'hi' }),
      () => client.message.update('c1', bad, {}),
      () => client.message.delete('c1', bad),
      () => client.message.upvote('c1', bad, {}),
      () => client.message.downvote('c1', bad, {}),
      () => client.session.create(bad, {}),
      () => client.send(bad, { text: 'hi' }).stream().next(),
      // Only `null` means the completion without a conversation.
      ...(id === null ? [] : [() => client.complete(bad, { text: 'hi' })]),
    ]
    const errors: unknown[] = []
    for (const call of calls) {
      // A refusal may come at once or by the promise; both are caught here and by an `await`.
      errors.push(
        await (async () => call())().then(
          () => 'was sent',
          (error: unknown) => error,
        ),
      )
    }
    const failures = errors.filter(
      (error) => !(error instanceof Error && (error as { code?: string }).code === 'BAD_REQUEST'),
    )
    expect(failures, 'every call refuses').toEqual([])
    throw errors[0]
  },
  want: { code: 'BAD_REQUEST', requests: 0, plain: true },
})

/** Goes out as one encoded segment. */
const encoded = (name: string, id: string, segment = encodeURIComponent(id)): Fault => ({
  name: `${name} in an id stays one segment`,
  serve: found,
  call: async ({ client, signal }) => {
    await client.fetch(id, { signal })
    await client.message.fetch(id, id, { signal })
    await client.update(id, {}, { signal })
  },
  want: { requests: 3 },
  check: ({ server }) =>
    expect(server.exchanges.map(({ path }) => path)).toEqual([
      `/api/v1/conversation/${segment}/fetch`,
      `/api/v1/conversation/${segment}/message/${segment}/fetch`,
      `/api/v1/conversation/${segment}/update`,
    ]),
})

export const IDS: Fault[] = [
  refused('nothing', ''),
  refused('a dot', '.'),
  refused('two dots', '..'),
  refused('undefined', undefined),
  refused('null', null),
  refused('a number', 5),
  refused('an object', { toString: () => 'c1' }),
  refused('an array', ['c1']),
  refused('half a surrogate pair', '\ud800'),
  encoded('a slash', 'a/b'),
  encoded('a way up', '../../contact/list'),
  encoded('a backslash', String.raw`a\..\b`),
  encoded('an encoded dot', '%2e%2e'),
  encoded('a question mark', 'a?take=1'),
  encoded('a hash', 'a#b'),
  encoded('a space', ' a b '),
  encoded('a letter beyond ASCII', 'gespräch-🙂'),
  encoded('a NUL', 'a\u0000b'),
  encoded('a line break', 'a\r\nx-evil: 1'),
  encoded('a brace of a template', '{conversationId}'),
  encoded('a replacement pattern', "$&$1$$$'"),
  encoded('four thousand letters', 'x'.repeat(4000)),
  encoded('three dots', '...'),
]
