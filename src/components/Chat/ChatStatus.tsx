'use client'
import { useEffect, useRef } from 'react'
import { useMessage, useMessageKeys } from '../../hooks/index.ts'
import { part, renderPart, useCell, whenIdle } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import type { Teller } from './teller.ts'

export interface ChatStatusProps extends PartProps<ChatState, HTMLDivElement> {
  /**
   * How an answer is said: once, when it is there; sentence by sentence while it is written, not faster than one listens; or not at
   * all.
   * @default 'complete'
   */
  announce?: 'complete' | 'sentences' | 'off'
}

/**
 * The one voice of the chat for those who listen to it: that the assistant is answering, then the reply, never a token. Not seen.
 * Renders a `<div role="status">`.
 */
export const ChatStatus = part<HTMLDivElement, ChatStatusProps>(function ChatStatus({
  announce = 'complete',
  ...props
}) {
  const { announcement } = useChatControls('Status')
  const { conversationId, threadId } = useChatId('Status')
  const { status, phase, waiting } = useChatInfo('Status')
  const busy = status === 'submitted' || status === 'streaming'
  const key = useMessageKeys(threadId).at(-1 - waiting) ?? ''
  const newest = useMessage(threadId, busy && announce !== 'sentences' ? '' : key)
  const words = useStrings()
  const locale = useLocale()
  const teller = useRef<Promise<Teller>>(undefined)

  useEffect(() => {
    // There is nothing to say before somebody has said something, so what it takes need not be there before the chat is.
    teller.current ??= new Promise<void>(whenIdle)
      .then(() => import('./teller.ts'))
      .then(({ createTeller }) => createTeller(announcement.set))
    const now = { announce, conversationId, busy, newest, words, locale }
    // What could not be downloaded is asked for again when there is more to say.
    teller.current.then(({ look }) => look(now)).catch(() => (teller.current = undefined))
  }, [announcement, announce, newest, conversationId, busy, words, locale])
  useEffect(() => () => void teller.current?.then(({ stop }) => stop()).catch(() => {}), [])

  const own = { role: 'status', 'aria-live': 'polite', children: useCell(announcement) }
  return renderPart({ tag: 'div', name: 'status', state: { status, phase }, own }, props)
})
