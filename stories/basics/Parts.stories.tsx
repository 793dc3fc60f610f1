import type { Meta, StoryObj } from '@storybook/react-vite'
import { Chat } from 'conversation-kit'
import type { ToolPart } from 'conversation-kit'
import { expect } from 'storybook/test'
import { bread, order } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'
import './Parts.css'

const meta: Meta = { title: 'Basics/Parts' }
export default meta
type Story = StoryObj

/** Only what is put in is there: no header, nothing under the field. */
export const Few: Story = {
  ...scene({ conversations: [order], reply: 'Ask at number 12.' }).story,
  render: () => (
    <Chat.Root conversationId="order">
      <Chat.Viewport>
        <Chat.Messages />
      </Chat.Viewport>
      <Chat.Composer>
        <Chat.Input placeholder="Ask about your order" />
        <Chat.Stop />
        <Chat.Send />
      </Chat.Composer>
    </Chat.Root>
  ),
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('Where is my order?')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Ask about your order' }), 'Which door?{Enter}')
    await expect(await canvas.findByText('Ask at number 12.')).toBeVisible()
  },
}

/** Own elements with `render`, own classes by the state, own words on the buttons. */
export const OwnMarkup: Story = {
  ...scene({ conversations: [bread] }).story,
  render: () => (
    <Chat.Root conversationId="bread" className={({ status }) => `own own-${status}`}>
      <Chat.Header>
        <Chat.Title>The bakery</Chat.Title>
      </Chat.Header>
      <Chat.Viewport>
        <Chat.Messages>
          {({ message }) => (
            <Chat.Message message={message} render={<article className="own-message" />}>
              <Chat.Bubble className={({ role }) => `own-${role}`}>
                <strong className="own-name">{message.role === 'user' ? 'Guest' : 'Baker'}</strong>
                <Chat.Parts />
              </Chat.Bubble>
            </Chat.Message>
          )}
        </Chat.Messages>
      </Chat.Viewport>
      <Chat.Composer>
        <Chat.Input />
        <Chat.Stop>Enough</Chat.Stop>
        <Chat.Send className="own-send">Ask</Chat.Send>
      </Chat.Composer>
    </Chat.Root>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'The bakery' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'Ask' })).toBeVisible()
  },
}

function Oven({ part: { state, result } }: { part: ToolPart }) {
  if (state === 'running') return <p className="own-tool">Looking into the oven…</p>
  return <p className="own-tool">The oven says {JSON.stringify(result)}.</p>
}

const tools = scene({
  conversations: [
    {
      id: 'oven',
      messages: [
        { type: 'user', text: 'How hot is it?' },
        {
          type: 'activity',
          text: '',
          meta: { activity: { type: 'request', function: { name: 'readOven', arguments: {} } } },
        },
        {
          type: 'activity',
          text: '',
          meta: {
            activity: { type: 'response', function: { name: 'readOven', arguments: {}, result: '{"celsius":230}' } },
          },
        },
        {
          type: 'activity',
          text: '',
          meta: { activity: { type: 'request', function: { name: 'setTimer', arguments: {} } } },
        },
        {
          type: 'activity',
          text: '',
          meta: {
            activity: {
              type: 'response',
              function: { name: 'setTimer', arguments: {}, result: '{"error":"no timer"}' },
            },
          },
        },
        { type: 'bot', text: '**230 °C**. Put the bread in now; I could not set the timer.' },
      ],
    },
  ],
})
/** What the assistant did besides talking: a component of your own for one tool, a line for the others. */
export const Tools: Story = {
  ...tools.story,
  render: () => (
    <Chat.Root conversationId="oven">
      <Chat.Viewport>
        <Chat.Messages>
          {({ message }) => (
            <Chat.Message message={message}>
              <Chat.Bubble>
                <Chat.Parts parts={{ tools: { readOven: Oven } }} />
              </Chat.Bubble>
            </Chat.Message>
          )}
        </Chat.Messages>
      </Chat.Viewport>
    </Chat.Root>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('The oven says {"celsius":230}.')).toBeVisible()
    await expect(canvas.getByText('setTimer failed')).toBeVisible()
  },
}
