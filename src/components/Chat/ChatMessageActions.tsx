'use client'
import { CheckIcon, CopyIcon, part, renderPart, RetryIcon, useCopy } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { VoteButtons } from '../VoteButtons/VoteButtons.tsx'
import type { VoteButtonsProps } from '../VoteButtons/VoteButtons.tsx'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import { named } from './named.ts'
import { useFocusHeir } from './useFocusHeir.ts'
import { useMessageContext } from './ChatMessage.tsx'

/** Every field is also a data attribute. */
export interface ChatCopyState {
  /** For two seconds after the text was copied. */
  copied: boolean
}

export interface ChatCopyProps extends PartProps<ChatCopyState, HTMLButtonElement> {}

/** Copies the text of the message as it was written. Renders a `<button>`. */
export const ChatCopy = part<HTMLButtonElement, ChatCopyProps>(function ChatCopy(props) {
  const { message } = useMessageContext('Copy')
  const { announcement } = useChatControls('Copy')
  const words = useStrings()
  const [copied, onClick] = useCopy(message.text, () => announcement.set(words.copied))
  if (!message.text) return null
  const label = copied ? words.copied : words.copy
  const own = {
    type: 'button',
    ...named(label, props.children),
    onClick,
    children: copied ? <CheckIcon /> : <CopyIcon />,
  }
  return renderPart({ tag: 'button', name: 'copy', state: { copied }, own }, props)
})

export interface ChatRegenerateProps extends PartProps<ChatState, HTMLButtonElement> {}

/** Asks for another answer in place of the newest one. Renders a `<button>`, on the newest message of the assistant only. */
export const ChatRegenerate = part<HTMLButtonElement, ChatRegenerateProps>(function ChatRegenerate(props) {
  const { state } = useMessageContext('Regenerate')
  return state.last && state.role === 'assistant' ? <RegenerateButton {...props} /> : null
})

const RegenerateButton = part<HTMLButtonElement, ChatRegenerateProps>(function RegenerateButton(props) {
  const { regenerate } = useChatControls('Regenerate')
  const { status, phase } = useChatInfo('Regenerate')
  const label = useStrings().regenerate
  const own = { type: 'button', ...named(label, props.children), onClick: regenerate, children: <RetryIcon /> }
  const ref = useFocusHeir('input', props.ref)
  return renderPart({ tag: 'button', name: 'regenerate', state: { status, phase }, own }, { ...props, ref })
})

export interface ChatVotesProps extends Omit<VoteButtonsProps, 'conversationId' | 'messageId'> {}

/** Votes for the message, on those of the assistant. Renders `VoteButtons`. */
export const ChatVotes = part<HTMLDivElement, ChatVotesProps>(function ChatVotes(props) {
  const { message } = useMessageContext('Votes')
  const { conversationId } = useChatId('Votes')
  if (message.role !== 'assistant' || !conversationId) return null
  return <VoteButtons {...props} conversationId={conversationId} messageId={message.id ?? message.key} />
})
