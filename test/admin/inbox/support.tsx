import { act, render, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ConversationInbox } from 'conversation-kit/admin'
import type { ConversationInboxProps } from 'conversation-kit/admin'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKit, TestKitOptions } from 'conversation-kit/testing'
import { expect } from 'vitest'

export const CONVERSATIONS: NonNullable<TestKitOptions['conversations']> = [
  {
    id: 'c1',
    name: 'Order 1043',
    description: 'Where it is',
    meta: { team: 'sales', tries: 2 },
    createdAt: 3000,
    updatedAt: 3000,
    messages: [
      { id: 'm1', type: 'user', text: 'Where is my parcel?' },
      { id: 'm2', type: 'bot', text: 'It is on its way.' },
    ],
  },
  {
    id: 'c2',
    name: 'Refund',
    createdAt: 2000,
    updatedAt: 2000,
    messages: [{ id: 'm3', type: 'user', text: 'I want my money back.' }],
  },
  { id: 'c3', name: 'Hello', createdAt: 1000, updatedAt: 1000 },
]

/** An inbox in the whole house. It looks for itself only where a test asks for that. */
export function openInbox(props: ConversationInboxProps = {}, options: TestKitOptions = {}) {
  const kit = createTestKit({ conversations: CONVERSATIONS, locale: 'en', ...options })
  const view = render(<ConversationInbox live={false} {...props} />, { wrapper: kit.wrapper })
  return { ...kit, ...view, user: userEvent.setup() }
}

/** Rows are what they stay once what they can be chosen with is downloaded. */
export const rowsAreReady = () => waitFor(() => expect(document.querySelector('.ck-row .ck-list-check')).not.toBeNull())

/** What the server has stored of a conversation, oldest first. */
export async function storedIn(kit: Pick<ReturnType<typeof createTestKit>, 'client'>, id: string) {
  const { items } = await act(() => kit.client.message.list(id, { order: 'asc' }))
  return items.map(({ type, text }) => `${type}: ${text}`)
}

/** Keeps requests from arriving, as a slow network does. Gives what lets them go on. */
export function holdBack(server: TestKit['server'], address: RegExp): () => void {
  let go = () => {}
  const promise = new Promise<void>((resolve) => {
    go = resolve
  })
  const { fetch } = server
  server.fetch = async (...given: Parameters<typeof fetch>) => {
    if (address.test(given[0].url)) await promise
    return await fetch.apply(server, given)
  }
  return go
}
