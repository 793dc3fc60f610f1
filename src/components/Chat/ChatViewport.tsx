'use client'
import { useEffect, useRef } from 'react'
import { part, renderPart, useCell, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'

/** Every field is also a data attribute. */
export interface ChatViewportState extends ChatState {
  /** Whether the reader is at the end, which is then followed. */
  atBottom: boolean
}

export interface ChatViewportProps extends PartProps<ChatViewportState, HTMLDivElement> {}

/**
 * The scrolling thread. Follows the end as long as the reader is there, else holds what is being read where it is, whatever grows
 * above or below. Renders a `<div role="log">`; what is said aloud is said by `Chat.Status`.
 */
export const ChatViewport = part<HTMLDivElement, ChatViewportProps>(function ChatViewport(props) {
  const { follow } = useChatControls('Viewport')
  const { threadId } = useChatId('Viewport')
  const { status, phase } = useChatInfo('Viewport')
  const atBottom = useCell(follow.following)
  const viewport = useRef<HTMLDivElement>(null)
  const label = useStrings().title

  useEffect(() => (viewport.current ? follow.attach(viewport.current) : undefined), [follow])
  useEffect(() => follow.open(threadId), [follow, threadId])

  const own = { role: 'log', 'aria-live': 'off', 'aria-label': label, tabIndex: 0 }
  const state: ChatViewportState = { status, phase, atBottom }
  return renderPart({ tag: 'div', name: 'viewport', state, own }, { ...props, ref: useMergedRef(props.ref, viewport) })
})
