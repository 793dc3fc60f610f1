'use client'
import type { ReactNode } from 'react'
import { alertIcon, part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { ConversationError } from '../../transport/index.ts'
import { errorText } from '../errorText.ts'
import { useStrings } from '../useStrings.ts'
import { useChatControls, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import { useFocusHeir } from './useFocusHeir.ts'

export interface ChatErrorMessageProps extends Omit<PartProps<ChatState, HTMLDivElement>, 'children'> {
  /** Own words and buttons for an error. */
  children?: (context: { error: ConversationError; retry: () => void }) => ReactNode
}

/** What went wrong and what can be done. Renders a `<div role="alert">`, or nothing while all is well. */
export const ChatErrorMessage = part<HTMLDivElement, ChatErrorMessageProps>(function ChatErrorMessage(props) {
  const { error, historyError } = useChatInfo('ErrorMessage')
  const shown = error ?? historyError
  return shown && <ErrorBox {...props} error={shown} />
})

interface ErrorBoxProps extends ChatErrorMessageProps {
  error: ConversationError
}

const ErrorBox = part<HTMLDivElement, ErrorBoxProps>(function ErrorBox({ error, children, ...props }) {
  const controls = useChatControls('ErrorMessage')
  const { status, phase, error: turnError, reloadHistory } = useChatInfo('ErrorMessage')
  const words = useStrings()
  const ref = useFocusHeir('input', props.ref)
  const retry = turnError ? controls.retry : reloadHistory
  const own = {
    role: 'alert',
    children: children?.({ error, retry }) ?? (
      <>
        {alertIcon}
        <span className="ck-error-text">{errorText(error, words)}</span>
        <button type="button" className="ck-button" onClick={retry}>
          {words.retry}
        </button>
        {turnError && (
          <button type="button" className="ck-button" data-quiet="" onClick={controls.clearError}>
            {words.dismiss}
          </button>
        )}
      </>
    ),
  }
  return renderPart({ tag: 'div', name: 'error', state: { status, phase }, own }, { ...props, ref })
})
