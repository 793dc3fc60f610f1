import type { Meta, StoryObj } from '@storybook/react-vite'
import { ConversationList } from 'conversation-kit'
import ar from 'conversation-kit/locales/ar'
import { expect, waitFor } from 'storybook/test'
import { conversations, many } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'

const meta: Meta<typeof ConversationList> = {
  title: 'Basics/ConversationList',
  component: ConversationList,
  parameters: { page: { width: '19rem', height: '30rem' } },
}
export default meta
type Story = StoryObj<typeof meta>

export const Some: Story = {
  ...scene({ conversations }).story,
  args: { defaultValue: 'bread' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: /Order 1043/ }))
    await expect(canvas.getByRole('button', { name: /Order 1043/ })).toHaveAttribute('aria-current', 'true')
    await expect(canvas.getByRole('button', { name: /Sourdough/ })).not.toHaveAttribute('aria-current')
  },
}

export const More: Story = {
  ...scene({ conversations: many(45) }).story,
  args: { params: { take: 20 } },
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByText('Question 45')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(canvas.getByText('Question 6')).toBeInTheDocument())
  },
}

export const Empty: Story = {
  ...scene().story,
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No conversations yet.')).toBeVisible()
  },
}

export const Loading: Story = { ...scene({ conversations, latency: 60_000 }).story }

export const Failed: Story = {
  ...scene({
    conversations,
    prepare: (server) => server.fail('conversation.list', { status: 403, code: 'NOT_AUTHORIZED', times: 9 }),
  }).story,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Your session has ended')
  },
}

export const Filtered: Story = {
  ...scene({ conversations }).story,
  args: { filter: 'order' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Order 1043')).toBeVisible()
    await expect(canvas.queryByText('Sourdough that rises')).toBeNull()
  },
}

export const Dark: Story = {
  ...scene({ conversations }).story,
  args: { defaultValue: 'bread' },
  parameters: { page: { width: '19rem', height: '30rem', scheme: 'dark' } },
}

export const RightToLeft: Story = {
  ...scene({ locale: 'ar', messages: ar, conversations }).story,
  args: { defaultValue: 'arabic' },
  parameters: { page: { width: '19rem', height: '30rem', dir: 'rtl' } },
}
