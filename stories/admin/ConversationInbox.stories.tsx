import type { Meta, StoryObj } from '@storybook/react-vite'
import { ConversationInbox } from 'conversation-kit/admin'
import ar from 'conversation-kit/admin/locales/ar'
import { expect, waitFor, within } from 'storybook/test'
import { scene } from '../support/scene.tsx'

const meta: Meta<typeof ConversationInbox> = {
  title: 'Admin/ConversationInbox',
  component: ConversationInbox,
  parameters: { page: { width: '90rem', height: 'calc(100dvh - 2rem)' } },
  args: { live: false },
}
export default meta
type Story = StoryObj<typeof meta>

const rows = (list: HTMLElement) => list.querySelectorAll<HTMLElement>('button.ck-conversation')

/** A desk that is full, in a page of its own. */
export const Playground: Story = {
  ...scene({ seed: 2000 }).story,
  tags: ['!test'],
  args: { live: { interval: 5000 } },
}

export const Triage: Story = {
  ...scene({ seed: 60 }).story,
  play: async ({ canvas, userEvent }) => {
    const list = canvas.getByRole('region', { name: 'List of conversations' })
    await waitFor(() => expect(rows(list).length).toBeGreaterThan(10))
    await userEvent.click(rows(list)[1]!)
    const thread = canvas.getByRole('region', { name: 'Conversation' })
    await waitFor(() => expect(within(thread).getAllByRole('article').length).toBeGreaterThan(0))
    await userEvent.type(within(thread).getByRole('textbox', { name: 'Answer' }), 'We are looking into it.')
  },
}

export const RightToLeft: Story = {
  ...scene({ seed: 30, locale: 'ar', messages: ar }).story,
  globals: { dir: 'rtl' },
  play: async ({ canvas }) => {
    await waitFor(() => expect(canvas.getByRole('navigation').querySelectorAll('li').length).toBeGreaterThan(10))
  },
}

export const Failed: Story = {
  ...scene({
    seed: 5,
    prepare: (server) => server.fail('conversation.list', { status: 403, code: 'NOT_AUTHORIZED', times: 99 }),
  }).story,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Your session has ended')
  },
}
