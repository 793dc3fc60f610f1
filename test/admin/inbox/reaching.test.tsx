import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { holdBack, openInbox, rowsAreReady } from './support.tsx'

beforeEach(() => localStorage.clear())

const row = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('.ck-conversation')].find((each) => each.textContent.startsWith(name))!
const hits = () => [...document.querySelectorAll<HTMLElement>('.ck-search-hit')]
const title = () => document.querySelector<HTMLElement>('.ck-thread .ck-title')!
const opened = (name: string) => waitFor(() => expect(title().textContent).toBe(name))
const focusedField = () => {
  const field = document.activeElement as HTMLInputElement
  return field.matches('.ck-inbox-panel .ck-field') ? `${field.labels?.[0]?.textContent}: ${field.value}` : undefined
}

describe('the key for a new name takes an admin to the name of what she means, although that is still being read', () => {
  test('where it is a row that is not open, and she asks by the command menu', async () => {
    const { user, server } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await opened('Order 1043')
    const go = holdBack(server, /conversation\/c2\/fetch/)
    act(() => row('Refund').focus())
    await user.keyboard('{Control>}k{/Control}rename{Enter}')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(document.activeElement).toBe(row('Refund'))
    go()
    await waitFor(() => expect(focusedField()).toBe('Name: Refund'))
    expect(row('Refund').getAttribute('aria-current')).toBe('true')
  })

  test('where it was found', async () => {
    const { user, server } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await opened('Order 1043')
    const go = holdBack(server, /conversation\/c2\/fetch/)
    await user.type(screen.getByLabelText('Search conversations'), 'refund')
    await waitFor(() => expect(hits()).toHaveLength(1))
    await user.keyboard('{ArrowDown}{F2}')
    expect(document.activeElement).toBe(hits()[0])
    go()
    await waitFor(() => expect(focusedField()).toBe('Name: Refund'))
    await user.keyboard('s{Enter}')
    await waitFor(() => expect(server.snapshot().conversations.find(({ id }) => id === 'c2')!.name).toBe('Refunds'))
  })

  test('and leaves her where she has gone meanwhile', async () => {
    const { user, server } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await opened('Order 1043')
    const go = holdBack(server, /conversation\/c2\/fetch/)
    await user.type(screen.getByLabelText('Search conversations'), 'refund')
    await waitFor(() => expect(hits()).toHaveLength(1))
    await user.keyboard('{ArrowDown}{F2}')
    await user.click(screen.getByLabelText('Search conversations'))
    go()
    await waitFor(() => expect(document.querySelector('.ck-inbox-panel .ck-field')).not.toBeNull())
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(document.activeElement).toBe(screen.getByLabelText('Search conversations'))
  })
})

test('what others delete while it was found and has the focus leaves it to what is in its place, at last to the field', async () => {
  const conversations = [1, 2, 3].map((at) => ({ id: `c${at}`, name: `Order ${at}` }))
  const { user, client, queryClient } = openInbox({}, { conversations })
  await rowsAreReady()
  const field = screen.getByLabelText('Search conversations')
  await user.type(field, 'order')
  await waitFor(() => expect(hits()).toHaveLength(3))
  for (const left of [2, 1, 0]) {
    act(() => hits()[0]!.focus())
    await act(async () => {
      await client.delete(hits()[0]!.dataset.id!)
      await queryClient.refetchQueries()
    })
    await waitFor(() => expect(hits()).toHaveLength(left))
    expect(document.activeElement).toBe(hits()[0] ?? field)
  }
})

describe('what was found by a message is opened at it', () => {
  const conversations = ['Order 1043', 'Refund', 'Hello', 'Invoice'].map((name, at) => ({
    id: `c${at}`,
    name,
    createdAt: 9000 - at,
    updatedAt: 9000 - at,
    messages: [
      { id: `m${at}`, type: 'user' as const, text: at % 2 ? `Nothing of ${name}.` : `A giraffe ate ${name}.` },
      { id: `n${at}`, type: 'bot' as const, text: 'Let me look.' },
    ],
  }))

  /** All is loaded, and two of four were found, in this order. */
  async function find() {
    const kit = openInbox({}, { conversations })
    const { user } = kit
    await rowsAreReady()
    await user.type(screen.getByLabelText('Search conversations'), 'giraffe')
    await user.click(await screen.findByRole('button', { name: 'Load more' }))
    await waitFor(() => expect(hits()).toHaveLength(2))
    const [first, second] = hits().map((hit) => hit.querySelector('.ck-search-name')!.textContent)
    const isRead = async (name: string) => {
      await opened(name)
      await waitFor(() =>
        expect(document.activeElement?.closest('article[data-sought]')?.textContent).toContain(`ate ${name}.`),
      )
    }
    return { ...kit, first: first!, second: second!, isRead }
  }

  test('by j and k, which go on through what was found', async () => {
    const { user, first, second, isRead } = await find()
    act(() => hits()[0]!.focus())
    await user.keyboard('j')
    await isRead(second)
    await user.keyboard('k')
    await isRead(first)
    await user.keyboard('j')
    await isRead(second)
    // It was the last one that was found.
    await user.keyboard('j')
    expect(title().textContent).toBe(second)
  })

  test('by o, and the next one by a click', async () => {
    const { user, first, second, isRead } = await find()
    act(() => hits()[1]!.focus())
    await user.keyboard('o')
    await isRead(second)
    await user.click(hits()[0]!)
    await isRead(first)
    expect(hits()).toHaveLength(2)
  })
})
