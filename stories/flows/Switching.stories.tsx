import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatWindow, ConversationList } from 'conversation-kit'
import { useState } from 'react'
import { expect, waitFor, within } from 'storybook/test'
import { conversations } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'
import '../Playground.css'

function Inbox() {
  const [conversationId, setConversationId] = useState<string | null>('order')
  return (
    <div className="playground">
      <ConversationList value={conversationId} onValueChange={setConversationId} />
      <ChatWindow
        conversationId={conversationId}
        create={{ name: 'A new question' }}
        onConversationCreated={setConversationId}
        title="Inbox"
      />
    </div>
  )
}

const meta: Meta = {
  title: 'Flows/Switching',
  render: () => <Inbox />,
  parameters: { page: { width: '64rem' } },
}
export default meta
type Story = StoryObj<typeof meta>

const answering = scene({ conversations })
/** An answer goes on while another conversation is read, and a draft waits for its own. */
export const WhileItAnswers: Story = {
  ...answering.story,
  play: async ({ canvas, userEvent }) => {
    const reply = answering.server.holdReply()
    const list = within(canvas.getByRole('navigation'))
    await canvas.findByText('Where is my order?')
    await userEvent.type(canvas.getByRole('textbox'), 'Which door?{Enter}')
    await reply.token('The green ')
    await canvas.findByText('The green', { exact: false })
    await userEvent.type(canvas.getByRole('textbox'), 'And when')
    await userEvent.click(list.getByRole('button', { name: /Sourdough/ }))
    await expect(await canvas.findByText(/My sourdough stays flat/)).toBeVisible()
    await expect(canvas.queryByText('Where is my order?')).toBeNull()
    await expect(canvas.getByRole('textbox')).toHaveValue('')
    await reply.token('door.')
    await userEvent.click(list.getByRole('button', { name: /Order 1043/ }))
    await expect(await canvas.findByText('The green door.')).toBeVisible()
    await expect(canvas.getByRole('textbox')).toHaveValue('And when')
    await reply.end()
    await expect(await canvas.findByRole('button', { name: 'Send' })).toBeEnabled()
  },
}

const fresh = scene({ conversations, reply: 'With pleasure.' })
export const ANewConversation: Story = {
  ...fresh.story,
  play: async ({ canvas, userEvent }) => {
    const list = within(canvas.getByRole('navigation'))
    await userEvent.click(list.getByRole('button', { name: 'New conversation' }))
    await expect(await canvas.findByText('How can I help?')).toBeVisible()
    await userEvent.type(canvas.getByRole('textbox'), 'Help me bake{Enter}')
    await expect(await canvas.findByText('With pleasure.')).toBeVisible()
    await waitFor(() =>
      expect(list.getByRole('button', { name: /A new question/ })).toHaveAttribute('aria-current', 'true'),
    )
  },
}
