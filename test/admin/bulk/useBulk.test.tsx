import { act, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { ALL_CHOSEN } from 'conversation-kit'
import type { ConversationSelection } from 'conversation-kit'
import { BulkBar, BulkProgress, memoryBulkStorage, useBulk } from 'conversation-kit/admin'
import type { BulkOptions, ConversationView } from 'conversation-kit/admin'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode, useState } from 'react'
import { expect, test } from 'vitest'
import { seeds } from './page.ts'

interface DeskProps extends BulkOptions {
  chosen?: ConversationSelection
  view?: ConversationView
}

function Desk({ chosen = ALL_CHOSEN, view, ...options }: DeskProps) {
  const bulk = useBulk(options)
  const [selection, setSelection] = useState(chosen)
  return (
    <>
      <BulkBar bulk={bulk} selection={selection} onSelectionChange={setSelection} view={view} />
      <BulkProgress bulk={bulk} />
    </>
  )
}

const spoken = () => screen.getAllByRole('status').map(({ textContent }) => textContent)

test('nothing is shown while nothing is chosen, and all that match can be chosen unless nobody can tell which those are', () => {
  const { wrapper } = createTestKit()
  const storage = memoryBulkStorage()
  const { rerender } = render(<Desk key="a" storage={storage} chosen={{ ids: [] }} />, { wrapper })
  expect(screen.queryByRole('region', { name: 'Chosen conversations' })).toBeNull()
  rerender(<Desk key="b" storage={storage} chosen={{ ids: ['c1'] }} />)
  expect(screen.getByText('1 selected')).toBeDefined()
  expect(screen.getByRole('button', { name: 'Select all that match' })).toBeDefined()
  rerender(<Desk key="c" storage={storage} chosen={{ ids: ['c1'] }} view={{ search: 'refund' }} />)
  expect(screen.queryByRole('button', { name: 'Select all that match' })).toBeNull()
})

test('what is deleted is said first, then counted down, done once, and spoken at its beginning and end', async () => {
  const user = userEvent.setup()
  const kit = createTestKit({ conversations: seeds(12) })
  render(
    <StrictMode>
      <Desk storage={memoryBulkStorage()} undoMs={50} />
    </StrictMode>,
    { wrapper: kit.wrapper },
  )
  await user.click(screen.getByRole('button', { name: 'Delete…' }))
  const confirm = await screen.findByRole('button', { name: 'Delete 12 conversations' })
  expect(screen.getByText('and 7 more')).toBeDefined()
  expect(kit.server.snapshot().conversations).toHaveLength(12)
  await user.dblClick(confirm)
  await waitFor(() => expect(kit.server.snapshot().conversations).toEqual([]))
  await waitFor(() => expect(spoken().at(-1)).toBe('Deleting 12 conversations. Done: 12 of 12'))
  expect(kit.server.requests.filter(({ operation }) => operation === 'conversation.delete')).toHaveLength(12)
  // What is gone is not chosen any more.
  expect(screen.queryByRole('region', { name: 'Chosen conversations' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Dismiss' }))
  await waitFor(() => expect(screen.queryByRole('listitem')).toBeNull())
})

test('a desk that leaves the page in the middle goes on when it is back', async () => {
  const user = userEvent.setup()
  const kit = createTestKit({ conversations: seeds(80) })
  const storage = memoryBulkStorage()
  const { rerender } = render(<Desk key="one" storage={storage} concurrency={1} />, { wrapper: kit.wrapper })
  await user.click(screen.getByRole('button', { name: 'Change meta…' }))
  await user.type(await screen.findByRole('textbox', { name: 'Key' }), 'seen')
  await user.type(screen.getByRole('textbox', { name: 'Value' }), 'true')
  await user.click(await screen.findByRole('button', { name: 'Change 80 conversations' }))
  const updates = () => kit.server.requests.filter(({ operation }) => operation === 'conversation.update').length
  await waitFor(() => expect(updates()).toBeGreaterThan(0), { interval: 1 })
  rerender(<p>Elsewhere</p>)
  await act(async () => undefined)
  rerender(<Desk key="two" storage={storage} />)
  await waitFor(() => expect(kit.server.snapshot().conversations.every(({ meta }) => meta?.seen === true)).toBe(true))
  expect(updates()).toBe(80)
})

test('meta that the server would not keep is not sent, and the reason is at the field', async () => {
  const user = userEvent.setup()
  const kit = createTestKit({ conversations: seeds(2) })
  render(<Desk storage={memoryBulkStorage()} />, { wrapper: kit.wrapper })
  await user.click(screen.getByRole('button', { name: 'Change meta…' }))
  const key = await screen.findByRole('textbox', { name: 'Key' })
  await screen.findByRole('button', { name: 'Change 2 conversations' })
  await user.type(key, '_own{Enter}')
  expect(screen.getByRole('alert').textContent).toBe('A key begins with a letter or a digit.')
  expect(key.getAttribute('aria-invalid')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(kit.server.requests.some(({ operation }) => operation === 'conversation.update')).toBe(false)
})

test('what failed is listed with its reason, and tried again down to nothing', async () => {
  const user = userEvent.setup()
  const kit = createTestKit({ conversations: seeds(10) })
  kit.server.fail('conversation.delete', { status: 503, code: 'OVERLOADED', times: 3 })
  render(<Desk storage={memoryBulkStorage()} undoMs={0} />, { wrapper: kit.wrapper })
  await user.click(screen.getByRole('button', { name: 'Delete…' }))
  await user.click(await screen.findByRole('button', { name: 'Delete 10 conversations' }))
  await user.click(await screen.findByRole('button', { name: 'Retry 3 failed' }))
  await screen.findByText('Done: 10 of 10', { selector: 'p' })
  expect(kit.server.snapshot().conversations).toEqual([])
})
