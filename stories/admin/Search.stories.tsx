import type { Meta, StoryObj } from '@storybook/react-vite'
import { useConversations } from 'conversation-kit'
import { SearchField, SearchResults, useSearch } from 'conversation-kit/admin'
import { useState } from 'react'
import { expect, fn, waitFor } from 'storybook/test'
import { scene } from '../support/scene.tsx'

interface DeskProps {
  query?: string
  onOpen: (target: object) => void
}

/** A list of conversations beside it has loaded the first ten. */
function Desk({ query: first = '', onOpen }: DeskProps) {
  const [query, setQuery] = useState(first)
  const search = useSearch(query)
  useConversations({ take: 10 })
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: '1rem' }}>
      <SearchField search={search} value={query} onValueChange={setQuery} />
      <SearchResults search={search} onOpen={onOpen} />
    </div>
  )
}

const meta: Meta<typeof Desk> = {
  title: 'Admin/Search',
  component: Desk,
  parameters: { page: { width: '30rem', height: 'auto' } },
  args: { onOpen: fn() },
}
export default meta
type Story = StoryObj<typeof meta>

const HOUR_MS = 3_600_000
const teams = ['billing', 'delivery', 'returns']
const subjects = [
  'Invoice for March',
  'Parcel to Lisbon',
  'Crème brûlée torch, broken',
  '返品について',
  'Change of address',
]

const conversations = Array.from({ length: 24 }, (_, at) => ({
  id: `c${at}`,
  name: `${subjects[at % subjects.length]}${at < subjects.length ? '' : ` (${at})`}`,
  description: at % 4 === 0 ? 'Asked twice about the invoice' : '',
  botId: at % 2 === 0 ? 'Shop' : 'Help desk',
  meta: { team: teams[at % teams.length] },
  createdAt: Date.now() - at * 5 * HOUR_MS,
  updatedAt: Date.now() - at * 5 * HOUR_MS,
  messages: [
    {
      id: `m${at}-1`,
      type: 'user' as const,
      text: `Hello, where is my invoice? I ordered ${at + 2} of them <b>in March</b>.`,
    },
    { id: `m${at}-2`, type: 'bot' as const, text: at === 17 ? 'The giraffe is on its way.' : 'I have sent it again.' },
  ],
}))

const desk = () => scene({ conversations })

export const Found: Story = {
  ...desk().story,
  args: { query: 'invioce' },
  play: async ({ canvas, userEvent, args }) => {
    await canvas.findByText('10 loaded of more')
    await userEvent.click(canvas.getByRole('searchbox'))
    await canvas.findAllByRole('button', { name: /Invoice for March/ })
    await userEvent.keyboard('{ArrowDown}{Enter}')
    await expect(args.onOpen).toHaveBeenCalledWith(expect.objectContaining({ conversationId: 'c5' }))
    await userEvent.click(canvas.getByRole('button', { name: /billing/ }))
    await waitFor(() => expect(canvas.getByRole('button', { name: /billing/ })).toHaveAttribute('aria-pressed', 'true'))
  },
}

export const LoadedOnRequest: Story = {
  ...desk().story,
  args: { query: 'giraffe' },
  parameters: { page: { width: '20rem', height: 'auto', scheme: 'dark' } },
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('10 loaded of more')
    await canvas.findByText('Nothing found', { selector: 'p' })
    await userEvent.click(canvas.getByRole('button', { name: 'Load more' }))
    const hit = await canvas.findByRole('button', { name: /The giraffe is on its way/ })
    await expect(hit.querySelector('mark')).toHaveTextContent('giraffe')
    await canvas.findByText('48 messages')
  },
}

export const NotAllRead: Story = {
  ...scene({
    conversations,
    prepare: (server) => server.fail('message.list', { status: 500, times: 3 }),
  }).story,
  args: { query: 'invoice' },
  parameters: { page: { width: '20rem', height: 'auto', dir: 'rtl' } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Load more' }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent(
      'The messages of 3 conversations could not be read.',
    )
    await expect(canvas.getByRole('button', { name: 'Go on' })).toBeVisible()
  },
}
