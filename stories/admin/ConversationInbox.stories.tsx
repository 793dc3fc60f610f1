import type { Meta, StoryObj } from '@storybook/react-vite'
import { ConversationInbox } from 'conversation-kit/admin'
import { scene } from '../support/scene.tsx'

const meta: Meta<typeof ConversationInbox> = {
  title: 'Admin/ConversationInbox',
  component: ConversationInbox,
  parameters: { page: { width: '90rem', height: 'calc(100dvh - 2rem)' } },
}
export default meta
type Story = StoryObj<typeof meta>

export const Many: Story = {
  ...scene({ seed: 2000 }).story,
}
