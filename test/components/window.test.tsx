import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Chat, ChatWindow } from 'conversation-kit'
import type { ChatWindowProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKitOptions } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import { describe, expect, test, vi } from 'vitest'
import './support.tsx'

const SEED = {
  id: 'c1',
  messages: [
    { id: 'm1', type: 'user' as const, text: 'Where is my order?' },
    { id: 'm2', type: 'bot' as const, text: 'At **number 12**.' },
  ],
}

function open(props: ChatWindowProps = {}, options: TestKitOptions = {}) {
  const kit = createTestKit({ conversations: [SEED], ...options })
  const user = userEvent.setup()
  const view = render(
    <StrictMode>
      <ChatWindow {...props} />
    </StrictMode>,
    { wrapper: kit.wrapper },
  )
  const ask = (text: string) => user.type(screen.getByRole('textbox'), `${text}{Enter}`)
  return { ...kit, user, view, ask }
}

const asked = (server: ReturnType<typeof createTestKit>['server']) =>
  server.requests.filter(({ operation }) => operation === 'conversation.complete').map(({ body }) => body.text)

describe('a reader', () => {
  test('sees what is stored, with its marks read', async () => {
    open({ conversationId: 'c1' })
    expect(await screen.findByText('Where is my order?')).toBeTruthy()
    expect(screen.getByText('number 12').tagName).toBe('STRONG')
    expect(screen.getAllByRole('article').map((element) => element.getAttribute('aria-label'))).toEqual([
      'You',
      'Assistant',
    ])
  })

  test('is greeted, and may begin with a suggestion', async () => {
    const { user, server } = open({ suggestions: ['Why is it late?'] }, { reply: 'It snowed.' })
    expect(screen.getByText('How can I help?')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Why is it late?' }))
    expect(await screen.findByText('It snowed.')).toBeTruthy()
    expect(screen.queryByText('How can I help?')).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('textbox'))
    expect(asked(server)).toEqual(['Why is it late?'])
  })

  test('is told that the assistant is answering, and of the reply once, when it is finished', async () => {
    const { server, ask } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    const status = document.querySelector('[data-ck="status"]')!
    const said: string[] = []
    new MutationObserver(() => said.push(status.textContent)).observe(status, {
      subtree: true,
      childList: true,
      characterData: true,
    })
    const reply = server.holdReply()
    await ask('And when?')
    for (const word of ['It ', 'comes ', '**tomorrow**', '.']) await act(() => reply.token(word))
    await act(() => reply.end())
    await waitFor(() => expect(status.textContent).toBe('Assistant: It comes tomorrow.'))
    expect(said).toEqual(['The assistant is answering.', 'Assistant: It comes tomorrow.'])
    expect(screen.getByRole('log').getAttribute('aria-live')).toBe('off')
  })

  test('who stops an answer before its first word does not hear the answer before it again', async () => {
    const { server, user, ask } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    const status = document.querySelector('[data-ck="status"]')!
    server.holdReply()
    await ask('And when?')
    await waitFor(() => expect(status.textContent).toBe('The assistant is answering.'))
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await waitFor(() => expect(status.textContent).toBe(''))
  })

  test('hears no more of an answer once the page says it otherwise, also not what was to be said next', async () => {
    const { server, view, ask } = open({ conversationId: 'c1', announce: 'sentences' })
    await screen.findByText('Where is my order?')
    const status = document.querySelector('[data-ck="status"]')!
    const reply = server.holdReply()
    await ask('And when?')
    await waitFor(() => expect(status.textContent).toBe('The assistant is answering.'), { timeout: 10_000 })
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] })
    try {
      await act(() => reply.token('It comes today. At'))
      await screen.findByText('It comes today. At', {}, { timeout: 10_000 })
      await act(() => vi.advanceTimersByTimeAsync(1500))
      await waitFor(() => expect(status.textContent).toBe('It comes today.'), { timeout: 10_000 })
      await act(() => reply.token(' noon. Or'))
      await screen.findByText('It comes today. At noon. Or', {}, { timeout: 10_000 })
      view.rerender(
        <StrictMode>
          <ChatWindow conversationId="c1" announce="off" />
        </StrictMode>,
      )
      await waitFor(() => expect(status.textContent).toBe(''), { timeout: 10_000 })
      await act(() => vi.advanceTimersByTimeAsync(20_000))
      expect(status.textContent).toBe('')
    } finally {
      vi.useRealTimers()
    }
  })

  test('is answered with the functions that the page gives the chat', async () => {
    const request = { type: 'request' as const, function: { name: 'weather', arguments: { city: 'Porto' } } }
    const { ask } = open(
      { tools: [{ name: 'weather', description: 'The weather', parameters: {}, handler: () => 'rain' }] },
      {
        reply: ({ messages }) =>
          messages.some(({ type }) => type === 'activity')
            ? ['Take an umbrella.']
            : [{ type: 'message', data: { type: 'activity', text: '', meta: { activity: request } } }],
      },
    )
    await ask('Weather?')
    expect(await screen.findByText('Take an umbrella.')).toBeTruthy()
    expect(document.querySelector('[tools]')).toBeNull()
  })

  test('sees no HTML of a model become HTML', async () => {
    const { ask } = open({}, { reply: 'Hi <img src=x onerror="alert(1)"> [a](javascript:alert(1)) <b>b</b>' })
    await ask('Hello')
    expect(await screen.findByText(/<b>b<\/b>/, { selector: 'p' })).toBeTruthy()
    expect(document.querySelector('img, b, script, a')).toBeNull()
  })

  test('hears why stored messages could not be read, and can ask again', async () => {
    const kit = createTestKit({ conversations: [SEED] })
    kit.server.fail('message.list', { status: 403 })
    render(<ChatWindow conversationId="c1" />, { wrapper: kit.wrapper })
    expect((await screen.findByRole('alert')).textContent).toContain('Your session has ended')
    expect(screen.queryByText('How can I help?')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Where is my order?')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('never sees the messages of one conversation in another', async () => {
    const kit = createTestKit({
      conversations: [SEED, { id: 'c2', messages: [{ type: 'user', text: 'Another talk' }] }],
    })
    const view = render(<ChatWindow conversationId="c1" />, { wrapper: kit.wrapper })
    await screen.findByText('Where is my order?')
    view.rerender(<ChatWindow conversationId="c2" />)
    expect(screen.queryByText('Where is my order?')).toBeNull()
    expect(await screen.findByText('Another talk')).toBeTruthy()
    view.rerender(<ChatWindow conversationId={null} create={{}} />)
    expect(screen.queryByText('Another talk')).toBeNull()
    expect(screen.getByText('How can I help?')).toBeTruthy()
  })

  test('copies a message as it was written', async () => {
    const { user } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    await user.click(within(screen.getByRole('article', { name: 'Assistant' })).getByRole('button', { name: 'Copy' }))
    expect(await navigator.clipboard.readText()).toBe('At **number 12**.')
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy()
  })

  test('reads the page in other words', async () => {
    const kit = createTestKit()
    const { ConversationProvider } = await import('conversation-kit')
    render(
      <ConversationProvider client={kit.client} messages={{ send: 'Senden', emptyTitle: 'Was gibt es?' }}>
        <ChatWindow />
      </ConversationProvider>,
    )
    expect(screen.getByText('Was gibt es?')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Senden' })).toBeTruthy()
  })
})

describe('a writer', () => {
  test('sends with Enter and begins a line with Shift+Enter', async () => {
    const { server, user } = open({}, { reply: 'Yes.' })
    await user.type(screen.getByRole('textbox'), 'One{Shift>}{Enter}{/Shift}two{Enter}')
    expect(await screen.findByText('Yes.')).toBeTruthy()
    expect(asked(server)).toEqual(['One\ntwo'])
  })

  test('does not send the Enter that ends a word being composed', async () => {
    const { server } = open({}, { reply: 'Yes.' })
    const field = screen.getByRole('textbox')
    fireEvent.change(field, { target: { value: 'にほん' } })
    fireEvent.compositionStart(field)
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
    fireEvent.compositionEnd(field)
    // Safari tells of the key after the end of the composition.
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 })
    expect(asked(server)).toEqual([])
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 13 })
    await waitFor(() => expect(asked(server)).toEqual(['にほん']))
  })

  test('writes on while a reply streams, and stops it without losing a word or the focus', async () => {
    const { server, user, ask } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    const reply = server.holdReply()
    await ask('Why?')
    await act(() => reply.token('Because of'))
    await screen.findByText('Because of')
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()
    const field = screen.getByRole<HTMLTextAreaElement>('textbox')
    await user.type(field, 'Next question')
    expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    expect(document.activeElement).toBe(field)
    expect(await screen.findByText('Stopped', { selector: 'p' })).toBeTruthy()
    expect(screen.getByText('Because of')).toBeTruthy()
    expect(field.value).toBe('Next question')
    expect(asked(server)).toEqual(['Why?'])
  })

  test('says more while a reply streams, sees that it waits, and takes some of it back', async () => {
    const { server, user, ask } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    const reply = server.holdReply()
    await ask('Why?')
    await act(() => reply.token('Because of'))
    await screen.findByText('Because of')
    await ask('Next question')
    await ask('Another one')
    const field = screen.getByRole<HTMLTextAreaElement>('textbox')
    expect(field.value).toBe('')
    expect(screen.getAllByText('Will be sent')).toHaveLength(2)
    await user.click(screen.getByRole('button', { name: 'Take back: Another one' }))
    expect(screen.queryByText('Another one')).toBeNull()
    expect(document.activeElement).toBe(field)
    const waiting = screen.getByText('Next question').closest('article')
    await act(() => reply.end())
    await waitFor(() => expect(asked(server)).toEqual(['Why?', 'Next question']))
    await waitFor(() => expect(screen.queryByText('Will be sent')).toBeNull())
    expect(screen.getAllByText('Next question')[0]!.closest('article')).toBe(waiting)
  })

  test('keeps what is written while a new conversation is being made', async () => {
    const { user, ask } = open({}, { latency: 30, reply: 'Yes.' })
    await ask('First')
    await user.type(screen.getByRole('textbox'), 'and then')
    expect(await screen.findByText('Yes.')).toBeTruthy()
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('and then')
  })

  test('finds a draft again in its conversation', async () => {
    const kit = createTestKit({ conversations: [SEED, { id: 'c2' }] })
    const view = render(<ChatWindow conversationId="c1" />, { wrapper: kit.wrapper })
    await userEvent.type(screen.getByRole('textbox'), 'For one')
    view.rerender(<ChatWindow conversationId="c2" />)
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('')
    view.rerender(<ChatWindow conversationId="c1" />)
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('For one')
  })

  test('sends one message however often the button is pressed', async () => {
    const { server, user } = open({}, { latency: 20, reply: 'Yes.' })
    await user.type(screen.getByRole('textbox'), 'Once')
    const form = screen.getByRole('textbox').closest('form')!
    fireEvent.submit(form)
    fireEvent.submit(form)
    expect(await screen.findByText('Yes.')).toBeTruthy()
    expect(asked(server)).toEqual(['Once'])
  })
})

describe('an answer', () => {
  test('that breaks off keeps its words, says so, and goes on with one press', async () => {
    const { server, user, ask } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    const reply = server.holdReply()
    await ask('Who has it?')
    await act(() => reply.token('Your neigh'))
    await act(() => reply.cut())
    expect((await screen.findByRole('alert')).textContent).toContain('The connection broke')
    expect(screen.getByText('Your neigh')).toBeTruthy()
    expect(screen.getByText('Not finished')).toBeTruthy()
    server.reply('Your neighbour has it.')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Your neighbour has it.')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    expect(asked(server)).toEqual(['Who has it?'])
  })

  test('that is refused leaves the question on the page, marked as not sent', async () => {
    const { server, ask } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    server.fail('conversation.complete', { status: 429, retryAfter: 7 })
    await ask('Hello?')
    expect((await screen.findByRole('alert')).textContent).toContain('Try again in 7 s')
    expect(screen.getByText('Hello?')).toBeTruthy()
    expect(screen.getByText('Not sent')).toBeTruthy()
  })

  test('an error can be put away', async () => {
    const { server, user, ask } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    server.fail('conversation.complete', { status: 500 })
    await ask('Hello?')
    await screen.findByRole('alert')
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('textbox'))
  })

  test('says that it is being thought about, and what was thought for who asks', async () => {
    const { server, ask } = open({})
    const reply = server.holdReply()
    await ask('Why?')
    expect(await screen.findByText('Thinking…')).toBeTruthy()
    await act(() => reply.event({ type: 'reasoningToken', data: { token: 'A deep thought.' } }))
    expect(await screen.findByText('A deep thought.')).toBeTruthy()
    expect(screen.getByText('A deep thought.').closest('details')!.open).toBe(false)
    await act(() => reply.token('So.'))
    expect(await screen.findByText('Reasoning')).toBeTruthy()
  })

  test('can be asked for again, in place of the newest', async () => {
    const { server, user } = open({ conversationId: 'c1' })
    await screen.findByText('Where is my order?')
    server.reply('At the depot.')
    await user.click(screen.getByRole('button', { name: 'Answer again' }))
    expect(await screen.findByText('At the depot.')).toBeTruthy()
    expect(screen.queryByText('number 12')).toBeNull()
  })

  test('costs the finished messages no render, nor the chat around them', async () => {
    const { server, wrapper } = createTestKit({ conversations: [SEED], streamThrottle: false })
    const rendered = vi.fn<(key: string) => void>()
    const Probe = ({ text }: { text: string }) => {
      rendered(text)
      return <p>{text}</p>
    }
    const parts = { text: Probe }
    const renderedRoot = vi.fn<() => undefined>()
    render(
      <Chat.Root conversationId="c1" className={renderedRoot}>
        <Chat.Messages>
          {({ message }) => (
            <Chat.Message message={message}>
              <Chat.Parts parts={parts} />
            </Chat.Message>
          )}
        </Chat.Messages>
        <Chat.Composer>
          <Chat.Input />
        </Chat.Composer>
      </Chat.Root>,
      { wrapper },
    )
    await screen.findByText('Where is my order?')
    const reply = server.holdReply()
    await userEvent.type(screen.getByRole('textbox'), 'Go on{Enter}')
    await act(() => reply.token('one'))
    await screen.findByText('one')
    rendered.mockClear()
    renderedRoot.mockClear()
    for (let word = 0; word < 40; word += 1) await act(() => reply.token(` ${word}`))
    await screen.findByText(/ 39$/)
    const finished = rendered.mock.calls.filter(([text]) => !text.startsWith('one'))
    expect(rendered.mock.calls.length).toBeGreaterThan(10)
    expect(finished).toEqual([])
    expect(renderedRoot).not.toHaveBeenCalled()
  })
})
