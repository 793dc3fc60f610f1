'use client'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'

export interface ChatHeaderProps extends PartProps<ChatState, HTMLElement> {}

/** The bar above the thread. Renders a `<header>`. */
export const ChatHeader = part<HTMLElement, ChatHeaderProps>(function ChatHeader(props) {
  const { status, phase } = useChatInfo('Header')
  return renderPart({ tag: 'header', name: 'header', state: { status, phase } }, props)
})

export interface ChatTitleProps extends PartProps<ChatState, HTMLHeadingElement> {}

/** The name of the chat. Renders an `<h2>`. */
export const ChatTitle = part<HTMLHeadingElement, ChatTitleProps>(function ChatTitle(props) {
  const { status, phase } = useChatInfo('Title')
  const own = { children: useStrings().title }
  return renderPart({ tag: 'h2', name: 'title', state: { status, phase }, own }, props)
})
