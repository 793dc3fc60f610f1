'use client'
import { createContext, useContext, useMemo, useState } from 'react'
import type { ChatMessage as ChatMessageData } from '../../hooks/index.ts'
import { assistantIcon, part, renderPart, useCell, useRendered, userIcon } from '../../internal/index.ts'
import type { PartProps, Readable } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { outside } from './context.ts'
import { dayOf } from './dates.ts'
import type { LiveRow } from './live.ts'

/** Every field is also a data attribute; `status` is `data-message-status`, since the chat has a status too. */
export interface ChatMessageState {
  role: ChatMessageData['role']
  status: ChatMessageData['status']
  /** Whether it is the newest message. */
  last: boolean
  /** Whether the message before it is of the same speaker and the same day. */
  grouped: boolean
}

interface MessageContextValue {
  /** The message, which changes with every word of it. */
  told: Readable<ChatMessageData>
  state: ChatMessageState
  /** Whether it is the first of its day. */
  newDay: boolean
  /** Whether it is being written anew. */
  editing: boolean
  setEditing: (editing: boolean) => void
}

const MessageContext = createContext<MessageContextValue | null>(null)

interface RowContextValue {
  /** Whether the message is the newest. */
  last: boolean
  /** The message before it: `null` when there is none, `undefined` when nobody knows. */
  previous?: ChatMessageData | null
  /** The message with every word, where the one that is rendered may be without the last of them. */
  live?: LiveRow
}

/** What the list knows of the message being rendered, and the message does not. */
export const RowContext = createContext<RowContextValue>({ last: false })

/** The message a part is of, but for its words. */
export const useMessageContext = (part: string): MessageContextValue =>
  useContext(MessageContext) ?? outside(part, 'Message')

/** The same with its words: renders with every one of them. */
export function useToldMessage(part: string): MessageContextValue & { message: ChatMessageData } {
  const context = useMessageContext(part)
  return { ...context, message: useCell(context.told) }
}

/** Whether a message is of the same speaker and the same day as the one before it. */
export const follows = (message: ChatMessageData, previous: ChatMessageData | null | undefined): boolean =>
  previous?.role === message.role && Object.is(dayOf(previous.createdAt), dayOf(message.createdAt))

/** The state as attributes, named apart from those of the chat. */
export const messageAttributes = ({ status, ...state }: ChatMessageState) => ({ ...state, messageStatus: status })

export interface ChatMessageProps extends PartProps<ChatMessageState, HTMLElement> {
  message: ChatMessageData
}

/** One message. Renders an `<article>`. */
export const ChatMessage = part<HTMLElement, ChatMessageProps>(function ChatMessage({ message, ...props }) {
  const { last, previous, live } = useContext(RowContext)
  const [editing, setEditing] = useState(false)
  const { role, status, createdAt } = message
  const day = dayOf(createdAt)
  const newDay = previous !== undefined && !(previous && dayOf(previous.createdAt) === day) && !Number.isNaN(day)
  const grouped = follows(message, previous)
  const state = useMemo(() => ({ role, status, last, grouped }), [role, status, last, grouped])
  const rendered = useRendered(message)
  const told = live ?? rendered
  const context = useMemo(() => ({ told, state, newDay, editing, setEditing }), [told, state, newDay, editing])
  const words = useStrings()
  const own = { 'aria-label': role === 'user' ? words.you : words.assistant }
  return (
    <MessageContext.Provider value={context}>
      {renderPart({ tag: 'article', name: 'message', state, attributes: messageAttributes(state), own }, props)}
    </MessageContext.Provider>
  )
})

export interface ChatBubbleProps extends PartProps<ChatMessageState, HTMLDivElement> {}

/** The field the words of a message stand on. Renders a `<div>`. */
export const ChatMessageBubble = part<HTMLDivElement, ChatBubbleProps>(function ChatMessageBubble(props) {
  const { state, editing } = useMessageContext('Bubble')
  return renderPart({ tag: 'div', name: 'bubble', state, attributes: { ...messageAttributes(state), editing } }, props)
})

export interface ChatAvatarProps extends PartProps<ChatMessageState, HTMLDivElement> {}

/** The mark of who speaks. Decoration: the article is named in words. Renders a `<div>`. */
export const ChatAvatar = part<HTMLDivElement, ChatAvatarProps>(function ChatAvatar(props) {
  const { state } = useMessageContext('Avatar')
  const own = { 'aria-hidden': true, children: state.role === 'user' ? userIcon : assistantIcon }
  return renderPart({ tag: 'div', name: 'avatar', state, attributes: messageAttributes(state), own }, props)
})

export interface ChatActionsProps extends PartProps<ChatMessageState, HTMLDivElement> {}

/** What can be done with a message; nothing while it waits or is still being written. Renders a `<div>`. */
export const ChatActions = part<HTMLDivElement, ChatActionsProps>(function ChatActions(props) {
  const { state } = useMessageContext('Actions')
  if (/queued|sending|streaming/.test(state.status)) return null
  return renderPart({ tag: 'div', name: 'actions', state, attributes: messageAttributes(state) }, props)
})
