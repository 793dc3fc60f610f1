'use client'
import { useId, useState } from 'react'
import { useLocale, useNow, useStrings } from '../../components/index.ts'
import { votesWords } from '../../internal/english/admin/votes.ts'
import { listWords } from '../../internal/english/list.ts'
import { chevronIcon } from '../../internal/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { Ballot } from './collect.ts'

const boardListWords = { ...listWords, ...votesWords }

/** How many are shown, and how many more at a press. */
const SHOWN = 10

/** Where a vote was cast. */
export interface VotePlace {
  conversationId: string
  /** Absent when the conversation as a whole was voted on, or when it is not known on which message. */
  messageId?: string
}

interface BoardDownsProps {
  votes: readonly Ballot[]
  conversations: ReadonlyMap<string, ConversationInstance>
  gone: ReadonlySet<string>
  /** Shows those with any reason again; absent where they are shown. */
  onAny?: () => void
  onOpen?: (place: VotePlace) => void
}

/** The down-votes, the newest first. Each opens its message. */
export function BoardDowns({ votes, conversations, gone, onAny, onOpen }: BoardDownsProps) {
  const words = useStrings(boardListWords)
  const title = useId()
  const [shown, setShown] = useState(SHOWN)
  return (
    <section className="ck-board-figure" aria-labelledby={title}>
      <div className="ck-board-figure-head">
        <h3 className="ck-board-heading" id={title}>
          {words.boardDowns}
        </h3>
        {onAny && (
          <button type="button" className="ck-board-toggle" onClick={onAny}>
            {words.boardAnyReason}
          </button>
        )}
      </div>
      {votes.length === 0 ? (
        <p className="ck-board-note">{words.boardNoDowns}</p>
      ) : (
        <ul className="ck-board-downs" aria-labelledby={title}>
          {votes.slice(0, shown).map((vote) => (
            <li key={vote.key}>
              <Down
                vote={vote}
                conversation={conversations.get(vote.conversationId ?? '')}
                isGone={vote.conversationId === undefined || gone.has(vote.conversationId)}
                onOpen={onOpen}
              />
            </li>
          ))}
        </ul>
      )}
      {votes.length > shown && (
        <button type="button" className="ck-button" onClick={() => setShown(shown + SHOWN)}>
          {words.boardDownsMore}
        </button>
      )}
    </section>
  )
}

interface DownProps {
  vote: Ballot
  conversation?: ConversationInstance
  isGone: boolean
  onOpen?: (place: VotePlace) => void
}

function Down({ vote, conversation, isGone, onOpen }: DownProps) {
  const words = useStrings(boardListWords)
  const locale = useLocale()
  const now = useNow()
  const { conversationId, messageId, reason, createdAt } = vote
  const date = new Date(createdAt)
  const name = isGone ? words.boardGone : conversation?.name?.trim() || words.untitled
  const children = (
    <>
      <span className="ck-board-name" dir="auto">
        {name}
      </span>
      <time className="ck-board-when" dateTime={date.toISOString()} suppressHydrationWarning>
        {words.time({ date, now, locale })}
      </time>
      <span className="ck-board-why" data-none={reason ? undefined : ''} dir="auto">
        {reason || words.boardNoReason}
      </span>
      {onOpen && !isGone && chevronIcon}
    </>
  )
  if (!onOpen || isGone) return <div className="ck-board-vote">{children}</div>
  const place = { conversationId: conversationId!, ...(messageId !== undefined && { messageId }) }
  return (
    <button type="button" className="ck-board-vote" onClick={() => onOpen(place)}>
      {children}
    </button>
  )
}
