import { ChatWindow, ConversationList, ConversationProvider } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'

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
