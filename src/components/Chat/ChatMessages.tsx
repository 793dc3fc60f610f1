'use client'
import { memo } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useMessageKeys, useRow } from '../../hooks/index.ts'
import type { ChatMessage as ChatMessageData } from '../../hooks/index.ts'
import { AssistantIcon } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import {
  ChatActions,
  ChatAvatar,
  ChatMessage,
  ChatMessageBubble,
  LastContext,
  PreviousContext,
} from './ChatMessage.tsx'
import { ChatCopy, ChatRegenerate, ChatVotes } from './ChatMessageActions.tsx'
import { ChatParts, Thinking } from './ChatParts.tsx'
import { useChatId, useChatInfo } from './context.ts'

type RenderMessage = (context: { message: ChatMessageData; index: number }) => ReactNode

export interface ChatMessagesProps {
  /** Own markup for a message; keep the function the same between renders, or every message renders again. */
  children?: RenderMessage
}

/** All messages, each under a key it keeps from its first word to the day it is read from the server. Renders a `<div>`. */
export const ChatMessages = memo(function ChatMessages({ children = renderMessage }: ChatMessagesProps): ReactElement {
  const { threadId } = useChatId('Messages')
  const { waiting } = useChatInfo('Messages')
  const keys = useMessageKeys(threadId)
  const rows = keys.map((key, index) => (
    <Row
      key={key}
      id={key}
      previous={keys[index - 1]}
      index={index}
      last={index === keys.length - 1}
      threadId={threadId}
      render={children}
    />
  ))
  // The reply comes before what waits for it.
  rows.splice(rows.length - waiting, 0, <PendingReply key="reply" />)
  return (
    <div className="ck-messages" data-ck="messages">
      {rows}
    </div>
  )
})

/** Where the reply is going to be, until it begins. */
function PendingReply() {
  const { status } = useChatInfo('Messages')
  const words = useStrings()
  if (status !== 'submitted') return null
  return (
    <article className="ck-message" data-role="assistant" data-last="" aria-label={words.assistant}>
      <div className="ck-avatar" aria-hidden="true">
        <AssistantIcon />
      </div>
      <div className="ck-bubble" data-role="assistant">
        <Thinking />
      </div>
    </article>
  )
}

interface RowProps {
  threadId: string
  id: string
  /** The key of the row before it, if there is one. */
  previous: string | undefined
  index: number
  last: boolean
  render: RenderMessage
}

/** Reads its own message and no other, so a token renders one row. */
const Row = memo(function Row({ threadId, id, previous: before, index, last, render }: RowProps) {
  const { message, previous = null } = useRow(threadId, id, before)
  if (!message) return null
  return (
    <LastContext.Provider value={last}>
      <PreviousContext.Provider value={previous}>{render({ message, index })}</PreviousContext.Provider>
    </LastContext.Provider>
  )
})

const renderMessage: RenderMessage = ({ message }) => (
  <ChatMessage message={message}>
    <ChatAvatar />
    <ChatMessageBubble>
      <ChatParts />
    </ChatMessageBubble>
    <ChatActions>
      <ChatCopy />
      <ChatRegenerate />
      <ChatVotes />
    </ChatActions>
  </ChatMessage>
)
