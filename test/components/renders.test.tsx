import { act, render, renderHook, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ChatWindow, useChat, useMessage } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { expect, test, vi } from 'vitest'

const SEED = {
  id: 'c1',
  messages: [
    { id: 'm1', type: 'user' as const, text: 'Where is my order?' },
    { id: 'm2', type: 'bot' as const, text: 'At number 12.' },
  ],
}

test('a word of an answer renders the words, and nothing of the message around them', async () => {
  const { server, wrapper } = createTestKit({ conversations: [SEED], streamThrottle: false })
  // The window asks for it whenever it puts a message together.
  const putTogether = vi.fn<() => string>(() => 'bubble')
  const classNames = Object.defineProperty({}, 'bubble', { get: putTogether })
  const rendered = vi.fn<() => void>()
  const parts = {
    text({ text }: { text: string }) {
      rendered()
      return <p>{text}</p>
    },
  }
  render(<ChatWindow conversationId="c1" classNames={classNames} parts={parts} />, { wrapper })
  await screen.findByText('At number 12.')
  const reply = server.holdReply()
  await userEvent.type(screen.getByRole('textbox'), 'Go on{Enter}')
  await act(() => reply.token('one'))
  await screen.findByText('one')
  putTogether.mockClear()
  rendered.mockClear()
  for (let word = 0; word < 20; word += 1) await act(() => reply.token(` ${word}`))
  await screen.findByText(/ 19$/)
  expect(rendered.mock.calls.length).toBeGreaterThanOrEqual(10)
  expect(rendered.mock.calls.length).toBeLessThanOrEqual(20)
  expect(putTogether).not.toHaveBeenCalled()
  // What is beside the words is there when they are all said.
  await act(() => reply.end())
  expect((await screen.findAllByRole('button', { name: 'Copy' })).length).toBe(4)
})

test('a thread of a thousand messages with times makes a format of each kind once', async () => {
  const messages = Array.from({ length: 1000 }, (_, index) => ({
    type: index % 2 ? ('bot' as const) : ('user' as const),
    text: `Message ${index}`,
    createdAt: Date.UTC(2026, 0, 1, 0, index),
  }))
  const { wrapper } = createTestKit({ conversations: [{ id: 'c1', messages }], locale: 'en' })
  let made = 0
  const { DateTimeFormat } = Intl
  class Counted extends DateTimeFormat {
    constructor(...options: ConstructorParameters<typeof DateTimeFormat>) {
      super(...options)
      made += 1
    }
  }
  Object.assign(Intl, { DateTimeFormat: Counted })
  try {
    render(<ChatWindow conversationId="c1" />, { wrapper })
    await screen.findByText('Message 999')
    expect(document.querySelectorAll('time').length).toBeGreaterThan(5)
    // The day, in this year or in another one, the time of day, and all of it for who asks.
    expect(made).toBeGreaterThan(0)
    expect(made).toBeLessThanOrEqual(4)
  } finally {
    Object.assign(Intl, { DateTimeFormat })
  }
})

test('of ten thousand messages that a talk begins with, rows are made of those that are looked at', async () => {
  let made = 0
  const messages = Array.from({ length: 10_000 }, (_, index) => ({
    type: index % 2 ? ('bot' as const) : ('user' as const),
    text: `Message ${index}`,
    get meta() {
      made += 1
      return { index }
    },
  }))
  const { server, wrapper } = createTestKit()
  render(<ChatWindow conversationId={null} initialMessages={messages} />, { wrapper })
  const last = await screen.findByText('Message 9999')
  expect(made).toBeGreaterThan(0)
  expect(made).toBeLessThan(100)
  const before = screen.getAllByRole('article')

  // What is said next comes after all of them, and those that are there stay the elements they are.
  server.reply('Here you are.')
  await userEvent.type(screen.getByRole('textbox'), 'And now?{Enter}')
  await screen.findByText('Here you are.')
  expect(screen.getByText('Message 9999')).toBe(last)
  const after = screen.getAllByRole('article')
  expect(after.slice(0, before.length)).toEqual(before)
  expect(after.slice(before.length).map((row) => row.getAttribute('aria-posinset'))).toEqual(['10001', '10002'])
}, 30_000)

test('a key of a message that a talk did not begin with is no message', () => {
  const { wrapper } = createTestKit()
  const { result } = renderHook(
    () => {
      const { threadId, messages } = useChat({
        conversationId: null,
        initialMessages: [
          { type: 'context', text: 'For the model.' },
          { type: 'bot', text: 'Hello.' },
        ],
      })
      const key = messages[0]!.key
      const others = [key.replace(/\d+$/, '7'), key.replace(/\d+$/, 'x'), key.replace(/\d+$/, ''), `${key}.0`, '']
      return [
        useMessage(threadId, key)?.text,
        useMessage(threadId, others[0]!),
        useMessage(threadId, others[1]!),
        useMessage(threadId, others[2]!),
        useMessage(threadId, others[3]!),
        useMessage(threadId, others[4]!),
      ]
    },
    { wrapper },
  )
  expect(result.current).toEqual(['Hello.', undefined, undefined, undefined, undefined, undefined])
})
