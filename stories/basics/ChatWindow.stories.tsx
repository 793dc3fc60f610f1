import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatWindow } from 'conversation-kit'
import ar from 'conversation-kit/locales/ar'
import { expect, waitFor } from 'storybook/test'
import { ANSWER, arabic, bread, long, order } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'

const meta: Meta<typeof ChatWindow> = {
  title: 'Basics/ChatWindow',
  component: ChatWindow,
  args: { title: 'Bread', subtitle: 'Answers from our bakers’ handbook', voteReasons: ['Wrong', 'Too long'] },
}
export default meta
type Story = StoryObj<typeof meta>

/** Sends a question from the field. */
const ask = async ({ canvas, userEvent }: Parameters<NonNullable<Story['play']>>[0], text = 'Why is my loaf flat?') => {
  await userEvent.type(canvas.getByRole('textbox'), `${text}{Enter}`)
}

const empty = scene()
export const Empty: Story = {
  ...empty.story,
  args: {
    suggestions: ['Why is my loaf flat?', 'How warm should dough be?', 'Can I freeze bread?'],
    footer: 'Answers may be wrong. Check before you bake.',
  },
}

const history = scene({ conversations: [bread] })
export const History: Story = {
  ...history.story,
  args: { conversationId: 'bread' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'If the starter is fine' })).toBeVisible()
    await expect(canvas.getByRole('link', { name: 'starter guide' })).toHaveAttribute(
      'rel',
      'noopener noreferrer nofollow',
    )
  },
}

const thinking = scene({ prepare: (server) => void server.holdReply() })
export const Thinking: Story = {
  ...thinking.story,
  play: async (context) => {
    await ask(context)
    await expect(await context.canvas.findByText('Thinking…')).toBeVisible()
    await expect(context.canvas.getByRole('button', { name: 'Stop' })).toBeVisible()
  },
}

const reasoning = scene({
  reply: [
    { type: 'reasoningToken', data: { token: 'The reader bakes at 18 °C. ' } },
    { type: 'reasoningToken', data: { token: 'That is too cold for a quick rise.' } },
    { type: 'token', data: { token: 'Your kitchen is **too cold** for that recipe.' } },
  ],
})
export const Reasoning: Story = {
  ...reasoning.story,
  play: async (context) => {
    const { canvas, userEvent } = context
    await ask(context)
    await expect(await canvas.findByText('too cold', { selector: 'strong' })).toBeVisible()
    await userEvent.click(await canvas.findByText('Reasoning'))
    await expect(canvas.getByText(/That is too cold/)).toBeVisible()
  },
}

const streaming = scene()
export const Streaming: Story = {
  ...streaming.story,
  play: async (context) => {
    const reply = streaming.server.holdReply()
    await ask(context)
    await reply.token(ANSWER.slice(0, 90))
    await expect(await context.canvas.findByText('warmth', { selector: 'strong' })).toBeVisible()
    await expect(context.canvas.getByRole('button', { name: 'Stop' })).toBeVisible()
  },
}

const stopped = scene()
export const Stopped: Story = {
  ...stopped.story,
  play: async (context) => {
    const { canvas, userEvent } = context
    const reply = stopped.server.holdReply()
    await ask(context)
    await reply.token('The loaf needs warmth and')
    await canvas.findByText('The loaf needs warmth and')
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await expect(await canvas.findByText('Stopped', { selector: '.ck-note' })).toBeVisible()
    await expect(canvas.getByText('The loaf needs warmth and')).toBeVisible()
  },
}

const failed = scene()
export const Failed: Story = {
  ...failed.story,
  play: async (context) => {
    const { canvas } = context
    const reply = failed.server.holdReply()
    await ask(context)
    await reply.token('The loaf needs warmth and')
    await canvas.findByText('The loaf needs warmth and')
    await reply.cut()
    await expect(await canvas.findByRole('alert')).toHaveTextContent('The connection broke')
    await expect(canvas.getByText('The loaf needs warmth and')).toBeVisible()
  },
}

const refused = scene({
  prepare: (server) => server.fail('conversation.create', { status: 429, retryAfter: 20 }),
})
export const TooManyRequests: Story = {
  ...refused.story,
  play: async (context) => {
    await ask(context)
    await expect(await context.canvas.findByRole('alert')).toHaveTextContent('Try again in 20 s')
    await expect(context.canvas.getByText('Why is my loaf flat?')).toBeVisible()
  },
}

const loading = scene({ conversations: [bread], latency: 60_000 })
export const Loading: Story = {
  ...loading.story,
  args: { conversationId: 'bread' },
  play: async ({ canvas }) => {
    await expect(canvas.getByLabelText('Loading…')).toBeVisible()
  },
}

const historyFailed = scene({
  conversations: [bread],
  prepare: (server) => server.fail('message.list', { status: 403, code: 'NOT_AUTHORIZED', times: 9 }),
})
export const HistoryFailed: Story = {
  ...historyFailed.story,
  args: { conversationId: 'bread' },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Your session has ended')
  },
}

const older = scene({ conversations: [long] })
export const EarlierMessages: Story = {
  ...older.story,
  args: { conversationId: 'long' },
  play: async ({ canvas, userEvent }) => {
    const log = await canvas.findByRole('log')
    await canvas.findByText(/^Answer 130\./)
    log.focus()
    await userEvent.tab()
    const older = () => canvas.queryByRole('button', { name: 'Show earlier messages' })
    await expect(older()).toHaveFocus()
    // At the top they come by themselves; the button is for who stays on it.
    await canvas.findByText('Question 80')
    await expect(older()).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(older()).toBeNull())
    await expect(log).toHaveFocus()
    log.scrollTop = 0
    await canvas.findByText('Question 1')
    await waitFor(() => expect(log.scrollTop).toBe(0))
  },
}

const away = scene({ conversations: [bread] })
/** Who reads further up is told what has come meanwhile. */
export const NewReply: Story = {
  ...away.story,
  args: { conversationId: 'bread' },
  play: async (context) => {
    const { canvas } = context
    const reply = away.server.holdReply()
    await canvas.findByText(/Is 18 °C too cold/)
    await ask(context, 'And with rye?')
    await canvas.findByText('Thinking…')
    canvas.getByRole('log').scrollTop = 0
    await canvas.findByRole('button', { name: 'Jump to latest' })
    await reply.token('Rye takes half the time.')
    await reply.end()
    await waitFor(() => expect(canvas.getByRole('button', { name: '1 new reply' })).toBeVisible())
  },
}

const page = scene({ conversations: [bread] })
/** A page that is all chat: the lines stay as long as they can be read. */
export const FullPage: Story = {
  ...page.story,
  args: { conversationId: 'bread', footer: 'Answers may be wrong. Check before you bake.' },
  parameters: { page: { width: '100vw', height: 'calc(100dvh - 2rem)' } },
}

const narrow = scene({ conversations: [bread] })
export const Narrow: Story = {
  ...narrow.story,
  args: { conversationId: 'bread' },
  parameters: { page: { width: '280px', height: '36rem' } },
}

const dark = scene({ conversations: [bread] })
export const Dark: Story = {
  ...dark.story,
  args: { conversationId: 'bread' },
  parameters: { page: { scheme: 'dark' } },
}

const rtl = scene({ locale: 'ar', messages: ar, conversations: [arabic] })
export const RightToLeft: Story = {
  ...rtl.story,
  args: { conversationId: 'arabic', title: 'خبز', subtitle: undefined },
  parameters: { page: { dir: 'rtl' } },
}

const branded = scene({ conversations: [order] })
/** Every colour and measure is a variable. */
export const Themed: Story = {
  ...branded.story,
  args: {
    conversationId: 'order',
    title: 'Orders',
    style: {
      '--ck-accent': 'light-dark(#8a1c4a, #ff9ec4)',
      '--ck-radius': '0.25rem',
      '--ck-bubble-radius': '0.25rem',
      '--ck-font-size': '1rem',
    } as React.CSSProperties,
  },
}
