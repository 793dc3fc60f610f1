import { describe, expect, test } from 'vitest'
import { reduceTurn } from 'conversation-kit'
import type { LiveTurn, TurnEvent } from 'conversation-kit'
import { userMessage } from '../../src/store/index.ts'
import { ConversationError } from '../../src/transport/index.ts'

const send = { type: 'send', user: userMessage('u', 'Hi', 1), replyKey: 'r', after: null, at: 1 } satisfies TurnEvent
const token = (token: string): TurnEvent => ({ type: 'token', data: { token } })
const thought = (token: string): TurnEvent => ({ type: 'reasoningToken', data: { token } })
const bot = (text: string): TurnEvent => ({ type: 'message', data: { type: 'bot', text } })
const request = (name: string, args: unknown = {}): TurnEvent => ({
  type: 'message',
  data: { type: 'activity', text: '', meta: { activity: { type: 'request', function: { name, arguments: args } } } },
})
const response = (name: string, result: unknown, args: unknown = {}): TurnEvent => ({
  type: 'message',
  data: {
    type: 'activity',
    text: '',
    meta: { activity: { type: 'response', function: { name, arguments: args, result } } },
  },
})
const result = (text: string, reason: 'stop' | 'length' | 'error' | 'abort' | 'activity' = 'stop'): TurnEvent => ({
  type: 'result',
  data: { id: 'm2', text, usage: { token: 3 }, end: { reason } },
})
const broken = new ConversationError({ code: 'STREAM_INTERRUPTED', message: 'It broke off.' })

const after = (...events: TurnEvent[]): LiveTurn => events.reduce<LiveTurn | undefined>(reduceTurn, undefined)!

describe('the states of a reply', () => {
  test('sending shows the words at once and thinks', () => {
    expect(after(send)).toMatchObject({
      status: 'submitted',
      phase: 'thinking',
      user: { text: 'Hi', status: 'sending', id: null },
      error: null,
    })
    expect(after(send).reply).toBeUndefined()
  })

  test('the server naming the message marks it sent', () => {
    const turn = after(send, { type: 'sendResult', data: { id: 'm1', entities: [] } })
    expect(turn).toMatchObject({ status: 'submitted', user: { id: 'm1', status: 'sent' } })
  })

  test('a server that names no message until the reply begins has it by then', () => {
    expect(after(send, token('A'))).toMatchObject({ user: { status: 'sent' }, status: 'streaming', phase: 'typing' })
  })

  test('thoughts are thoughts and never the answer', () => {
    const turn = after(send, thought('Let me '), thought('see.'), token('Yes'))
    expect(turn).toMatchObject({ phase: 'typing', reply: { text: 'Yes' } })
    expect(turn.reply!.parts).toEqual([
      { type: 'reasoning', text: 'Let me see.', streaming: false },
      { type: 'text', text: 'Yes', streaming: true },
    ])
    expect(after(send, thought('Hm'))).toMatchObject({ status: 'streaming', phase: 'reasoning', reply: { text: '' } })
  })

  test('the whole message replaces its pieces and is not added to them', () => {
    expect(after(send, token('A'), token('B'), bot('AB')).reply!.text).toBe('AB')
    expect(after(send, token('A'), token('B'), bot('AB!')).reply!.text).toBe('AB!')
    expect(after(send, bot('All at once')).reply!.text).toBe('All at once')
  })

  test('a thought told as a message after the answer began is there once', () => {
    const turn = after(
      send,
      thought('Hm'),
      token('A'),
      { type: 'message', data: { type: 'reasoning', text: 'Hm' } },
      bot('A'),
    )
    expect(turn.reply!.parts.map((part) => part.type)).toEqual(['reasoning', 'text'])
  })

  test('text before and after a call are two parts, and one text', () => {
    const turn = after(
      send,
      token('Wait.'),
      bot('Wait.'),
      request('find'),
      response('find', '{"n":1}'),
      token('Found.'),
    )
    expect(turn.reply!.parts).toEqual([
      { type: 'text', text: 'Wait.', streaming: false },
      { type: 'tool', name: 'find', args: {}, state: 'done', result: { n: 1 } },
      { type: 'text', text: 'Found.', streaming: true },
    ])
    expect(turn.reply!.text).toBe('Wait.\n\nFound.')
  })

  test('a call runs until it is answered', () => {
    const running = after(send, request('find', { q: 1 }))
    expect(running).toMatchObject({ status: 'streaming', phase: 'tool' })
    expect(running.reply!.parts).toEqual([{ type: 'tool', name: 'find', args: { q: 1 }, state: 'running' }])
    expect(reduceTurn(running, response('find', '"x"', { q: 1 }))).toMatchObject({ phase: 'thinking' })
  })

  test('two calls of one function are told apart by their arguments', () => {
    const turn = after(
      send,
      request('find', { q: 1 }),
      request('find', { q: 2 }),
      response('find', '"two"', { q: 2 }),
      response('find', '"one"', { q: 1 }),
    )
    expect(turn.reply!.parts).toMatchObject([
      { args: { q: 1 }, result: 'one' },
      { args: { q: 2 }, result: 'two' },
    ])
  })

  test('a function that failed says why', () => {
    expect(after(send, request('f'), response('f', { error: 'no key' })).reply!.parts).toMatchObject([
      { state: 'error', error: 'no key' },
    ])
  })

  test('votes and other records of the kit are no calls anybody sees', () => {
    expect(after(send, request('upvoteMessage'), response('upvoteMessage', '{}')).reply).toBeUndefined()
  })

  test('the result ends it and names the reply', () => {
    const turn = after(send, token('A'), bot('A'), result('A'))
    expect(turn).toMatchObject({
      status: 'ready',
      phase: 'idle',
      end: 'stop',
      reply: { id: 'm2', text: 'A', status: 'sent' },
      result: { usage: { token: 3 } },
    })
    expect(turn.reply!.parts).toEqual([{ type: 'text', text: 'A', streaming: false }])
  })

  test('the text of the result replaces what was streamed', () => {
    expect(after(send, token('Hal'), result('Hallo')).reply!.text).toBe('Hallo')
    expect(after(send, token('Hal'), bot('Hal'), result('Hallo')).reply!.text).toBe('Hallo')
    expect(after(send, result('Not streamed')).reply!.text).toBe('Not streamed')
  })

  test('a stop keeps the words and ends what was running', () => {
    const turn = after(send, token('Half an ans'), request('find'), { type: 'stop' })
    expect(turn).toMatchObject({ status: 'ready', phase: 'idle', error: null, end: 'abort' })
    expect(turn.reply).toMatchObject({ status: 'stopped', text: 'Half an ans' })
    expect(turn.reply!.parts.at(-1)).toMatchObject({ type: 'tool', state: 'error' })
    expect(after(send, { type: 'stop' }).user!.status).toBe('stopped')
  })

  test('what comes in after a stop changes nothing', () => {
    const stopped = after(send, token('A'), { type: 'stop' })
    expect(reduceTurn(stopped, token('B'))).toBe(stopped)
    expect(reduceTurn(stopped, result('AB'))).toBe(stopped)
  })

  test('a failure keeps the words and says so', () => {
    const turn = after(send, token('Half'), { type: 'fail', error: broken })
    expect(turn).toMatchObject({
      status: 'error',
      phase: 'idle',
      error: broken,
      reply: { status: 'failed', text: 'Half' },
    })
    expect(turn.user!.status).toBe('sent')
    expect(after(send, { type: 'fail', error: broken }).user).toMatchObject({ status: 'failed', error: broken })
  })

  test('an error line fails it, and the result after it still names the reply', () => {
    const turn = after(send, token('A'), { type: 'error', data: { message: 'Too long' } }, result('A', 'error'))
    expect(turn).toMatchObject({ status: 'error', reply: { id: 'm2', status: 'failed' } })
    expect(turn.error).toMatchObject({ code: 'STREAM_ERROR', message: 'Too long' })
    expect(after(send, result('A', 'error'))).toMatchObject({ status: 'error' })
  })

  test('the next message puts the last one behind it and clears the error', () => {
    const failed = after(send, token('A'), { type: 'fail', error: broken })
    const turn = reduceTurn(failed, { ...send, user: userMessage('u2', 'Again', 2), replyKey: 'r2' })
    expect(turn).toMatchObject({ status: 'submitted', error: null, user: { key: 'u2' } })
    expect(turn.past).toMatchObject([{ user: { key: 'u' }, reply: { key: 'r', status: 'failed' } }])
    expect(turn.reply).toBeUndefined()
  })

  test('trying again keeps the row of the user, or the row of the half reply', () => {
    const failed = after(send, { type: 'fail', error: broken })
    const again = reduceTurn(failed, { type: 'retry', again: true, replyKey: 'r2', after: null, at: 2 })
    expect(again).toMatchObject({ status: 'submitted', user: { key: 'u', status: 'sending' }, past: [] })
    expect(again.user!.error).toBeUndefined()

    const half = after(send, token('A'), { type: 'fail', error: broken })
    const on = reduceTurn(half, { type: 'retry', again: false, replyKey: 'r2', after: 'm1', at: 2 })
    expect(on).toMatchObject({ replyKey: 'r2', past: [{ reply: { key: 'r' } }] })
    expect(on.user).toBeUndefined()
  })

  test('an error that was read can be put away', () => {
    const failed = after(send, { type: 'fail', error: broken })
    expect(reduceTurn(failed, { type: 'clearError' })).toMatchObject({ status: 'ready', error: null })
    const ready = after(send, result('A'))
    expect(reduceTurn(ready, { type: 'clearError' })).toBe(ready)
  })

  test('what it does not know it lets pass', () => {
    const turn = after(send, token('A'))
    expect(reduceTurn(turn, { type: 'ping', data: {} })).toBe(turn)
    expect(reduceTurn(turn, { type: 'newThing', data: null } as never)).toBe(turn)
    expect(reduceTurn(turn, { type: 'token', data: {} } as never)).toBe(turn)
  })

  test('no event changes a turn in place', () => {
    const events = [send, token('A'), request('f'), response('f', '1'), token('B'), bot('B'), result('B')]
    const turns = events.map((_, index) => deepFreeze(after(...events.slice(0, index + 1))))
    // A frozen object throws when it is changed.
    expect(turns.map((turn, index) => reduceTurn(turn, events[index + 1] ?? { type: 'stop' }))).toHaveLength(7)
  })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}
