import { act, render, screen, waitFor } from '@testing-library/react'
import { ChatWindow, ConversationProvider } from 'conversation-kit'
import type { ChatWindowProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { userEvent } from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'

/** A page whose network is gone once it is there: these pieces of it are asked for in vain. */
function open(pieces: string[], props: ChatWindowProps = {}) {
  const network = { on: false, asked: 0 }
  for (const piece of pieces) {
    vi.doMock(piece, async (load) => {
      network.asked += 1
      if (!network.on) throw new TypeError('Failed to fetch')
      return load()
    })
  }
  const messages = [{ type: 'user' as const, text: 'Where is my order?' }]
  const { client, server } = createTestKit({ conversations: [{ id: 'c1', messages }] })
  render(
    <ConversationProvider client={client}>
      <ChatWindow conversationId="c1" {...props} />
    </ConversationProvider>,
  )
  return { network, server, user: userEvent.setup(), field: screen.getByRole<HTMLTextAreaElement>('textbox') }
}

const SOON = { timeout: 10_000 }

test('who was without a network when the chat came hears the answers and can vote for them once it is back', async () => {
  const pieces = ['../../src/components/Chat/teller.ts', '../../src/components/VoteButtons/VoteButtons.tsx']
  const { network, server, user, field } = open(pieces, { conversationId: undefined })
  await waitFor(() => expect(network.asked).toBe(2), SOON)
  network.on = true
  const reply = server.holdReply()
  await user.type(field, 'When?{Enter}')
  await screen.findByText('Thinking…', {}, SOON)
  await act(() => reply.token('It comes tomorrow.'))
  await act(() => reply.end())
  await screen.findByText('Assistant: It comes tomorrow.', {}, SOON)
  expect(await screen.findByRole('button', { name: 'Good answer' }, SOON)).toBeTruthy()
})

test('the arrow up brings nothing back without a network, which is no error of the page, and all once it is back', async () => {
  const { network, user, field } = open(['../../src/components/Chat/recall.ts'])
  await screen.findByText('Where is my order?', {}, SOON)
  await user.type(field, '{ArrowUp}')
  await waitFor(() => expect(network.asked).toBe(1), SOON)
  expect(field.value).toBe('')
  network.on = true
  await user.type(field, '{ArrowUp}')
  await waitFor(() => expect(field.value).toBe('Where is my order?'), SOON)
})
