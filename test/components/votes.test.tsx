import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ChatWindow, VoteButtons } from 'conversation-kit'
import type { VoteButtonsProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import { expect, test, vi } from 'vitest'
import './support.tsx'

const REASONS = ['Wrong', 'Too long']
const SEED = { id: 'c1', messages: [{ id: 'm1', type: 'bot' as const, text: 'Hello.' }] }

function show(props: Partial<VoteButtonsProps> = {}) {
  const kit = createTestKit({ conversations: [SEED], voteWindow: 0 })
  const view = render(
    <StrictMode>
      <VoteButtons conversationId="c1" messageId="m1" {...props} />
      <button type="button">Elsewhere</button>
    </StrictMode>,
    { wrapper: kit.wrapper },
  )
  const up = () => screen.getByRole('button', { name: 'Good answer' })
  const down = () => screen.getByRole('button', { name: 'Bad answer' })
  const pressed = () => [up(), down()].map((button) => button.getAttribute('aria-pressed'))
  return { ...kit, user: userEvent.setup(), view, up, down, pressed }
}

test('a vote is pressed at once and reaches the server', async () => {
  const onVote = vi.fn<(vote: string, reason?: string) => void>()
  const { server, user, up, pressed } = show({ onVote })
  await user.click(up())
  expect(pressed()).toEqual(['true', 'false'])
  expect(onVote.mock.calls).toEqual([['up']])
  await waitFor(() => expect(server.votes).toEqual([{ conversationId: 'c1', messageId: 'm1', value: 100 }]))
})

test('without a message it is the whole conversation that is voted on', async () => {
  const { server, user, down } = show({ messageId: undefined })
  await user.click(down())
  await waitFor(() => expect(server.votes).toEqual([{ conversationId: 'c1', value: -100 }]))
})

test('the same vote again is not sent again', async () => {
  const { server, user, up, down } = show()
  await user.click(up())
  await waitFor(() => expect(server.votes).toHaveLength(1))
  await user.click(up())
  await user.click(down())
  await waitFor(() => expect(server.votes.map(({ value }) => value)).toEqual([100, -100]))
})

test('a downvote with a reason is one vote', async () => {
  const { server, user, down, pressed } = show({ reasons: REASONS })
  await user.click(down())
  expect(pressed()).toEqual(['false', 'true'])
  expect(server.requests).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Too long' }))
  await waitFor(() => expect(server.votes).toMatchObject([{ value: -100, reason: 'Too long' }]))
  expect(screen.getByText('Thank you.')).toBeTruthy()
  expect(screen.queryByRole('group', { name: 'What was wrong?' })).toBeNull()
  expect(document.activeElement).toBe(down())
})

test.each([
  ['presses Escape', (user: ReturnType<typeof userEvent.setup>) => user.keyboard('{Escape}')],
  [
    'closes the question',
    (user: ReturnType<typeof userEvent.setup>) => user.click(screen.getByRole('button', { name: 'Close' })),
  ],
  [
    'presses elsewhere',
    (user: ReturnType<typeof userEvent.setup>) => user.click(screen.getByRole('button', { name: 'Elsewhere' })),
  ],
  [
    'tabs on',
    (user: ReturnType<typeof userEvent.setup>) =>
      user
        .tab()
        .then(() => user.tab())
        .then(() => user.tab())
        .then(() => user.tab()),
  ],
])('a reader who %s without a reason has voted once', async (_, leave) => {
  const { server, user, down, pressed } = show({ reasons: REASONS })
  await user.click(down())
  await leave(user)
  await waitFor(() => expect(server.votes).toHaveLength(1))
  expect(server.votes[0]).not.toHaveProperty('reason')
  expect(pressed()).toEqual(['false', 'true'])
})

test('a downvote is not lost when the page goes on without its question', async () => {
  const { server, user, down, view } = show({ reasons: REASONS })
  await user.click(down())
  view.unmount()
  await waitFor(() => expect(server.votes).toHaveLength(1))
})

test('a reader who thinks better of it has voted up, and only that', async () => {
  const { server, user, up, down, pressed } = show({ reasons: REASONS })
  await user.click(down())
  await user.click(up())
  await waitFor(() => expect(server.votes).toMatchObject([{ value: 100 }]))
  expect(pressed()).toEqual(['true', 'false'])
})

test('a refused vote goes back, and says so', async () => {
  const onError = vi.fn<(error: Error) => void>()
  const { server, user, up, down, pressed } = show({ onError })
  await user.click(down())
  await waitFor(() => expect(server.votes).toHaveLength(1))
  server.fail('message.upvote', { status: 500 })
  await user.click(up())
  expect(await screen.findByText('Your vote was not saved. Try again.')).toBeTruthy()
  expect(pressed()).toEqual(['false', 'true'])
  expect(onError).toHaveBeenCalledOnce()
})

test('an answer can be voted for in the moment it is there', async () => {
  const kit = createTestKit({ reply: 'Here.' })
  const user = userEvent.setup()
  render(<ChatWindow voteReasons={REASONS} />, { wrapper: kit.wrapper })
  await user.type(screen.getByRole('textbox'), 'Where?{Enter}')
  await user.click(await screen.findByRole('button', { name: 'Bad answer' }))
  await user.click(screen.getByRole('button', { name: 'Wrong' }))
  await waitFor(() => expect(kit.server.votes).toHaveLength(1))
  const [conversation] = Object.entries(kit.server.snapshot().messages)
  const [conversationId, messages] = conversation!
  const answer = messages.find(({ type }) => type === 'bot')!
  expect(kit.server.votes).toEqual([{ conversationId, messageId: answer.id, value: -100, reason: 'Wrong' }])
})
