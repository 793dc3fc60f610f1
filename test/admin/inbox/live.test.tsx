import { act, screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { openInbox } from './support.tsx'

const list = () => screen.getByRole('region', { name: 'List of conversations' })
const thread = () => screen.getByRole('region', { name: 'Conversation' })
const row = (name: RegExp) => within(list()).findByRole('button', { name })
const FAST = { interval: 20 }
const SLOW = { interval: 1_000_000 }
const lists = ({ requests }: { requests: readonly { operation: string }[] }) =>
  requests.filter(({ operation }) => operation === 'conversation.list').length

afterEach(() => vi.restoreAllMocks())

describe('an inbox that is open', () => {
  test('shows what others begin, rename and delete', async () => {
    const { client } = openInbox({ live: FAST })
    await row(/^Order 1043/)
    await act(() => client.create({ name: 'Brand new' }))
    expect(await row(/^Brand new/)).toBeDefined()
    await act(() => client.update('c2', { name: 'Money back' }))
    expect(await row(/^Money back/)).toBeDefined()
    await act(() => client.delete('c3'))
    await waitFor(() => expect(within(list()).queryByRole('button', { name: /^Hello/ })).toBeNull())
  })

  test('shows what is said in the conversation that is open', async () => {
    const { client } = openInbox({ live: FAST, defaultValue: 'c1' })
    await within(thread()).findByText('It is on its way.')
    await act(() => client.message.create('c1', { type: 'user', text: 'Still waiting!' }))
    expect(await within(thread()).findByText('Still waiting!')).toBeDefined()
  })

  test('looks at once when its channel says that something happened', async () => {
    const { client, server } = openInbox({ live: { ...SLOW, channelId: 'inbox-of-the-whole-desk' } })
    await row(/^Order 1043/)
    await waitFor(() => expect(server.requests.some(({ operation }) => operation === 'channel.subscribe')).toBe(true))
    await act(() => client.create({ name: 'Brand new' }))
    await waitFor(async () => {
      await act(() => client.channel.publish('inbox-of-the-whole-desk', { message: { conversationId: 'any' } }))
      expect(within(list()).queryByRole('button', { name: /^Brand new/ })).not.toBeNull()
    })
  })

  test('asks for nothing while nobody sees the page, and at once when somebody does', async () => {
    const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
    const { client, server } = openInbox({ live: FAST })
    await row(/^Order 1043/)
    const before = lists(server)
    await act(() => client.create({ name: 'Brand new' }))
    await act(() => new Promise((resolve) => setTimeout(resolve, 200)))
    expect(lists(server)).toBe(before)
    hidden.mockReturnValue(false)
    act(() => void document.dispatchEvent(new Event('visibilitychange')))
    expect(await row(/^Brand new/)).toBeDefined()
  })

  test('asks less and less often while the server refuses, and goes on by itself', async () => {
    const { client, server } = openInbox({ live: FAST })
    await row(/^Order 1043/)
    server.fail('conversation.list', { status: 500, code: 'SERVER_ERROR', times: 3 })
    await act(() => client.create({ name: 'Brand new' }))
    expect(await row(/^Brand new/)).toBeDefined()
  })

  test('asks nothing any more once it is gone', async () => {
    const { server, unmount } = openInbox({ live: { ...FAST, channelId: 'inbox-of-the-whole-desk' } })
    await row(/^Order 1043/)
    unmount()
    await new Promise((resolve) => setTimeout(resolve, 60))
    const before = server.requests.length
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(server.requests).toHaveLength(before)
  })
})
