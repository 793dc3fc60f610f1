'use client'
import { useEffect, useRef } from 'react'
import { useMessage, useMessageKeys } from '../../hooks/index.ts'
import { part, renderPart, useCell } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { toPlainText } from '../../markdown/index.ts'
import { useStrings } from '../useStrings.ts'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'

export interface ChatStatusProps extends PartProps<ChatState, HTMLDivElement> {}

/**
 * The one voice of the chat for those who listen to it: that the assistant is answering, then the finished reply once, never a
 * token. Not seen. Renders a `<div role="status">`.
 */
export const ChatStatus = part<HTMLDivElement, ChatStatusProps>(function ChatStatus(props) {
  const { announcement } = useChatControls('Status')
  const { conversationId, threadId } = useChatId('Status')
  const { status, phase, waiting } = useChatInfo('Status')
  const newest = useMessage(threadId, useMessageKeys(threadId).at(-1 - waiting) ?? '')
  const words = useStrings()
  const busy = status === 'submitted' || status === 'streaming'
  const before = useRef({ conversationId, busy })

  useEffect(() => {
    const { current } = before
    before.current = { conversationId, busy }
    // A conversation that is created by its first message is still the same one.
    const switched = current.conversationId !== conversationId && current.conversationId !== null
    if (switched) announcement.set('')
    else if (busy && !current.busy) announcement.set(words.typing)
    else if (!busy && current.busy) {
      const { role, status, text = '' } = newest ?? {}
      if (status === 'stopped') announcement.set(words.replyStopped)
      else if (status === 'sent' && role === 'assistant')
        announcement.set(`${words.replyFinished} ${toPlainText(text)}`)
      else announcement.set('')
    }
  }, [announcement, newest, conversationId, busy, words])

  const own = { role: 'status', 'aria-live': 'polite', children: useCell(announcement) }
  return renderPart({ tag: 'div', name: 'status', state: { status, phase }, own }, props)
})
