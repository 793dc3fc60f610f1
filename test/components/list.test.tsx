import { render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ConversationList } from 'conversation-kit'
import type { ConversationListProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKitOptions } from 'conversation-kit/testing'
import { describe, expect, test, vi } from 'vitest'
import './support.tsx'

const MINUTE_MS = 60_000
const ago = (minutes: number) => Date.now() - minutes * MINUTE_MS

const conversations: TestKitOptions['conversations'] = [
  { id: 'c1', name: 'Bread', description: 'flat loaf', createdAt: ago(5), updatedAt: ago(5) },
  { id: 'c2', createdAt: ago(60 * 26), updatedAt: ago(60 * 26) },
]

function show(props: ConversationListProps = {}, seeds = conversations) {
  const kit = createTestKit({ conversations: seeds, locale: 'en' })
  return { ...kit, ...render(<ConversationList {...props} />, { wrapper: kit.wrapper }), user: userEvent.setup() }
}

describe('the list of conversations', () => {
  test('names them and says how old they are', async () => {
    show()
    expect((await screen.findByRole('button', { name: /Bread/ })).textContent).toBe('Bread5m agoflat loaf')
    expect(screen.getByRole('button', { name: /Untitled/ }).textContent).toBe('Untitled conversationyesterday')
  })

  test('opens one, and a new one', async () => {
    const onValueChange = vi.fn<(id: string | null) => void>()
    const { user } = show({ onValueChange })
    await user.click(await screen.findByRole('button', { name: /Bread/ }))
    expect(screen.getByRole('button', { name: /Bread/ }).getAttribute('aria-current')).toBe('true')
    await user.click(screen.getByRole('button', { name: 'New conversation' }))
    expect(onValueChange.mock.calls).toEqual([['c1'], [null]])
    expect(document.querySelector('[aria-current]')).toBeNull()
  })

  test('shows as open what the page says, whatever is pressed', async () => {
    const { user } = show({ value: 'c2' })
    await user.click(await screen.findByRole('button', { name: /Bread/ }))
    expect(document.querySelector('[aria-current]')?.textContent).toContain('Untitled')
  })

  test('loads more, and says so when that fails', async () => {
    const many = Array.from({ length: 25 }, (_, index) => ({
      id: `n${index}`,
      name: `Talk ${index}`,
      createdAt: ago(index),
      updatedAt: ago(index),
    }))
    const { user, server } = show({ params: { take: 10 } }, many)
    await screen.findByText('Talk 9')
    server.fail('conversation.list', { status: 403 })
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Your session has ended')
    expect(screen.getByText('Talk 9')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Talk 19')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Show more' }))
    expect(await screen.findByText('Talk 24')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull())
  })

  test('does not speak of one conversation where the list itself is not found', async () => {
    const { server } = show({ params: { take: 1 } })
    await screen.findByRole('button', { name: 'Show more' })
    server.fail('conversation.list', { status: 404 })
    screen.getByRole('button', { name: 'Show more' }).click()
    expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong')
  })

  test('says when there are none, and when none matches', async () => {
    const empty = show({}, [])
    expect(await screen.findByText('No conversations yet.')).toBeTruthy()
    empty.unmount()
    show({ filter: 'no such word' })
    expect(await screen.findByText('Nothing matches.')).toBeTruthy()
  })

  test('finds a word in the name and the description, and what a function picks', async () => {
    const byWord = show({ filter: 'LOAF' })
    expect(await screen.findByText('Bread')).toBeTruthy()
    expect(screen.queryByText('Untitled conversation')).toBeNull()
    byWord.unmount()
    show({ filter: ({ id }) => id === 'c2' })
    expect(await screen.findByText('Untitled conversation')).toBeTruthy()
    expect(screen.queryByText('Bread')).toBeNull()
  })

  test('shows a conversation in the page’s own way', async () => {
    show({ value: 'c1', renderItem: ({ id }, { selected, live }) => `${id} ${selected} ${live}` })
    expect(await screen.findByText('c1 true ready')).toBeTruthy()
    expect(screen.getByText('c2 false ready')).toBeTruthy()
  })
})
