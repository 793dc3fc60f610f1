import { ChatWindow, ConversationProvider } from 'conversation-kit'
import { ConversationClient } from 'conversation-kit/transport'
import 'conversation-kit/styles.css'
import { createRoot } from 'react-dom/client'
import './kit.css'

const client = new ConversationClient({ baseUrl: '/answer' })
const root = createRoot(document.querySelector('#root'))

globalThis.chat = {
  open: (messages) =>
    root.render(
      <ConversationProvider client={client}>
        <ChatWindow conversationId={null} initialMessages={messages} />
      </ConversationProvider>,
    ),
  row: '.ck-message',
  viewport: () => document.querySelector('.ck-viewport'),
}
