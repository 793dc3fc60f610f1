/// <reference types="vite/client" />
import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatWindow, ConversationList, ConversationProvider } from 'conversation-kit'
import { ConversationClient } from 'conversation-kit/transport'
import { useState } from 'react'
import './Playground.css'

/** The server that runs beside Storybook, at the same origin. */
const client = new ConversationClient({ baseUrl: '/api/v1' })

const SUGGESTIONS = ['What can you do?', 'Show me a ChatWindow in ten lines', 'How do votes work?']

/** A list, a chat and votes on the local server. What you write is kept in its database. */
function Playground() {
  const [conversationId, setConversationId] = useState<string | null>(null)
  return (
    <ConversationProvider client={client}>
      <div className="playground">
        <ConversationList value={conversationId} onValueChange={setConversationId} />
        <ChatWindow
          conversationId={conversationId}
          create={{ name: 'Playground' }}
          onConversationCreated={setConversationId}
          title="Playground"
          subtitle="The local server answers from its own documents"
          suggestions={SUGGESTIONS}
          voteReasons={['Wrong', 'Not what I asked', 'Too long']}
        />
      </div>
    </ConversationProvider>
  )
}

const meta: Meta = {
  title: 'Playground',
  // It needs the server of `npm start`; the flows below bring their own.
  tags: ['!test', '!autodocs'],
  parameters: { page: { width: '72rem', height: 'calc(100dvh - 2rem)' } },
}
export default meta

export const Chat: StoryObj = { name: 'Playground', render: () => <Playground /> }
