import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatWindow } from 'conversation-kit'
import { expect, waitFor } from 'storybook/test'
import { ANSWER, order } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'

const meta: Meta<typeof ChatWindow> = {
  title: 'Flows/Talking',
  component: ChatWindow,
  args: { title: 'Bread', suggestions: ['Why is my loaf flat?'] },
}
export default meta
type Story = StoryObj<typeof meta>

const send = scene({ reply: ANSWER })
export const SendAndRead: Story = {
  ...send.story,
  play: async ({ canvas, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Why is my{Shift>}{Enter}{/Shift}loaf flat?{Enter}')
    await expect(field).toHaveValue('')
    await expect(await canvas.findByText(/one thing at a time/, { selector: 'p' })).toBeVisible()
    await expect(field).toHaveFocus()
    await expect(await canvas.findByRole('button', { name: 'Send' })).toBeDisabled()
    await waitFor(() => expect(canvas.getByText(/^Assistant: The loaf/)).toBeInTheDocument())
    const said = send.server.requests.filter(({ operation }) => operation === 'conversation.complete')
    await expect(said.map(({ body }) => body.text)).toEqual(['Why is my\nloaf flat?'])
  },
}

const suggested = scene({ reply: ANSWER })
export const TakeASuggestion: Story = {
  ...suggested.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Why is my loaf flat?' }))
    await expect(await canvas.findByText(/one thing at a time/, { selector: 'p' })).toBeVisible()
    await expect(canvas.getByRole('textbox')).toHaveFocus()
  },
}

const stop = scene()
export const StopAndGoOn: Story = {
  ...stop.story,
  play: async ({ canvas, userEvent }) => {
    const reply = stop.server.holdReply()
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Why?{Enter}')
    await reply.token('Because of the')
    await canvas.findByText('Because of the')
    await userEvent.type(field, 'Never mind')
    await expect(field).toHaveValue('Never mind')
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await expect(field).toHaveFocus()
    await expect(await canvas.findByText('Stopped', { selector: '.ck-note' })).toBeVisible()
    stop.server.reply('All right.')
    await userEvent.type(field, '{Enter}')
    await expect(await canvas.findByText('All right.')).toBeVisible()
  },
}

const more = scene({ reply: 'One hour in all.' })
export const SayMoreMeanwhile: Story = {
  ...more.story,
  play: async ({ canvas, userEvent }) => {
    const reply = more.server.holdReply()
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'How hot should the oven be?{Enter}')
    await reply.token('As hot as it gets: 250 °C')
    await canvas.findByText(/As hot as it gets/)
    await userEvent.type(field, 'And for how long?{Enter}')
    await userEvent.type(field, 'Never mind{Enter}')
    await expect(canvas.getAllByText('Will be sent')).toHaveLength(2)
    await userEvent.click(canvas.getByRole('button', { name: 'Take back: Never mind' }))
    await expect(canvas.queryByText('Never mind')).toBeNull()
    await expect(field).toHaveFocus()
    await reply.end()
    await expect(await canvas.findByText('One hour in all.')).toBeVisible()
    await expect(canvas.queryByText('Will be sent')).toBeNull()
  },
}

const waiting = scene()
export const Waiting: Story = {
  ...waiting.story,
  play: async ({ canvas, userEvent }) => {
    const reply = waiting.server.holdReply()
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'How hot should the oven be?{Enter}')
    await reply.token('As hot as it gets: 250 °C')
    await canvas.findByText(/As hot as it gets/)
    await userEvent.type(field, 'And for how long?{Enter}')
    await userEvent.type(field, 'With steam or without?{Enter}')
    await expect(canvas.getAllByText('Will be sent')).toHaveLength(2)
    await userEvent.type(field, 'And the')
  },
}

const retry = scene({ conversations: [order] })
export const RetryAfterACut: Story = {
  ...retry.story,
  args: { conversationId: 'order' },
  play: async ({ canvas, userEvent }) => {
    const reply = retry.server.holdReply()
    await canvas.findByText('Where is my order?')
    await userEvent.type(canvas.getByRole('textbox'), 'Who took it?{Enter}')
    await reply.token('Your neighbour')
    await canvas.findByText('Your neighbour')
    await reply.cut()
    await canvas.findByRole('alert')
    retry.server.reply('Your neighbour, Ms Arden, signed for it.')
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(await canvas.findByText('Your neighbour, Ms Arden, signed for it.')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('alert')).toBeNull())
    await expect(canvas.getAllByText('Who took it?')).toHaveLength(1)
  },
}

const again = scene({ conversations: [order] })
export const AnswerAgain: Story = {
  ...again.story,
  args: { conversationId: 'order' },
  play: async ({ canvas, userEvent }) => {
    again.server.reply('It is at the depot.')
    await canvas.findByText('Where is my order?')
    await userEvent.click(canvas.getByRole('button', { name: 'Answer again' }))
    await expect(await canvas.findByText('It is at the depot.')).toBeVisible()
    await expect(canvas.queryByText(/handed over this morning/)).toBeNull()
  },
}

const vote = scene({ reply: 'In the oven.' })
export const VoteAtOnce: Story = {
  ...vote.story,
  args: { voteReasons: ['Wrong', 'Too short'] },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'Where is the bread?{Enter}')
    await userEvent.click(await canvas.findByRole('button', { name: 'Bad answer' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Too short' }))
    await waitFor(() => expect(vote.server.votes).toHaveLength(1))
    await expect(vote.server.votes[0]).toMatchObject({ value: -100, reason: 'Too short' })
    await expect(canvas.getByRole('button', { name: 'Bad answer' })).toHaveAttribute('aria-pressed', 'true')
  },
}
