'use client'
import { useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useVote } from '../../hooks/index.ts'
import { voteWords } from '../../internal/english/vote.ts'
import { part, renderPart, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { Vote, VoteTarget } from '../../queries/index.ts'
import type { ConversationError } from '../../transport/index.ts'
import { useStrings } from '../useStrings.ts'
import { thumbDownIcon, thumbUpIcon } from './icons.tsx'
import { useLeaving } from './useLeaving.ts'
import { VoteReasons } from './VoteReasons.tsx'

/** Every field is also a data attribute. */
export interface VoteButtonsState {
  /** The vote that is shown: the newest one cast, or the one the server confirmed. */
  vote: Vote
  /** Whether a vote is on its way. */
  pending: boolean
}

export interface VoteButtonsProps
  extends Omit<PartProps<VoteButtonsState, HTMLDivElement>, 'onError' | 'children'>, VoteTarget {
  /** Offered after a downvote. The vote is sent once: with the reason chosen, or without one as soon as the reader turns away. */
  reasons?: readonly string[]
  disabled?: boolean
  icons?: { up?: ReactNode; down?: ReactNode }
  /** When a vote is sent. */
  onVote?: (vote: 'up' | 'down', reason?: string) => void
  /** When the server refused a vote; the buttons are already back where they were. */
  onError?: (error: ConversationError) => void
}

/** Up or down for one message, or for the whole conversation without `messageId`. Renders a `<div role="group">`. */
export const VoteButtons = part<HTMLDivElement, VoteButtonsProps>(function VoteButtons({
  conversationId,
  messageId,
  reasons,
  disabled,
  icons,
  onVote,
  onError,
  ...props
}) {
  const words = useStrings(voteWords)
  const voting = useVote({ conversationId, messageId }, { onError })
  const { vote, isPending, error } = voting
  const [step, setStep] = useState<'idle' | 'asking' | 'thanked'>('idle')
  const root = useRef<HTMLDivElement>(null)
  const downButton = useRef<HTMLButtonElement>(null)
  // One vote an hour counts on the server, so a downvote waits for its reason instead of being sent twice.
  const asking = step === 'asking'
  const shown = asking ? 'down' : vote

  const castUp = () => {
    setStep('idle')
    if (shown === 'up') return
    voting.upvote()
    onVote?.('up')
  }
  const castDown = (reason?: string) => {
    setStep(reason === undefined ? 'idle' : 'thanked')
    voting.downvote(reason === undefined ? undefined : { reason })
    onVote?.('down', reason)
  }
  const pressDown = () => {
    if (asking) castDown()
    else if (shown === 'down') return
    else if (reasons?.length) setStep('asking')
    else castDown()
  }
  const choose = (reason?: string) => {
    // The chip that has the focus is about to go.
    downButton.current?.focus()
    castDown(reason)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !asking) return
    event.stopPropagation()
    choose()
  }
  useLeaving(root, asking, castDown)

  const state: VoteButtonsState = { vote: shown, pending: isPending }
  const children = (
    <>
      <button
        type="button"
        className="ck-vote"
        data-vote="up"
        aria-label={words.upvote}
        title={words.upvote}
        aria-pressed={shown === 'up'}
        disabled={disabled}
        onClick={castUp}
      >
        {icons?.up ?? thumbUpIcon}
      </button>
      <button
        ref={downButton}
        type="button"
        className="ck-vote"
        data-vote="down"
        aria-label={words.downvote}
        title={words.downvote}
        aria-pressed={shown === 'down'}
        aria-expanded={reasons?.length ? asking : undefined}
        disabled={disabled}
        onClick={pressDown}
      >
        {icons?.down ?? thumbDownIcon}
      </button>
      {asking && reasons && <VoteReasons reasons={reasons} onChoose={choose} />}
      <output className="ck-vote-note" data-error={error ? '' : undefined}>
        {error ? words.voteFailed : step === 'thanked' && words.voteThanks}
      </output>
    </>
  )
  const own = { role: 'group', 'aria-label': words.votes, onKeyDown, children }
  return renderPart({ tag: 'div', name: 'votes', state, own }, { ...props, ref: useMergedRef(props.ref, root) })
})
