'use client'
import { memo } from 'react'
import type { ReactNode } from 'react'
import { useChatStatus } from '../../hooks/index.ts'
import type { ChatStatus } from '../../hooks/index.ts'
import { listWords } from '../../internal/english/list.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'

export type RenderConversation = (
  conversation: ConversationInstance,
  /** `live`: whether an answer is on its way in it, also while another conversation is open. */
  state: { selected: boolean; live: ChatStatus },
) => ReactNode

interface ConversationItemProps {
  conversation: ConversationInstance
  selected: boolean
  onSelect: (id: string) => void
  now: Date
  render?: RenderConversation
}

export const ConversationItem = memo(function ConversationItem(props: ConversationItemProps) {
  const { conversation, selected, onSelect, now, render } = props
  const { status: live } = useChatStatus(conversation.id)
  return (
    <li>
      <button
        type="button"
        className="ck-conversation"
        data-status={live}
        aria-current={selected ? 'true' : undefined}
        onClick={() => onSelect(conversation.id)}
      >
        {render ? (
          render(conversation, { selected, live })
        ) : (
          <Summary conversation={conversation} live={live} now={now} />
        )}
      </button>
    </li>
  )
})

/** Name, age and description. */
function Summary({ conversation, live, now }: { conversation: ConversationInstance; live: ChatStatus; now: Date }) {
  const { name, description, createdAt, updatedAt } = conversation
  const words = useStrings(listWords)
  const locale = useLocale()
  const date = new Date(updatedAt ?? createdAt)
  return (
    <>
      {/* In its own direction, so that a name that is too long is cut off at its end. */}
      <span className="ck-conversation-name" dir="auto">
        {name?.trim() || words.untitled}
      </span>
      {live === 'submitted' || live === 'streaming' ? (
        <span className="ck-conversation-live">
          <span className="ck-hidden">{words.typing}</span>
        </span>
      ) : (
        // A page made on the server is read a moment later.
        <time className="ck-conversation-time" dateTime={date.toISOString()} suppressHydrationWarning>
          {words.time({ date, now, locale })}
        </time>
      )}
      {description?.trim() && (
        <span className="ck-conversation-text" dir="auto">
          {description}
        </span>
      )}
    </>
  )
}
