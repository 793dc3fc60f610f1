'use client'
import type { ReactNode } from 'react'
import { AlertIcon, part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { ConversationError } from '../../transport/index.ts'
import { errorText } from '../errorText.ts'
import { useStrings } from '../useStrings.ts'
import { useChatControls, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'

export interface ChatErrorMessageProps extends Omit<PartProps<ChatState, HTMLDivElement>, 'children'> {
  /** Own words and buttons for an error. */
  children?: (context: { error: ConversationError; retry: () => void }) => ReactNode
}

/** What went wrong and what can be done. Renders a `<div role="alert">`, or nothing while all is well. */
export const ChatErrorMessage = part<HTMLDivElement, ChatErrorMessageProps>(function ChatErrorMessage({
  children,
  ...props
}) {
  const controls = useChatControls('ErrorMessage')
  const info = useChatInfo('ErrorMessage')
  const { status, phase } = info
  const words = useStrings()
  const error = info.error ?? info.historyError
  if (!error) return null
  const retry = info.error ? controls.retry : info.reloadHistory
  const own = {
    role: 'alert',
    children: children?.({ error, retry }) ?? (
      <>
        <AlertIcon />
        <span className="ck-error-text">{errorText(error, words)}</span>
        <button type="button" className="ck-button" onClick={retry}>
          {words.retry}
        </button>
        {info.error && (
          <button type="button" className="ck-button" data-quiet="" onClick={controls.clearError}>
            {words.dismiss}
          </button>
        )}
      </>
    ),
  }
  return renderPart({ tag: 'div', name: 'error', state: { status, phase }, own }, props)
})
