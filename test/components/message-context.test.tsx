import { act, render, screen } from '@testing-library/react'
import { Chat } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { memo } from 'react'
import type { ChatMessage } from 'conversation-kit'
import { expect, test, vi } from 'vitest'

const message = (text: string): ChatMessage => ({
  key: 'm1',
  id: 'm1',
  role: 'assistant',
  type: 'bot',
  parts: [{ type: 'text', text, streaming: true }],
  text,
  status: 'streaming',
  createdAt: 0,
})

const Body = memo(function Body() {
  return (
    <div data-testid="body">
      <Chat.Parts />
    </div>
  )
})

test('a component of the page that wraps the parts and never renders by itself still shows every word', () => {
  const { wrapper } = createTestKit()
  const tree = (text: string) => (
    <Chat.Root>
      <Chat.Message message={message(text)}>
        <Body />
      </Chat.Message>
    </Chat.Root>
  )
  const { rerender } = render(tree('One'), { wrapper })
  expect(screen.getByTestId('body').textContent).toContain('One')
  act(() => rerender(tree('One two')))
  expect(screen.getByTestId('body').textContent).toContain('One two')
})

test('a word is drawn in one go where the parts are rendered along with their message', () => {
  const { wrapper } = createTestKit()
  const drawn = vi.fn<() => void>()
  const Text = ({ text }: { text: string }) => {
    drawn()
    return <p>{text}</p>
  }
  const parts = { text: Text }
  const tree = (text: string) => (
    <Chat.Root>
      <Chat.Message message={message(text)}>
        <Chat.Parts parts={parts} />
      </Chat.Message>
    </Chat.Root>
  )
  const { rerender } = render(tree('One'), { wrapper })
  drawn.mockClear()
  rerender(tree('One two'))
  expect(screen.getByText('One two')).toBeTruthy()
  expect(drawn).toHaveBeenCalledTimes(1)
})
