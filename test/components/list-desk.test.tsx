import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ConversationList } from 'conversation-kit'
import type { ConversationListProps, ConversationSelection } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import './support.tsx'

const JOURNAL = 'conversation-kit:deleting:default'

beforeEach(() => localStorage.clear())
afterEach(() => vi.useRealTimers())

const seeds = ['Bread', 'Order', 'Tea', 'Milk', 'Salt'].map((name, index) => ({
  id: `c${index}`,
  name,
  createdAt: 1_000_000 - index,
  updatedAt: 1_000_000 - index,
}))

async function show(props: ConversationListProps = {}, kit = createTestKit({ conversations: seeds, locale: 'en' })) {
  const user = userEvent.setup()
  const view = render(
    <StrictMode>
      <ConversationList actions={['rename', 'delete']} {...props} />
    </StrictMode>,
    { wrapper: kit.wrapper },
  )
  await screen.findByRole('button', { name: 'Rename Bread' })
  const row = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) })
  const names = () => [...document.querySelectorAll('.ck-conversation-name')].map((each) => each.textContent)
  const stored = () => kit.server.snapshot().conversations.map(({ name }) => name)
  const deletions = () => kit.server.requests.filter(({ operation }) => operation === 'conversation.delete').length
  return { ...kit, ...view, user, row, names, stored, deletions }
}

const focus = (element: HTMLElement) => act(() => element.focus())

describe('renaming', () => {
  test('F2 opens the name, Enter saves it, and it shows at once', async () => {
    const { user, row, stored, names } = await show()
    focus(row('Order'))
    await user.keyboard('{F2}')
    const field = screen.getByRole('textbox', { name: 'Rename Order' })
    expect(document.activeElement).toBe(field)
    await user.clear(field)
    await user.type(field, 'Order 1043{Enter}')
    expect(screen.queryByRole('textbox')).toBeNull()
    await waitFor(() => expect(names()).toContain('Order 1043'))
    expect(document.activeElement).toBe(row('Order 1043'))
    await waitFor(() => expect(stored()).toContain('Order 1043'))
  })

  test('Escape leaves the name as it was, and asks nobody', async () => {
    const { user, row, server, names } = await show()
    await user.click(screen.getByRole('button', { name: 'Rename Tea' }))
    await user.keyboard('Coffee{Escape}')
    expect(names()).toContain('Tea')
    expect(document.activeElement).toBe(row('Tea'))
    expect(server.requests.some(({ operation }) => operation === 'conversation.update')).toBe(false)
  })

  test('what the server refuses is taken back, with the reason, and the name that was typed is not lost', async () => {
    const { user, server, names, stored } = await show()
    server.fail('conversation.update', { status: 403, code: 'NOT_AUTHORIZED' })
    await user.click(screen.getByRole('button', { name: 'Rename Tea' }))
    const field = screen.getByRole('textbox')
    await user.clear(field)
    await user.type(field, 'Coffee{Enter}')
    expect((await screen.findByRole('alert')).textContent).toContain('Your session has ended')
    const again = screen.getByRole<HTMLInputElement>('textbox', { name: 'Rename Tea' })
    expect(again.value).toBe('Coffee')
    expect(stored()).toContain('Tea')
    await user.click(again)
    await user.keyboard('{Enter}')
    await waitFor(() => expect(stored()).toContain('Coffee'))
    await waitFor(() => expect(names()).toContain('Coffee'))
  })
})

describe('deleting', () => {
  test('takes the row away at once, and the server is told when it cannot be taken back any more', async () => {
    const { user, row, names, deletions, stored } = await show()
    vi.useFakeTimers({ shouldAdvanceTime: true })
    focus(row('Order'))
    fireEvent.keyDown(row('Order'), { key: 'Delete' })
    expect(names()).toEqual(['Bread', 'Tea', 'Milk', 'Salt'])
    expect(screen.getByText('1 conversation deleted')).toBeTruthy()
    expect(document.activeElement).toBe(row('Tea'))
    await act(() => vi.advanceTimersByTimeAsync(5000))
    expect(deletions()).toBe(0)
    await act(() => vi.advanceTimersByTimeAsync(1500))
    await waitFor(() => expect(stored()).not.toContain('Order'))
    expect(deletions()).toBe(1)
    await waitFor(() => expect(localStorage.getItem(JOURNAL)).toBeNull())
    expect(screen.queryByText('1 conversation deleted')).toBeNull()
    void user
  })

  test('several are taken back one after the other, by the button and by Ctrl+Z, and none of them is ever deleted', async () => {
    const { user, row, names, deletions } = await show()
    vi.useFakeTimers({ shouldAdvanceTime: true })
    fireEvent.keyDown(row('Order'), { key: 'Delete' })
    fireEvent.keyDown(row('Milk'), { key: 'Delete' })
    expect(names()).toEqual(['Bread', 'Tea', 'Salt'])
    fireEvent.keyDown(row('Tea'), { key: 'z', ctrlKey: true })
    expect(names()).toEqual(['Bread', 'Tea', 'Milk', 'Salt'])
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(names()).toEqual(['Bread', 'Order', 'Tea', 'Milk', 'Salt'])
    expect(document.activeElement).toBe(row('Order'))
    await act(() => vi.advanceTimersByTimeAsync(20_000))
    expect(deletions()).toBe(0)
    void user
  })

  test('the one that is open is not open any more, and is again when it comes back', async () => {
    const onValueChange = vi.fn<(id: string | null) => void>()
    const { row } = await show({ defaultValue: 'c1', onValueChange })
    fireEvent.keyDown(row('Order'), { key: 'Delete' })
    expect(onValueChange).toHaveBeenLastCalledWith(null)
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(onValueChange).toHaveBeenLastCalledWith('c1')
  })

  test('what the server refuses is there again, with the reason, and can be tried again', async () => {
    const { row, server, names, stored, unmount } = await show()
    server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED' })
    fireEvent.keyDown(row('Order'), { key: 'Delete' })
    act(() => void globalThis.dispatchEvent(new Event('pagehide')))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('1 conversation not deleted')
    expect(names()).toContain('Order')
    fireEvent.click(within(alert).getByRole('button', { name: 'Try again' }))
    await waitFor(() => expect(stored()).not.toContain('Order'))
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
    unmount()
  })

  test('a list that goes off the page sends what waits', async () => {
    const { row, stored, unmount } = await show()
    fireEvent.keyDown(row('Order'), { key: 'Delete' })
    unmount()
    await waitFor(() => expect(stored()).not.toContain('Order'))
  })

  test('what a closed page has not seen confirmed is deleted by the next one', async () => {
    localStorage.setItem(JOURNAL, JSON.stringify(['c2', 'c-unknown']))
    const { names, stored } = await show()
    await waitFor(() => expect(stored()).not.toContain('Tea'))
    expect(names()).not.toContain('Tea')
    await waitFor(() => expect(localStorage.getItem(JOURNAL)).toBeNull())
  })

  test('a reading of the list meanwhile does not bring back what is deleted', async () => {
    const { row, names, queryClient } = await show()
    fireEvent.keyDown(row('Order'), { key: 'Delete' })
    await act(() => queryClient.refetchQueries())
    expect(names()).toEqual(['Bread', 'Tea', 'Milk', 'Salt'])
  })
})

describe('choosing', () => {
  function choosing(props: ConversationListProps = {}) {
    const seen: ConversationSelection[] = []
    return {
      seen,
      last: () => seen.at(-1),
      ready: show({ onSelectionChange: (selection) => seen.push(selection), ...props }),
    }
  }

  test('by check box, one and all up to another with Shift', async () => {
    const { last, ready } = choosing()
    const { user } = await ready
    await user.click(screen.getByRole('checkbox', { name: 'Select Order' }))
    expect(last()).toEqual({ ids: ['c1'] })
    await user.keyboard('{Shift>}')
    await user.click(screen.getByRole('checkbox', { name: 'Select Milk' }))
    await user.keyboard('{/Shift}')
    expect(last()).toEqual({ ids: ['c1', 'c2', 'c3'] })
    expect(screen.getByText('3 selected')).toBeTruthy()
    expect(screen.getAllByRole<HTMLInputElement>('checkbox').map((box) => box.checked)).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
    ])
  })

  test('by keyboard: Space, Shift with the arrows, Ctrl+A and Escape', async () => {
    const { last, ready } = choosing()
    const { user, row } = await ready
    focus(row('Order'))
    await user.keyboard(' ')
    expect(last()).toEqual({ ids: ['c1'] })
    await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    expect(last()).toEqual({ ids: ['c1', 'c2', 'c3'] })
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}')
    expect(last()).toEqual({ ids: ['c1', 'c2'] })
    await user.keyboard('{Control>}a{/Control}')
    expect(last()).toEqual({ all: true, except: [] })
    await user.keyboard(' ')
    expect(last()).toEqual({ all: true, except: ['c2'] })
    expect(screen.getByText('4 selected')).toBeTruthy()
    await user.keyboard('{Escape}')
    expect(last()).toEqual({ ids: [] })
  })

  test('a click with Ctrl chooses and opens nothing; one without opens and chooses nothing', async () => {
    const onValueChange = vi.fn<(id: string | null) => void>()
    const { seen, last, ready } = choosing({ onValueChange })
    const { user, row } = await ready
    await user.keyboard('{Control>}')
    await user.click(row('Tea'))
    await user.keyboard('{/Control}')
    expect(last()).toEqual({ ids: ['c2'] })
    expect(onValueChange).not.toHaveBeenCalled()
    seen.length = 0
    await user.click(row('Tea'))
    expect(onValueChange).toHaveBeenCalledWith('c2')
    expect(seen).toEqual([])
  })

  test('the Delete key deletes all that are chosen, with one press to take them back', async () => {
    const { last, ready } = choosing({ defaultSelection: { ids: ['c1', 'c3'] } })
    const { row, names } = await ready
    fireEvent.keyDown(row('Order'), { key: 'Delete' })
    expect(names()).toEqual(['Bread', 'Tea', 'Salt'])
    expect(last()).toEqual({ ids: [] })
    expect(screen.getByText('2 conversations deleted')).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    expect(names()).toEqual(['Bread', 'Order', 'Tea', 'Milk', 'Salt'])
  })

  test('shows what the page says is chosen, whatever is pressed', async () => {
    const { ready } = choosing({ selection: { ids: ['c4'] } })
    const { user } = await ready
    await user.click(screen.getByRole('checkbox', { name: 'Select Order' }))
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select Order' }).checked).toBe(false)
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Select Salt' }).checked).toBe(true)
  })
})

describe('a row that others delete while it has the focus', () => {
  /** Somebody else deletes them, and the list is read again. */
  const deleteElsewhere = async ({ client, queryClient }: Awaited<ReturnType<typeof show>>, ...ids: string[]) => {
    await act(async () => {
      for (const id of ids) await client.delete(id)
      await queryClient.refetchQueries()
    })
  }

  test('leaves it to the row in its place, at the end to the one before, and to the list when that is empty', async () => {
    const kit = await show()
    const { row, names } = kit
    focus(row('Order'))
    await deleteElsewhere(kit, 'c1', 'c2')
    expect(names()).toEqual(['Bread', 'Milk', 'Salt'])
    expect(document.activeElement).toBe(row('Milk'))
    await deleteElsewhere(kit, 'c3', 'c4')
    expect(document.activeElement).toBe(row('Bread'))
    await deleteElsewhere(kit, 'c0')
    expect(document.activeElement).toBe(document.querySelector('.ck-conversations-scroll'))
  })

  test('does so for who has gone to another window meanwhile', async () => {
    const kit = await show()
    focus(kit.row('Order'))
    // What has the focus keeps it there, and is told that it has lost it.
    fireEvent.blur(kit.row('Order'))
    await deleteElsewhere(kit, 'c1')
    expect(document.activeElement).toBe(kit.row('Tea'))
  })

  test('does so when it was in what is beside the row, too, also the field of its name', async () => {
    const kit = await show()
    const { user, row } = kit
    focus(screen.getByRole('button', { name: 'Delete Bread' }))
    await deleteElsewhere(kit, 'c0')
    expect(document.activeElement).toBe(row('Order'))
    await user.keyboard('{F2}half a na')
    await deleteElsewhere(kit, 'c1')
    expect(document.activeElement).toBe(row('Tea'))
  })

  test('takes it from nobody who is elsewhere, or nowhere', async () => {
    const kit = await show()
    const { row } = kit
    focus(row('Order'))
    focus(screen.getByRole('button', { name: 'New conversation' }))
    await deleteElsewhere(kit, 'c1')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'New conversation' }))
    focus(row('Tea'))
    act(() => row('Tea').blur())
    await deleteElsewhere(kit, 'c2')
    expect(document.activeElement).toBe(document.body)
  })

  test('so does the last row that is deleted by hand: the key that takes it back works on', async () => {
    const kit = await show()
    const { user, row, names } = kit
    await deleteElsewhere(kit, 'c1', 'c2', 'c3', 'c4')
    focus(row('Bread'))
    await user.keyboard('{Delete}')
    expect(names()).toEqual([])
    await user.keyboard('{Control>}z{/Control}')
    expect(document.activeElement).toBe(row('Bread'))
  })
})

test('votes are shown in a row, and said', async () => {
  await show({ votes: (id) => (id === 'c0' ? { up: 2, down: 1 } : undefined) })
  expect(screen.getByText('2 up, 1 down')).toBeTruthy()
})

test('a list without any of this has no check boxes and nothing to press in its rows', async () => {
  const kit = createTestKit({ conversations: seeds, locale: 'en' })
  render(<ConversationList />, { wrapper: kit.wrapper })
  await screen.findByText('Bread')
  expect(screen.queryByRole('checkbox')).toBeNull()
  expect(screen.getAllByRole('button')).toHaveLength(6)
})

test('all can be selected as soon as there is one', async () => {
  const kit = createTestKit({ conversations: [], locale: 'en' })
  const chosen = vi.fn<(selection: ConversationSelection) => void>()
  render(<ConversationList onSelectionChange={chosen} />, { wrapper: kit.wrapper })
  const all = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Select all' })
  await screen.findByText('No conversations yet.')
  expect(all.getAttribute('aria-disabled')).toBe('true')
  act(() => all.click())
  expect(all.checked).toBe(false)
  await act(() => kit.client.create({ name: 'Bread' }))
  await act(() => kit.queryClient.invalidateQueries())
  await waitFor(() => expect(all.getAttribute('aria-disabled')).toBeNull())
  act(() => all.click())
  expect(chosen).toHaveBeenCalledOnce()
})
