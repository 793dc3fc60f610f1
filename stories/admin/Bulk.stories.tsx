import type { Meta, StoryObj } from '@storybook/react-vite'
import { ALL_CHOSEN, ConversationList } from 'conversation-kit'
import type { ConversationSelection } from 'conversation-kit'
import { BulkBar, BulkProgress, memoryBulkStorage, useBulk } from 'conversation-kit/admin'
import { useState } from 'react'
import { expect, waitFor, within } from 'storybook/test'
import { scene } from '../support/scene.tsx'

const NAMES = ['Order 1043', 'Sourdough', 'A refund', 'فاتورة متأخرة', 'Password', 'Opening hours', 'A broken oven']
const conversations = NAMES.map((name, at) => ({
  id: `c${at}`,
  name,
  meta: { team: at % 2 ? 'red' : 'blue' },
  createdAt: Date.UTC(2026, 0, 1, 9, at),
  updatedAt: Date.UTC(2026, 0, 1, 9, at),
  messages: [
    { type: 'user' as const, text: `A question about: ${name}` },
    { type: 'bot' as const, text: 'Here is the answer.' },
  ],
}))

function Desk({ undoMs = 60_000, chosen = ALL_CHOSEN }: { undoMs?: number; chosen?: ConversationSelection }) {
  const [storage] = useState(memoryBulkStorage)
  const bulk = useBulk({ undoMs, storage })
  const [selection, setSelection] = useState<ConversationSelection>(chosen)
  return (
    <div style={{ display: 'grid', gap: '0.75rem', gridTemplateRows: 'auto auto 1fr', blockSize: '100%' }}>
      <BulkBar bulk={bulk} selection={selection} onSelectionChange={setSelection} />
      <BulkProgress bulk={bulk} />
      <ConversationList selection={selection} onSelectionChange={setSelection} />
    </div>
  )
}

const meta: Meta<typeof Desk> = { title: 'Admin/Bulk', component: Desk, parameters: { page: { width: '46rem' } } }
export default meta
type Story = StoryObj<typeof meta>

const shown = scene({ conversations })
/** Before anything is done it is said to how many, and to which. */
export const ShownFirst: Story = {
  ...shown.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Delete…' }))
    const dialog = within(await canvas.findByRole('dialog', { name: 'Delete 7 conversations?' }))
    await expect(dialog.getByText('A broken oven')).toBeVisible()
    await expect(dialog.getByText('and 2 more')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toHaveFocus()
    await expect(shown.server.requests.some(({ operation }) => operation === 'conversation.delete')).toBe(false)
  },
}

const undone = scene({ conversations })
/** A deletion can be taken back before it begins. */
export const TakenBack: Story = {
  ...undone.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Delete…' }))
    await userEvent.click(await canvas.findByRole('button', { name: 'Delete 7 conversations' }))
    await canvas.findByText(/Begins in/)
    await userEvent.click(canvas.getByRole('button', { name: 'Undo' }))
    await expect(await canvas.findByText('Undone. Nothing was deleted.', { selector: 'p' })).toBeVisible()
    await expect(undone.server.snapshot().conversations).toHaveLength(7)
    await expect(undone.server.requests.some(({ operation }) => operation === 'conversation.delete')).toBe(false)
  },
}

const failing = scene({
  conversations,
  prepare: (server) => server.fail('conversation.update', { status: 500, code: 'OVERLOADED', times: 2 }),
})
/** What failed is named with its reason, and is tried again alone. */
export const SomeFail: Story = {
  ...failing.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Change meta…' }))
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Key' }), 'seen')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Value' }), 'true{Enter}')
    await userEvent.click(await canvas.findByText('2 failed', { selector: 'summary' }))
    await expect(canvas.getAllByText('The server refused it (OVERLOADED).')).toHaveLength(2)
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Dismiss' })).toBeVisible())
    await userEvent.click(canvas.getByRole('button', { name: 'Retry 2 failed' }))
    await expect(await canvas.findByText('Done: 7 of 7', { selector: 'p' })).toBeVisible()
    const seen = failing.server.snapshot().conversations.map((one) => one.meta)
    await expect(seen.every((one) => one?.seen === true && one.team !== undefined)).toBe(true)
  },
}

const exported = scene({ conversations })
/** A file of all that was chosen. */
export const AFile: Story = {
  ...exported.story,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Export…' }))
    await userEvent.selectOptions(await canvas.findByRole('combobox', { name: 'Format' }), 'html')
    await userEvent.click(await canvas.findByRole('button', { name: 'Export 7 conversations' }))
    await expect(await canvas.findByRole('button', { name: 'Download' })).toBeVisible()
  },
}
