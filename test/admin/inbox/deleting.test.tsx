import { act, renderHook, waitFor, within } from '@testing-library/react'
import { createTestKit } from 'conversation-kit/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import { useClosed } from '../../../src/admin/inbox/useClosed.ts'
import { goneOf } from '../../../src/hooks/index.ts'
import { useConversationKit } from '../../../src/provider/index.ts'
import { openInbox, rowsAreReady } from './support.tsx'

beforeEach(() => localStorage.clear())

const rows = () => [...document.querySelectorAll('.ck-conversation-name')].map((row) => row.textContent)
const row = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('.ck-conversation')].find((each) => each.textContent.startsWith(name))!
const title = () => document.querySelector<HTMLElement>('.ck-thread .ck-title')!
const opened = (name: string) => waitFor(() => expect(title().textContent).toBe(name))

describe('what an admin takes back', () => {
  test('is not opened where she read another one when she deleted it', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await opened('Order 1043')
    act(() => row('Refund').focus())
    await user.keyboard('#')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Hello']))
    // From the conversation that she reads.
    act(() => title().focus())
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Hello']))
    expect(title().textContent).toBe('Order 1043')
  })

  test('is opened where it was open, one after the other', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await opened('Order 1043')
    act(() => title().focus())
    await user.keyboard('#')
    await opened('Refund')
    await user.keyboard('#')
    await opened('Hello')
    await user.keyboard('{Control>}z{/Control}')
    await opened('Refund')
    await user.keyboard('{Control>}z{/Control}')
    await opened('Order 1043')
    expect(rows()).toEqual(['Order 1043', 'Refund', 'Hello'])
  })

  test('is not opened over what she has opened since', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await opened('Order 1043')
    act(() => title().focus())
    await user.keyboard('#')
    await opened('Refund')
    await user.click(row('Hello'))
    await opened('Hello')
    act(() => title().focus())
    await user.keyboard('{Control>}z{/Control}')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Hello']))
    expect(title().textContent).toBe('Hello')
  })

  test('is opened where the list has closed it, also from elsewhere', async () => {
    const { user } = openInbox({ defaultValue: 'c1' })
    await rowsAreReady()
    await opened('Order 1043')
    await user.click(within(row('Order 1043').closest('li')!).getByRole('button', { name: 'Delete Order 1043' }))
    await opened('New conversation')
    act(() => title().focus())
    await user.keyboard('{Control>}z{/Control}')
    await opened('Order 1043')
    expect(rows()).toEqual(['Order 1043', 'Refund', 'Hello'])
  })
})

test('who begins a new conversation where the open one is long deleted has asked for it', () => {
  const { wrapper } = createTestKit()
  const { result } = renderHook(() => ({ closed: useClosed('c1'), gone: goneOf(useConversationKit()) }), { wrapper })
  const { closed, gone } = result.current
  act(() => gone.setState(new Set(['c1']), true))
  expect(closed.opens(null)).toBeUndefined()
})
