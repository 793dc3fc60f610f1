import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query'
import type { DehydratedState } from '@tanstack/react-query'
import { act, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { ChatWindow, ConversationList, useChat, useConversations, useMessages } from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKit } from 'conversation-kit/testing'
import { operations } from './support.ts'

const SEED = [
  {
    id: 'c1',
    name: 'Trip',
    messages: [
      { type: 'user' as const, text: 'Porto?' },
      { type: 'bot' as const, text: '**Yes.**' },
    ],
  },
  { id: 'c2', name: 'Food' },
]

const said = { error: vi.spyOn(console, 'error'), warn: vi.spyOn(console, 'warn') }
afterEach(() => vi.unstubAllGlobals())

/** Renders as a server does, where there is no page. */
function renderOnServer(page: ReactNode): string {
  for (const name of ['window', 'document', 'navigator', 'localStorage', 'requestAnimationFrame']) {
    vi.stubGlobal(name, undefined)
  }
  try {
    return renderToString(page)
  } finally {
    vi.unstubAllGlobals()
  }
}

/** A page whose first HTML a server has made, with what it has read for it. */
async function serve(page: ReactNode) {
  const onServer = createTestKit({ queryClient: new QueryClient(), conversations: SEED })
  const queries = createConversationQueries(onServer.client)
  await onServer.queryClient.prefetchInfiniteQuery(queries.list())
  await onServer.queryClient.prefetchInfiniteQuery(queries.messages('c1'))
  const wrap = ({ wrapper: Kit }: TestKit) => <Kit>{page}</Kit>
  const html = renderOnServer(wrap(onServer))
  const state = JSON.parse(JSON.stringify(dehydrate(onServer.queryClient))) as DehydratedState
  const asked = operations(onServer.server).length

  const inPage = createTestKit({ client: onServer.client, queryClient: new QueryClient() })
  hydrate(inPage.queryClient, state)
  const place = document.body.appendChild(document.createElement('div'))
  place.innerHTML = html
  const elements = [...place.querySelectorAll('*')]
  const mended: unknown[] = []
  // What is said on the server is counted where there is one, without a page around it.
  for (const spy of Object.values(said)) spy.mockClear()
  const root = await act(async () =>
    hydrateRoot(place, wrap(inPage), { onRecoverableError: (error) => mended.push(error) }),
  )
  // Effects, and what they would ask for.
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)))
  const newRequests = () => operations(onServer.server).slice(asked)
  const leave = () => {
    act(() => root.unmount())
    place.remove()
  }
  return { ...inPage, server: onServer.server, html, place, elements, mended, newRequests, leave }
}

const quiet = () => [...said.error.mock.calls, ...said.warn.mock.calls]

test.each([
  { what: 'a list of conversations and a chat', Page: Components },
  { what: 'the hooks', Page: Hooks },
])(
  '$what: what the server has read is in the first HTML, and is taken over without a request or a warning',
  async ({ Page }) => {
    const { html, place, elements, mended, newRequests, leave } = await serve(<Page />)
    for (const word of ['Trip', 'Food', 'Porto?', 'Yes.']) expect(html).toContain(word)
    expect(newRequests()).toEqual([])
    expect(mended).toEqual([])
    expect(quiet()).toEqual([])
    // What the server made is kept, not made again.
    expect(elements.every((element) => place.contains(element))).toBe(true)
    leave()
  },
)

function Components() {
  return (
    <>
      <ConversationList />
      <ChatWindow conversationId="c1" title="Chat" />
    </>
  )
}

function Hooks() {
  const list = useConversations()
  const { data } = useMessages('c1')
  const chat = useChat({ conversationId: 'c1' })
  return (
    <main>
      <p>{list.data?.map((each) => each.name).join(', ')}</p>
      <p>{data?.map((row) => row.text).join(', ')}</p>
      <ol>
        {chat.messages.map((row) => (
          <li key={row.key}>{row.text}</li>
        ))}
      </ol>
    </main>
  )
}

test('the page that was taken over is alive: a message is sent and answered', async () => {
  function Chat() {
    const { messages, sendMessage } = useChat({ conversationId: 'c1' })
    return (
      <main>
        <button onClick={() => void sendMessage('And Lisbon?')}>{messages.map((row) => row.text).join(' ')}</button>
      </main>
    )
  }
  const { place, server, newRequests, leave } = await serve(<Chat />)
  server.reply('Too.')
  const button = place.querySelector('button')!
  act(() => button.click())
  await waitFor(() => expect(button.textContent).toBe('Porto? **Yes.** And Lisbon? Too.'))
  await waitFor(() => expect(newRequests()).toEqual(['conversation.complete', 'message.list']))
  expect(quiet()).toEqual([])
  leave()
})

test('a chat that is new is taken over in the same way, and greets', async () => {
  const page = <ChatWindow title="Chat" initialMessages={[{ type: 'bot', text: 'Ask me.' }]} suggestions={['Porto?']} />
  const { place, mended, newRequests, leave } = await serve(page)
  await waitFor(() => expect(place.textContent).toContain('Ask me.'))
  expect([newRequests(), mended, quiet()]).toEqual([[], [], []])
  leave()
})
