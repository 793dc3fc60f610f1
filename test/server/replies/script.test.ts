import { describe, expect, test } from 'vitest'
import type { Message } from '../../../src/protocol/index.ts'
import { callingReply, failingReply, scriptedReply, thinkingReply } from '../../../src/server/replies/script.ts'
import { piecesOf } from '../../../src/server/reply.ts'
import { collect, replyContext } from './context.ts'

const play = (reply: ReturnType<typeof scriptedReply>, ...texts: string[]) => {
  const messages = texts.map((text): Message => ({ type: 'user', text }))
  const context = replyContext({ messages })
  return collect(piecesOf(reply, context, 0))
}

describe('a script', () => {
  const script = scriptedReply([
    'First.',
    { to: 'weather', say: 'Sunny.' },
    { to: /\border \d+/, say: async () => ['It ', 'shipped.'] },
    { say: 'Second.' },
  ])

  test('answers in turn, and with the last line from then on', async () => {
    expect((await play(script, 'a')).text).toBe('First.')
    expect((await play(script, 'a', 'b')).text).toBe('Second.')
    expect((await play(script, 'a', 'b', 'c')).text).toBe('Second.')
    expect((await play(script)).text).toBe('First.')
  })

  test('answers what matches first', async () => {
    expect((await play(script, 'How is the WEATHER?')).text).toBe('Sunny.')
    expect((await play(script, 'a', 'order 66')).text).toBe('It shipped.')
  })

  test('says so when it has no line', async () => {
    await expect(play(scriptedReply([{ to: 'x', say: 'y' }]), 'z')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('can think, call and fail', async () => {
    expect(await play(scriptedReply([{ say: thinkingReply('Let me see.', 'Yes.') }]), 'a')).toMatchObject({
      reasoning: 'Let me see.',
      text: 'Yes.',
    })
    const called = await play(
      scriptedReply([{ say: callingReply('weather', { city: 'Porto' }, ['14', ' degrees']) }]),
      'a',
    )
    expect(called.events[0]).toMatchObject({
      data: { meta: { activity: { type: 'request', function: { name: 'weather', arguments: { city: 'Porto' } } } } },
    })
    expect(called.text).toBe('14 degrees')
    await expect(
      play(scriptedReply([{ say: failingReply('Half', 'The model is away.', 'AWAY') }]), 'a'),
    ).rejects.toMatchObject({
      message: 'The model is away.',
      code: 'AWAY',
    })
  })
})
