/// <reference types="vite/client" />
import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  ChatWindow,
  ConversationList,
  ConversationProvider,
  useConversation,
  useMessage,
  useMessageKeys,
  useUpdateConversation,
} from 'conversation-kit'
import { ConversationClient } from 'conversation-kit/transport'
import { useEffect, useState } from 'react'
import './Playground.css'

/** The server that runs beside Storybook, at the same origin. */
const client = new ConversationClient({ baseUrl: '/api/v1' })

/** Votes are known again after a reload. */
const VOTES = { name: 'playground-votes' }

const SUGGESTIONS = ['What can you do?', 'Show me a ChatWindow in ten lines', 'How do votes work?']

/** Names a new conversation after its first message. */
function useFirstWordsAsName(conversationId: string | null) {
  const { data: conversation } = useConversation(conversationId)
  const first = useMessage(conversationId, useMessageKeys(conversationId)[0] ?? '')
  const { mutate: rename, isIdle } = useUpdateConversation(conversationId ?? '')
  const name = first?.role === 'user' ? first.text.trim().slice(0, 60) : ''
  const nameless = conversation !== undefined && !conversation.name
  useEffect(() => {
    if (nameless && name && isIdle) rename({ name })
  }, [nameless, name, isIdle, rename])
}

/** A list, a chat and votes on the local server. What you write is kept in its database. */
function Playground() {
  const [conversationId, setConversationId] = useState<string | null>(null)
  useFirstWordsAsName(conversationId)
  return (
    <div className="playground">
      <ConversationList value={conversationId} onValueChange={setConversationId} />
      <ChatWindow
        conversationId={conversationId}
        create={{}}
        onConversationCreated={setConversationId}
        title="Playground"
        subtitle="The local server answers from its own documents"
        suggestions={SUGGESTIONS}
        voteReasons={['Wrong', 'Not what I asked', 'Too long']}
      />
    </div>
  )
}

const meta: Meta = {
  title: 'Playground',
  // It needs the server of `npm start`; the flows below bring their own.
  tags: ['!test', '!autodocs'],
  parameters: { page: { width: '72rem', height: 'calc(100dvh - 2rem)' } },
}
export default meta

export const Chat: StoryObj = {
  name: 'Playground',
  render: () => (
    <ConversationProvider client={client} persistVotes={VOTES}>
      <Playground />
    </ConversationProvider>
  ),
}
