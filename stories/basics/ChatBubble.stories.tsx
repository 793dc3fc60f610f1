import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatBubble, useChatStore } from 'conversation-kit'
import ar from 'conversation-kit/locales/ar'
import { expect, screen, waitFor } from 'storybook/test'
import { bread } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'

const PAGE = 'A page about bread, with a chat in its corner. It can be read and used while the chat is open.'

const meta: Meta<typeof ChatBubble> = {
  title: 'Basics/ChatBubble',
  component: ChatBubble,
  args: { title: 'Ask the bakers', suggestions: ['Why is my loaf flat?', 'Can I freeze bread?'] },
  render: (args) => (
    <>
      <p>{PAGE}</p>
      <ChatBubble {...args} />
    </>
  ),
}
export default meta
type Story = StoryObj<typeof meta>

const launcher = () => screen.findByRole('button', { name: /^Open chat/ })
/** A panel that opens is on the page before the first of it can be seen. */
const seen = (text: string | RegExp) => waitFor(() => expect(screen.getByText(text)).toBeVisible())

const closed = scene()
export const Closed: Story = {
  ...closed.story,
  play: async ({ userEvent }) => {
    await userEvent.hover(await launcher())
    await expect(await launcher()).toHaveAttribute('aria-expanded', 'false')
  },
}

const open = scene()
/** One press opens it, with the focus in the field; Escape closes it and gives the focus back. */
export const Opened: Story = {
  ...open.story,
  play: async ({ userEvent }) => {
    await userEvent.click(await launcher())
    const field = await screen.findByRole('textbox')
    await waitFor(() => expect(field).toHaveFocus())
    await userEvent.keyboard('{Escape}')
    await waitFor(async () => expect(await launcher()).toHaveFocus())
    await userEvent.click(await launcher())
    await seen('How can I help?')
  },
}

const unread = scene()
/** An answer goes on while the chat is closed, and is counted. */
export const Unread: Story = {
  ...unread.story,
  play: async ({ userEvent }) => {
    const reply = unread.server.holdReply()
    await userEvent.click(await launcher())
    await userEvent.type(await screen.findByRole('textbox'), 'Why is my loaf flat?{Enter}')
    await reply.token('It needs more time.')
    await screen.findByText('It needs more time.')
    await userEvent.keyboard('{Escape}')
    await reply.end()
    await expect(await screen.findByRole('button', { name: 'Open chat, 1 new reply' })).toBeVisible()
  },
}

const sheet = scene({ conversations: [bread] })
/** On a phone it is a sheet over all of the page, with the way out in its corner. */
export const Sheet: Story = {
  ...sheet.story,
  args: { conversationId: 'bread' },
  globals: { viewport: { value: 'mobile1' } },
  play: async ({ userEvent }) => {
    await userEvent.click(await launcher())
    await seen(/Is 18 °C too cold/)
    await expect(screen.getByRole('button', { name: 'Close' })).toBeVisible()
  },
}

function HelpLink() {
  const { setOpen } = useChatStore((state) => state.actions)
  return (
    <button type="button" onClick={() => setOpen(true)}>
      Need help?
    </button>
  )
}

const elsewhere = scene({ conversations: [bread] })
/** Opened by a link of the page, at the other side, with the conversation that is already there. */
export const FromElsewhere: Story = {
  ...elsewhere.story,
  args: { conversationId: 'bread', position: 'bottom-start' },
  render: (args) => (
    <>
      <p>
        {PAGE} <HelpLink />
      </p>
      <ChatBubble {...args} />
    </>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Need help?' }))
    await seen(/Is 18 °C too cold/)
  },
}

const dark = scene({ conversations: [bread] })
export const Dark: Story = {
  ...dark.story,
  args: { conversationId: 'bread', defaultOpen: true },
  parameters: { page: { scheme: 'dark' } },
  play: async () => {
    await expect(await screen.findByText(/Is 18 °C too cold/)).toBeVisible()
  },
}

const rtl = scene({ locale: 'ar', messages: ar })
export const RightToLeft: Story = {
  ...rtl.story,
  args: { title: 'اسأل الخبازين', suggestions: ['كيف أحافظ على الخبز؟'], defaultOpen: true },
  parameters: { page: { dir: 'rtl' } },
  play: async () => {
    await expect(await screen.findByRole('textbox')).toBeVisible()
  },
}

const branded = scene()
/** One colour is enough: what stands on it, and beside it, follows. */
export const Branded: Story = {
  ...branded.story,
  args: {
    defaultOpen: true,
    launcher: 'Ask',
    style: { '--ck-accent': '#ffd400', '--ck-panel-width': '22rem' } as React.CSSProperties,
  },
  play: async () => {
    await expect(await screen.findByRole('textbox')).toBeVisible()
  },
}
