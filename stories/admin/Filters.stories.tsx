import type { Meta, StoryObj } from '@storybook/react-vite'
import { useConversations } from 'conversation-kit'
import {
  matcherOf,
  paramsOf,
  SavedViews,
  sorterOf,
  useConversationView,
  ViewBar,
  ViewNote,
} from 'conversation-kit/admin'
import type { ConversationFacts, ConversationView } from 'conversation-kit/admin'
import { useState } from 'react'
import { expect, waitFor, within } from 'storybook/test'
import { scene } from '../support/scene.tsx'

const HOUR_MS = 3_600_000
const NAMES: Record<string, string> = {
  'bot-sales': 'Sales',
  'bot-help': 'Help desk',
  'contact-0': 'Ada',
  'contact-1': 'Bo',
}

/** An account with two bots, a few contacts, and plans in its meta. */
const conversations = Array.from({ length: 240 }, (_, index) => ({
  id: `filters-${index}`,
  name: `Question ${240 - index}`,
  botId: index % 3 === 0 ? 'bot-sales' : 'bot-help',
  contactId: `contact-${index % 7}`,
  model: index % 2 === 0 ? 'gpt-4o/temperature=0.2' : 'claude-v4',
  meta: { plan: index % 5 === 0 ? 'pro' : 'free', country: ['de', 'fr', 'jp'][index % 3]! },
  createdAt: Date.now() - index * 5 * HOUR_MS,
  updatedAt: Date.now() - index * 5 * HOUR_MS,
}))

const factsOf = (id: string): ConversationFacts => {
  const index = Number(id.split('-')[1])
  return { up: Number(index % 4 === 0), down: Number(index % 9 === 0), lastSpeaker: index % 6 === 0 ? 'user' : 'bot' }
}

/** An in-memory place, so that one story leaves nothing to the next. */
function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) }
}

function Filters({ start }: { start?: ConversationView }) {
  const [view, setView] = useConversationView({ defaultValue: start })
  const [storage] = useState(memory)
  const list = useConversations(paramsOf(view))
  const loaded = list.data ?? []
  const matches = matcherOf(view)
  const shown = sorterOf(view, 'en')(
    loaded.filter((conversation) => matches(conversation, factsOf(conversation.id))),
    factsOf,
  )
  return (
    <div style={{ display: 'grid', gap: '0.75rem' }}>
      <ViewBar
        view={view}
        onViewChange={setView}
        conversations={loaded}
        factsOf={factsOf}
        nameOf={(_, id) => NAMES[id]}
      >
        <SavedViews view={view} onViewChange={setView} storage={storage} />
      </ViewBar>
      <ViewNote
        view={view}
        loaded={loaded.length}
        shown={shown.length}
        hasMore={list.hasNextPage}
        loading={list.isFetching}
        onLoadMore={() => void list.fetchNextPage()}
      />
      <ol>
        {shown.slice(0, 6).map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
      </ol>
    </div>
  )
}

const meta: Meta<typeof Filters> = {
  title: 'Admin/Filters',
  component: Filters,
  parameters: { page: { width: '52rem', height: 'auto' } },
}
export default meta
type Story = StoryObj<typeof meta>

/** Quick filters, all filters, and what the view has seen of the account. */
export const Narrowing: Story = {
  ...scene({ conversations }).story,
  play: async ({ canvas, userEvent }) => {
    await expect(await canvas.findByText('100 loaded of more')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: /Voted down/ }))
    await expect(canvas.getByText('12 shown')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Show more' }))
    await expect(await canvas.findByText('200 loaded of more')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: /^Filters/ }))
    const panel = within(canvas.getByRole('dialog', { name: 'Filters' }))
    await userEvent.selectOptions(panel.getByLabelText('Bot'), 'bot-sales')
    await userEvent.type(panel.getByLabelText('Name'), 'plan')
    await userEvent.type(panel.getByLabelText('Value'), 'pro{Enter}')
    await expect(panel.getByText('plan: pro')).toBeVisible()
    await waitFor(() => expect(canvas.getByText('All 48 loaded')).toBeVisible())
    await expect(canvas.getByText('Bot: Sales')).toBeInTheDocument()
  },
}

/** What is on can be taken away one by one, and kept under a name. */
export const Saving: Story = {
  ...scene({ conversations }).story,
  args: { start: { votes: 'down', model: 'gpt-4o', meta: { plan: 'free' }, sort: 'updated' } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: 'Remove plan: free' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Views' }))
    const panel = within(canvas.getByRole('dialog', { name: 'Views' }))
    await userEvent.type(panel.getByLabelText('Name of the view'), 'Angry people{Enter}')
    await expect(canvas.getByRole('button', { name: 'Views: Angry people' })).toBeVisible()
    await userEvent.click(panel.getByRole('button', { name: 'Edit views' }))
    await userEvent.click(panel.getByRole('button', { name: 'Open with Angry people' }))
    await expect(panel.getByRole('button', { name: 'Open with Angry people' })).toHaveAttribute('aria-pressed', 'true')
  },
}
