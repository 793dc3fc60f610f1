import { describe, expect, test } from 'vitest'
import { collectVotes, factsOf, votesToldBy } from 'conversation-kit/admin'
import { buildMessage } from 'conversation-kit/testing'

type Rating = NonNullable<NonNullable<Parameters<typeof collectVotes>[0]>['ratings']>[number]

let count = 0
const rating = (over: Partial<Rating> = {}): Rating => {
  count += 1
  const createdAt = over.createdAt ?? 1000 * count
  return {
    id: `r${count}`,
    value: 100,
    conversationId: 'c1',
    contactId: 'ada',
    updatedAt: createdAt,
    ...over,
    createdAt,
  }
}

/** The two activities that a vote leaves behind. */
const traces = (name: string, createdAt: number, reason?: string) =>
  (['request', 'response'] as const).map((type, index) =>
    buildMessage({
      id: `${name}-${createdAt}-${type}`,
      type: 'activity',
      text: '',
      createdAt: createdAt + index,
      meta: { activity: { type, function: { name, arguments: reason ? { reason } : {} } } },
    }),
  )

const shape = (sources: Parameters<typeof collectVotes>[0]) =>
  collectVotes(sources).map(({ vote, messageId, reason }) => [vote, messageId, reason].filter(Boolean).join(' '))

describe('a vote', () => {
  test('that was changed counts as its last', () => {
    const ratings = [
      rating({ messageId: 'm1', createdAt: 2000, value: -100, reason: 'Wrong' }),
      rating({ messageId: 'm1', createdAt: 1000, value: 100 }),
    ]
    expect(shape({ ratings })).toEqual(['down m1 Wrong'])
    expect(shape({ ratings: ratings.toReversed() })).toEqual(['down m1 Wrong'])
  })

  test('that came with two pages counts once, and as it was last updated', () => {
    const one = rating({ messageId: 'm1' })
    expect(shape({ ratings: [one, { ...one, value: -1, updatedAt: one.updatedAt + 1 }, one] })).toEqual(['down m1'])
  })

  test('on a message and one on its conversation are two; those of two contacts are two', () => {
    expect(
      collectVotes({ ratings: [rating(), rating({ messageId: 'm1' }), rating({ contactId: 'bob' })] }),
    ).toHaveLength(3)
  })

  test('of 0 is an up, as in the lists of the API; of nothing is none', () => {
    expect(shape({ ratings: [rating({ value: 0 }), rating({ conversationId: 'c2', value: Number.NaN })] })).toEqual([
      'up',
    ])
  })

  test('whose conversation is gone still counts', () => {
    const ratings = [rating({ conversationId: null }), rating({ conversationId: null })]
    expect(collectVotes({ ratings }).map(({ conversationId }) => conversationId)).toEqual([undefined, undefined])
  })

  test('told by a rating and by the conversation counts once, with what the rating knows', () => {
    const ratings = [rating({ messageId: 'm1', botId: 'b', value: -100, reason: 'Wrong', createdAt: 5000 })]
    const told = votesToldBy('c1', traces('downvoteMessage', 5003, 'Wrong'))
    expect(collectVotes({ ratings, told })).toEqual([
      {
        key: '["c1","m1"]:ada',
        vote: 'down',
        reason: 'Wrong',
        createdAt: 5000,
        conversationId: 'c1',
        messageId: 'm1',
        botId: 'b',
        contactId: 'ada',
      },
    ])
  })

  test('that was changed and is told of both times counts as its last', () => {
    const ratings = [
      rating({ messageId: 'm1', createdAt: 1000 }),
      rating({ messageId: 'm1', value: -100, createdAt: 9000 }),
    ]
    const told = votesToldBy('c1', [...traces('upvoteMessage', 1001), ...traces('downvoteMessage', 9001)])
    expect(shape({ ratings, told })).toEqual(['down m1'])
  })

  test('that only its conversation tells of counts, with its reason', () => {
    expect(shape({ told: votesToldBy('c1', traces('downvoteMessage', 1, 'Too long')) })).toEqual(['down Too long'])
  })

  test('on a conversation that tells of a later one is changed by it', () => {
    const ratings = [rating({ createdAt: 1000 })]
    const told = votesToldBy('c1', [
      ...traces('upvoteConversation', 1000),
      ...traces('downvoteConversation', 9_000_000),
    ])
    expect(shape({ ratings, told })).toEqual(['down'])
  })

  test('with another reason is another vote', () => {
    const ratings = [rating({ messageId: 'm1', reason: 'A' })]
    expect(collectVotes({ ratings, told: votesToldBy('c1', traces('upvoteMessage', 1000, 'B')) })).toHaveLength(2)
  })

  test('and what is told of it are one, whatever their clocks say; of two votes told the nearer one is meant', () => {
    const ratings = [rating({ messageId: 'm1', createdAt: 5000 })]
    const later = traces('upvoteMessage', 9_000_000)
    expect(collectVotes({ ratings, told: votesToldBy('c1', later) })).toHaveLength(1)
    const both = [...traces('upvoteMessage', 5100), ...later]
    for (const messages of [both, both.toReversed()]) {
      const times = collectVotes({ ratings, told: votesToldBy('c1', messages) }).map(({ createdAt }) => createdAt)
      expect(times).toEqual([9_000_000, 5000])
    }
    const first = [...traces('upvoteMessage', 10), ...traces('upvoteMessage', 4000)]
    expect(collectVotes({ ratings, told: votesToldBy('c1', first) }).map(({ createdAt }) => createdAt)).toEqual([
      5000, 10,
    ])
  })

  test('of our own that a rating tells of counts once; read later than it was cast, the rating is right', () => {
    const ratings = [rating({ messageId: 'm1', createdAt: 1000 })]
    const own = [{ conversationId: 'c1', messageId: 'm1', vote: 'down' as const, at: 2000 }]
    expect(shape({ ratings, own, readAt: 3000 })).toEqual(['up m1'])
    expect(shape({ ratings, own, readAt: 1500 })).toEqual(['down m1'])
    expect(shape({ ratings, own: [{ ...own[0]!, vote: 'up' }], readAt: 1500 })).toEqual(['up m1'])
  })

  test('of our own that its conversation tells of counts once, with the reason and the time told', () => {
    const told = votesToldBy('c1', traces('downvoteMessage', 400, 'Wrong'))
    const own = [{ conversationId: 'c1', messageId: 'm1', vote: 'down' as const, at: 9000 }]
    expect(collectVotes({ told, own })).toEqual([
      { key: '["c1","m1"]', vote: 'down', conversationId: 'c1', messageId: 'm1', createdAt: 400, reason: 'Wrong' },
    ])
  })

  test('of our own that nobody else tells of counts', () => {
    expect(shape({ own: [{ conversationId: 'c9', vote: 'up', at: 1 }] })).toEqual(['up'])
  })

  test('is told by a request, by its answer or by both, and by no other activity', () => {
    const [request, response] = traces('upvoteMessage', 10)
    expect(votesToldBy('c1', [request!])).toHaveLength(1)
    expect(votesToldBy('c1', [response!])).toHaveLength(1)
    expect(votesToldBy('c1', [response!, request!])).toEqual([
      { conversationId: 'c1', on: 'message', vote: 'up', createdAt: 10 },
    ])
    const odd = [null, 1, {}, { type: 'request' }, { type: 'request', function: { name: 'constructor' } }].map(
      (activity) => buildMessage({ type: 'activity', meta: { activity } }),
    )
    expect(votesToldBy('c1', [...odd, buildMessage(), buildMessage({ type: 'activity', meta: undefined })])).toEqual([])
  })

  test('is the newest first', () => {
    const ratings = [1, 3, 2].map((time) => rating({ messageId: `m${time}`, createdAt: time }))
    expect(collectVotes({ ratings }).map(({ createdAt }) => createdAt)).toEqual([3, 2, 1])
  })
})

describe('facts for a list', () => {
  test('are ups and downs by conversation, each vote once and as its last', () => {
    const first = rating({ messageId: 'm1' })
    const ratings = [
      first,
      first,
      rating({ messageId: 'm2' }),
      rating({ messageId: 'm2', value: -50 }),
      rating({ conversationId: 'c2', value: -1 }),
      rating({ conversationId: null }),
    ]
    const facts = [...factsOf(collectVotes({ ratings }))]
    expect(facts.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual([
      ['c1', { up: 1, down: 1 }],
      ['c2', { up: 0, down: 1 }],
    ])
  })
})
