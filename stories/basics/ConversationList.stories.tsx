import type { Meta, StoryObj } from '@storybook/react-vite'
import { ConversationList, useConversations } from 'conversation-kit'
import type { ConversationListProps } from 'conversation-kit'
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

/** Several are chosen. What is done with them is up to the page. */
export const Chosen: Story = {
  ...scene({ conversations }).story,
  args: { defaultValue: 'bread', defaultSelection: { ids: ['bread', 'arabic'] } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('checkbox', { name: 'Select Order 1043' }))
    await expect(canvas.getByText('3 selected')).toBeVisible()
    await expect(canvas.getByRole('checkbox', { name: '3 selected' })).toBePartiallyChecked()
  },
}

/** The server did not take a name: it is still there, with the reason. */
export const NameRefused: Story = {
  ...scene({
    conversations,
    prepare: (server) => server.fail('conversation.update', { status: 403, code: 'NOT_AUTHORIZED' }),
  }).story,
  args: { actions: ['rename'] },
  play: async ({ canvas, userEvent }) => {
    await canvas.findByRole('button', { name: 'Rename Order 1043' })
    canvas.getByRole('button', { name: /^Order 1043/ }).focus()
    await userEvent.keyboard('{F2}Parcel 1043{Enter}')
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Your session has ended')
    const field = canvas.getByRole('textbox', { name: 'Rename Order 1043' })
    await expect(field).toHaveValue('Parcel 1043')
    await expect(field).toBeInvalid()
  },
}

/** What was deleted can be taken back. */
export const Deleted: Story = {
  ...scene({ conversations: many(4) }).story,
  args: { actions: ['delete'] },
  play: async ({ canvas, userEvent }) => {
    await canvas.findByRole('button', { name: 'Delete Question 3' })
    canvas.getByRole('button', { name: /^Question 3/ }).focus()
    await userEvent.keyboard('{Delete}')
    await expect(await canvas.findByText('1 conversation deleted')).toBeVisible()
    await expect(canvas.queryByText('Question 3')).toBeNull()
    await expect(canvas.getByRole('button', { name: /^Question 2/ })).toHaveFocus()
    // The time stands still for who is there.
    await userEvent.hover(canvas.getByRole('button', { name: 'Undo' }))
  },
}

function Growing(props: ConversationListProps) {
  const { refetch } = useConversations(props.params)
  return (
    <div style={{ display: 'grid', gridTemplateRows: '1fr auto', blockSize: '100%' }}>
      <ConversationList {...props} />
      <button type="button" onClick={() => void refetch()}>
        Look again
      </button>
    </div>
  )
}

const growing = scene({ conversations: many(45) })
/** What comes on top moves nothing that is read; how many they are is said there. */
export const New: Story = {
  ...growing.story,
  render: (args) => <Growing {...args} />,
  play: async ({ canvas, userEvent }) => {
    const row = await canvas.findByText('Question 20')
    row.scrollIntoView({ block: 'center' })
    const place = () => row.getBoundingClientRect().top
    await waitFor(() => expect(place()).toBeLessThan(innerHeight))
    const before = place()
    for (const name of ['The first', 'The second', 'The third']) growing.server.add({ name })
    await userEvent.click(canvas.getByRole('button', { name: 'Look again' }))
    await expect(await canvas.findByRole('button', { name: '3 new' })).toBeVisible()
    await expect(Math.abs(place() - before)).toBeLessThanOrEqual(1)
  },
}
