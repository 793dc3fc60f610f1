'use client'
import { moreWords } from '../../internal/english/more.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { messageAttributes, useToldMessage } from './ChatMessage.tsx'
import type { ChatMessageState } from './ChatMessage.tsx'

export interface ChatUsageProps extends PartProps<ChatMessageState, HTMLSpanElement> {}

/** What the answer took, in tokens. Renders a `<span>`, or nothing where that is not known: the server tells it once, as the answer ends. */
export const ChatUsage = part<HTMLSpanElement, ChatUsageProps>(function ChatUsage(props) {
  const { message, state } = useToldMessage('Usage')
  const words = useStrings(moreWords)
  const locale = useLocale()
  const count = message.usage?.token
  if (!count) return null
  const own = { children: words.tokens({ count, locale }) }
  return renderPart({ tag: 'span', name: 'usage', state, attributes: messageAttributes(state), own }, props)
})
