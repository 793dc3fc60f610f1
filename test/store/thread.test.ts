import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { joinThread, reduceTurn } from 'conversation-kit'
import type { LiveTurn, TurnEvent } from 'conversation-kit'
import type { MessageInstance, MessageType } from 'conversation-kit/transport'
import { settleTurn, storedRows, userMessage } from '../../src/store/index.ts'
import { ConversationError } from '../../src/transport/index.ts'

let clock = 0
const stored = (id: string, type: MessageType, text: string, meta?: object): MessageInstance => ({
  id,
  type,
  text,
  createdAt: (clock += 1),
  updatedAt: clock,
  ...(meta && { meta }),
})
const call = (id: string, type: 'request' | 'response', name: string, result?: string) =>
  stored(id, 'activity', '', { activity: { type, function: { name, arguments: {}, ...(result && { result }) } } })

const turnOf = (...events: TurnEvent[]): LiveTurn => events.reduce<LiveTurn | undefined>(reduceTurn, undefined)!
const send = (after: string | null | undefined, text = 'Hi', key = 'u'): TurnEvent => ({
  type: 'send',
  user: userMessage(key, text, 1),
  replyKey: `reply of ${key}`,
  after,
  at: 1,
})
const sent = (id: string): TurnEvent => ({ type: 'sendResult', data: { id, entities: [] } })
const token = (token: string): TurnEvent => ({ type: 'token', data: { token } })
const result = (id: string, text: string): TurnEvent => ({
  type: 'result',
  data: { id, text, usage: { token: 1 }, end: { reason: 'stop' } },
})
const broken: TurnEvent = { type: 'fail', error: new ConversationError({ code: 'NETWORK', message: 'Gone.' }) }
const keys = (rows: readonly { key: string }[]) => rows.map((row) => row.key)

describe('stored messages as rows', () => {
  test('what the assistant thought, called and said in one go is one row, with the id that can be voted on', () => {
    const rows = storedRows([
      stored('m1', 'user', 'Weather?'),
      stored('m2', 'reasoning', 'I should look.'),
      call('m3', 'request', 'weather'),
      call('m4', 'response', 'weather', '{"c":14}'),
      stored('m5', 'bot', '14 degrees.'),
    ])
    expect(rows).toHaveLength(2)
    expect(rows[1]).toMatchObject({ id: 'm5', key: 'm5', role: 'assistant', text: '14 degrees.', status: 'sent' })
    expect(rows[1]!.parts.map((part) => part.type)).toEqual(['reasoning', 'tool', 'text'])
  })

  test('two answers in a row are two rows', () => {
    const rows = storedRows([stored('m1', 'user', 'a'), stored('m2', 'bot', 'b'), stored('m3', 'bot', 'c')])
    expect(keys(rows)).toEqual(['m1', 'm2', 'm3'])
  })

  test('records of votes and what is only for the model are no rows, unless they are asked for', () => {
    const messages = [
      stored('m0', 'backstory', 'You are kind.'),
      stored('m1', 'user', 'a'),
      stored('m2', 'bot', 'b'),
      call('m3', 'request', 'upvoteMessage'),
      call('m4', 'response', 'upvoteMessage'),
    ]
    expect(keys(storedRows(messages))).toEqual(['m1', 'm2'])
    expect(storedRows(messages, {}, ['user', 'backstory'])).toMatchObject([{ role: 'system', id: 'm0' }, { id: 'm1' }])
  })

  test('a row is the same object as long as nothing in it changed', () => {
    const messages = [stored('m1', 'user', 'a'), stored('m2', 'bot', 'b')]
    const before = storedRows(messages)
    const after = storedRows([...messages, stored('m3', 'user', 'c')], { m3: { key: 'u', id: 'm3' } })
    expect(after.slice(0, 2)).toEqual(before)
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
  })
})

describe('joining what is stored with what goes on', () => {
  const history = [stored('m1', 'user', 'a'), stored('m2', 'bot', 'b')]

  test('the message being sent and the reply come last', () => {
    expect(keys(joinThread(history, turnOf(send('m2'))))).toEqual(['m1', 'm2', 'u'])
    expect(keys(joinThread(history, turnOf(send('m2'), token('x'))))).toEqual(['m1', 'm2', 'u', 'reply of u'])
  })

  test('a message that the list already has is there once, under the key it had', () => {
    const more = [...history, stored('m3', 'user', 'Hi')]
    expect(keys(joinThread(more, turnOf(send('m2'), sent('m3'), token('x'))))).toEqual(['m1', 'm2', 'u', 'reply of u'])
    // The list was faster than the stream: found by its place and its words.
    expect(keys(joinThread(more, turnOf(send('m2'))))).toEqual(['m1', 'm2', 'u'])
  })

  test('the same words said earlier are another message', () => {
    const again = [stored('m1', 'user', 'Hi'), stored('m2', 'bot', 'b')]
    expect(keys(joinThread(again, turnOf(send('m2'))))).toEqual(['m1', 'm2', 'u'])
    expect(keys(joinThread(again, turnOf(send(undefined))))).toEqual(['m1', 'm2', 'u'])
  })

  test('history that arrives after the first message takes its place above it', () => {
    const turn = turnOf(send(undefined), sent('m3'), token('x'))
    expect(keys(joinThread([], turn))).toEqual(['u', 'reply of u'])
    expect(keys(joinThread([...history, stored('m3', 'user', 'Hi')], turn))).toEqual(['m1', 'm2', 'u', 'reply of u'])
  })

  test('the stored reply has the key of the streamed one, and nothing is there twice', () => {
    const turn = turnOf(send('m2'), sent('m3'), token('x'), result('m5', 'x'))
    const all = [...history, stored('m3', 'user', 'Hi'), stored('m5', 'bot', 'x')]
    const before = keys(joinThread(history, turn))
    expect(keys(joinThread(all, turn))).toEqual(before)
    const settled = settleTurn(turn, all)
    expect(settled.turn).toBeUndefined()
    const rows = joinThread(all, undefined, { shown: settled.shown })
    expect(keys(rows)).toEqual(before)
    expect(rows.map((row) => row.id)).toEqual(['m1', 'm2', 'm3', 'm5'])
  })

  test('a turn stays until the cache holds all of it', () => {
    const turn = turnOf(send('m2'), sent('m3'), token('x'), result('m5', 'x'))
    const half = settleTurn(turn, [...history, stored('m3', 'user', 'Hi')])
    expect(half.turn).toMatchObject({ reply: { id: 'm5' } })
    expect(half.turn!.user).toBeUndefined()
    expect(settleTurn(turn, history).turn).toBe(turn)
  })

  test('one row of several messages stays one row when it is stored', () => {
    const turn = turnOf(
      send('m2'),
      sent('m3'),
      token('Wait.'),
      { type: 'message', data: { type: 'bot', text: 'Wait.' } },
      token('Done.'),
      { type: 'message', data: { type: 'bot', text: 'Done.' } },
      result('m5', 'Done.'),
    )
    const all = [...history, stored('m3', 'user', 'Hi'), stored('m4', 'bot', 'Wait.'), stored('m5', 'bot', 'Done.')]
    const rows = joinThread(all, undefined, { shown: settleTurn(turn, all).shown })
    expect(keys(rows)).toEqual(['m1', 'm2', 'u', 'reply of u'])
    expect(rows.at(-1)!.text).toBe(turn.reply!.text)
  })

  test('a thought that the server does not store stays for as long as the page', () => {
    const turn = turnOf(
      send('m2'),
      sent('m3'),
      { type: 'reasoningToken', data: { token: 'Hm.' } },
      token('x'),
      result('m4', 'x'),
    )
    const all = [...history, stored('m3', 'user', 'Hi'), stored('m4', 'bot', 'x')]
    const row = joinThread(all, undefined, { shown: settleTurn(turn, all).shown }).at(-1)!
    expect(row.parts).toEqual(turn.reply!.parts)
  })

  test('a stopped reply is recognized by its words, keeps its mark, and may have grown', () => {
    const turn = turnOf(send('m2'), sent('m3'), token('Half an '), { type: 'stop' })
    const all = [...history, stored('m3', 'user', 'Hi'), stored('m4', 'bot', 'Half an answer')]
    const { turn: left, shown } = settleTurn(turn, all)
    expect(left).toBeUndefined()
    expect(joinThread(all, undefined, { shown }).at(-1)).toMatchObject({
      key: 'reply of u',
      id: 'm4',
      status: 'stopped',
      text: 'Half an answer',
    })
  })

  test('a message that never got through stays where it was said', () => {
    const failed = turnOf(send('m2', 'Lost'), broken)
    const turn = reduceTurn(failed, send('m2', 'Second try', 'u2'))
    const all = [...history, stored('m3', 'user', 'Second try'), stored('m4', 'bot', 'y')]
    expect(keys(joinThread(history, turn))).toEqual(['m1', 'm2', 'u', 'u2'])
    const done = [sent('m3'), token('y'), result('m4', 'y')].reduce<LiveTurn>(reduceTurn, turn)
    const { turn: left, shown } = settleTurn(done, all)
    expect(keys(joinThread(all, left, { shown }))).toEqual(['m1', 'm2', 'u', 'u2', 'reply of u2'])
  })

  test('the same words sent again after a failure are not taken for the lost ones', () => {
    const failed = turnOf(send('m2', 'Hi'), broken)
    const turn = [send('m2', 'Hi', 'u2'), sent('m3')].reduce<LiveTurn>(reduceTurn, failed)
    const all = [...history, stored('m3', 'user', 'Hi')]
    expect(keys(joinThread(all, turn))).toEqual(['m1', 'm2', 'u', 'u2'])
  })

  test('after a failed reply was asked for again, each answer has its own row', () => {
    const failed = turnOf(send('m2'), sent('m3'), token('Half'), broken)
    const all = [...history, stored('m3', 'user', 'Hi'), stored('m4', 'bot', 'Half')]
    const again: TurnEvent = { type: 'retry', again: false, replyKey: 'r2', after: 'm4', at: 2 }
    const turn = [again, token('Whole'), result('m5', 'Whole')].reduce<LiveTurn>(reduceTurn, failed)
    expect(keys(joinThread(all, turn))).toEqual(['m1', 'm2', 'u', 'reply of u', 'r2'])
    const more = [...all, stored('m5', 'bot', 'Whole')]
    const { turn: left, shown } = settleTurn(turn, more)
    expect(left).toBeUndefined()
    const rows = joinThread(more, undefined, { shown })
    expect(rows.map(({ key, status }) => [key, status])).toEqual([
      ['m1', 'sent'],
      ['m2', 'sent'],
      ['u', 'sent'],
      ['reply of u', 'failed'],
      ['r2', 'sent'],
    ])
  })

  test('whatever part of a turn is stored, each message is one row and no key is there twice', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ text: fc.constantFrom('a', 'b', 'Hi'), how: fc.constantFrom('ok', 'stop', 'fail', 'lost') }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        fc.nat(),
        fc.boolean(),
        (exchanges, cut, knowsHistory) => {
          let turn: LiveTurn | undefined
          const messages: MessageInstance[] = []
          let id = 0
          for (const [index, { text, how }] of exchanges.entries()) {
            const last = knowsHistory ? (messages.at(-1)?.id ?? null) : undefined
            turn = reduceTurn(turn, send(last, text, `u${index}`))
            if (how === 'lost') {
              turn = reduceTurn(turn, broken)
              continue
            }
            const user = stored(`s${(id += 1)}`, 'user', text)
            const reply = stored(`s${(id += 1)}`, 'bot', `reply ${index}`)
            turn = reduceTurn(reduceTurn(turn, sent(user.id)), token(`reply ${index}`))
            messages.push(user, reply)
            if (how === 'ok') turn = reduceTurn(turn, result(reply.id, reply.text))
            if (how === 'stop') turn = reduceTurn(turn, { type: 'stop' })
            if (how === 'fail') turn = reduceTurn(turn, broken)
          }
          const expected = keys(joinThread([], turn))
          const held = messages.slice(0, cut % (messages.length + 1))
          const joined = joinThread(held, turn)
          expect([...keys(joined)].sort()).toEqual([...expected].sort())
          const { turn: left, shown } = settleTurn(turn!, held)
          expect([...keys(joinThread(held, left, { shown }))].sort()).toEqual([...expected].sort())
          const ids = joined.flatMap((row) => row.id ?? [])
          expect(new Set(ids).size).toBe(ids.length)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
