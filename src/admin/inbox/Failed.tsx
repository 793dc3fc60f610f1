'use client'
import type { ReactElement } from 'react'
import { errorText, useStrings } from '../../components/index.ts'
import type { ConversationError } from '../../transport/index.ts'

/** Why a section has nothing to show, and another try. */
export function Failed({ error, onRetry }: { error: ConversationError; onRetry: () => void }): ReactElement {
  const words = useStrings()
  return (
    <div className="ck-section-text" data-error="" role="alert">
      {errorText(error, words)}{' '}
      <button type="button" className="ck-button" onClick={onRetry}>
        {words.retry}
      </button>
    </div>
  )
}
