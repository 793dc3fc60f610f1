import type { Meta, StoryObj } from '@storybook/react-vite'
import { VoteButtons } from 'conversation-kit'
import { expect, waitFor } from 'storybook/test'
import { order } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'

const meta: Meta<typeof VoteButtons> = {
  title: 'Basics/VoteButtons',
  component: VoteButtons,
  args: { conversationId: 'order', messageId: 'order-2' },
  parameters: { page: { width: '24rem', height: 'auto' } },
}
export default meta
type Story = StoryObj<typeof meta>

const options = { conversations: [order] }

export const NoVote: Story = scene(options).story

const up = scene(options)
export const Upvoted: Story = {
  ...up.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Good answer' }))
    await expect(canvas.getByRole('button', { name: 'Good answer' })).toHaveAttribute('aria-pressed', 'true')
    await waitFor(() => expect(up.server.votes).toHaveLength(1))
  },
}

const changed = scene(options)
export const Changed: Story = {
  ...changed.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Good answer' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Bad answer' }))
    await expect(canvas.getByRole('button', { name: 'Bad answer' })).toHaveAttribute('aria-pressed', 'true')
    await expect(canvas.getByRole('button', { name: 'Good answer' })).toHaveAttribute('aria-pressed', 'false')
    await waitFor(() => expect(changed.server.votes.at(-1)?.value).toBe(-100))
  },
}

const asking = scene(options)
export const AskingForAReason: Story = {
  ...asking.story,
  args: { reasons: ['Wrong', 'Not what I asked', 'Too long'] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Bad answer' }))
    await waitFor(() => expect(canvas.getByRole('group', { name: 'What was wrong?' })).toBeVisible())
  },
}

const reasoned = scene(options)
export const WithAReason: Story = {
  ...reasoned.story,
  args: { reasons: ['Wrong', 'Not what I asked', 'Too long'] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Bad answer' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Too long' }))
    await expect(canvas.getByText('Thank you.')).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Bad answer' })).toHaveFocus()
    await waitFor(() =>
      expect(reasoned.server.votes).toEqual([
        { conversationId: 'order', messageId: 'order-2', value: -100, reason: 'Too long' },
      ]),
    )
  },
}

const pending = scene({ ...options, latency: 60_000 })
export const Pending: Story = {
  ...pending.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Good answer' }))
    await waitFor(() => expect(canvas.getByRole('group')).toHaveAttribute('data-pending'))
  },
}

const refused = scene({ ...options, prepare: (server) => server.fail('message.upvote', { status: 500 }) })
export const Refused: Story = {
  ...refused.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Good answer' }))
    await expect(await canvas.findByText(/Your vote was not saved/)).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Good answer' })).toHaveAttribute('aria-pressed', 'false')
  },
}

export const Disabled: Story = { ...scene(options).story, args: { disabled: true } }

export const Dark: Story = {
  ...scene(options).story,
  parameters: { page: { width: '24rem', height: 'auto', scheme: 'dark' } },
}
