import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { ChatWindow, ConversationProvider, createChatStore, useChat } from 'conversation-kit'
import { ConversationClient } from 'conversation-kit/transport'

/** What the test reads and calls in the page. */
export interface OutboxPage {
  say: (text: string) => void
  /** Words and state of every row on the page. */
  rows: () => { role: string; text: string; status: string }[]
}

const { searchParams } = new URL(location.href)
const page = globalThis as unknown as { outbox: OutboxPage }
const client = new ConversationClient({ baseUrl: searchParams.get('api')!, token: 'local' })
const store = createChatStore({ persist: { name: 'outbox-test' } })

function Chat() {
  const chat = useChat({ conversationId: searchParams.get('id')! })
  const { messages, sendMessage } = chat
  useEffect(() => {
    page.outbox = {
      say: (text) => void sendMessage(text).catch(() => {}),
      rows: () => messages.map(({ role, text, status }) => ({ role, text, status })),
    }
  })
  return <ChatWindow chat={chat} />
}

createRoot(document.getElementById('root')!).render(
  <ConversationProvider client={client} store={store}>
    <Chat />
  </ConversationProvider>,
)
