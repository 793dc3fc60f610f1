import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Chat, ChatWindow } from 'conversation-kit'
import type { ChatMessage } from 'conversation-kit'
import type { ConversationServerOptions } from 'conversation-kit/server'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import type { ComponentProps } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { chatAt, message } from './support.tsx'

type Seed = NonNullable<ConversationServerOptions['conversations']>[number]
type Messages = NonNullable<Seed['messages']>

const QUESTION: Messages = [
  { id: 'm1', type: 'user', text: 'Where is my order?' },
  { id: 'm2', type: 'bot', text: 'At number 12.' },
]

function open(
  messages: Messages = QUESTION,
  options: Parameters<typeof createTestKit>[0] = {},
  props: Partial<ComponentProps<typeof ChatWindow>> = {},
) {
  const kit = createTestKit({ conversations: [{ id: 'c1', messages }], locale: 'en-GB', ...options })
  const user = userEvent.setup()
  const view = render(
    <StrictMode>
      <ChatWindow conversationId="c1" {...props} />
    </StrictMode>,
    { wrapper: kit.wrapper },
  )
  const ask = (text: string) => user.type(screen.getByRole('textbox', { name: /message/i }), `${text}{Enter}`)
  return { ...kit, user, view, ask }
}

/** What a message shows, alone. */
function show(over: Partial<ChatMessage>, chat = {}) {
  const kit = createTestKit({ locale: 'en-GB' })
  const shown = (next: Partial<ChatMessage>) => (
    <Chat.Root chat={chatAt(chat)}>
      <Chat.Message message={message(next)}>
        <Chat.Bubble>
          <Chat.Parts />
        </Chat.Bubble>
        <Chat.Actions>
          <Chat.Time />
          <Chat.Usage />
        </Chat.Actions>
      </Chat.Message>
    </Chat.Root>
  )
  const view = render(shown(over), { wrapper: kit.wrapper })
  return { ...view, update: (next: Partial<ChatMessage>) => view.rerender(shown(next)) }
}

/** A browser tells of it; the page in these tests does not. */
const unfold = (details: HTMLDetailsElement) => {
  details.open = true
  fireEvent(details, new Event('toggle'))
}

afterEach(() => vi.useRealTimers())

describe('a thought', () => {
  const thought = (text: string, streaming: boolean): Partial<ChatMessage> => ({
    status: streaming ? 'streaming' : 'sent',
    parts: [{ type: 'reasoning', text, streaming }],
    text: '',
  })

  test('is folded and says that it goes on, then how long it took', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { update, container } = show(thought('Well', true))
    expect(screen.getByText('Thinking…')).toBeTruthy()
    const details = container.querySelector('details')!
    expect(details.open).toBe(false)
    vi.setSystemTime(Date.now() + 4300)
    update(thought('Well, yes.', false))
    expect(screen.getByText('Thought for 4 s')).toBeTruthy()
    expect(container.querySelector('details')).toBe(details)
  })

  test('stays open for who has unfolded it', () => {
    const { update, container } = show(thought('Well', true))
    unfold(container.querySelector('details')!)
    update(thought('Well, yes.', false))
    expect(container.querySelector('details')!.open).toBe(true)
  })

  test('of a moment, or of another day, has no time', () => {
    const { update } = show(thought('Well', true))
    update(thought('Well, yes.', false))
    expect(screen.getByText('Reasoning')).toBeTruthy()
    show(thought('Stored.', false))
    expect(screen.getAllByText('Reasoning')).toHaveLength(2)
  })

  test('that was under way before anybody looked has no time', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { update } = show(thought('Well '.repeat(300), true))
    vi.setSystemTime(Date.now() + 4300)
    update(thought('Well '.repeat(301), false))
    expect(screen.getByText('Reasoning')).toBeTruthy()
  })

  test('keeps its time when the answer is handed over to what is stored', async () => {
    const { server, ask, store } = open([])
    vi.useFakeTimers({ toFake: ['Date'] })
    const reply = server.holdReply()
    await ask('Why?')
    await act(() => reply.event({ type: 'reasoningToken', data: { token: 'Hm.' } }))
    await screen.findByText('Thinking…')
    vi.setSystemTime(Date.now() + 2600)
    await act(() => reply.token('So.'))
    await screen.findByText('Thought for 2 s')
    await act(() => reply.end())
    await waitFor(() => expect(store.getState().live.c1).toBeUndefined())
    expect(screen.getByText('Thought for 2 s')).toBeTruthy()
  })
})

describe('a call', () => {
  const call = (over: object): Partial<ChatMessage> => ({
    parts: [{ type: 'tool', name: 'readOven', args: { zone: 'upper' }, state: 'running', ...over }],
  })

  test('says where it stands', () => {
    const { update } = show(call({}))
    expect(screen.getByText('Running readOven…')).toBeTruthy()
    update(call({ state: 'done', result: 1 }))
    expect(screen.getByText('Ran readOven')).toBeTruthy()
    update(call({ state: 'error', error: 'no oven' }))
    expect(screen.getByText('readOven failed')).toBeTruthy()
  })

  test('unfolds to what it was called with and what came of it', async () => {
    const { container, update } = show(call({ state: 'done', result: { celsius: 231 } }))
    expect(screen.queryByText('Arguments')).toBeNull()
    unfold(container.querySelector('details')!)
    expect((await screen.findByRole('group', { name: 'Arguments' })).textContent).toBe('{\n  "zone": "upper"\n}')
    expect(screen.getByRole('group', { name: 'Result' }).textContent).toBe('{\n  "celsius": 231\n}')
    update(call({ state: 'error', result: { error: 'no oven' }, error: 'no oven' }))
    expect(screen.getByRole('group', { name: 'Result' }).textContent).toBe('no oven')
  })

  test('shows hostile and endless results as plain text, up to a limit', async () => {
    const result = `<img src=x onerror=alert(1)>${'x'.repeat(30_000)}`
    const { container } = show(call({ state: 'done', result }))
    unfold(container.querySelector('details')!)
    const shown = await screen.findByRole('group', { name: 'Result' })
    expect(shown.textContent).toBe(result.slice(0, 20_000))
    expect(container.querySelector('img')).toBeNull()
    expect(screen.getByText('The rest is not shown.')).toBeTruthy()
  })

  test('shows what cannot be written as JSON', async () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    const { container } = show(call({ state: 'done', args: 5n, result: circle }))
    unfold(container.querySelector('details')!)
    expect((await screen.findByRole('group', { name: 'Arguments' })).textContent).toBe('5')
    expect(screen.getByRole('group', { name: 'Result' }).textContent).toBe('[object Object]')
  })
})

describe('times', () => {
  const at = (date: string) => new Date(date).getTime()
  const texts = () =>
    [...document.querySelectorAll('[data-ck="day"], [data-ck="bubble"]')].map((element) => element.textContent)

  test('are there for everyone, in the language of the provider, with the date', () => {
    show({ createdAt: at('2026-03-01T14:32:00') })
    const time = screen.getByText('14:32')
    expect(time.tagName).toBe('TIME')
    expect(time.title).toBe('Sunday, 1 March 2026 at 14:32')
    expect(time.getAttribute('datetime')).toBe(new Date('2026-03-01T14:32:00').toISOString())
  })

  test('that are none are not shown', () => {
    show({ createdAt: Number.NaN })
    expect(document.querySelector('time')).toBeNull()
  })

  test('name each day once, over its first message', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-10T12:00:00') })
    open([
      { type: 'user', text: 'a', createdAt: at('2024-12-31T23:59:00') },
      { type: 'bot', text: 'b', createdAt: at('2026-03-08T00:00:00') },
      { type: 'user', text: 'c', createdAt: at('2026-03-09T00:00:00') },
      { type: 'bot', text: 'd', createdAt: at('2026-03-09T23:59:00') },
      { type: 'user', text: 'e', createdAt: at('2026-03-10T00:00:00') },
    ])
    await screen.findByText('e')
    expect(texts()).toEqual(['31 December 2024', 'a', 'Sunday 8 March', 'b', 'Yesterday', 'c', 'd', 'Today', 'e'])
    expect(screen.getByText('Today').getAttribute('datetime')).toBe('2026-03-10')
  })

  test('tell after midnight that it was yesterday', async () => {
    vi.useFakeTimers({ now: new Date('2026-03-10T23:59:00') })
    const kit = createTestKit({ locale: 'de' })
    const { items } = { items: [message({ createdAt: Date.now() })] }
    kit.queryClient.setQueryData(['conversation-kit', 'default', 'detail', 'c1', 'messages'], {
      pages: [{ items: items.map(({ id, text, createdAt }) => ({ id, type: 'bot', text, createdAt })) }],
      pageParams: [undefined],
    })
    render(
      <Chat.Root chat={chatAt()}>
        <Chat.Messages>
          {({ message }) => (
            <Chat.Message message={message}>
              <Chat.Day />
            </Chat.Message>
          )}
        </Chat.Messages>
      </Chat.Root>,
      { wrapper: kit.wrapper },
    )
    expect(screen.getByText('Heute')).toBeTruthy()
    act(() => void vi.advanceTimersByTime(60_000))
    expect(screen.getByText('Gestern')).toBeTruthy()
  })

  test('put what the same speaker says on one day together', async () => {
    open([
      { type: 'user', text: 'a', createdAt: at('2026-03-09T10:00:00') },
      { type: 'user', text: 'b', createdAt: at('2026-03-09T10:01:00') },
      { type: 'bot', text: 'c', createdAt: at('2026-03-09T10:02:00') },
      { type: 'bot', text: 'd', createdAt: at('2026-03-10T10:00:00') },
      { type: 'bot', text: 'e', createdAt: at('2026-03-10T10:01:00') },
    ])
    await screen.findByText('e')
    expect(screen.getAllByRole('article').map((article) => 'grouped' in article.dataset)).toEqual([
      false,
      true,
      false,
      false,
      true,
    ])
  })
})

describe('an answer', () => {
  const limited = [
    { type: 'token' as const, data: { token: 'First, the dough' } },
    { type: 'result' as const, data: { text: '', usage: { token: 1234 }, end: { reason: 'length' as const } } },
  ]

  test('that reached its limit says so, also when it is stored, and can be gone on with', async () => {
    const { server, ask, user, store } = open([], { reply: limited })
    await ask('How?')
    expect(await screen.findByText('Cut off at its limit')).toBeTruthy()
    await waitFor(() => expect(store.getState().live.c1).toBeUndefined())
    expect(screen.getByText('Cut off at its limit')).toBeTruthy()
    server.reply('then the oven.')
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(await screen.findByText('then the oven.')).toBeTruthy()
    expect(server.requests.map(({ operation }) => operation)).toContain('conversation.receive')
    expect(screen.getByText('First, the dough')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('textbox'))
  })

  test('that is not stored anywhere cannot be gone on with', async () => {
    const { ask } = open([], { reply: limited }, { conversationId: null })
    await ask('How?')
    expect(await screen.findByText('Cut off at its limit')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Continue' })).toBeNull()
  })

  test('tells what it took, where that is known', async () => {
    show({ usage: { token: 1234 } })
    expect(screen.getByText('1,234 tokens')).toBeTruthy()
    show({ key: 'm2' })
    expect(document.querySelectorAll('[data-ck="usage"]')).toHaveLength(1)
  })

  test('keeps what it took when it is stored', async () => {
    const kit = createTestKit({ conversations: [{ id: 'c1' }], reply: limited })
    const user = userEvent.setup()
    render(
      <Chat.Root conversationId="c1">
        <Chat.Messages>
          {({ message }) => (
            <Chat.Message message={message}>
              <Chat.Usage />
            </Chat.Message>
          )}
        </Chat.Messages>
        <Chat.Composer>
          <Chat.Input />
        </Chat.Composer>
      </Chat.Root>,
      { wrapper: kit.wrapper },
    )
    await user.type(screen.getByRole('textbox'), 'How?{Enter}')
    expect(await screen.findByText('1,234 tokens')).toBeTruthy()
    await waitFor(() => expect(kit.store.getState().live.c1).toBeUndefined())
    expect(screen.getByText('1,234 tokens')).toBeTruthy()
  })
})

test('each button that takes a message back says which one', async () => {
  const { server, ask } = open()
  await screen.findByText('At number 12.')
  const reply = server.holdReply()
  await ask('Why?')
  await act(() => reply.token('Because'))
  await screen.findByText('Because')
  await ask('And when?')
  await ask(`${'a very long question '.repeat(4)}?`)
  const names = screen.getAllByRole('button', { name: /^Take back/ }).map((button) => button.getAttribute('aria-label'))
  expect(names[0]).toBe('Take back: And when?')
  expect(names[1]).toMatch(/^Take back: a very long question/)
  expect(names[1]!.length).toBeLessThan(60)
  await act(() => reply.end())
})

test('the actions of a message are there once it is said', async () => {
  const { server, ask } = open([])
  const reply = server.holdReply()
  await ask('Why?')
  await act(() => reply.token('Because'))
  await screen.findByText('Because')
  const answer = () => within(screen.getByRole('article', { name: 'Assistant' }))
  expect(answer().queryByRole('button')).toBeNull()
  await act(() => reply.end())
  expect(await answer().findByRole('button', { name: 'Copy' })).toBeTruthy()
  expect(answer().queryByRole('button', { name: 'Edit' })).toBeNull()
})
