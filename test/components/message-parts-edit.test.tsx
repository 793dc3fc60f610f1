import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ChatWindow } from 'conversation-kit'
import type { ConversationServerOptions } from 'conversation-kit/server'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import type { ComponentProps } from 'react'
import { describe, expect, test } from 'vitest'
import './support.tsx'

type Seed = NonNullable<ConversationServerOptions['conversations']>[number]
type Messages = NonNullable<Seed['messages']>

const TALK: Messages = [
  { id: 'm1', type: 'user', text: 'Where is my order?' },
  { id: 'm2', type: 'bot', text: 'At number 12.' },
  { id: 'm3', type: 'user', text: 'Which street?' },
  { id: 'm4', type: 'bot', text: 'High Street.' },
]

function open(
  options: Parameters<typeof createTestKit>[0] = {},
  props: Partial<ComponentProps<typeof ChatWindow>> = {},
) {
  const kit = createTestKit({ conversations: [{ id: 'c1', messages: TALK }], ...options })
  const user = userEvent.setup()
  render(
    <StrictMode>
      <ChatWindow conversationId="c1" {...props} />
    </StrictMode>,
    { wrapper: kit.wrapper },
  )
  const edit = async (index: number) => {
    await screen.findByText('High Street.')
    await user.click(screen.getAllByRole('button', { name: 'Edit' })[index]!)
    return screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Edit' })
  }
  const stored = () => kit.server.snapshot().messages.c1!.map(({ type, text }) => `${type}: ${text}`)
  return { ...kit, user, edit, stored }
}

const shown = () => screen.getAllByRole('article').map((article) => article.querySelector('p')?.textContent)
const composer = () => screen.getByPlaceholderText('Write a message…')

describe('a message of one’s own', () => {
  test('is said otherwise and answered again, in its place', async () => {
    const { server, user, edit, stored } = open({ reply: 'Number 7.' })
    const article = (await screen.findByText('Which street?')).closest('article')
    const field = await edit(1)
    expect(document.activeElement).toBe(field)
    expect(field.value).toBe('Which street?')
    expect(field.selectionStart).toBe(field.value.length)
    await user.clear(field)
    await user.type(field, 'Which floor?{Enter}')
    expect(await screen.findByText('Number 7.')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Edit' })).toBeNull())
    expect(shown()).toEqual(['Where is my order?', 'At number 12.', 'Which floor?', 'Number 7.'])
    expect(screen.getByText('Which floor?').closest('article')).toBe(article)
    await waitFor(() =>
      expect(stored()).toEqual([
        'user: Where is my order?',
        'bot: At number 12.',
        'user: Which floor?',
        'bot: Number 7.',
      ]),
    )
    expect(server.requests.filter(({ operation }) => operation === 'conversation.complete')).toEqual([])
    expect(document.activeElement).toBe(composer())
  })

  test('from earlier takes along what was said after it, and says so before', async () => {
    const { user, edit, stored } = open({ reply: 'It is lost.' })
    const field = await edit(0)
    expect(screen.getByText('What was said after this will be removed.')).toBeTruthy()
    await user.clear(field)
    await user.type(field, 'Where is my parcel?{Enter}')
    expect(await screen.findByText('It is lost.')).toBeTruthy()
    expect(shown()).toEqual(['Where is my parcel?', 'It is lost.'])
    await waitFor(() => expect(stored()).toEqual(['user: Where is my parcel?', 'bot: It is lost.']))
  })

  test('that is the newest does not warn of what is only its answer', async () => {
    const { edit } = open()
    await edit(1)
    expect(screen.queryByText('What was said after this will be removed.')).toBeNull()
  })

  test('stays as it was after Escape, with the focus where it was', async () => {
    const { user, edit, server } = open()
    const field = await edit(1)
    await user.type(field, ' No.')
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('textbox', { name: 'Edit' })).toBeNull()
    expect(screen.getByText('Which street?')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getAllByRole('button', { name: 'Edit' })[1])
    expect(server.requests.map(({ operation }) => operation)).toEqual(['message.list'])
  })

  test('is not sent while a word is composed, nor empty; Shift+Enter is a new line', async () => {
    const { user, edit, server } = open()
    const field = await edit(1)
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 })
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
    await user.type(field, '{Shift>}{Enter}{/Shift}Now')
    expect(field.value).toBe('Which street?\nNow')
    await user.clear(field)
    await user.type(field, '   {Enter}')
    expect(screen.getAllByRole('button', { name: 'Send' })[0]).toHaveProperty('disabled', true)
    expect(server.requests.map(({ operation }) => operation)).toEqual(['message.list'])
  })

  test('can be sent with the button, and left with the other one', async () => {
    const { user, edit } = open({ reply: 'Seven.' })
    await edit(1)
    await user.click(screen.getByRole('button', { name: 'Cancel' }))
    expect(screen.queryByRole('textbox', { name: 'Edit' })).toBeNull()
    const field = await edit(1)
    await user.type(field, ' And number?')
    await user.click(field.form!.querySelector('[type="submit"]')!)
    expect(await screen.findByText('Seven.')).toBeTruthy()
  })

  test('is the same, with all that follows, when the server refuses it; then it can be tried again', async () => {
    const { server, user, edit, stored } = open({ reply: 'Seven.' })
    server.fail('message.update', { status: 500, times: 1 })
    const field = await edit(0)
    await user.type(field, ' Please.{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe('Something went wrong. Try again.')
    expect(field.value).toBe('Where is my order? Please.')
    expect(document.activeElement).toBe(field)
    expect(stored()).toHaveLength(4)
    expect(screen.getByText('High Street.')).toBeTruthy()
    await user.type(field, '{Enter}')
    expect(await screen.findByText('Seven.')).toBeTruthy()
    await waitFor(() => expect(stored()).toEqual(['user: Where is my order? Please.', 'bot: Seven.']))
  })

  test('leaves a talk from its beginning when what follows cannot be deleted, and can be sent again', async () => {
    const { server, user, edit, stored } = open({ reply: 'Seven.' })
    const field = await edit(0)
    server.fail('message.delete', { status: 503, times: 1 })
    await user.type(field, '!{Enter}')
    await screen.findByRole('alert')
    expect(server.requests.filter(({ operation }) => operation === 'message.delete')).toHaveLength(1)
    await waitFor(() =>
      expect(stored()).toEqual([
        'user: Where is my order?!',
        'bot: At number 12.',
        'user: Which street?',
        'bot: High Street.',
      ]),
    )
    expect(await screen.findByText('High Street.')).toBeTruthy()
    await user.type(field, '{Enter}')
    expect(await screen.findByText('Seven.')).toBeTruthy()
    await waitFor(() => expect(stored()).toEqual(['user: Where is my order?!', 'bot: Seven.']))
  })

  test('is kept when only its answer fails, which can be asked for again', async () => {
    const { server, user, edit, stored } = open()
    server.fail('conversation.receive', { status: 500, times: 1 })
    const field = await edit(1)
    await user.type(field, '?{Enter}')
    await screen.findByRole('alert')
    await waitFor(() =>
      expect(stored()).toEqual(['user: Where is my order?', 'bot: At number 12.', 'user: Which street??']),
    )
    expect(screen.queryByRole('textbox', { name: 'Edit' })).toBeNull()
    server.reply('Still High Street.')
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Still High Street.')).toBeTruthy()
  })

  test('takes an answer that was stopped after it along', async () => {
    const { server, user, stored } = open()
    await screen.findByText('High Street.')
    const reply = server.holdReply()
    await user.type(composer(), 'And now?{Enter}')
    await act(() => reply.token('Half an ans'))
    await screen.findByText('Half an ans')
    await user.click(screen.getByRole('button', { name: 'Stop' }))
    await screen.findByText('Stopped', { selector: '.ck-note' })
    server.reply('All of it.')
    await user.click(screen.getAllByRole('button', { name: 'Edit' })[2]!)
    await user.type(await screen.findByRole('textbox', { name: 'Edit' }), ' Again.{Enter}')
    expect(await screen.findByText('All of it.')).toBeTruthy()
    expect(screen.queryByText('Half an ans')).toBeNull()
    await waitFor(() => expect(stored().slice(4)).toEqual(['user: And now? Again.', 'bot: All of it.']))
  })

  test('cannot be changed while an answer is on its way: the field says so and keeps what was written', async () => {
    const { server, user, edit, stored } = open()
    const field = await edit(1)
    await user.type(field, ' Tell me.')
    const reply = server.holdReply()
    await user.type(composer(), 'More{Enter}')
    await act(() => reply.token('Because'))
    await screen.findByText('Because')
    await user.type(field, '{Enter}')
    await screen.findByRole('alert')
    expect(field.value).toBe('Which street? Tell me.')
    await act(() => reply.end())
    await waitFor(() => expect(stored()).toHaveLength(6))
    expect(stored()[2]).toBe('user: Which street?')
  })

  test('cannot be changed where nothing is stored, or what is stored may not be read, or the page does not want it', async () => {
    const { user } = open({ reply: 'Yes.' }, { conversationId: null })
    await user.type(composer(), 'Really?{Enter}')
    await screen.findByText('Yes.')
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull()
    document.body.replaceChildren()
    const unlisted = open({ reply: 'No.' }, { history: false })
    await unlisted.user.type(composer(), 'Sure?{Enter}')
    await screen.findByText('No.')
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull()
    document.body.replaceChildren()
    open({}, { edit: false })
    await screen.findByText('High Street.')
    expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull()
  })
})
