import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { useChat, useComposer, useConversations, useMessageKeys } from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { createTestKit } from 'conversation-kit/testing'

function Page() {
  const list = useConversations({ take: 50 })
  const chat = useChat({ conversationId: 'c1' })
  const keys = useMessageKeys('c1')
  const composer = useComposer({ onSubmit: chat.sendMessage, draftKey: 'c1' })
  return createElement(
    'main',
    null,
    `${list.data?.map((each) => each.name).join()} | ${chat.messages.map((row) => row.text).join()} | ${keys.length}${composer.value}`,
  )
}

test('what was read on the server is in the first HTML, and nothing there needs a window', async () => {
  expect(typeof window).toBe('undefined')
  const error = vi.spyOn(console, 'error')
  const warn = vi.spyOn(console, 'warn')
  const onServer = new QueryClient()
  const { client, server, wrapper } = createTestKit({
    queryClient: onServer,
    conversations: [{ id: 'c1', name: 'Trip', messages: [{ type: 'user', text: 'Porto?' }] }],
  })
  const queries = createConversationQueries(client)
  await onServer.prefetchInfiniteQuery(queries.list({ take: 50 }))
  await onServer.prefetchInfiniteQuery(queries.messages('c1'))
  const asked = server.requests.length

  const inPage = new QueryClient()
  hydrate(inPage, JSON.parse(JSON.stringify(dehydrate(onServer))))
  const page = createTestKit({ queryClient: inPage, client })
  for (const Kit of [wrapper, page.wrapper]) {
    expect(renderToString(createElement(Kit, null, createElement(Page)))).toBe('<main>Trip | Porto? | 1</main>')
  }
  expect(server.requests).toHaveLength(asked)
  expect(error).not.toHaveBeenCalled()
  expect(warn).not.toHaveBeenCalled()
  error.mockRestore()
  warn.mockRestore()
})
