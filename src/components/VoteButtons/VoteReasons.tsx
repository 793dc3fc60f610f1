'use client'
import { useId } from 'react'
import { voteWords } from '../../internal/english/vote.ts'
import { closeIcon } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'

interface VoteReasonsProps {
  reasons: readonly string[]
  /** With a reason, or without one when the question is closed. */
  onChoose: (reason?: string) => void
}

/** The reasons as chips, beside the buttons rather than over the page: nothing to trap, nothing to place. */
export function VoteReasons({ reasons, onChoose }: VoteReasonsProps) {
  const words = useStrings(voteWords)
  const title = useId()
  return (
    <fieldset className="ck-vote-reasons" aria-labelledby={title}>
      <span id={title} className="ck-vote-question">
        {words.voteReason}
      </span>
      {reasons.map((reason) => (
        <button key={reason} type="button" className="ck-chip" onClick={() => onChoose(reason)}>
          {reason}
        </button>
      ))}
      <button type="button" className="ck-icon-button" aria-label={words.close} onClick={() => onChoose()}>
        {closeIcon}
      </button>
    </fieldset>
  )
}
