import { render, screen } from '@testing-library/react'
import { Chat, ConversationProvider } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { createRef, version } from 'react'
import { version as domVersion } from 'react-dom'
import { expect, test, vi } from 'vitest'

test('these tests run on the oldest React that we promise', () => {
  render(<p>here</p>)
  expect(screen.getByText('here')).toBeTruthy()
  expect({ version, domVersion }).toEqual({ version: '18.2.0', domVersion: '18.2.0' })
})

test('a part that is downloaded later takes a ref, without a warning while it is not there', async () => {
  const error = vi.spyOn(console, 'error')
  const { client } = createTestKit()
  const attach = createRef<HTMLButtonElement>()
  render(
    <ConversationProvider client={client}>
      <Chat.Root>
        <Chat.Composer>
          <Chat.Attachments />
          <Chat.Attach ref={attach} />
        </Chat.Composer>
      </Chat.Root>
    </ConversationProvider>,
  )
  expect(await screen.findByRole('button', { name: 'Attach files' }, { timeout: 10_000 })).toBe(attach.current)
  expect(error).not.toHaveBeenCalled()
})
