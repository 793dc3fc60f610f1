'use client'
import { useCallback } from 'react'
import type { ReactNode } from 'react'
import type { ChatMessage } from '../../hooks/index.ts'
import { part } from '../../internal/index.ts'
import { ChatWelcome } from '../Chat/ChatEmpty.tsx'
import type { PartRenderers } from '../Chat/ChatParts.tsx'
import type { ChatRootProps } from '../Chat/ChatRoot.tsx'
import * as Chat from '../Chat/parts.ts'

export interface ChatWindowProps extends Omit<ChatRootProps, 'children' | 'title'> {
  /** In the header; without it there is no header. */
  title?: ReactNode
  subtitle?: ReactNode
  placeholder?: string
  /** What is seen before the first message. @default a short greeting */
  welcome?: ReactNode
  /** First questions to choose from. */
  suggestions?: readonly string[]
  /** Under the composer, for example where the answers come from. */
  footer?: ReactNode
  /** Whether answers can be voted for. @default true */
  votes?: boolean
  /** Asked after a downvote. */
  voteReasons?: readonly string[]
  /** Own components for the parts of a message. */
  parts?: PartRenderers
  /** Whether the input takes the focus when the chat appears. */
  autoFocus?: boolean
  /** @default the scheme of the page */
  colorScheme?: 'light' | 'dark' | 'system'
}

/** A whole chat: the parts, put together. Fills the height of what it is in. Renders a `<section>`. */
export const ChatWindow = part<HTMLElement, ChatWindowProps>(function ChatWindow({
  title,
  subtitle,
  placeholder,
  welcome,
  suggestions,
  footer,
  ...props
}) {
  const { votes = true, voteReasons, parts, autoFocus, colorScheme, ...root } = props
  const renderMessage = useCallback(
    ({ message }: { message: ChatMessage }) => (
      <Chat.Message message={message}>
        {message.role === 'assistant' && <Chat.Avatar />}
        <Chat.Bubble>
          <Chat.Parts parts={parts} />
        </Chat.Bubble>
        <Chat.Actions>
          <Chat.Copy />
          <Chat.Regenerate />
          {votes && <Chat.Votes reasons={voteReasons} />}
        </Chat.Actions>
      </Chat.Message>
    ),
    [parts, votes, voteReasons],
  )
  return (
    <Chat.Root data-color-scheme={colorScheme} {...root}>
      {(title ?? subtitle) && (
        <Chat.Header>
          <Chat.Title>{title}</Chat.Title>
          {subtitle && <p className="ck-subtitle">{subtitle}</p>}
        </Chat.Header>
      )}
      <Chat.Viewport>
        <Chat.LoadOlder />
        <Chat.Loading />
        <Chat.Empty>
          {welcome ?? <ChatWelcome />}
          {suggestions && <Chat.Suggestions prompts={suggestions} />}
        </Chat.Empty>
        <Chat.Messages>{renderMessage}</Chat.Messages>
      </Chat.Viewport>
      <Chat.JumpToLatest />
      <Chat.ErrorMessage />
      <Chat.Composer>
        {/* eslint-disable-next-line jsx-a11y/no-autofocus -- asked for by the page, for a chat that is what the page is for */}
        <Chat.Input placeholder={placeholder} autoFocus={autoFocus} />
        <Chat.Stop />
        <Chat.Send />
      </Chat.Composer>
      {footer && <footer className="ck-footer">{footer}</footer>}
      <Chat.Status />
    </Chat.Root>
  )
})
