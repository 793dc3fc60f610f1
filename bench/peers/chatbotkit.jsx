// The official hook and components. They take no history and open at the top, so the page puts it before what is said, and goes to the end.
// `subtree` lets the scroller see a message that grows, and tables need a plugin, here as with assistant-ui.
import { ChatInput } from '@chatbotkit/react/components/ChatInput'
import { ChatMessage } from '@chatbotkit/react/components/ChatMessage'
import { ChatMessages } from '@chatbotkit/react/components/ChatMessages'
import { useConversationManager } from '@chatbotkit/react/hooks/useConversationManager'
import { useLayoutEffect } from 'react'
import { createRoot } from 'react-dom/client'
import remarkGfm from 'remark-gfm'
import '../pages/page.css'

const plugins = [remarkGfm]

function Chat({ given }) {
  const { text, setText, message, messages, submit } = useConversationManager({ endpoint: '/answer/jsonl' })
  useLayoutEffect(() => {
    const thread = document.querySelector('.thread')
    thread.scrollTop = thread.scrollHeight
  }, [])
  return (
    <main className="page">
      <ChatMessages className="thread" subtree>
        {[...given, ...messages, ...(message ? [message] : [])].map((each) => (
          <div key={each.id} className="row" data-role={each.type}>
            <ChatMessage text={each.text} remarkPlugins={plugins} />
          </div>
        ))}
      </ChatMessages>
      <ChatInput
        aria-label="Message"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onSubmit={() => void submit()}
      />
    </main>
  )
}

const root = createRoot(document.querySelector('#root'))

globalThis.chat = {
  open: (messages) => root.render(<Chat given={messages.map((message, at) => ({ ...message, id: `m${at}` }))} />),
  row: '.row',
  viewport: () => document.querySelector('.thread'),
}
