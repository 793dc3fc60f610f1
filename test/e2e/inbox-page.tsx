import 'conversation-kit/styles.css'
import 'conversation-kit/admin/styles.css'
import { createRoot } from 'react-dom/client'
import { ConversationProvider } from 'conversation-kit'
import { ConversationInbox } from 'conversation-kit/admin'
import { ConversationClient } from 'conversation-kit/transport'

const client = new ConversationClient({ baseUrl: location.origin, token: 'local' })

createRoot(document.getElementById('root')!).render(
  <ConversationProvider client={client} locale="en">
    <ConversationInbox address live={{ interval: 500 }} />
  </ConversationProvider>,
)
