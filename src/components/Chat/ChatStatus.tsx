'use client'
import { useEffect, useRef } from 'react'
import { useMessage, useMessageKeys } from '../../hooks/index.ts'
import { part, renderPart, useCell } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { toPlainText } from '../../markdown/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import type { Reader } from './sentences.ts'

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
  const reads = announce === 'sentences'
  const key = useMessageKeys(threadId).at(-1 - waiting) ?? ''
  // Who says the whole reply has no use for half of it.
  const newest = useMessage(threadId, busy && !reads ? '' : key)
  const words = useStrings()
  const locale = useLocale()
  const before = useRef({ conversationId, busy })
  const reader = useRef<Promise<Reader>>(undefined)

  useEffect(() => {
    const { current } = before
    before.current = { conversationId, busy }
    // A conversation that is created by its first message is still the same one.
    const switched = current.conversationId !== conversationId && current.conversationId !== null
    const begins = busy && !current.busy
    const { role, status, text = '' } = newest ?? {}
    const says = role === 'assistant'
    const tell = (change: (reader: Reader) => void) => void reader.current?.then(change)
    if (switched || begins) {
      tell((old) => old.stop())
      reader.current = undefined
    }
    if (announce === 'off' || switched) announcement.set('')
    else if (begins) {
      announcement.set(words.typing)
      // Few ask for it, so they alone download it.
      if (reads)
        reader.current = import('./sentences.ts').then(({ createReader }) =>
          createReader({ say: announcement.set, toPlainText, locale }),
        )
    } else if (busy) {
      if (says) tell((reading) => reading.read(text))
    } else if (current.busy) {
      if (status === 'stopped') {
        tell((reading) => reading.stop())
        announcement.set(words.replyStopped)
      } else if (status === 'sent' && says) {
        if (reader.current) tell((reading) => reading.end(text))
        else announcement.set(`${words.replyFinished} ${toPlainText(text)}`)
      } else {
        tell((reading) => reading.stop())
        announcement.set('')
      }
    }
  }, [announcement, announce, reads, newest, conversationId, busy, words, locale])
  useEffect(() => () => void reader.current?.then((reading) => reading.stop()), [])

  const own = { role: 'status', 'aria-live': 'polite', children: useCell(announcement) }
  return renderPart({ tag: 'div', name: 'status', state: { status, phase }, own }, props)
})
