import { render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ConversationInbox } from 'conversation-kit/admin'
import { createTestKit } from 'conversation-kit/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { CONVERSATIONS, openInbox, rowsAreReady } from './support.tsx'

beforeEach(() => localStorage.clear())

const list = () => document.querySelector<HTMLElement>('.ck-inbox-list')!
const rows = () => [...list().querySelectorAll('.ck-conversation-name')].map((row) => row.textContent)
const chosen = () => document.querySelector('.ck-bulk-count')?.textContent
const row = (name: string) =>
  [...list().querySelectorAll('.ck-conversation')].find((each) => each.textContent.startsWith(name))
const box = (name: string) => within(list()).getByLabelText<HTMLInputElement>(name)
const tabTo = async (user: ReturnType<typeof userEvent.setup>, name: string) => {
  for (let presses = 0; document.activeElement !== row(name); presses += 1) {
    expect(presses).toBeLessThan(40)
    // eslint-disable-next-line no-await-in-loop -- one press after the other
    await user.tab()
  }
}

describe('all that match', () => {
  test('are those that are shown where the view goes by who spoke last, and no other is deleted with them', async () => {
    const { user, server } = openInbox({ defaultView: { lastSpeaker: 'user' } })
    await waitFor(() => expect(rows()).toEqual(['Refund']))
    await rowsAreReady()
    await user.keyboard('{Shift>}X{/Shift}')
    await waitFor(() => expect(chosen()).toBe('1 selected'))
    await user.click(screen.getByRole('button', { name: 'Delete…' }))
    await user.click(await screen.findByRole('button', { name: 'Delete 1 conversation' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await screen.findByText('Undone. Nothing was deleted.')
    expect(rows()).toEqual(['Refund'])
    expect(server.snapshot().conversations).toHaveLength(3)
  })

  test('are those that are shown where the view goes by votes, by the box of the list too, and stay those', async () => {
    const kit = createTestKit({ conversations: CONVERSATIONS, locale: 'en' })
    const { id: contactId } = await kit.client.contact.ensure({ fingerprint: 'who-votes-in-this-test' })
    await kit.client.update('c1', { contactId })
    await kit.client.message.downvote('c1', 'm2', { reason: 'Late' })
    const { rerender } = render(<ConversationInbox live={false} view={{ votes: 'down' }} />, { wrapper: kit.wrapper })
    const user = userEvent.setup()
    await waitFor(() => expect(rows()).toEqual(['Order 1043']))
    await rowsAreReady()
    await user.click(box('Select all'))
    await waitFor(() => expect(chosen()).toBe('1 selected'))
    rerender(<ConversationInbox live={false} view={{}} />)
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Hello']))
    expect(chosen()).toBe('1 selected')
    expect(box('Select Order 1043').checked).toBe(true)
    expect(box('Select Refund').checked).toBe(false)
  })

  test('are nobody any more when the view is another one, and are still all when only the order is', async () => {
    const kit = createTestKit({ conversations: CONVERSATIONS, locale: 'en' })
    const { rerender } = render(<ConversationInbox live={false} view={{}} />, { wrapper: kit.wrapper })
    const user = userEvent.setup()
    await rowsAreReady()
    await user.keyboard('{Shift>}X{/Shift}')
    await waitFor(() => expect(chosen()).toBe('All that match selected'))
    rerender(<ConversationInbox live={false} view={{ sort: 'name' }} />)
    await waitFor(() => expect(rows()).toEqual(['Hello', 'Order 1043', 'Refund']))
    expect(chosen()).toBe('All that match selected')
    rerender(<ConversationInbox live={false} view={{ meta: { team: 'sales' } }} />)
    await waitFor(() => expect(rows()).toEqual(['Order 1043']))
    expect(chosen()).toBeUndefined()
  })

  test('cannot be chosen while something is searched for: the list behind it is not what is seen', async () => {
    const { user } = openInbox()
    await rowsAreReady()
    await user.type(screen.getByLabelText('Search conversations'), 'refund')
    await waitFor(() => expect(document.querySelectorAll('.ck-search-hit')).toHaveLength(1))
    await user.keyboard('{ArrowDown}{Shift>}X{/Shift}')
    await user.keyboard('x')
    // The one that was found, and it alone.
    await waitFor(() => expect(chosen()).toBe('1 selected'))
    await user.keyboard('{Escape}{Escape}')
    await waitFor(() => expect(document.querySelector('.ck-search-hit')).toBeNull())
    expect(box('Select Refund').checked).toBe(true)
  })
})

describe('a key means the conversation in the list that has the focus', () => {
  test('and not the one that is open: x chooses it, # deletes it, and the focus goes on to the next', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await tabTo(user, 'Order 1043')
    await user.keyboard('{ArrowDown}x')
    await waitFor(() => expect(chosen()).toBe('1 selected'))
    expect(box('Select Refund').checked).toBe(true)
    await user.keyboard('x#')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Hello']))
    expect(document.querySelector('.ck-thread .ck-title')?.textContent).toBe('Order 1043')
    expect(document.activeElement).toBe(row('Hello'))
  })

  test('also when the focus is on its check box', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await tabTo(user, 'Order 1043')
    await user.keyboard('{ArrowDown}')
    await user.tab({ shift: true })
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Select Refund')
    await user.keyboard('#')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Hello']))
    expect(document.activeElement).toBe(row('Hello'))
  })

  test('and, where it is chosen, all that are, as the Delete key does', async () => {
    const { user } = openInbox({ defaultValue: 'c3' })
    await rowsAreReady()
    await tabTo(user, 'Hello')
    await user.keyboard('{Home} {Shift>}{ArrowDown}{/Shift}')
    await waitFor(() => expect(chosen()).toBe('2 selected'))
    await user.keyboard('#')
    await waitFor(() => expect(rows()).toEqual(['Hello']))
    expect(chosen()).toBeUndefined()
    expect(document.activeElement).toBe(row('Hello'))
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Hello']))
  })

  test('also of what was found: # deletes that one', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await user.type(screen.getByLabelText('Search conversations'), 'refund')
    await waitFor(() => expect(document.querySelectorAll('.ck-search-hit')).toHaveLength(1))
    await user.keyboard('{ArrowDown}#')
    await waitFor(() => expect(document.querySelector('.ck-search-hit')).toBeNull())
    expect(document.activeElement).toBe(screen.getByLabelText('Search conversations'))
    await user.keyboard('{Escape}')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Hello']))
  })
})
