import { act, render, screen } from '@testing-library/react'
import { ChatWindow, ConversationList, ConversationProvider } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'

test('a page can be made on a server, before anything is fetched', () => {
  const { client, server } = createTestKit({ conversations: [{ id: 'c1' }] })
  const html = renderToString(
    <ConversationProvider client={client}>
      <ConversationList />
      <ChatWindow conversationId="c1" title="Support" />
    </ConversationProvider>,
  )
  expect(html).toContain('Support')
  expect(html).toContain('Write a message…')
  expect(html).toContain('aria-label="Loading…"')
  expect(server.requests).toEqual([])
})

test('what a talk begins with is on the page that a server makes, without times that nobody knows', () => {
  const { client } = createTestKit()
  const html = renderToString(
    <ConversationProvider client={client}>
      <ChatWindow initialMessages={[{ type: 'bot', text: 'How can I help?' }]} />
    </ConversationProvider>,
  )
  expect(html).toContain('How can I help?')
  expect(html).not.toContain('<time')
})

test('a page that a server made is taken over as it is, also where what it shows later has been downloaded already', async () => {
  const { client } = createTestKit()
  const page = (
    <ConversationProvider client={client}>
      <ChatWindow initialMessages={[{ type: 'bot', text: '![A loaf](https://elsewhere.example/loaf.png)' }]} />
    </ConversationProvider>
  )
  const shown = { name: /Show image/ }
  const earlier = render(page)
  await screen.findByRole('button', shown, { timeout: 10_000 })
  earlier.unmount()

  const container = document.createElement('div')
  container.innerHTML = renderToString(page)
  document.body.append(container)
  expect(screen.queryByRole('button', shown)).toBeNull()
  const onRecoverableError = vi.fn<(error: unknown) => void>()
  const root = await act(() => hydrateRoot(container, page, { onRecoverableError }))
  expect(await screen.findByRole('button', shown, { timeout: 10_000 })).toBeTruthy()
  expect(onRecoverableError).not.toHaveBeenCalled()
  act(() => root.unmount())
  container.remove()
})
