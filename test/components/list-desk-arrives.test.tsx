import { act, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { ConversationList } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'

// A file of its own: what rows have beside the conversation is downloaded once a page.
const { downloaded, arrive } = vi.hoisted(() => {
  let arrive = () => {}
  const downloaded = new Promise<void>((resolve) => (arrive = resolve))
  return { downloaded, arrive }
})
vi.mock(import('../../src/components/ConversationList/desk/desk.ts'), async (original) => {
  await downloaded
  return original()
})

test('a row that is held while its check box is still downloaded is the same row when that is there, and has the focus', async () => {
  const kit = createTestKit({ conversations: [{ name: 'Bread' }, { name: 'Tea' }], locale: 'en' })
  const opened: (string | null)[] = []
  render(
    <ConversationList
      actions={['rename', 'delete']}
      defaultSelection={{ ids: [] }}
      onValueChange={(id) => opened.push(id)}
    />,
    { wrapper: kit.wrapper },
  )
  const row = await screen.findByRole('button', { name: /^Tea/ })
  expect(screen.queryByRole('checkbox')).toBeNull()
  act(() => row.focus())

  arrive()
  await screen.findByRole('checkbox', { name: 'Select Tea' })
  expect(screen.getByRole('button', { name: /^Tea/ })).toBe(row)
  expect(document.activeElement).toBe(row)
  act(() => row.click())
  expect(opened).toHaveLength(1)
})
